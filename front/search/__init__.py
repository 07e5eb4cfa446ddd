"""The search: what is asked, what is found, what it looks like."""
