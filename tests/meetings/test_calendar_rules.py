"""What RFC 5545 asks of a calendar, of the real meetings and of every turn that a meeting can take.

`vobject`, which knows nothing of the library that wrote it, reads each calendar again and judges its components.
What it does not judge (lines, folding, zones, moments in UTC, SEQUENCE) is read here from the text itself.
"""

import re
from datetime import date, time

import pytest
import vobject

from iscg_portal.scheduled_acts import cancel, postpone
from tests import world as w

pytestmark = pytest.mark.django_db

ADDRESSES = tuple(f"/{prefix}/meetings.ics" for prefix in ("ar", "en", "es", "fr", "ru", "zh"))
LONG = "A very long title, made up; with a comma, a \\ and a line more, " * 4
ARABIC = "اجتماع مختلق " * 12
FOUR_BYTES = "\N{MUSICAL SYMBOL G CLEF}" * 40  # a fold must not cut it in two


@pytest.fixture
def meetings(shipped_record):
    """The shipped meetings, and made-up ones in every state, in zones with and without summer time."""
    confirmed = {"state": "confirmed"}
    w.meeting("97-1", date(2027, 3, 3), date(2027, 3, 5), opens_at=time(9, 30), closes_at=time(17), **confirmed)
    hours = {"opens_at": time(13), "title": LONG, "place": "A hall; the second, made up"}
    cancel(w.meeting("97-2", date(2027, 6, 3), time_zone="America/New_York", **hours), "Because;\nof, this")
    postpone(w.meeting("97-3", date(2027, 9, 3), title=ARABIC), "The hall is taken.")
    moved = w.meeting("97-4", date(2027, 9, 10), opens_at=time(9), time_zone="Asia/Kathmandu", title=FOUR_BYTES)
    postpone(moved, "The hall is taken.", starts_on=date(2027, 10, 31))
    w.meeting("97-5", date(2027, 5, 1), precision="month")


def text_at(client, address):
    return client.get(address).content


def values(lines, name):
    """The values of a property, whatever its parameters."""
    found = (re.fullmatch(rf"{name}((?:;[^:]*)?):(.*)", line, re.DOTALL) for line in lines)
    return [match[2] for match in found if match]


def unfolded(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


def events_in(content):
    """The lines of each event."""
    return re.findall(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", content.decode().replace("\r\n ", ""), re.DOTALL)


def test_an_independent_reader_accepts_the_calendar_in_each_language(client, meetings):
    for address in ADDRESSES:
        content = text_at(client, address)
        [calendar] = vobject.readComponents(content.decode())
        assert calendar.validate(raiseException=True)
        assert len(calendar.vevent_list) == content.count(b"BEGIN:VEVENT") > 40


def test_the_independent_reader_gets_back_what_was_entered(client, meetings):
    [calendar] = vobject.readComponents(text_at(client, "/en/meetings/97-2.ics").decode())
    event = calendar.vevent
    assert event.summary.value == f"cancelled: ISCG 97-2: {LONG}".strip()
    assert event.location.value == "A hall; the second, made up"
    assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")
    assert event.dtstart.value.isoformat() == "2027-06-03T13:00:00-04:00"
    [calendar] = vobject.readComponents(text_at(client, "/en/meetings/97-4.ics").decode())
    assert calendar.vevent.summary.value == f"ISCG 97-4: {FOUR_BYTES}"


def test_the_independent_reader_refuses_what_lacks_a_part(client):
    w.meeting("97-1", date(2027, 3, 3))
    content = text_at(client, "/en/meetings/97-1.ics").decode()
    for name in ("UID", "DTSTAMP", "PRODID"):
        with pytest.raises(vobject.base.ValidateError):
            vobject.readOne(re.sub(rf"(?m)^{name}[:;].*\n", "", content)).validate(raiseException=True)


def test_lines_end_and_are_folded_as_asked_in_each_language(client, meetings):
    for address in ADDRESSES:
        content = text_at(client, address)
        lines = content.split(b"\r\n")
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert content.count(b"\n") == content.count(b"\r") == len(lines) - 1
        assert max(map(len, lines)) <= 75
        assert [line.decode("utf-8", "strict") for line in lines]  # no character is cut in two


def test_calendar_and_events_have_what_they_must(client, meetings):
    content = text_at(client, "/en/meetings.ics")
    assert unfolded(content).count("VERSION:2.0") == len(values(unfolded(content), "PRODID")) == 1
    events = [event.split("\r\n") for event in events_in(content)]
    for event in events:
        once = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY")
        assert {name: len(values(event, name)) for name in once} == dict.fromkeys(once, 1)
        assert values(event, "DTSTAMP")[0].endswith("Z")
        assert values(event, "STATUS")[0] in ("TENTATIVE", "CONFIRMED", "CANCELLED")
        assert values(event, "DTSTART") < values(event, "DTEND")
    assert len({values(event, "UID")[0] for event in events}) == len(events)


def test_every_zone_that_is_named_is_written_with_its_rules(client, meetings):
    content = text_at(client, "/en/meetings.ics").decode()
    named = set(re.findall(r";TZID=([^:;]+):", content))
    assert (
        named
        == set(re.findall(r"\r\nTZID:(.+)\r\n", content))
        == {
            "Europe/Zurich",
            "America/New_York",
            "Asia/Kathmandu",
        }
    )


def test_the_sequence_only_rises(client):
    meeting, found = w.meeting("97-1", date(2027, 3, 3)), []
    steps = [
        lambda: None,
        lambda: postpone(meeting, "The hall is taken."),
        lambda: postpone(meeting, "Found.", starts_on=date(2027, 4, 3)),
        lambda: cancel(meeting, "Nobody can come."),
    ]
    for step in steps:
        step()
        [event] = vobject.readOne(text_at(client, "/en/meetings/97-1.ics").decode()).vevent_list
        found.append((int(event.sequence.value), event.uid.value, event.status.value))
    assert [sequence for sequence, _uid, _status in found] == [0, 1, 2, 3]
    assert [status for _sequence, _uid, status in found] == ["TENTATIVE", "CANCELLED", "TENTATIVE", "CANCELLED"]
    assert len({uid for _sequence, uid, _status in found}) == 1
