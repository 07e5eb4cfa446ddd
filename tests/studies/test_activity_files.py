"""Calendars and sheets of activities: what is read, what is refused with row and reason, and that nothing is lost."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import Workbook

from bench.rows import judge_rows, write_rows
from iscg_portal.importing.formats import read_file
from iscg_portal.importing.registry import resource_for
from iscg_portal.importing.rows import judge, write
from iscg_portal.importing.sheet import FileRefused
from iscg_portal.tenure.dates import today
from studies.models import Activity, ActivitySubject
from tests import world as build

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=40)


def event(uid="1@example.org", title="A workshop, made up", starts="20260310", **more):
    """The lines of an event; a value of None leaves one out, `params_X` stand after its name."""
    given = {"UID": uid, "SUMMARY": title, "DTSTART;VALUE=DATE": starts} | more
    lines = [f"{name}:{value}" for name, value in given.items() if value is not None]
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def calendar(*events, **head):
    """The bytes of a calendar."""
    lines = [f"{name.replace('_', '-')}:{value}" for name, value in head.items()]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, *events, "END:VCALENDAR", ""]).encode()


def judged(content):
    return judge("activity", read_file(content))


def written(content):
    write("activity", read_file(content), reason="Made up")
    return Activity.objects.get()


def problems(content):
    [row] = judged(content).rows
    return [problem.sentence for problem in row.problems]


def test_an_event_becomes_an_activity():
    head = {"X_WR_CALNAME": "Events, made up"}
    more = {"DTEND;VALUE=DATE": "20260313", "LOCATION": "Kigali\\, Rwanda", "STATUS": "CONFIRMED"}
    more |= {"URL": "https://example.org/w", "DTSTAMP": "20260101T000000Z", "ORGANIZER": "mailto:a.b@example.org"}
    made = written(calendar(event(**more), **head))
    assert (made.title, made.uid, made.code) == ("A workshop, made up", "1@example.org", "2026-1")
    assert (made.starts_on, made.ends_on, made.precision) == (date(2026, 3, 10), date(2026, 3, 12), "day")
    assert (made.place, made.state, made.web_url) == ("Kigali, Rwanda", "confirmed", "https://example.org/w")
    assert (made.source, made.source_dated_on) == ("Events, made up", date(2026, 1, 1))


def test_the_same_calendar_twice_changes_nothing():
    content = calendar(event(), event("2@example.org", "Another, made up"))
    write("activity", read_file(content))
    assert {row.verdict for row in judged(content).rows} == {"unchanged"}


def test_our_own_calendar_read_again_changes_nothing(client):
    activity = build.activity(starts_on=SOON)
    content = client.get(f"/en/activities/{activity.code}.ics").content
    [row] = judged(content).rows
    assert {change.column for change in row.changes} <= {"state", "source_dated_on", "web_url"}
    write("activity", read_file(content))
    assert Activity.objects.count() == 1 and Activity.objects.get().uid == ""


def test_a_later_calendar_moves_the_activity_and_keeps_what_staff_entered():
    made = written(calendar(event()))
    made.in_t, made.region_d, made.title_fr, made.place = True, True, "Un atelier", "Here"
    made.source = "A better source"
    made.save()
    again = written(calendar(event(starts="20260317", STATUS="CANCELLED"), X_WR_CALNAME="Events, made up"))
    assert (again.pk, again.starts_on, again.state) == (made.pk, date(2026, 3, 17), "cancelled")
    assert (again.in_t, again.region_d, again.title_fr, again.place) == (True, True, "Un atelier", "Here")
    assert again.source == "A better source"


def test_what_is_recorded_as_held_stays_so():
    build.activity(uid="1@example.org", starts_on=date(2026, 3, 10))
    [row] = judged(calendar(event(STATUS="CONFIRMED"))).rows
    assert "recorded as held, and stays so" in " ".join(row.remarks)
    assert written(calendar(event(STATUS="CONFIRMED"))).state == "held"


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ({"DTSTART": "20260310T220000Z", "DTEND": "20260311T010000Z"}, ("2026-03-11", "2026-03-11")),
        (
            {"DTSTART;TZID=Asia/Tokyo": "20260310T090000", "DTEND;TZID=Asia/Tokyo": "20260311T000000"},
            ("2026-03-10",) * 2,
        ),
        ({"DTSTART;TZID=Nowhere/Land": "20260310T090000"}, ("2026-03-10",) * 2),
        ({"DTSTART": "20260310T233000", "DURATION": "PT1H"}, ("2026-03-10", "2026-03-11")),
        ({"DTSTART;VALUE=DATE": "20260310", "DURATION": "P2D"}, ("2026-03-10", "2026-03-11")),
        ({"DTSTART;VALUE=DATE": "20260310", "DTEND;VALUE=DATE": "20260310"}, ("2026-03-10",) * 2),
    ],
)
def test_a_day_is_that_of_the_place(lines, days):
    made = written(calendar(event(starts=None, **lines), X_WR_TIMEZONE="Africa/Kigali"))
    assert (made.starts_on.isoformat(), made.ends_on.isoformat()) == days


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"starts": "20269999"}, "“20269999” is no day that an event can have."),
        ({"starts": "00010101"}, "is no day that an event can have"),
        ({"starts": "21990101"}, "more than 50 years ahead"),
        ({"starts": None}, "The event has no first day."),
        ({"DTEND;VALUE=DATE": "20260301"}, "The last day cannot come before the first."),
        ({"DTEND;VALUE=DATE": "2026-03-01"}, "is no day that an event can have"),
        ({"starts": None, "DTSTART": "P1D"}, "“P1D” is no day that an event can have."),
        ({"DTEND": "P1D"}, "“P1D” is no day that an event can have."),
        ({"DURATION": "two days"}, "“two days” is no day that an event can have."),
        ({"DURATION": "P9999999D"}, "The event lasts longer than any calendar."),
        ({"title": None}, "Give the text in the original language."),
        ({"uid": None}, "The event has no UID"),
        ({"title": "Write to ina.sample@example.org"}, "personal"),
        ({"title": "x" * 301}, "300"),
    ],
)
def test_what_no_event_can_say_is_refused_by_its_row_with_the_reason(bad, reason):
    said = problems(calendar(event(**bad)))
    assert len(set(said)) == 1 and reason in said[0]


def test_one_bad_event_keeps_the_others_out_and_all_are_named():
    preview = judged(calendar(event(), event("2@example.org", starts="20269999"), event("3@example.org", "Third")))
    assert [(row.number, row.verdict) for row in preview.rows] == [(1, "added"), (2, "refused"), (3, "added")]
    assert not preview.is_accepted


def test_a_calendar_that_is_called_by_somebodys_address_gives_no_source():
    made = written(calendar(event(), X_WR_CALNAME="ina.sample@example.org"))
    assert (made.title, made.source) == ("A workshop, made up", "")


def test_two_events_of_one_uid_are_both_named():
    preview = judged(calendar(event(), event(title="Another, made up")))
    assert {row.verdict for row in preview.rows} == {"refused"}
    assert "Rows 1 and 2 are about the same record." in str(preview.rows[0].problems)


def test_an_event_that_recurs_is_read_once_and_said_so():
    moved = event(starts="20260311", **{"RECURRENCE-ID;VALUE=DATE": "20260312"})
    preview = judged(calendar(event(RRULE="FREQ=DAILY;COUNT=900"), moved))
    assert [row.verdict for row in preview.rows] == ["added"]
    assert "recurs: it is read once" in " ".join(preview.remarks)
    assert "Event 2" in " ".join(preview.remarks) and "it is not read" in " ".join(preview.remarks)


def test_titles_stand_in_their_languages():
    titles = {"SUMMARY;LANGUAGE=fr": "Un atelier", "SUMMARY;LANGUAGE=zh-Hans": "研讨会", "title": None}
    made = written(calendar(event(**titles)))
    assert (made.title_fr, made.title_zh_hans, made.original_language) == ("Un atelier", "研讨会", "fr")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (calendar(event())[:-20], "cut off"),
        (b"BEGIN:VCALENDAR\r\n", "cut off"),
        (calendar(), "no event that could be read"),
        (calendar("END:VEVENT", "END:VCALENDAR", "END:VEVENT"), "cannot be read"),
        (calendar(event(title="caf\xe9")).decode().encode("latin-1"), "UTF-8"),
        (calendar(*[event()] * 2001), "The calendar has 2001 events; the limit is 2000."),
    ],
)
def test_what_is_no_whole_calendar_is_refused(content, reason):
    with pytest.raises(FileRefused, match=reason):
        read_file(content)


def test_a_hundred_thousand_events_are_refused_before_they_are_read():
    content = b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n" * 100_000 + b"END:VCALENDAR\r\n"
    with pytest.raises(FileRefused, match="100000 events"):
        read_file(content)


def test_a_calendar_is_read_as_nothing_but_activities():
    with pytest.raises(FileRefused, match="A calendar cannot be read as meetings"):
        judge("meeting", read_file(calendar(event())))


def row(**cells):
    """A row of a sheet."""
    given = {"code": "", "title_en": "A seminar, made up", "starts_on": "2026-05-04", "precision": "day"}
    return given | {"subjects": "EMF", "regions": "D; ATU", "interests": "LDC", "sectors": "D; T"} | cells


def test_a_row_of_a_sheet_becomes_an_activity_and_is_found_again_without_a_code():
    build.subject("EMF")
    write_rows("activity", [row(partners="", languages="fr, en")])
    made = Activity.objects.get()
    assert (made.subject_codes, made.regions, made.interests, made.sectors) == (
        ["EMF"],
        ["D", "ATU"],
        ["LDC"],
        ["T", "D"],
    )
    assert made.languages == "fr; en"
    assert judge_rows("activity", [row(languages="fr; en")]).rows[0].verdict == "unchanged"
    assert judge_rows("activity", [row(code=made.code, starts_on="2026-05-05")]).rows[0].verdict == "changed"


def test_a_title_on_other_days_is_proposed_to_be_the_one_on_record():
    build.subject("EMF")
    write_rows("activity", [row()])
    [again] = judge_rows("activity", [row(starts_on="2026-06-01")]).rows
    assert again.verdict == "added" and "If this is “2026-1 A seminar, made up”" in again.remarks[0]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"regions": "Z"}, "“Z” cannot stand here"),
        ({"subjects": "NONE"}, "is not among the subjects"),
        ({"starts_on": "2026-13-01"}, "is not a date"),
        ({"ends_on": "2026-05-01"}, "The last day cannot come before the first."),
        ({"state": "held", "starts_on": SOON.isoformat()}, "once its last day has come"),
        ({"languages": "English"}, "Codes of languages, as in en; fr; pt."),
        ({"title_en": ""}, "Give the text in the original language."),
        ({"office": "Ask ina.sample@example.org"}, "leave out personal e-mail addresses"),
        ({"source": "Mail of ina.sample@example.org"}, "leave out personal e-mail addresses"),
        ({"web_url": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_a_row_that_cannot_stand_is_refused_with_the_reason(cells, reason):
    build.subject("EMF")
    [read] = judge_rows("activity", [row(**{"ends_on": "", "state": "", "languages": ""} | cells)]).rows
    assert read.verdict == "refused" and reason in str(read.problems)


def test_merged_cells_are_refused_and_named():
    book = Workbook()
    book.active.append(list(row()))
    for cells in (row(), row(starts_on="2026-06-01")):
        book.active.append(list(cells.values()))
    book.active.merge_cells("B2:B3")
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(FileRefused, match="Cells are merged: B2:B3"):
        read_file(content.getvalue())


def test_a_sheet_cut_off_halfway_is_refused():
    content = io.BytesIO()
    Workbook().save(content)
    with pytest.raises(FileRefused):
        read_file(content.getvalue()[: len(content.getvalue()) // 2])


def test_links_to_subjects_are_written_and_taken_away_by_a_file():
    build.subject("EMF"), build.subject("ACC")
    write_rows("activity", [row(subjects="EMF; ACC")])
    write_rows("activity", [row(subjects="ACC")])
    assert [link.subject.code for link in ActivitySubject.objects.all()] == ["ACC"]
    assert resource_for("activity").takes_calendars
