"""What the Terms of Reference ask and is not so: one module a check."""
