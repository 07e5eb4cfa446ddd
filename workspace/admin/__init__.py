"""The pages of the workspace in the admin."""
