"""The documents stay true."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_our_own_files_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_library_has_its_line_of_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.match(r"[a-z0-9-]+", line)[0] for line in required]
    reasons = (ROOT / "docs" / "decisions" / "0001-stack.md").read_text()
    assert [name for name in names if name not in reasons and name != "django"] == []


def test_commands_of_the_readme_are_in_the_makefile():
    commands = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text()))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert commands == targets


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_hold_hashes_and_no_address(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert len(re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)) <= text.count("--hash=sha256:")
