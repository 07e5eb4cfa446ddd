"""Meetings and documents as files: an export imported again changes nothing, and bad rows are refused whole."""

from datetime import date, time

import pytest

from bench.rows import judge_rows, write_rows
from iscg_portal.importing.formats import FORMATS, export_file, read_file
from iscg_portal.importing.registry import all_resources, resource_for
from iscg_portal.importing.rows import RowsRefused, judge
from meetings.models import Document, Meeting, RegisterNumber
from tests import world as w
from tests.importing.conftest import problems, verdicts

MODELS = [name for name in sorted(all_resources()) if name.startswith("meetings.")]
WILD = "=1+1, ‘two’ 漢字 العربية"


def full_register():
    """The standing ISCG, whose `register` has something in every column."""
    world = w.iscg_with_register()
    made = world.register
    w.meeting("27-4", date(2027, 5, 1), precision="month", title=WILD)
    hours = {"opens_at": time(9, 30), "closes_at": time(17), "time_zone": "Africa/Kigali"}
    fields = {"body": "Coordinators", "subject": world.subjects["EMF"], "result": WILD, "state": "held"}
    w.meeting("EMF-2025-03-03", date(2025, 3, 3), together_with=made.first, **hours, **fields)
    w.attendance(made.first, 3, w.country("FR"), "Sector Member")
    w.deadline(made.coming, "translation", 30, hour=time(12))
    w.taken(made.first, WILD, owner="=1", due_on=date(2027, 1, 2), closed_on=date(2026, 1, 2), closed_because="-x")
    w.document(number="ISCT-18/12", title=WILD, note=WILD, purpose="Proposal", dated_on=date(2018, 4, 9))
    w.variant(made.revision, "Add")
    return world


@pytest.fixture(scope="session")
def kept_full_register(kept):
    return kept(full_register)


@pytest.fixture
def register(db, kept_full_register):
    """The standing register, and more in every column."""
    return kept_full_register.put_back().register


def meeting_row(code="28-1", starts_on="2028-03-01", **cells):
    return {"code": code, "body": "ISCG", "title_en": "Made up", "starts_on": starts_on, "precision": "", **cells}


def document_row(number, **cells):
    return {"number": number, "title_en": "Made up", "type": "contribution", **cells}


def sentences(model, *rows):
    return " ".join(str(sentence) for _cell, sentence in problems(model, list(rows)))


@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("model", MODELS)
def test_export_imported_again_changes_nothing(register, model, format):
    resource = resource_for(model)
    content = export_file(resource(), resource.model().objects.all(), FORMATS[format])
    preview = judge(model, read_file(content))
    assert preview.rows and set(verdicts(preview)) == {"unchanged"}, [row for row in preview.rows if row.changes]


@pytest.mark.parametrize("model", MODELS)
def test_queries_of_an_export_do_not_grow(register, model, django_assert_max_num_queries):
    resource = resource_for(model)
    with django_assert_max_num_queries(6):
        export_file(resource(), resource.model().objects.all(), FORMATS["csv"])


def test_a_new_meeting_and_a_new_document_are_entered(register):
    write_rows("meetings.meeting", [meeting_row(ends_on="2028-03-03", place="Testville")], reason="A test")
    write_rows("meetings.document", [document_row("ISCG/28-1/02", meeting="28-1")], reason="A test")
    assert Meeting.objects.get(code="28-1").ends_on == date(2028, 3, 3)
    assert RegisterNumber.objects.get(meeting__code="28-1").document.number == "ISCG/28-1/02"


def test_a_document_and_its_revision_come_in_one_file_in_any_order(register):
    rows = [document_row("ISCT-18/13 (Rev.1)"), document_row("ISCT-18/13")]
    write_rows("meetings.document", rows, reason="A test")
    assert Document.objects.get(number="ISCT-18/13 (Rev.1)").base.number == "ISCT-18/13"


def test_the_same_number_twice_in_a_file_is_refused(register):
    before = Document.objects.count()
    rows = [document_row("ISCT-18/13"), document_row("isct-18/013", title_en="Another, made up")]
    with pytest.raises(RowsRefused):
        write_rows("meetings.document", rows, reason="A test")
    assert Document.objects.count() == before


def test_a_number_on_record_is_no_second_document(register):
    preview = judge_rows("meetings.document", [document_row("ISCG/25-7/01-E", title_en="Another, made up")])
    assert verdicts(preview) == ["changed"]
    assert [change.column for row in preview.rows for change in row.changes] == ["title_en"]


def test_a_revision_of_a_document_that_does_not_exist_is_refused(register):
    said = sentences("meetings.document", document_row("ISCG/25-7/77 (Rev.1)"))
    assert "ISCG/25-7/77 is not in the register" in said


def test_a_meeting_that_ends_before_it_starts_is_refused(register):
    said = sentences("meetings.meeting", meeting_row(ends_on="2028-02-28"))
    assert "The last day cannot come before the first." in said


@pytest.mark.parametrize(("day", "exists"), [("2028-03-26", False), ("2028-03-25", True)])
def test_a_time_that_does_not_exist_when_the_clocks_change_is_refused(register, day, exists):
    """In Zurich it is 3 o'clock after 01:59 on 26 March 2028."""
    said = sentences("meetings.meeting", meeting_row(starts_on=day, opens_at="02:30", time_zone="Europe/Zurich"))
    assert ("does not exist" in said) != exists


def test_one_bad_row_keeps_all_others_out(register):
    rows = [meeting_row("28-1"), meeting_row("28-2", ends_on="2028-02-28")]
    with pytest.raises(RowsRefused):
        write_rows("meetings.meeting", rows, reason="A test")
    assert not Meeting.objects.filter(code__startswith="28-").exists()
