"""The tag of a public page, which becomes its ETag: known before the page is made, or even looked up.

How it is made, and why a page cannot go stale, is in docs/decisions/0002-record-version-and-etag.md.
"""

import gzip
import hashlib
import time
from functools import cache, lru_cache
from pathlib import Path

import brotli
from django.conf import settings
from django.db import Error
from django.utils.http import parse_etags

from iscg_portal import record_version
from iscg_portal.apps import our_apps
from iscg_portal.tenure.dates import today

COMPRESSORS = {
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip": lambda content: gzip.compress(content, compresslevel=5, mtime=0),
}
SHARED_FOLDERS = ("templates", "static", "locale")
# What public pages print of the settings; tests/iscg_portal/test_page_tag.py finds what is missing here.
PRINTED_SETTINGS = (
    "SITE_URL",
    "STATIC_URL",
    "LANGUAGES",
    "LANGUAGE_CODE",
    "SESSION_COOKIE_AGE",
    "DEMO",
    "EMBED_ANCESTORS",
    "DATA_LICENCE",
    "DATA_LICENCE_URL",
)


def state_now() -> tuple:
    """The token of the record and the day. One query."""
    return record_version.current(), today()


def record_state(request) -> tuple:
    """The token of the record and the day. One query, which a request asks once, whatever comes of it.

    Errors: those of a database that cannot be read.
    """
    if not hasattr(request, "record_state"):
        try:
            request.record_state = state_now()
        except Error as error:
            request.record_state = error
    if isinstance(request.record_state, Error):
        raise request.record_state
    return request.record_state


def page_tag(request) -> str:
    """What the page depends on, as a short text: the build, the record, the day, and the address with its language.

    The request remembers it.
    """
    token, day = record_state(request)
    build = build_fingerprint() if not settings.DEBUG else str(time.time_ns())
    parts = (build, token, request.get_full_path(), str(day))
    request.page_tag = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    return request.page_tag


@cache
def build_fingerprint() -> str:
    """What all public pages of this process depend on: code, templates, styles, catalogues, and what settings say."""
    folders = [*(Path(app.path) for app in our_apps()), *(settings.BASE_DIR / name for name in SHARED_FOLDERS)]
    said = repr([getattr(settings, name) for name in PRINTED_SETTINGS])
    return fingerprint([*folders, settings.BASE_DIR / "requirements.txt"], said)


def fingerprint(paths, said: str = "") -> str:
    """SHA-256 of a text and of the files at and under the paths, with their names."""
    digest = hashlib.sha256(said.encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"\0{file.relative_to(path.parent)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def known_tag(request, tag: str) -> str:
    """The representation of this page that the asker already has, if any; nginx may have made its tag weak."""
    theirs = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    ours = representations(tag) if theirs else ()
    return next((strong for strong in (each.removeprefix("W/") for each in theirs) if strong in ours), "")


def representations(tag: str) -> set[str]:
    """The ETags of the page: as it is, and compressed in each way."""
    return {f'"{tag}"', *(f'"{tag}-{name}"' for name in COMPRESSORS)}


@lru_cache(maxsize=256)
def preferred_encoding(accepted: str) -> str:
    """`br` or `gzip` where the header allows it (not with `q=0`), else nothing."""
    allowed = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            allowed.add(name.strip())
    return next((name for name in COMPRESSORS if name in allowed), "")
