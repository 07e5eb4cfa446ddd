"""The calendar, read back by a library: whatever becomes of a meeting, programs that follow it are told."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from iscg_portal.scheduled_acts import cancel, postpone
from tests import world as w


@pytest.fixture
def meeting(db):
    """A confirmed meeting of one day to come, made up."""
    return w.meeting("27-1", date(2027, 3, 3), state="confirmed", remote_url="https://remote.example.org/secret")


def events_at(client, address):
    """The events that a calendar library reads at an address."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def event_of(client, code="27-1"):
    [event] = events_at(client, f"/en/meetings/{code}.ics")
    return event


def test_a_confirmed_meeting_stands_on_its_days(client, meeting):
    event = event_of(client)
    assert event["status"] == "CONFIRMED"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 3, 3), date(2027, 3, 4))
    assert event["sequence"] == 0


def test_both_calendars_give_a_meeting_one_uid_in_every_language(client, meeting):
    addresses = ("/en/meetings.ics", "/zh/meetings.ics", "/en/meetings/27-1.ics", "/ar/meetings/27-1.ics")
    assert len({str(event["uid"]) for address in addresses for event in events_at(client, address)}) == 1


def test_a_moved_meeting_keeps_its_uid_and_counts_on(client, meeting):
    before = event_of(client)
    postpone(meeting, "The hall is taken.", starts_on=date(2027, 4, 7))
    after = event_of(client)
    assert after["uid"] == before["uid"]
    assert after["sequence"] == 1
    assert (after["status"], after.decoded("dtstart")) == ("CONFIRMED", date(2027, 4, 7))


@pytest.mark.parametrize(("act", "word"), [(cancel, "cancelled"), (postpone, "postponed")])
def test_a_meeting_that_is_called_off_is_cancelled_on_the_days_announced(client, meeting, act, word):
    before = event_of(client)
    act(meeting, "The hall is taken.")
    after = event_of(client)
    assert (after["uid"], after["sequence"]) == (before["uid"], 1)
    assert (after["status"], after.decoded("dtstart")) == ("CANCELLED", date(2027, 3, 3))
    assert word in str(after["summary"])
    assert "The hall is taken." in str(after["description"])


def test_a_change_that_no_event_tells_does_not_count(client, meeting):
    meeting.result = "Short, made up."
    meeting.save()
    assert event_of(client)["sequence"] == 0


def test_hours_stand_in_the_meeting_s_own_zone(client, db):
    hours = {"opens_at": time(9, 30), "closes_at": time(12), "time_zone": "Africa/Kigali"}
    w.meeting("27-2", date(2027, 7, 1), **hours)
    event = event_of(client, "27-2")
    assert event.decoded("dtstart") == datetime(2027, 7, 1, 9, 30, tzinfo=ZoneInfo("Africa/Kigali"))
    zones = Calendar.from_ical(client.get("/en/meetings/27-2.ics").content).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Africa/Kigali"]


def test_a_meeting_known_by_its_month_alone_has_no_event(client, db):
    w.meeting("27-3", date(2027, 5, 1), precision="month")
    assert events_at(client, "/en/meetings/27-3.ics") == []


def test_the_address_of_remote_participation_is_in_no_output(client, meeting):
    for address in ("/en/meetings.ics", "/en/meetings/27-1.ics", "/en/meetings/27-1/", "/en/meetings.json"):
        assert "remote.example.org" not in client.get(address).content.decode(), address


OUTPUTS = (
    *("/en/meetings/", "/en/meetings/27-1/", "/en/meetings/year/2027/"),
    *("/en/meetings.csv", "/en/meetings.json", "/en/meetings.ics", "/en/changes.atom", "/en/?on=2027-01-15"),
)


@pytest.mark.parametrize("address", OUTPUTS)
@pytest.mark.parametrize(("act", "word"), [(cancel, "cancelled"), (postpone, "postponed")])
def test_every_output_says_at_once_that_a_meeting_is_called_off(client, meeting, act, word, address):
    def said():
        return client.get(address).content.decode().lower().count(word)

    before = said()
    act(meeting, "The hall is taken.")
    assert said() > before
