"""Contact, accessibility and privacy (clauses W2, W5), and the page that describes the data files."""

import csv
import io
import re
from datetime import date

import pytest
from django.conf import settings

from bench.addresses import public_names
from front.data_files import DATA_FILES
from reports.acts import annual_reports as acts
from tests import world as build

pytestmark = pytest.mark.django_db


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_contact_gives_the_mailbox_and_the_list(client):
    text = page(client, "/en/contact/")
    assert 'href="mailto:iscg@itu.int"' in text and 'href="mailto:int-sect-group@lists.itu.int"' in text


def test_contact_links_to_the_advisory_groups_in_their_order(world, client):
    group = build.advisory_group("RAG")
    group.url = "https://example.org/rag"
    group.save()
    text = page(client, "/en/contact/")
    assert '<a href="https://example.org/rag" rel="external">RAG</a>' in text
    assert text.index("Radiocommunication Advisory") < text.index("Standardization Advisory")


def test_contact_does_without_recorded_groups(client):
    assert "they are not recorded yet" in page(client, "/en/contact/")


@pytest.mark.parametrize("name", ["contact", "accessibility", "privacy", "data"])
@pytest.mark.parametrize("language", ["ar", "fr", "zh"])
def test_standing_texts_answer_in_other_languages(client, name, language):
    assert page(client, f"/{language}/{name}/")


@pytest.mark.parametrize("name", ["contact", "accessibility", "privacy", "data"])
def test_standing_texts_can_only_be_read(client, name):
    assert client.post(f"/en/{name}/").status_code == 405


def test_every_field_of_every_file_is_described_and_no_other(world, client):
    for file in DATA_FILES:
        address = dict(file.files)["CSV"]
        answer = client.get(f"{address}?on=2025-02-12")
        assert answer.status_code == 200, f"{address} takes “on”, as each table does."
        text = answer.content.decode("utf-8-sig")
        assert next(csv.reader(io.StringIO(text))) == [key for key, _meaning in file.fields], address


def test_every_table_that_has_files_is_described():
    named = {name.removesuffix("-file") for name, arguments in public_names() if "format" in arguments}
    assert named == {file.page for file in DATA_FILES}, "Describe it in DATA_FILES of front/data_files.py."


def test_every_file_that_exists_is_described(world, client):
    build.document(build.meeting("25-7"), "Public, made up")
    build.taken(build.meeting("25-6"))
    build.document(None, number="ISCT/77", visibility="restricted", withheld_because="Made up")
    build.ending(build.study_unit("SG9", "D 2018-2021", "study group"), "closed")
    build.liaison(build.document(build.meeting("25-5"), "Asked, made up", type="liaison statement"))
    report = acts.open_report("2024")
    for step in (acts.submit, acts.approve, acts.publish):
        step(report, None, "Made up")
    who, to = build.person("Ina Reports"), build.meeting("25-4", date(2025, 5, 5))
    subject = build.subject("NEW")
    build.coordinator(subject, who, date(2024, 1, 1))
    build.coordinator_report(subject, to, who, duplication="Made up")
    described = {address for file in DATA_FILES for _name, address in file.files}
    in_own_form = {file.own_form for file in DATA_FILES if file.own_form}
    linked = set()
    for file in DATA_FILES:
        linked |= set(re.findall(r'href="(/en/[^"?]*\.(?:json|csv|xlsx))"', client.get(file.url).content.decode()))
    assert linked - in_own_form == described, "Make a row of it above: a page without rows links to no file."
    fields, anchors = (page(client, f"/en/data/{path}") for path in ("fields/", ""))
    assert {f'id="{file.anchor}"' in fields and f'#{file.anchor}"' in anchors for file in DATA_FILES} == {True}
    assert linked & in_own_form == {"/en/mapping/d-r/table.xlsx"}  # of the others one side has no units here
    assert all(address in page(client, "/en/data/") for address in described | in_own_form)


# Pages that explain themselves, and those on which one looks for something or says what is one's own.
WITHOUT_WORDS = {"front/glossary.html", "front/search.html", "front/privacy.html", "front/accessibility.html"}
WITHOUT_WORDS |= {"front/data_examples.html", "front/data_fields.html", "front/embedding.html"}


def test_every_public_page_leads_its_words_to_the_glossary():
    templates = settings.BASE_DIR / "templates"
    pages = {
        str(path.relative_to(templates)): path.read_text()
        for room in ("changes", "front", "meetings", "members", "reports", "studies", "subjects")
        for path in (templates / room).glob("*.html")
    }
    without = {name for name, text in pages.items() if 'extends "base.html"' in text and "{% words " not in text}
    assert without == WITHOUT_WORDS, "End it with the words that a reader may not know: {% words … %}."
