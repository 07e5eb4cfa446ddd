"""What the Terms of Reference ask and is not so: a module for what is asked of each kind of record."""
