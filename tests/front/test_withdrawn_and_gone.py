"""What is withdrawn says so, and why, in every output; what is restricted is in none of them (rule 6)."""

import io
import zipfile
from html import unescape

import pytest
from openpyxl import load_workbook

from iscg_portal.history import Reason
from meetings.acts import register
from reports.acts import annual_reports as report_acts
from subjects.acts import adopt_edition, withdraw_edition
from tests import world as build

pytestmark = pytest.mark.django_db
WHY = "Sent in error & made up"
OF_DOCUMENT = [
    "/en/documents/iscg-25-7-01/",
    "/en/documents/",
    "/fr/documents/?meeting=25-7",
    "/en/documents/iscg-25-7-01-rev1/",
    "/en/meetings/25-7/",
    "/en/subjects/emf/",
    "/en/changes.atom",
    "/en/documents.json",
    "/en/documents.csv",
    "/en/documents.xlsx",
    "/en/search/?q=vanishing",
]
OF_REPORT = [
    "/en/reports/2024/",
    "/en/reports/",
    "/en/changes.atom",
    "/en/reports.json",
    "/en/reports.csv",
    "/en/reports.xlsx",
    "/fr/search/?q=2024",
]
OF_EDITION = ["/en/subjects/editions/2025-02-12/", "/en/subjects/", "/en/", "/en/changes.atom"]
OF_STATEMENT = [f"/en/liaison-statements{kind}" for kind in ("/", ".json", ".csv", ".xlsx")]


def read(client, address):
    """All that a reader can read there, as text."""
    response = client.get(address)
    assert response.status_code == 200, address
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if address.endswith(".xlsx"):
        return "\n".join(str(cell.value) for row in load_workbook(io.BytesIO(content)).active for cell in row)
    if address.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.namelist())
    return content.decode()


def says_why(text):
    text = unescape(unescape(text))  # a feed holds pages
    return ("withdrawn" in text.lower() or "retiré" in text) and WHY in text


@pytest.fixture
def document(world):
    """A document of a meeting about a subject, on the agenda, with a file and a revision."""
    meeting, subject = build.meeting("25-7"), world.subjects["EMF"]
    item = build.agenda_item(meeting, "1", subjects=[subject])
    made = build.document(meeting, "Vanishing, made up", agenda_item=item, subjects=[subject])
    build.variant(made)
    build.document_file(made)
    return made


def test_a_withdrawn_document_says_so_and_why_everywhere(document, client):
    register.withdraw(document, document.meeting.starts_on, WHY)
    assert [address for address in OF_DOCUMENT if not says_why(read(client, address))] == []
    assert "withdrawn/" in read(client, "/en/meetings/25-7.zip")
    assert read(client, document.files.get().address).startswith("%PDF")


def test_a_withdrawn_report_says_so_and_why_everywhere(world, client):
    report = build.published_report("2024")
    frozen = read(client, "/reports/2024/en.json")
    report_acts.withdraw(report, None, Reason("For staff alone", WHY))
    assert [address for address in OF_REPORT if not says_why(read(client, address))] == []
    assert not any("For staff alone" in read(client, address) for address in OF_REPORT)
    assert read(client, "/reports/2024/en.json") == frozen


def test_a_withdrawn_edition_says_so_and_why_everywhere(world, client):
    withdraw_edition(adopt_edition(world.day, "ISCG/99-1/05"), WHY)
    assert [address for address in OF_EDITION if not says_why(read(client, address))] == []


def test_a_withdrawn_liaison_statement_says_so_and_why_everywhere(document, client):
    sent = build.document(document.meeting, "Question, made up", type="liaison statement")
    build.liaison(sent, action=["ITU-T SG99"])
    register.withdraw(sent, document.meeting.starts_on, WHY)
    assert [address for address in OF_STATEMENT if not says_why(read(client, address))] == []


def test_an_edition_is_told_in_the_feed_when_it_is_adopted(world, client):
    adopt_edition(world.day, "ISCG/99-1/05")
    told = read(client, "/en/changes.atom")
    assert "The list of subjects of 12 February 2025 is adopted" in told and "ISCG/99-1/05" in told


def test_a_cancelled_meeting_says_so_and_why_everywhere(world, client):
    build.meeting("27-1", build.date(2027, 3, 3), state="cancelled", state_note=WHY)
    addresses = ["/en/meetings/27-1/", "/en/meetings/", "/en/meetings.json", "/en/meetings.csv", "/en/meetings.xlsx"]
    addresses += ["/en/meetings.ics", "/en/meetings/27-1.ics"]
    told = {address: read(client, address).replace("\r\n ", "").lower() for address in addresses}
    lacking = [address for address, text in told.items() if "cancelled" not in text or "made up" not in text]
    assert lacking == []


def test_a_restricted_document_is_in_no_output(document, client):
    addresses = [OF_DOCUMENT[0], document.files.get().address, "/en/meetings/25-7.zip"]
    assert {client.get(address).status_code for address in addresses} == {200}
    assert "Vanishing" in read(client, "/en/documents/")
    document.visibility = "restricted"
    document.save()
    assert {client.get(address).status_code for address in addresses} == {404}
    assert [address for address in OF_DOCUMENT[1:] if "Vanishing" in read(client, address)] == []
