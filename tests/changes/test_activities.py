"""What the feed and the mails to followers tell of joint activities: entered, moved, called off, removed."""

from datetime import date, timedelta

import pytest

from changes.activities import newest_of_what_is_held
from changes.subjects import news_of_subject
from changes.topics import topic_of
from iscg_portal.history import remove_with_reason
from iscg_portal.scheduled_acts import cancel, postpone
from iscg_portal.tenure.dates import A_DAY, today
from tests import world as build

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=30)


def told():
    """(kind, title) of each event, the oldest first."""
    return [(event.kind, event.title) for event in newest_of_what_is_held(today())]


def test_an_activity_is_told_when_it_is_planned_moved_and_called_off(client):
    activity = build.activity(starts_on=SOON)
    postpone(activity, "The hall is taken.", starts_on=SOON + A_DAY)
    cancel(activity, "Too few, made up")
    assert [kind for kind, _title in told()] == ["planned", "moved", "cancelled"]
    feed = client.get("/en/changes.atom").content.decode()
    assert "Activity cancelled: A workshop, made up" in feed and "Too few, made up" in feed
    assert f"/en/activities/{activity.code}/" in feed


def test_what_was_over_when_it_was_entered_is_no_news_nor_is_a_mended_title():
    over = build.activity(starts_on=date(2025, 3, 4))
    coming = build.activity("Coming, made up", SOON)
    for one in (over, coming):
        one.title_en = "A mended title"
        build.saved(one)
    assert [(kind, "A mended title" in title) for kind, title in told()] == [("planned", True)]


def test_what_was_removed_as_a_mistake_is_told_as_a_correction(client):
    activity = build.activity(starts_on=SOON)
    remove_with_reason(activity, "Entered twice")
    [(_kind, title)] = told()
    assert title.startswith("Removed as entered by mistake: Activity planned")
    assert client.get("/en/changes.atom").status_code == 200


def test_who_follows_a_subject_reads_of_its_activities_and_of_no_others():
    emf, acc = build.subject("EMF"), build.subject("ACC")
    activity = build.activity(starts_on=SOON, subjects=[emf])
    cancel(activity, "Too few, made up")
    lines = [event.line for event in news_of_subject(emf, today() - A_DAY, today())]
    assert any(line.startswith("Activity planned: A workshop, made up") for line in lines)
    assert any(line.endswith(": Too few, made up") for line in lines)
    assert not [one for one in news_of_subject(acc, today() - A_DAY, today()) if "workshop" in one.line]


def test_a_feed_tells_the_newest_which_what_was_long_over_when_it_was_entered_does_not_push_out(monkeypatch):
    monkeypatch.setattr("changes.turns.NEWEST_WRITES", 2)
    days = today() - timedelta(365), today()
    for number in range(3):
        build.meeting(f"30-{number}", SOON)
    for number in range(3):
        build.meeting(f"15-{number}", date(2015, 1, 1 + number))
    for topic in (topic_of("calendar/"), topic_of("bodies/ISCG")):
        names = [event.about.record.code for event in topic.newest(*days)]
        assert names == ["30-1", "30-2"]
        assert [event.about.record.code for event in topic.news(*days)] == ["30-0", *names]
