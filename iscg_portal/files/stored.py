"""Files kept under their SHA-256: written whole or not at all, read without a public folder."""

import hashlib
import os
import tempfile
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from iscg_portal import record_version
from iscg_portal.files.checks import KINDS, kind_of
from iscg_portal.files.whole import CHUNK, FileDiffers, FileIsGone, open_whole, path_of, sync_folder
from iscg_portal.integrity.findings import file_differs, file_is_gone, note
from iscg_portal.models import StoredFile

BEING_WRITTEN = ".arriving-"  # how the name of a file begins until it is whole
_arrived = ContextVar("contents that came with the act under way", default=None)


@contextmanager
def nothing_half_stored():
    """An act that keeps files: all of it is saved or nothing, on disk as in the database."""
    if _arrived.get() is not None:  # part of a greater act, which answers for it
        with transaction.atomic():
            yield
        return
    before = _arrived.set([])
    try:
        with transaction.atomic():
            record_version.bump()  # the first lock of every writer: what another one keeps is seen before it is removed
            yield
    except BaseException:
        for sha256 in _arrived.get():
            _take_away_unless_recorded(sha256)
        raise
    finally:
        _arrived.reset(before)


def _take_away_unless_recorded(sha256):
    with transaction.atomic():
        record_version.bump()
        if not StoredFile.objects.filter(pk=sha256).exists():
            path_of(sha256).unlink(missing_ok=True)


def store(file, name=""):
    """Check the open binary file by its content and keep it; the `StoredFile`.

    Errors: ValidationError with a sentence (`file_checks.kind_of`); nothing half-stored.
    """
    return keep(file, kind_of(file, name))


def keep(file, kind):
    """Keep what the portal made itself, or has checked: the open binary file, as the `Kind` it is.

    The bytes are on disk under their final name before the row is written.
    """
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=BEING_WRITTEN)
    try:
        with os.fdopen(handle, "wb") as target:
            sha256, size = copy(file, target)
        final = path_of(sha256)
        if _arrived.get() is not None and not final.exists():
            _arrived.get().append(sha256)
        final.parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft, final)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return StoredFile.objects.get_or_create(sha256=sha256, defaults={"size": size, "kind": kind.code})[0]


def copy(file, target):
    """Copy an open file from its beginning to the disk: (SHA-256, size)."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
        size += len(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def keep_as(sha256, file):
    """Keep the content that has this hash, unless it is there and whole. No row is written.

    Errors: FileDiffers where the open file has another hash.
    """
    try:
        open_whole(sha256, anew=True).close()
        return
    except (FileNotFoundError, FileDiffers):
        pass
    final = path_of(sha256)
    final.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=settings.MEDIA_ROOT, prefix=BEING_WRITTEN)
    try:
        with os.fdopen(handle, "wb") as target:
            if copy(file, target)[0] != sha256:
                raise FileDiffers(sha256)
        os.replace(draft, final)
        sync_folder(final.parent)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def remove_surplus():
    """Remove contents that no row names, such as those of a record that was replaced, and drafts. Gives how many.

    Every act that stores a file takes the lock of the record before it, so none is removed under its feet.
    """
    folder = Path(settings.MEDIA_ROOT)
    with transaction.atomic():
        record_version.bump()
        named = set(StoredFile.objects.values_list("pk", flat=True).iterator())
        surplus = [path for path in folder.glob("sha256/*/*") if path.name not in named]
        for path in [*surplus, *folder.glob(f"{BEING_WRITTEN}*")]:
            path.unlink(missing_ok=True)
    return len(surplus)


def answer(request, stored, name, *, inline=True):
    """The file as a response: right type, name, `nosniff`, and its hash as the strong ETag.

    Errors: FileIsGone where the content is not in its place, FileDiffers where it is not what was stored: 503, so that
    a cache goes on with its copy; the desk says so.
    """
    tag = f'"{stored.sha256}"'
    if tag in {known.removeprefix("W/") for known in parse_etags(request.headers.get("If-None-Match", ""))}:
        response = HttpResponseNotModified()
    else:
        response = FileResponse(
            opened(stored),
            as_attachment=not (inline and stored.kind == "pdf"),
            filename=name,
            content_type=KINDS[stored.kind].content_type,
        )
        response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = tag
    return response


def opened(stored):
    """The content of a `StoredFile`, open and found whole. Errors as of `answer`."""
    try:
        return open_whole(stored.sha256)
    except FileNotFoundError:
        note(file_is_gone(stored.sha256))
        raise FileIsGone(stored.sha256) from None
    except FileDiffers:
        note(file_differs(stored.sha256))
        raise
