"""Meetings in the admin: entered, moved, called off, with agenda, deadlines and attendance on one page."""

from datetime import date, time

import pytest
from django.urls import reverse

from iscg_portal.adminkit.site import admin_address
from meetings.admin.meetings import DocumentRows
from meetings.models import AgendaItem, Deadline, Document, Meeting, RegisterNumber
from tests import world as w
from tests.admin.conftest import complaints, list_of, page_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return w.meeting("27-1", date(2027, 3, 3), date(2027, 3, 5), state="confirmed", title="A meeting, made up")


def enter(desk, **fields):
    """Enter a meeting as the form sends it."""
    rows = {f"{rows}-{what}_FORMS": "0" for rows in ("agenda", "deadlines") for what in ("TOTAL", "INITIAL")}
    given = {"body": "ISCG", "title_en": "Made up", "starts_on": "2027-03-03", "time_zone": "Europe/Zurich"}
    given |= {"state": "planned", "original_language": "en"}
    return desk.post(list_of(Meeting, "add"), rows | given | fields)


def test_a_blank_code_is_made_of_the_dates(desk):
    enter(desk)
    enter(desk, starts_on="2027-09-01")
    assert sorted(Meeting.objects.values_list("code", flat=True)) == ["27-1", "27-2"]


def test_a_meeting_of_coordinators_is_named_after_its_subject(desk):
    enter(desk, body="Coordinators", subject=w.subject("EMF").pk, starts_on="2027-03-03")
    assert Meeting.objects.get().code == "EMF-2027-03-03"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ({"starts_on": "2027-03"}, (date(2027, 3, 1), date(2027, 3, 31), "month", "March 2027")),
        ({"starts_on": "2027"}, (date(2027, 1, 1), date(2027, 12, 31), "year", "2027")),
        (
            {"starts_on": "2027-03-15", "precision": "month"},
            (date(2027, 3, 15), date(2027, 3, 31), "month", "March 2027"),
        ),
        ({"ends_on": "2027-03-05"}, (date(2027, 3, 3), date(2027, 3, 5), "day", "3–5 March 2027")),
    ],
)
def test_dates_are_kept_as_exactly_as_they_are_known(desk, written, stored):
    enter(desk, **written)
    meeting = Meeting.objects.get()
    assert (meeting.starts_on, meeting.ends_on, meeting.precision, meeting.dates) == stored


def test_a_page_saved_untouched_changes_nothing(desk):
    for text in ("2027-03", "2027-03-03"):
        enter(desk, starts_on=text)
    for meeting in Meeting.objects.all():
        before = Meeting.objects.filter(pk=meeting.pk).values().get()
        assert save(desk, page_of(meeting)).status_code == 302
        assert Meeting.objects.filter(pk=meeting.pk).values().get() == before
        assert meeting.history.count() == 1


