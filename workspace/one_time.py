"""One-time links: the token stands in the mail alone; the database keeps its SHA-256."""

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """A token that cannot be guessed, and the digest under which the database keeps it."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """The SHA-256 of a token, as 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()
