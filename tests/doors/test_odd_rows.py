"""One odd row never stops a public page, file, feed or calendar: it is left out, and the desk names it."""

from datetime import date, timedelta
from itertools import zip_longest

import pytest
from django.db import connection

from front.data_files import DATA_FILES
from iscg_portal.odd_rows import has_odd_words, leaving_out, odd_values
from iscg_portal.web.page_cache import kept_pages
from meetings.models import Meeting
from secretariat.attention import attention
from tests import walks
from tests import world as build

PAGES = [
    *("/en/", "/ar/", "/en/meetings/", "/en/meetings/year/2025/", "/en/meetings/25-8/", "/en/meetings/25-8.ics"),
    *("/en/meetings.ics", "/ar/meetings.ics", "/en/documents/", "/en/composition/", "/en/composition/history/"),
    *("/en/coordinators/", "/en/subjects/", "/en/subjects/emf/", "/en/resolutions/", "/en/resolutions/pp-191/"),
    *("/en/composition/changes/", "/en/changes.atom", "/en/people/ada-testperson/", "/en/people/kim-mockup/"),
    *("/en/data/", "/en/key-issues/", "/sitemap.xml"),
    *(address for file in DATA_FILES for _format, address in file.files),
]
# What no door lets in, by table, column and value; the constraints of the database do not see it.
ODD = [
    ("meetings_meeting", "time_zone", "Mars/Phobos"),
    ("meetings_meeting", "state", "dreamt"),
    ("meetings_meeting", "mode", "astral"),
    ("meetings_meeting", "body", "Nobody"),
    ("meetings_meeting", "original_language", "tlh"),
    ("meetings_document", "type", "poem"),
    ("meetings_document", "original_language", "tlh"),
    ("members_representative", "how_ended", "in smoke"),
    ("subjects_subject", "original_language", "tlh"),
    ("subjects_resolution", "body", "XXX"),
    ("subjects_appointment", "group", "YYY"),
]


def groups():
    """On a walk each value alone; else values of different tables together, so that none hides behind another."""
    if walks.whole:
        return [[odd] for odd in ODD]
    of_table = [[odd for odd in ODD if odd[0] == table] for table in dict.fromkeys(odd[0] for odd in ODD)]
    return [[odd for odd in group if odd] for group in zip_longest(*of_table)]


def with_hours():
    world = build.iscg_with_register()
    build.meeting("25-8", date(2025, 9, 9), opens_at="09:30", closes_at="17:00")
    return world


@pytest.fixture(scope="session")
def kept_with_hours(kept):
    return kept(with_hours)


@pytest.fixture
def record(db, kept_with_hours):
    """The standing ISCG, with its register and a meeting that has hours."""
    return kept_with_hours.put_back()


def plant(table, column, value):
    """Past every door, by SQL; a page that is kept rests on the record before."""
    kept_pages.clear()
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(column)
        cursor.execute(f"UPDATE {table} SET {quoted} = %s WHERE id IN (SELECT MAX(id) FROM {table})", [value])


@pytest.mark.walk
def test_every_address_answers_while_nothing_is_odd(record, client):
    pages = walks.part_of(PAGES, 4)
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.walk
@pytest.mark.parametrize("odd", walks.cases(groups()), ids=str)
def test_no_public_address_stops(record, client, odd):
    for each in odd:
        plant(*each)
    after = {page: client.get(page).status_code for page in walks.part_of(PAGES, 4, groups().index(odd))}
    assert {page: status for page, status in after.items() if status not in (200, 404)} == {}
    assert [page for page, status in after.items() if status == 404 and "25-8" not in page] == []


@pytest.mark.parametrize("odd", groups(), ids=str)
def test_the_desk_names_each(record, odd):
    for each in odd:
        plant(*each)
    found = [finding.sentence for finding in attention(record.day, clause="") if "cannot print" in finding.sentence]
    named = [[value for _table, _column, value in odd if value in sentence] for sentence in found]
    assert sorted(named) == sorted([value] for _table, _column, value in odd)


def test_the_others_are_still_in_the_calendar(record, client):
    plant("meetings_meeting", "time_zone", "Mars/Phobos")
    calendar = client.get("/en/meetings.ics").content.decode()
    assert "25-8" not in calendar and "25-7" in calendar and "27-1" in calendar


def test_the_page_of_an_odd_row_is_not_there_and_no_error(record, client):
    plant("meetings_meeting", "time_zone", "Mars/Phobos")
    assert client.get("/en/meetings/25-8/").status_code in (200, 404)
    assert client.get("/en/meetings/25-8.ics").status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2925-05-05"])
def test_a_day_that_was_announced_before_there_were_limits_is_no_event(record, client, day):
    """The history keeps what was; a meeting that is no longer dated would stand in calendars on that day."""
    meeting = Meeting.objects.get(code="25-8")
    meeting.precision, meeting.opens_at, meeting.closes_at = "month", None, None
    meeting.full_clean()
    meeting.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_historicalmeeting SET starts_on = %s WHERE code = '25-8'", [day])
    answer = client.get("/en/meetings.ics")
    assert answer.status_code == 200
    assert "25-7" in answer.content.decode()


def test_nothing_is_odd_in_a_sound_record(record):
    assert [finding for finding in attention(record.day, clause="") if "cannot print" in finding.sentence] == []


def test_nothing_is_odd_in_the_shipped_record(shipped_record):
    assert [finding for finding in attention(clause="") if "cannot print" in finding.sentence] == []


def test_a_day_outside_the_record_is_odd_too():
    meeting = Meeting(code="x", starts_on=date(2925, 1, 1), ends_on=date(2925, 1, 1) + timedelta(days=1))
    assert [field.name for field in odd_values(meeting)] == ["starts_on", "ends_on"]


def test_rows_are_left_out_only_where_a_page_failed(record):
    plant("meetings_meeting", "time_zone", "Mars/Phobos")
    everything = Meeting.objects.count()
    with leaving_out():
        assert len(Meeting.objects.all()) == everything - 1
    assert len(Meeting.objects.all()) == everything
    assert Meeting._base_manager.filter(has_odd_words(Meeting)).count() == 1
