"""Only a meeting that is recorded as held was held; of an announced one that is over nobody knows (rules 16, 17)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar

from iscg_portal.tenure.dates import today
from meetings.models import Meeting
from secretariat.attention import attention
from tests import world as w

pytestmark = pytest.mark.django_db

WORDS = "announced; whether held is not recorded"
A_DAY = timedelta(days=1)


@pytest.fixture
def unresolved():
    return w.meeting("25-1", date(2025, 2, 12), state="confirmed")


@pytest.mark.parametrize(
    "address", ["meetings/", "meetings/25-1/", "meetings/year/2025/", "meetings/?state=announced", "meetings/25-1.ics"]
)
def test_every_output_says_that_nobody_recorded_whether_it_was_held(client, unresolved, address):
    content = client.get(f"/en/{address}").content.decode().replace("\r\n ", "").replace("\\;", ";")
    assert WORDS in content


@pytest.mark.parametrize("address", ["meetings/", "meetings/25-1/", "meetings.csv", "meetings/25-1.ics"])
def test_a_note_that_was_shipped_before_says_it_no_second_time(client, unresolved, address):
    unresolved.state_note = "as announced; whether it was held is not on record"
    unresolved.save()
    content = client.get(f"/en/{address}").content.decode().replace("\r\n ", "")
    assert "announced" in content and "not on record" not in content


def test_the_page_of_the_subject_says_so_too(client, unresolved):
    w.agenda_item(unresolved, subjects=[w.subject("EMF")])
    assert WORDS in client.get("/en/subjects/emf/").content.decode()


def test_files_say_announced_and_the_calendar_is_not_certain(client, unresolved):
    [row] = client.get("/en/meetings.json").json()["meetings"]
    assert row["state"] == "announced"
    [event] = Calendar.from_ical(client.get("/en/meetings/25-1.ics").content).walk("VEVENT")
    assert event["status"] == "TENTATIVE"


@pytest.mark.parametrize(
    ("state", "found"), [("confirmed", ["27-1"]), ("announced", ["25-1"]), ("held", ["24-1"]), ("planned", [])]
)
def test_the_list_is_narrowed_by_what_it_says(client, unresolved, state, found):
    w.meeting("27-1", date(2027, 3, 3), state="confirmed")
    w.meeting("24-1", date(2024, 3, 3), state="held")
    rows = client.get(f"/en/meetings.json?state={state}").json()["meetings"]
    assert [row["code"] for row in rows] == found


def test_a_meeting_on_its_last_day_is_still_announced():
    meeting = w.meeting("99-1", today(), state="confirmed")
    assert (meeting.state_in_words, meeting.is_unresolved(today() + A_DAY)) == ("confirmed", True)


def test_the_desk_and_attention_ask_whether_it_was_held(unresolved):
    found = attention(clause="W3")
    assert [finding.sentence for finding in found] == [
        "ISCG 25-1: announced for 12 February 2025; whether it was held is not recorded."
    ]
    assert found[0].url == f"/admin/meetings/meeting/{unresolved.pk}/change/"
    Meeting.objects.filter(pk=unresolved.pk).update(state="held")
    assert not attention(clause="W3")


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [(A_DAY, A_DAY, "day"), (-A_DAY, A_DAY, "day"), (timedelta(days=40), timedelta(days=40), "month")],
)
def test_no_meeting_to_come_is_recorded_as_held(first, last, precision):
    with pytest.raises(ValidationError, match="recorded as held once its last day has come"):
        w.meeting("99-1", today() + first, today() + last, state="held", precision=precision)


def test_a_meeting_is_recorded_as_held_on_its_last_day():
    assert w.meeting("99-1", today() - A_DAY, today(), state="held").state == "held"
