"""Corrections are told whole: what a report said, what is now known, and why; by the next report or a corrigendum."""

import io
import json
import re
from datetime import date

import pytest
from docx import Document
from pypdf import PdfReader

from iscg_portal.acts import one_act
from iscg_portal.files.whole import path_of
from iscg_portal.history import Reason, remove_with_reason, save_with_reason
from iscg_portal.undoing import undo
from members.acts.merging import merge_persons
from members.acts.succession import succeed
from reports.acts import annual_reports as acts
from reports.facts import disagreements, gather
from reports.models import AnnualReport, ReportedEvent
from reports.rendering import make_due
from subjects.models import Coordinator
from tests import world as w

pytestmark = pytest.mark.django_db

OF_2024 = date(2024, 3, 1)
NOTHING, NOT_SO = "Nothing of this.", "This is not so."


def term_of_ada():
    """Ada took a seat of RAG in 2024."""
    return w.representative("RAG1", w.person("Ada Testperson"), OF_2024)


def told_of_ada():
    """The same, and the report that tells it."""
    return term_of_ada(), w.published_report("2024")


def corrigendum_on_ada():
    """The corrigendum to that report: another group was meant."""
    term, report = told_of_ada()
    remove_with_reason(term, Reason("SECRET of staff", "Another group was meant."))
    return corrected(report)


@pytest.fixture(scope="module")
def kept_told(kept):
    return kept(told_of_ada)


@pytest.fixture(scope="module")
def kept_corrigendum(kept):
    return kept(corrigendum_on_ada)


@pytest.fixture
def term(db):
    return term_of_ada()


@pytest.fixture
def told_term(db, kept_told):
    """That term, which a published report tells."""
    return kept_told.put_back()[0]


@pytest.fixture
def told_report(told_term):
    return AnnualReport.objects.get(code="2024")


def publish(report):
    acts.submit(report)
    acts.approve(report, None)
    acts.publish(report, None, "Made up")
    report.refresh_from_db()
    return report


def corrected(base, variant="Corr", reason=None):
    return publish(acts.correct(base, variant, None, reason or Reason("For staff", "A source was read wrongly.")))


def rows_of(report, key, lang="en"):
    """The rows of a table of the frozen report; None where it has no such block."""
    sections = json.loads(report.content)["languages"][lang]["sections"]
    return next((block["rows"] for section in sections for block in section["blocks"] if block["key"] == key), None)


def told(kind="annual"):
    """What the next report would correct: (report, it said, now known, why)."""
    draft = acts.open_report("2025")
    tables = [(one.report, one.said, one.known, one.why) for one in gather(draft).corrections]
    return [(report, said and said.sentence, known and known.sentence, why) for report, said, known, why in tables]


TOOK_OFFICE = "1 March 2024: RAG, took office: Ada Testperson"


def test_what_a_report_said_of_a_subject_without_a_first_day_is_no_disagreement(db):
    listing = w.listing(w.subject(), source_dated_on=date(2024, 6, 1))
    report = w.published_report("2024")
    listing.source_dated_on = None
    listing.save()
    assert disagreements() == [] and told() == []
    remove_with_reason(listing, Reason("Never adopted", "It was never adopted."))
    assert [one for one, _found in disagreements()] == [report]


def test_a_moved_event_is_told_with_what_the_report_said(told_term):
    told_term.starts_on = date(2024, 4, 1)
    save_with_reason(told_term, Reason("A call", "The minutes give another day."))
    known = "1 April 2024: RAG, took office: Ada Testperson"
    assert told() == [("2024", TOOK_OFFICE, known, "The minutes give another day.")]


def test_an_event_that_moved_into_the_period_of_the_next_report_is_taken_back_by_it(told_term):
    told_term.starts_on = date(2025, 4, 1)
    told_term.save()
    assert told() == [("2024", TOOK_OFFICE, "1 April 2025: RAG, took office: Ada Testperson", "")]


def test_a_removed_event_is_told_as_not_so(told_term):
    remove_with_reason(told_term, Reason("Her office called", "Another group was meant."))
    assert told() == [("2024", TOOK_OFFICE, None, "Another group was meant.")]


