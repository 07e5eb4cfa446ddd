"""What people with an account may and have to do, and what the portal writes to them; one room a feature."""
