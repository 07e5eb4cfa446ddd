"""A bare Debian on which docs/deploy.md is carried out, one a session."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bare_debian
from tools.nginx import make_certificate

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "deploy"), str(ROOT / "tools")]  # as their scripts find each other
NAME = "iscg.example.org"
NOT_HERE = ("apt-get ", "certbot ", "nano ", "iscg createsuperuser")  # reaches out of the machine, or asks the person

PREPARED = f"""
printf '[global]\nno-index = true\nfind-links = /given/wheels\n' > /etc/pip.conf
mkdir -p /etc/letsencrypt/live/{NAME} && cp /given/*.pem /etc/letsencrypt/live/{NAME}
cp /given/fullchain.pem /usr/local/share/ca-certificates/nobody.crt && update-ca-certificates
"""


def pytest_ignore_collect(collection_path, config):
    """What takes minutes is for `make walk`."""
    return True if collection_path.name == "test_bare_debian.py" and not config.getoption("--walk") else None


def blocks(chapter, language=""):
    """What the chapter of docs/deploy.md says to type; with a language, what is for that."""
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8").partition(f"\n## {chapter}\n")[2]
    return re.findall(rf"^```{language}\n(.*?)^```$", text.partition("\n## ")[0], re.DOTALL | re.MULTILINE)


def block(chapter, command):
    """The block that has the command."""
    (found,) = (text for text in blocks(chapter) if command in text)
    return found


def commands_of(chapter):
    """All that the chapter says, without what reaches out of the machine."""
    lines = "".join(blocks(chapter)).splitlines()
    return "\n".join(line for line in lines if not line.startswith(NOT_HERE))


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """It runs, with the packages that the install would fetch, a certificate, and the project to be cloned."""
    import install
    import prepare

    folder = tmp_path_factory.mktemp("bare")
    machine = bare_debian.Machine(folder / "root")
    machine.root.mkdir(mode=0o755)
    try:
        bare_debian.make_root(machine.root, [*install.PACKAGES, *prepare.FOR_PDF])
    except bare_debian.NoBareDebian as reason:
        pytest.skip(f"no bare Debian here: {reason}")
    # Written from outside only where nothing is: a link in there leads elsewhere out here. The rest is done inside.
    given = machine.root / "given"
    given.mkdir()
    bare_debian.fetch_wheels(given / "wheels", ROOT / "requirements.txt")
    make_certificate(given, NAME)
    subprocess.run(["git", "clone", "--quiet", "--no-local", ROOT, given / "project"], check=True)
    shutil.copy(ROOT / "tests" / "deploy" / "reader.py", given / "reader.py")
    try:
        machine.boot()
        machine.do(PREPARED)
        yield machine
    finally:
        machine.kill()
        shutil.rmtree(folder, ignore_errors=True)
