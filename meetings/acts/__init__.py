"""What is done to meetings and documents: each act is one change, locked and whole, with a reason."""
