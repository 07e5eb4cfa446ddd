"""The file of an archive: a ZIP of uncompressed parts, a manifest with the SHA-256 of each, and at its very end the
SHA-256 of all that stands before.

Uncompressed, since nothing in it can then unpack to more than it is, and the stored files are compressed already.
No part is ever written under the name that it has here.
"""

import hashlib
import json
import os
import re
import zipfile
from contextlib import contextmanager

FORMAT = "ISCG portal, archive"
VERSION = 1
MANIFEST = "manifest.json"
MARK = b"SHA-256 of all before: "
LENGTH_OF_END = len(MARK) + 64
_LAST_LINE = re.compile(re.escape(MARK) + rb"[0-9a-f]{64}")
_PARTS = re.compile(r"rows/[a-z0-9_]+\.jsonl|files/[0-9a-f]{64}")
CHUNK = 1_000_000
UNREADABLE = (zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError, LookupError, EOFError, OSError)
UNREADABLE += (NotImplementedError, RuntimeError, OverflowError)


class ArchiveRefused(Exception):
    """Nothing was changed, for the reason that the sentence gives."""


class ArchivePart:
    """A part that is being written: counts and hashes what it is given."""

    def __init__(self, target):
        self._target, self._digest, self.size = target, hashlib.sha256(), 0

    def write(self, content):
        self._target.write(content)
        self._digest.update(content)
        self.size += len(content)

    @property
    def sha256(self):
        return self._digest.hexdigest()


class Writer:
    """Writes an archive into an open file, part after part; `finish` gives the SHA-256 of its contents."""

    def __init__(self, file):
        self._file, self._zip, self.parts = file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED), {}

    @contextmanager
    def part(self, name):
        """The part to write into, while inside."""
        head = zipfile.ZipInfo(name)
        head.external_attr = 0o600 << 16
        with self._zip.open(head, "w", force_zip64=True) as target:
            part = ArchivePart(target)
            yield part
        self.parts[name] = {"size": part.size, "sha256": part.sha256}

    def close(self):
        """Let go of the file, finished or not."""
        self._zip.close()

    def finish(self, manifest):
        """Write the manifest and the end, down to the disk."""
        said = {"format": FORMAT, "version": VERSION, **manifest, "parts": self.parts}
        self._zip.writestr(zipfile.ZipInfo(MANIFEST), json.dumps(said, ensure_ascii=False, indent=1))
        self._zip.comment = MARK + b"0" * 64
        self.close()
        end = self._file.seek(0, os.SEEK_END) - LENGTH_OF_END
        digest = _hash_of(self._file, end, beginning=0)
        self._file.seek(end)
        self._file.write(MARK + digest.encode())
        self._file.flush()
        os.fsync(self._file.fileno())
        return digest_of(self.parts)


def digest_of(parts):
    """The SHA-256 of rows and files, whenever and from whichever kind of database they were taken."""
    lines = sorted(f"{part['sha256']} {name}\n" for name, part in parts.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


class Archive:
    """An open archive that was read to its end, and is whole."""

    def __init__(self, file):
        self._file, self._zip = file, zipfile.ZipFile(file)
        self.manifest = _manifest_of(self._zip)
        self.parts = self.manifest["parts"]

    def check(self):
        """Read every part against the manifest. Errors: ArchiveRefused."""
        entries = self._zip.infolist()
        if sorted(entry.filename for entry in entries) != sorted([MANIFEST, *self.parts]):
            raise ArchiveRefused("The parts of the archive are not those that its manifest names.")
        for entry in entries:
            packed = entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size
            if (
                packed
                or entry.flag_bits & 0x1
                or entry.is_dir()
                or entry.external_attr >> 16 & 0o170000 not in (0, 0o100000)
            ):
                raise ArchiveRefused(f"The part {entry.filename} of the archive is not as the portal writes it.")
        for name, said in self.parts.items():
            with self.open(name) as part:
                found = _hash_of(part, said["size"])
                if found != said["sha256"] or part.read(1):
                    raise ArchiveRefused(f"The part {name} of the archive is not what its manifest says.")

    @property
    def files(self):
        """The SHA-256 of each stored file in it."""
        return [name.partition("/")[2] for name in self.parts if name.startswith("files/")]

    def open(self, name):
        """A part, as an open binary file."""
        return self._zip.open(name)


@contextmanager
def opened(path):
    """The `Archive` in a file, read to its end and found whole before anything is done with it.

    Errors: ArchiveRefused with a sentence where it is damaged, cut off, or no archive of a portal.
    """
    try:
        file = open(path, "rb")
    except OSError as error:
        raise ArchiveRefused(f"{path} cannot be read: {error.strerror}.") from None
    with file:
        try:
            _check_end(file)
            archive = Archive(file)
            archive.check()
        except UNREADABLE as error:
            raise ArchiveRefused(f"{path} is no archive of a portal, or it is damaged.") from error
        yield archive


def _check_end(file):
    end = file.seek(0, os.SEEK_END) - LENGTH_OF_END
    file.seek(max(end, 0))
    mark = file.read(LENGTH_OF_END)
    if end < 0 or not _LAST_LINE.fullmatch(mark):
        raise ArchiveRefused(f"{file.name} is no archive of a portal, or its end is missing.")
    if _hash_of(file, end, beginning=0) != mark[len(MARK) :].decode():
        raise ArchiveRefused(f"{file.name} is damaged: its contents do not have the SHA-256 that stands at its end.")


def _manifest_of(archive):
    manifest = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise ValueError("another format")
    if manifest["version"] != VERSION:
        raise ArchiveRefused(
            f"The archive has version {manifest['version']} of its format; this portal reads {VERSION}."
        )
    for name, said in manifest["parts"].items():
        if not _PARTS.fullmatch(name):
            raise ValueError("a part of another name")
        if name.startswith("files/") and name != f"files/{said['sha256']}":
            raise ValueError("a file under another hash")
    return manifest


def _hash_of(file, length, beginning=None):
    """The SHA-256 of the next `length` bytes of an open file."""
    if beginning is not None:
        file.seek(beginning)
    digest, left = hashlib.sha256(), length
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()