def test_another_person_from_the_same_day_is_told(term):
    coordinator = w.coordinator(w.subject("EMF"), w.person("Ben Madeup"), OF_2024)
    w.published_report("2024")
    coordinator.person = w.person("Cleo Invented")
    coordinator.save()
    said, known = (f"1 March 2024: EMF, took office: {name}" for name in ("Ben Madeup", "Cleo Invented"))
    assert told() == [("2024", said, known, "")]


def test_another_country_is_told_and_a_new_honorific_is_not(told_term):
    told_term.person.honorific = "Dr"
    told_term.person.save()
    assert told() == []
    AnnualReport.objects.filter(code="2025").delete()
    told_term.country = w.country("CH")
    told_term.save()
    assert told() == [("2024", TOOK_OFFICE, "1 March 2024: RAG, took office: Dr Ada Testperson (Switzerland)", "")]


def test_an_added_event_is_told_as_missing(db):
    w.published_report("2024")
    w.representative("RAG1", w.person("Ada Testperson"), OF_2024)
    assert told() == [("2024", None, TOOK_OFFICE, "")]


def replaced(term):
    """Ben follows Ada within the year, in one act; gives its mark."""
    with one_act() as act:
        succeed(term, w.person("Ben Madeup"), date(2024, 6, 1), reason="A mistake")
    return act.mark


def test_an_act_that_was_undone_before_a_report_told_it_is_no_correction(term):
    publish(acts.open_report("2024"))
    undo(replaced(term), reason="The wrong person")
    assert told() == []


def test_an_act_that_is_undone_after_a_report_told_it_is_a_correction(term):
    mark = replaced(term)
    publish(acts.open_report("2024"))
    undo(mark, reason=Reason("For staff", "The wrong person."))
    found = told()
    assert {(known, why) for _report, _said, known, why in found} == {(None, "The wrong person.")}
    assert any("took office: Ben Madeup" in said for _report, said, _known, _why in found)
    assert any("left office: Ada Testperson" in said for _report, said, _known, _why in found)


def test_a_row_that_was_removed_and_entered_again_is_no_correction(told_term):
    remove_with_reason(told_term, "A test")
    w.representative("RAG1", told_term.person, OF_2024)
    assert told() == []


def test_a_person_who_was_merged_into_another_record_is_the_same(told_term):
    merge_persons(w.person("Ada T. Testperson"), told_term.person, reason="One person")
    assert told() == []


def test_a_correction_that_was_told_is_told_once(told_term):
    remove_with_reason(told_term, "A test")
    second, third = w.published_report("2025"), w.published_report("2026")
    assert rows_of(second, "earlier") == [["2024", TOOK_OFFICE, NOT_SO, ""]]
    assert rows_of(third, "earlier") is None


def test_what_was_told_not_to_be_so_and_is_so_after_all_is_told_against_that(told_term, told_report):
    remove_with_reason(told_term, "A test")
    corrected(told_report)
    w.representative("RAG1", told_term.person, OF_2024)
    second = corrected(told_report)
    assert rows_of(second, "corrections") == [["2024-corr1", NOT_SO, TOOK_OFFICE, ""]]
    assert disagreements() == []


def test_reports_of_two_kinds_on_the_same_days_do_not_disagree_with_each_other(term):
    w.representative("RAG2", w.person("Ben Madeup"), date(2015, 3, 1))
    w.published_report("2024")
    w.published_report("2024-05-01..2024-10-31")
    assert disagreements() == []


def test_what_is_corrected_again_is_told_against_what_was_said_last(told_term):
    told_term.starts_on = date(2024, 4, 1)
    told_term.save()
    corrected(AnnualReport.objects.get(code="2024"))
    told_term.starts_on = date(2024, 5, 1)
    told_term.save()
    april, may = (f"1 {month} 2024: RAG, took office: Ada Testperson" for month in ("April", "May"))
    assert told() == [("2024-corr1", april, may, "")]


def test_a_reason_of_before_the_publication_explains_nothing(term):
    save_with_reason(term, Reason("A test", "A slip of the pen."))
    w.published_report("2024")
    remove_with_reason(term, "For staff")
    assert told() == [("2024", TOOK_OFFICE, None, "")]