REFUSED = {
    "ends before it starts": ({"ends_on": "2027-03-01"}, "The last day cannot come before the first."),
    "no date": ({"starts_on": "in spring"}, "“in spring” is not a date"),
    "a start that is no day": ({"starts_on": "by 2027-03-03"}, "Write the day, the month or the year"),
    "an hour that does not exist": (
        {"starts_on": "2027-03-28", "opens_at": "02:30"},
        "This hour does not exist on that day",
    ),
    "closes before it opens": ({"opens_at": "10:00", "closes_at": "09:00"}, "It cannot close before it opens"),
    "hours without a day": ({"starts_on": "2027-03", "opens_at": "10:00"}, "Give the hour once the day is known."),
    "no time zone": ({"time_zone": "Europe/Nowhere"}, "There is no such time zone"),
    "Coordinators without a subject": ({"body": "Coordinators"}, "A meeting of Coordinators needs a subject"),
    "somebody's address": ({"place": "Ask ada.testperson@example.org"}, "This is public"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(desk, case):
    fields, sentence = REFUSED[case]
    response = enter(desk, **fields)
    assert response.status_code == 200
    assert sentence in complaints(response)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("code", ["27-1", "27-1".upper()])
def test_a_code_is_given_once(desk, meeting, code):
    assert "already" in complaints(enter(desk, code=code))


def test_a_hidden_hour_of_another_zone_is_no_problem(desk):
    enter(desk, starts_on="2027-03-28", opens_at="02:30", time_zone="Africa/Kigali")
    assert Meeting.objects.get().opens_at == time(2, 30)


def test_agenda_deadlines_and_attendance_are_saved_with_the_meeting(desk, meeting):
    emf = w.subject("EMF")
    rows = {"agenda-TOTAL_FORMS": 1, "agenda-0-number": "2.1", "agenda-0-title_en": "Point", "agenda-0-about": [emf.pk]}
    rows |= {"deadlines-TOTAL_FORMS": 1, "deadlines-0-kind": "contributions", "deadlines-0-days_before": "12"}
    rows |= {"deadlines-0-hour": "23:59", "attendance-TOTAL_FORMS": 1, "attendance-0-capacity": "other"}
    response = save(desk, page_of(meeting), change_reason="As decided", **rows, **{"attendance-0-count": "3"})
    assert response.status_code == 302, complaints(response)
    item = meeting.agenda.get()
    assert (item.position, [*item.subjects.all()], item.history.first().history_change_reason) == (
        201,
        [emf],
        "As decided",
    )
    assert meeting.deadlines.get().due_on == date(2027, 2, 19)
    assert meeting.attendance.get().count == 3


def test_the_page_says_when_its_deadlines_fall(desk, meeting):
    w.deadline(meeting, days_before=12, hour=time(18, 0))
    assert "19 February 2027, 18:00 Geneva time" in desk.get(page_of(meeting)).content.decode()


def test_moving_a_meeting_onto_a_day_on_which_a_deadline_has_no_hour_is_refused(desk, meeting):
    w.deadline(meeting, days_before=3, hour=time(2, 30))
    response = save(desk, page_of(meeting), starts_on="2027-03-31", ends_on="")
    assert "falls on an hour that does not exist" in complaints(response)
    meeting.refresh_from_db()
    assert meeting.starts_on == date(2027, 3, 3)


def test_a_meeting_is_cancelled_with_a_public_reason(desk, meeting):
    response = desk.post(page_of(meeting, "cancel"), {"because": "No hall"}, follow=True)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.state_note) == ("cancelled", "No hall")
    assert "ISCG 27-1 is cancelled." in response.content.decode()
    assert meeting.history.first().history_change_reason == "No hall"


def test_a_meeting_without_a_new_day_is_postponed(desk, meeting):
    desk.post(page_of(meeting, "postpone"), {"because": "Until a host is found"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_on) == ("postponed", date(2027, 3, 3))


def test_a_meeting_with_a_new_day_is_moved_and_lasts_as_long(desk, meeting):
    deadline = w.deadline(meeting, days_before=10)
    desk.post(page_of(meeting, "postpone"), {"because": "The host asked", "starts_on": "2027-04-07"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_on, meeting.ends_on) == ("confirmed", date(2027, 4, 7), date(2027, 4, 9))
    assert Deadline.objects.get(pk=deadline.pk).due_on == date(2027, 3, 28)


def test_a_move_shows_first_the_new_days_of_the_deadlines(desk, meeting):
    w.deadline(meeting, days_before=10)
    data = {"because": "The host asked", "starts_on": "2027-04-07"}
    shown = desk.post(page_of(meeting, "postpone"), data | {"_preview": "1"})
    said, deadlines = shown.context["follows"]
    assert "is now on 7" in said and "28 March 2027" in deadlines and "Nothing is saved yet" in shown.text
    meeting.refresh_from_db()
    assert meeting.starts_on == date(2027, 3, 3)
    assert deadlines in desk.post(page_of(meeting, "postpone"), data, follow=True).text


def test_a_postponed_meeting_is_planned_again_once_its_day_is_known(desk, meeting):
    desk.post(page_of(meeting, "postpone"), {"because": "Until a host is found"})
    desk.post(page_of(meeting, "postpone"), {"because": "A host was found", "starts_on": "2027-04-07"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.state_note) == ("planned", "A host was found")


@pytest.mark.parametrize("act", ["cancel", "postpone"])
def test_a_meeting_that_was_held_is_not_called_off(desk, meeting, act):
    Meeting.objects.update(state="held")
    assert "This meeting was held" in desk.post(page_of(meeting, act), {"because": "x"}).content.decode()


def test_calling_off_needs_a_reason(desk, meeting):
    assert desk.post(page_of(meeting, "cancel"), {"because": " "}).status_code == 200
    meeting.refresh_from_db()
    assert meeting.state == "confirmed"


def test_deadlines_are_taken_from_the_last_meeting(desk, meeting):
    last = w.meeting("26-1", date(2026, 3, 3))
    w.deadline(last, "contributions", 12, hour=time(18, 0))
    w.deadline(last, "registration", 7)
    assert "Deadlines as for the last meeting…" in desk.get(page_of(meeting)).content.decode()
    assert "contributions: 19 February 2027, 18:00" in desk.get(page_of(meeting, "usual-deadlines")).content.decode()
    desk.post(page_of(meeting, "usual-deadlines"), {"reason": ""})
    rows = list(meeting.deadlines.values_list("kind", "days_before", "hour"))
    assert rows == [("contributions", 12, time(18, 0)), ("registration", 7, time(23, 59))]


def test_unused_numbers_are_explained_together(desk, meeting):
    w.document(meeting, number="ISCG/27-1/03")
    desk.post(page_of(meeting, "unused-numbers"), {"number-1": "Kept for an agenda", "number-2": ""})
    assert (
        list(RegisterNumber.objects.values_list("serial", "unused_because"))
        == [(3, ""), (1, "Kept for an agenda")][::-1]
    )


def test_the_code_cannot_be_changed(desk, meeting):
    save(desk, page_of(meeting), code="27-9")
    meeting.refresh_from_db()
    assert meeting.code == "27-1"


def test_who_may_only_look_sees_no_acts(clerk, meeting):
    client = clerk("meetings.view_meeting")
    page = client.get(page_of(meeting))
    assert page.status_code == 200 and "Cancel…" not in page.content.decode()
    for act in ("cancel", "postpone", "usual-deadlines", "unused-numbers"):
        assert client.get(page_of(meeting, act)).status_code == 403


def test_an_item_with_a_document_is_not_removed(desk, meeting):
    item = w.agenda_item(meeting)
    w.document(meeting, agenda_item=item)
    response = desk.get(reverse("admin:meetings_agendaitem_delete", args=[item.pk]))
    assert "other records rest on it" in response.content.decode()
    assert AgendaItem.objects.filter(pk=item.pk).exists()


def test_a_page_shows_the_first_documents_and_the_way_to_all(desk, monkeypatch):
    monkeypatch.setattr(DocumentRows, "most", 2)
    meeting, other = w.meeting("25-7"), w.meeting("25-8")
    papers = [w.document(one, f"Paper {number}") for number, one in enumerate([meeting, meeting, meeting, other])]
    page = desk.get(admin_address(Meeting, meeting.pk)).content.decode()
    assert "Paper 1" in page and "Paper 2" not in page
    address = admin_address(Document, meeting=meeting.pk)
    assert f'Documents (<a href="{address}">show all</a>)</h2>' in page
    assert set(desk.get(address).context["cl"].result_list) == set(papers[:3])
