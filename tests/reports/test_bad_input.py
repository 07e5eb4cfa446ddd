"""Odd input to a report: each is a clear sentence or a whole page, and nothing wrong is sent."""

import io
import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader

from iscg_portal.files.whole import path_of
from reports import record_tables
from reports.acts import annual_reports as acts
from reports.acts.transmissions import send
from reports.coordinators_due import Owed
from reports.facts import Facts
from reports.models import Transmission
from reports.prose.subjects import by_subject
from reports.renditions.harmless import harmless_html
from reports.renditions.pdf import pdf
from tests import world as w
from tests.mail_server import mail_server
from tests.reports.made_up_content import made_up_content
from workspace.sender import deliver


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "sentence"), [("1800", "nothing on record can be older"), ("3000", "years ahead")])
def test_a_year_that_nobody_means_is_refused_with_its_reason(year, sentence):
    with pytest.raises(ValidationError, match=sentence):
        acts.open_report(year)


@pytest.mark.django_db
@pytest.mark.parametrize("period", ["2025-06-01..2025-05-31", "2025-06-02..2025-06-01"])
def test_a_period_without_a_day_is_refused_with_a_sentence(period):
    with pytest.raises(ValidationError, match="The period must end after it begins."):
        acts.open_report(period)


@pytest.mark.django_db
def test_a_name_of_300_characters_is_refused_with_a_sentence():
    with pytest.raises(ValidationError, match="at most 200"):
        w.person("N" * 300)


def test_a_table_of_12_columns_and_words_without_end_stay_on_the_page():
    head, cells = ([f"{word}{n}" for n in range(12)] for word in ("Unbrokencolumnname", "Unbrokencellofwords"))
    rows = [f"| {' | '.join(row)} |" for row in (head, ["---"] * 12, cells)]
    content, words = made_up_content(), "N" * 300
    block = content["languages"]["en"]["sections"][0]["blocks"][0]
    block["html"] = harmless_html("\n".join([f"## {words}", "", f"* {words}", "", *rows]))
    starts, texts = [], []
    for page in PdfReader(io.BytesIO(pdf(content, "en"))).pages:
        texts.append(
            page.extract_text(visitor_text=lambda text, at, place, *_font: starts.append((text, at[0] * place[4])))
        )
    lines = [len(line) for text in texts for line in re.findall("N{5,}", text)]
    assert max(lines) < 120 and sum(lines) >= 598
    assert max(place for text, place in starts if text.strip()) < 595 - 62


def test_of_very_many_missing_reports_the_first_are_named_and_how_many_more():
    meetings = [SimpleNamespace(name=f"ISCG 25-{n}", starts_on=n, code="") for n in range(500)]
    subjects = [SimpleNamespace(code=f"S-{n:03}") for n in range(300)]
    missing = [Owed(SimpleNamespace(subject=one, person="Ada", person_id=1), meetings) for one in subjects]
    unrecorded = [SimpleNamespace(meeting=each, subjects=subjects) for each in meetings]
    block = record_tables.missing(Facts(None, None, [], missing=missing, unrecorded=unrecorded))
    assert len(block["rows"]) == 201 and block["rows"][-1] == ["", "", "101 more"]
    assert block["rows"][0][0] == "S-000" and block["rows"][0][1].endswith("ISCG 25-59, 440 more")
    one = [Owed(missing[0].term, meetings[:1])]
    few = record_tables.missing(Facts(None, None, [], missing=one, unrecorded=unrecorded[:2]))["rows"]
    assert few[0] == ["S-000", "ISCG 25-0", "Ada"] and few[1][1] == "ISCG 25-0, ISCG 25-1"


@pytest.mark.django_db
def test_a_stored_file_altered_by_one_bit_is_neither_shown_nor_sent(settings, client):
    w.advisory_group("RAG", mailbox="rag@itu.int")
    report = w.published_report("2025")
    path = path_of(report.files.get().stored.sha256)
    data = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    client.raise_request_exception = False
    assert client.get("/reports/2025/en.json").status_code == 503
    report.renditions.all().delete()
    with mail_server(settings) as server:
        send(report.transmissions.get(group="RAG"))
        deliver()
        assert (server.mails, Transmission.objects.get(group="RAG").state) == ([], "to send")


@pytest.mark.django_db
def test_each_of_very_many_subjects_is_told():
    meeting = w.meeting("25-2", date(2025, 5, 12))
    subjects = [
        SimpleNamespace(code=f"S-{n:03}", slug=f"s-{n}", title_shown="Made up", get_absolute_url=lambda: "")
        for n in range(300)
    ]
    papers = SimpleNamespace(
        documents=[],
        decisions=[],
        agenda=[SimpleNamespace(subject_codes=[one.code for one in subjects], meeting_id=meeting.pk)],
    )
    text = "".join(by_subject(Facts(None, None, [], subjects=subjects, meetings=[meeting], papers=papers)).values())
    assert text.count("<h3>") == 300 and text.count("It was on the agenda of") == 300
