"""What the settings read: environment variables, strictly, with a sentence for what makes no sense; and of this machine
a secret key where none is given, and whether an address is its own.
"""

import os
import re
import secrets
import tempfile
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
# As the Content-Security-Policy names one: www.example.org, https://*.example.org, http://localhost:8001.
HOST = re.compile(r"(https?://)?(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


def text(name: str, default: str = "") -> str:
    """The variable without spaces around it; an empty one counts as not given."""
    return env.str(name, default="").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE_WORDS | FALSE_WORDS:
        raise ImproperlyConfigured(f"{name} must be on or off; it is {value!r}.")
    return value in TRUE_WORDS


def number(name: str, default: int, highest: int) -> int:
    value = text(name) or str(default)
    if not (value.isascii() and value.isdigit() and int(value) <= highest):
        raise ImproperlyConfigured(f"{name} must be a whole number from 0 to {highest}; it is {value!r}.")
    return int(value)


def words(name: str) -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def hosts(name: str) -> list[str]:
    """Hosts written with commas, each with or without http: or https: before it."""
    found = [word.lower().rstrip("/") for word in words(name)]
    for host in found:
        if not HOST.fullmatch(host):
            raise ImproperlyConfigured(f"{name} must name hosts such as https://www.example.org; one is {host!r}.")
    return found


def web_address(name: str, default: str, path: bool = False) -> str:
    """An http or https address without the slash at its end, without a path unless it may have one."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if not value and path:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or (parts.path and not path) or parts.query:
        raise ImproperlyConfigured(f"{name} must be an address such as https://example.org; it is {value!r}.")
    return value


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
