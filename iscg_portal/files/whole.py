"""The contents of stored files, and whether each still has the SHA-256 under which it was stored."""

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousOperation

CHUNK = 1_000_000
MOST_REMEMBERED = 10_000
SHA256 = re.compile("[0-9a-f]{64}")
_found = {}  # SHA-256: what the disk said of a content when it was read through, and whether it had its hash


class FileDiffers(OSError):
    """What is kept is not what was stored under this SHA-256, and so it is not shown."""

    def __init__(self, sha256):
        super().__init__(f"The content of the stored file {sha256} is not what was stored.")
        self.sha256 = sha256


class FileIsGone(FileDiffers):
    """Nothing is in the place of what was stored, such as while its disk is away: it exists, and cannot be had now."""


def path_of(sha256):
    """Where the content with this hash lies."""
    if not SHA256.fullmatch(sha256):
        raise SuspiciousOperation("not a SHA-256")
    return Path(settings.MEDIA_ROOT) / "sha256" / sha256[:2] / sha256


def open_whole(sha256, *, anew=False):
    """The content, open at its beginning, after it was read through and found to have its hash.

    What this process has found is remembered as long as the disk says that nothing was written to it, unless it is
    to be read `anew`. Errors: FileNotFoundError, FileDiffers.
    """
    file = path_of(sha256).open("rb")
    try:
        status = os.fstat(file.fileno())
        state = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        known, is_whole = _found.get(sha256, (None, False))
        if anew or known != state:
            is_whole = hashlib.file_digest(file, "sha256").hexdigest() == sha256
            if len(_found) >= MOST_REMEMBERED:
                _found.clear()
            _found[sha256] = state, is_whole
            file.seek(0)
        if not is_whole:
            raise FileDiffers(sha256)
    except BaseException:
        file.close()
        raise
    return file


def let_others_read_again(sha256):
    """What other processes remember of the content is over, where its disk changed it without a mark of its own."""
    with suppress(OSError):
        os.utime(path_of(sha256))


def sync_folder(folder):
    """What was renamed in the folder keeps its name, even if the power goes now."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