class TestCorrigendum:
    """What a corrigendum says, in every form."""

    @pytest.fixture
    def corrigendum(self, db, kept_corrigendum):
        return kept_corrigendum.put_back()

    def test_it_is_headed_by_its_number_and_lists_what_stood_what_should_stand_and_why(self, corrigendum):
        tree = json.loads(corrigendum.content)["languages"]["en"]
        assert (tree["heading"], tree["title"]) == ("Corrigendum 1", "Corrections to: Report of the ISCG for 2024")
        assert [section["key"] for section in tree["sections"]] == ["why", "corrections"]
        assert rows_of(corrigendum, "corrections") == [["2024", TOOK_OFFICE, NOT_SO, "Another group was meant."]]

    def test_the_reason_for_the_public_stands_in_it_and_that_of_staff_nowhere(self, corrigendum):
        assert "A source was read wrongly." in corrigendum.content
        assert "For staff" not in corrigendum.content and "SECRET" not in corrigendum.content

    def test_it_is_the_same_in_the_page_the_pdf_and_the_docx(self, corrigendum, client):
        corrigendum.renditions.exclude(language="en").delete()
        make_due(corrigendum)
        files = {file.kind: path_of(file.stored_id).read_bytes() for file in corrigendum.files.all()}
        page = client.get("/en/reports/2024-corr1/").content.decode()
        pdf = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(files["pdf"])).pages)
        document = Document(io.BytesIO(files["docx"]))
        docx = [paragraph.text for paragraph in document.paragraphs]
        docx += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        for words in ("Corrigendum 1", "Corrections to: Report of the ISCG for 2024", TOOK_OFFICE, NOT_SO):
            assert words in page and words in " ".join(pdf.split()) and any(words in text for text in docx)
        assert "Annex" not in page and "List of subjects" not in page

    def test_the_corrected_report_says_so_on_its_page_in_the_list_in_the_files_and_in_the_feed(
        self, corrigendum, client
    ):
        link = '<a href="/en/reports/2024-corr1/">Corrigendum 1</a>'
        page = client.get("/en/reports/2024/").content.decode()
        assert page.index("Corrected</strong>: " + link) < page.index("<h2")
        assert "Corrected: " + link in client.get("/en/reports/").content.decode()
        rows = {row["code"]: row["corrected_by"] for row in client.get("/en/reports.json").json()["reports"]}
        assert rows == {"2024": ["2024-corr1"], "2024-corr1": []}
        feed = client.get("/en/changes.atom").content.decode()
        assert "Corrected" in feed and "/en/reports/2024-corr1/" in feed

    def test_the_next_one_takes_the_next_number(self, corrigendum):
        second = corrected(corrigendum.base)
        assert json.loads(second.content)["languages"]["en"]["heading"] == "Corrigendum 2"
        assert rows_of(second, "corrections") == []

    def test_a_withdrawn_one_has_corrected_nothing(self, corrigendum, client):
        acts.withdraw(corrigendum, None, Reason(public="Sent too early"))
        assert [report.code for report, _corrections in disagreements()] == ["2024"]
        assert "Corrected" not in client.get("/en/reports/2024/").content.decode()

    def test_it_is_in_all_six_languages(self, corrigendum):
        assert set(json.loads(corrigendum.content)["languages"]) == {"ar", "en", "es", "fr", "ru", "zh"}
        [row] = rows_of(corrigendum, "corrections", "fr")
        assert "1er mars 2024" in row[1] and "took office" not in row[1]


def test_a_revision_is_the_whole_text_with_a_list_of_changes_first(term):
    report = acts.open_report("2024")
    report.blocks.filter(key="summary").update(mode="edited", texts={"en": "As it was"})
    publish(report)
    term.starts_on = date(2024, 4, 1)
    term.save()
    draft = acts.correct(report, "Rev", None, "A test")
    draft.blocks.filter(key="summary").update(texts={"en": "As it is"})
    revision = publish(draft)
    tree = json.loads(revision.content)["languages"]["en"]
    assert tree["heading"] == "Revision 1"
    assert [section["key"] for section in tree["sections"]][:3] == ["changes", "summary", "action"]
    assert rows_of(revision, "changes") == [
        ["2024", TOOK_OFFICE, "1 April 2024: RAG, took office: Ada Testperson", ""],
        ["2024", "Summary: As it was", "As it is", ""],
    ]
    assert [row[0] for row in rows_of(revision, "seats")] == ["1 April 2024"]


