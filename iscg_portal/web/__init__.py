"""What every public page shares: the response, its address and language, errors, pictures."""
