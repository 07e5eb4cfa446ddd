"""Drafts, restricted documents and files that wait for a decision are in no output for who may not see them."""

import io
import re
import zipfile

import pytest
from django.urls import reverse

from meetings.models import Document, DocumentFile
from tests import walks
from tests import world as w
from tests.walks import cases, part_of

HIDDEN = ("draft", "restricted", "answer")
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
BEGINNINGS = (
    *("/en/", "/zh/", "/sitemap.xml", "/en/meetings/", "/en/meetings.json", "/en/meetings.csv", "/en/meetings.xlsx"),
    *("/en/meetings.ics", "/en/meetings/25-7/", "/en/meetings/25-7.ics", "/en/meetings/25-7.zip"),
    *("/en/meetings/year/2025/", "/en/documents/", "/en/documents.json", "/en/documents.csv", "/en/documents.xlsx"),
    *("/en/documents/?type=liaison+statement", "/en/documents/?meeting=25-7", "/en/documents/?subject=EMF"),
    *("/en/changes.atom", "/fr/changes.atom", "/zh/changes.atom", "/ar/", "/en/composition/changes/"),
    *("/en/documents/?year=2025&sort=number", "/en/documents.json?meeting=25-7", "/en/subjects/emf/", "/en/data/"),
)
MOST_PAGES = 400
VISITORS = ["nobody", "a reader with an account"]


@pytest.fixture
def register(world_with_register):
    """The register of tests/world.py, with its files."""
    return world_with_register.register


@pytest.fixture(params=cases(VISITORS))
def visitor(request, client):
    """A browser of somebody who is not staff."""
    if request.param != "nobody":
        client.force_login(w.account())
    return client


def secrets_of(register):
    """What must never be seen: titles, addresses and hashes of what is hidden."""
    hidden = [getattr(register, name) for name in HIDDEN]
    files = [register.files[name] for name in ("draft", "restricted", "answer", "personal")]
    return [
        *(document.title_en for document in hidden),
        *(document.slug for document in hidden),
        *(document.number for document in hidden),
        *(file.stored_id for file in files),
        register.files["personal"].name,
        "%PDF-1.4 p %",
    ]


