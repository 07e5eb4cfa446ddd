"""What is done to reports, key issues and transmissions: each act is one change, locked and whole, with a reason."""
