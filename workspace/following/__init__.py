"""Following the composition or a subject by e-mail, without an account."""
