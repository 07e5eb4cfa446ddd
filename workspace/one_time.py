"""One-time links: the database keeps only the SHA-256 of a token, so that whoever reads it can open none."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> tuple[str, str]:
    """A token for a link, and the digest to keep instead of it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """The SHA-256 of a token, as 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()
