"""The documents stay true."""

import re
import tomllib
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.management import get_commands

from iscg_portal.apps import our_apps

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_our_own_files_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_files_of_the_code_that_a_document_names_are_there(document):
    named = re.findall(r"`([a-z_]+/[\w/]+\.(?:py|html|css|csv))`", document.read_text(encoding="utf-8"))
    rooms = [ROOT, ROOT / "iscg_portal", ROOT / "templates"]
    assert [path for path in named if not any((room / path).exists() for room in rooms)] == []


def test_the_pictures_of_the_handbook_are_those_that_its_command_makes():
    command = (ROOT / "tools" / "handbook_pictures.py").read_text(encoding="utf-8")
    made = set(re.findall(r'^    "([a-z-]+)": \(', command, re.MULTILINE))
    shown = set(re.findall(r"\(pictures/([a-z-]+)\.png\)", (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")))
    assert made == shown == {path.stem for path in (ROOT / "docs" / "pictures").iterdir()}


def test_each_decision_has_a_number_of_its_own():
    pages = [(page.name[:4], page.read_text(encoding="utf-8")) for page in (ROOT / "docs/decisions").glob("*.md")]
    numbers = [number for number, _text in pages]
    assert sorted(numbers) == sorted(set(numbers))
    assert [number for number, text in pages if not text.startswith(f"# {int(number)}. ")] == []


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


# The words of the domain, as the Terms of Reference and the secretariat use them.
WORDS = """representative, Chair, term, interval, management team, advisory group, Bureau, Sector, subject, Coordinator,
Focal Point, secretariat focal point, mandate, resolution, study period, study unit, mapping link, meeting, document,
contribution, liaison statement, annual report, key issue, coordinator's report, transmission, Member State,
Sector Member, participant, vacancy, edition"""


@pytest.mark.parametrize("word", [" ".join(word.split()) for word in WORDS.split(",")])
def test_the_glossary_explains_the_word(word):
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert re.search(rf"\*\*{word}( \([^*]+\))?\*\*", glossary, re.IGNORECASE)


def test_the_glossary_explains_each_word_once():
    words = re.findall(r"^- \*\*([^*]+)\*\*", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(words) == len({word.lower() for word in words})


def test_the_handbook_names_every_kind_of_record_in_the_admin():
    handbook = (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8").lower()
    names = [(str(model._meta.verbose_name), str(model._meta.verbose_name_plural)) for model in admin.site._registry]
    assert [one for one, many in names if one.lower() not in handbook and many.lower() not in handbook] == []


def our_commands():
    """The commands of `manage.py` that this project adds."""
    ours = {app.name for app in our_apps()}
    return sorted(name for name, app in get_commands().items() if app in ours)


@pytest.mark.parametrize("command", our_commands())
def test_the_handbook_explains_the_command(command):
    assert f"| `{command}" in (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")


def test_the_handbook_names_no_command_that_there_is_not():
    handbook = (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")
    assert set(re.findall(r"manage\.py ([a-z_]+)", handbook)) <= set(our_commands())


def test_pages_and_buttons_that_the_handbook_names_are_there():
    """What is in bold with three dots is a button; its words stand in the code just so."""
    buttons = set(re.findall(r"\*\*([^*]+…)\*\*", (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")))
    places = [
        *ROOT.glob("*/admin/*.py"),
        *ROOT.glob("*/*/admin*.py"),
        *ROOT.glob("*/*/admin/*.py"),
        *ROOT.glob("iscg_portal/**/*.py"),
        *ROOT.glob("templates/admin/**/*.html"),
    ]
    code = "\n".join(path.read_text(encoding="utf-8") for path in places)
    assert buttons
    assert [button for button in sorted(buttons) if f'"{button}"' not in code] == []
