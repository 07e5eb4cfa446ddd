"""What these tests take away."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.back_ends.portal import fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A database of SQLite with its tables and an account of staff, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "portal.sqlite3"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture
def small_disk():
    """A disk of its own of eight megabytes, which a test fills."""
    if os.geteuid() != 0:
        pytest.skip("a disk of its own is made by root alone")
    folder = Path(tempfile.mkdtemp(prefix="iscg-small-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        folder.rmdir()


def fill_up(disk):
    """Leave no byte free; the file that takes them."""
    rest = disk / "rest"
    subprocess.run(["dd", "if=/dev/zero", f"of={rest}", "bs=4k"], capture_output=True, check=False)
    return rest
