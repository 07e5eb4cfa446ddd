"""What this machine gives the settings: a secret key where none is given, and whether an address is its own."""

import os
import secrets
import tempfile
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit


def read_or_create(path: Path) -> str:
    """The key in the file at `path`; a new random one is written there (mode 0600) on first use.

    Two processes that start at once agree: the file appears complete, by a hard link that only one can make.
    """
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")  # mkstemp makes it 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        os.link(draft, path)
    except FileExistsError:
        pass  # the other process was first; its key is the key
    finally:
        os.unlink(draft)
    return path.read_text(encoding="ascii").strip()


def is_loopback(address: str) -> bool:
    """Whether the web address can be reached from this machine only."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
