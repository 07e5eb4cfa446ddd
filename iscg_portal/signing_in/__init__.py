"""Signing in: codes, passkeys, passwords, an institution, the second factor, sessions."""