def text_of(response):
    """Everything in an answer, packed files too."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")


def links_in(text):
    """The addresses of this site to which a page leads, without those that ask for another day."""
    found = re.findall(r'(?:href|src)="(/[^"#]*)"|<loc>[^<]*?//[^/<]+(/[^<]*)</loc>', text)
    addresses = {(one or other).replace("&amp;", "&") for one, other in found}
    return {
        address for address in addresses if not address.startswith(("/static/", "/admin/")) and "on=" not in address
    }


def walked(visitor):
    """{address: text} of everything that a visitor finds by following links."""
    waiting, seen = list(BEGINNINGS), {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen or not is_asked(address):
            continue
        response = visitor.get(address)
        seen[address] = text_of(response) if response.status_code == 200 else ""
        waiting += sorted(links_in(seen[address]) - seen.keys())
    return seen


def is_asked(address):
    """One language, the files, and every document in all six: that is what the sitemap adds.

    In `make test` all that tells of one document or meeting in English, and one in eight of the others.
    """
    in_all = address.startswith("/en/") or address in BEGINNINGS or "/documents/" in address
    of_one = re.fullmatch(r"(?:/en)?/(?:documents|meetings)/[^?]+", address)
    return in_all and (walks.whole or address in BEGINNINGS or of_one or walks.one_in(8, address))


@pytest.mark.walk
@pytest.mark.parametrize("visitor", cases(part_of(VISITORS, 2)), indirect=True)
def test_following_every_link_finds_what_is_public_and_nothing_hidden(register, visitor):
    pages = walked(visitor)
    assert "/en/documents/iscg-25-7-01/" in pages and "/documents/iscg-25-7-01/en.pdf" in pages
    assert all(pages[address] for address in BEGINNINGS), [address for address in BEGINNINGS if not pages[address]]
    listed = ("/en/documents/", "/en/documents.json", "/en/meetings/25-7/", "/en/documents.xlsx", "/en/changes.atom")
    assert [address for address in listed if "Public, made up" not in pages[address]] == []
    assert "Public as revised, made up" in pages["/en/documents/iscg-25-7-01-rev1/"]
    found = [(address, secret) for address, text in pages.items() for secret in secrets_of(register) if secret in text]
    assert found == []


@pytest.mark.parametrize("name", HIDDEN)
def test_the_addresses_of_hidden_documents_answer_404(register, visitor, name):
    document = getattr(register, name)
    pages = [f"/{language}/documents/{document.slug}/" for language in LANGUAGES]
    files = [f"/documents/{document.slug}/{language}.{kind}" for language in LANGUAGES for kind in ("pdf", "docx")]
    answers = {address: visitor.get(address) for address in (*pages, *files)}
    assert {answer.status_code for answer in answers.values()} == {404}
    assert not any(document.title_en in answer.content.decode() for answer in answers.values())


def test_a_hidden_document_answers_as_one_that_does_not_exist(register, visitor):
    hidden = visitor.get(f"/en/documents/{register.draft.slug}/").content.decode()
    missing = visitor.get("/en/documents/iscg-25-7-99/").content.decode()
    assert hidden.replace(register.draft.slug, "x") == missing.replace("iscg-25-7-99", "x")


def test_a_file_that_waits_for_a_decision_is_404_and_in_no_archive(register, visitor):
    assert visitor.get("/documents/iscg-25-7-01-rev1/en.pdf").status_code == 404
    names = zipfile.ZipFile(io.BytesIO(b"".join(visitor.get("/en/meetings/25-7.zip").streaming_content))).namelist()
    assert names and not [name for name in names if "Rev1" in name]


def test_the_admin_s_addresses_are_closed_to_them(register, visitor):
    file, document = register.files["draft"], register.draft
    pages = [("meetings_documentfile", file, act) for act in ("content", "change", "history", "decide")]
    pages += [("meetings_document", document, act) for act in ("change", "history", "file", "withdraw", "variant")]
    addresses = [reverse(f"admin:{model}_{act}", args=[record.pk]) for model, record, act in pages]
    addresses += [
        reverse("admin:meetings_document_changelist"),
        reverse("admin:meetings_document_export"),
    ]
    for address in addresses:
        answer = visitor.get(address)
        assert answer.status_code in (302, 403, 404), address
        assert "Secret" not in text_of(answer)


@pytest.mark.parametrize("staff", [False, True])
def test_public_pages_are_the_same_for_staff(register, client, staff):
    """What only some may see has its own pages (rule 5)."""
    if staff:
        client.force_login(w.staff_account("chief@example.org"))
    assert "Secret" not in client.get("/en/documents/").content.decode()
    assert client.get(f"/en/documents/{register.draft.slug}/").status_code == 404


def test_the_rule_itself_knows_who_may_see(register):
    reader, clerk = w.account(), w.account("clerk@example.org", is_staff=True)
    everyone, chief = Document.objects.filter(visibility="public").count(), w.staff_account("chief@example.org")
    assert [Document.objects.visible_to(user).count() for user in (reader, clerk)] == [everyone, everyone]
    assert Document.objects.visible_to(chief).count() == Document.objects.count() == everyone + len(HIDDEN)


def test_a_deactivated_chief_sees_what_everyone_sees(register):
    chief = w.staff_account("chief@example.org")
    chief.is_active = False
    assert not Document.objects.visible_to(chief).exclude(visibility="public").exists()


def test_a_document_made_restricted_is_gone_at_once(register, client):
    address = f"/en/documents/{register.public.slug}/"
    assert client.get(address).status_code == 200
    register.public.visibility = "restricted"
    w.saved(register.public)
    assert client.get(address).status_code == 404
    for listed in ("/en/documents.json", "/en/changes.atom"):
        assert "Public, made up" not in client.get(listed).content.decode()
    assert f"/{register.public.slug}/" not in client.get("/sitemap.xml").content.decode()
    assert client.get(f"/documents/{register.public.slug}/en.pdf").status_code == 404


def test_a_decision_publishes_the_file_at_once(register, client):
    file = DocumentFile.objects.get(pk=register.files["personal"].pk)
    file.addresses_decision = "A test"
    w.saved(file)
    assert client.get("/documents/iscg-25-7-01-rev1/en.pdf").status_code == 200
