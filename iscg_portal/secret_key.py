"""The secret key that the portal makes for itself when none is given."""

import os
import secrets
import tempfile
from pathlib import Path


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