def test_what_was_published_before_a_revision_does_not_correct_it_whichever_was_opened_first(
    told_term, told_report, client
):
    revision = acts.correct(told_report, "Rev", None, "A test")
    opened_before = acts.correct(told_report, "Corr", None, "A test")
    corrected(told_report)
    publish(revision)
    publish(opened_before)
    rows = {row["code"]: row["corrected_by"] for row in client.get("/en/reports.json").json()["reports"]}
    assert rows["2024-rev1"] == ["2024-corr1"]
    page = client.get("/en/reports/2024-rev1/").content.decode()
    remarks = re.findall("<strong>Corrected</strong>.*?</p>", page)
    assert len(remarks) == 1 and "Corrigendum 1</a>" in remarks[0]


def test_what_only_staff_may_know_stays_out_of_every_correction(term, client):
    hidden = w.focal_point(w.subject("EMF"), w.person("Jon Hiddenname"), "BR", OF_2024, note="secretnote")
    report = w.published_report("2024")
    term.note = "secretnote"
    remove_with_reason(term, "secretnote")
    hidden.starts_on = date(2024, 4, 1)
    save_with_reason(hidden, Reason("secretnote", "The day was wrong."))
    corrigendum, following = corrected(report, reason="secretnote"), w.published_report("2025")
    feed = client.get("/en/changes.atom").content.decode()
    pages = [client.get(f"/en/reports/{one.code}/").content.decode() for one in (report, corrigendum, following)]
    for text in (corrigendum.content, following.content, feed, *pages):
        assert "secretnote" not in text and "Hiddenname" not in text and "hiddenname" not in text
    assert [row[1:] for row in rows_of(corrigendum, "corrections")] == [
        ["1 March 2024: EMF, took office: BR", "1 April 2024: EMF, took office: BR", "The day was wrong."],
        [TOOK_OFFICE, NOT_SO, ""],
    ]


def test_a_name_that_is_public_no_longer_is_not_told_again(term):
    row = w.focal_point(w.subject("EMF"), w.person("Zoe Onceknown"), "BR", OF_2024, name_is_public=True)
    report = w.published_report("2024")
    row.name_is_public, row.starts_on = False, date(2024, 4, 1)
    row.save()
    corrigendum = corrected(report)
    assert "Onceknown" in report.content and "nceknown" not in corrigendum.content
    assert rows_of(corrigendum, "corrections")[0][1:3] == [
        "1 March 2024: EMF, took office: BR",
        "1 April 2024: EMF, took office: BR",
    ]
    assert disagreements() == []


class TestReportOfAnOlderForm:
    """A report whose frozen content has no events: their keys stand in a table of their own."""

    @pytest.fixture
    def report(self, term):
        coordinator = w.coordinator(w.subject("EMF"), w.person("Ben Madeup"), OF_2024)
        meeting = w.meeting("24-1", date(2024, 5, 6), state="held")
        report = acts.open_report("2024")
        acts.submit(report)
        acts.approve(report, None)
        old = {"schema": 1, "languages": {"en": {"title": "Old", "sections": []}}}
        AnnualReport.objects.filter(pk=report.pk).update(state="published", content=json.dumps(old))
        report.steps.create(state="published")
        keys = [
            "RAG1:ada-testperson:start:began:2024-03-01",
            f"coordinator:{coordinator.pk}:start:began:2024-03-01",
            f"meeting:{meeting.pk}:held:2024-05-06",
        ]
        for key in keys:
            ReportedEvent.objects.create(report=report, kind="annual", key=key)
        return report

    def test_what_it_told_is_not_told_again(self, report):
        assert told() == [] and disagreements() == []

    def test_what_it_told_and_is_not_so_is_told_in_full(self, report, term):
        coordinator = Coordinator.objects.get()
        coordinator.starts_on = date(2024, 4, 1)
        coordinator.save()
        remove_with_reason(term, "A test")
        april = "1 April 2024: EMF, took office: Ben Madeup"
        assert sorted(told(), key=str) == [
            ("2024", "1 March 2024: EMF, took office: Ben Madeup", april, ""),
            ("2024", TOOK_OFFICE, None, ""),
        ]
        publish(AnnualReport.objects.get(code="2025"))
        assert disagreements() == []
