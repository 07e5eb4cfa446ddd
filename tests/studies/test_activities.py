"""Joint activities: what their pages, files and calendar say, and that what is announced is not told as held."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar

from iscg_portal.scheduled_acts import cancel, postpone
from iscg_portal.tenure.dates import today
from studies.clashes import clashes_of, pairs_of
from studies.models import Activity
from studies.overlaps.sources import read_activities, show_activities
from studies.pages import activity_calendar
from studies.pages.activity_year import spread_of
from tests import world as build

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=30)


@pytest.fixture
def emf():
    return build.subject("EMF")


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def event_of(client, activity, language="en"):
    [event] = Calendar.from_ical(client.get(f"/{language}/activities/{activity.code}.ics").content).walk("VEVENT")
    return event


def test_without_activities_the_page_says_that_none_is_recorded_and_how_to_propose(client):
    page = text_of(client, "/en/activities/")
    assert "None is recorded. That is not to say that there is none." in page
    assert "propose activities in their workspace" in page and "/en/workspace/" in page


def test_a_code_is_made_from_the_year_and_never_changed():
    first, second = build.activity(), build.activity("Another, made up")
    assert (first.code, second.code) == ("2025-1", "2025-2")
    second.code = "2025-9"
    with pytest.raises(ValidationError, match="cannot be changed"):
        second.full_clean()


def test_what_is_to_come_cannot_be_recorded_as_held():
    with pytest.raises(ValidationError, match="once its last day has come"):
        build.activity(starts_on=SOON, state="held")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"starts_on": SOON}, "planned"),
        ({"starts_on": SOON, "state": "confirmed"}, "confirmed"),
        ({"starts_on": date(2025, 3, 4)}, "held"),
        ({"starts_on": date(2025, 3, 4), "state": "confirmed"}, "announced; whether held is not recorded"),
        ({"starts_on": SOON, "state": "cancelled", "state_note": "No hall, made up"}, "cancelled"),
        ({"starts_on": SOON, "state": "postponed"}, "postponed"),
    ],
)
def test_list_page_and_subject_say_the_same_state(client, emf, fields, words):
    activity = build.activity(subjects=[emf], **fields)
    for address in ("/en/activities/", activity.get_absolute_url(), emf.get_absolute_url()):
        page = text_of(client, address)
        assert words in page.lower() and fields.get("state_note", "") in page
    [row] = client.get("/en/activities.json").json()["activities"]
    assert row["state"] == ("announced" if "announced" in words else words)


@pytest.mark.parametrize(
    "query",
    ["subject=EMF", "region=D", "region=ATU", "sector=T", "interest=LDC", "year=2025", "when=over", "state=held"],
)
def test_each_filter_leaves_what_it_asks_for_in_page_and_files(client, emf, query):
    build.subject("ACC")
    build.activity("The wanted one, made up", subjects=[emf], regions=("D", "ATU"), in_t=True, for_ldc=True)
    build.activity("The other one, made up", starts_on=SOON, regions="E", in_r=True)
    page = text_of(client, f"/en/activities/?{query}")
    assert "The wanted one" in page and "The other one" not in page
    [row] = client.get(f"/en/activities.json?{query}").json()["activities"]
    assert (row["title"], row["regions"], row["sectors"]) == ("The wanted one, made up", ["D", "ATU"], ["T"])


@pytest.mark.parametrize("query", ["region=Z", "sector=X", "subject=NONE", "year=abc", "when=never", "interest=all"])
def test_a_value_that_is_not_offered_is_refused_with_a_sentence(client, query):
    assert client.get(f"/en/activities/?{query}").status_code == 400
    assert client.get(f"/en/activities.ics?{query}").status_code == 400


def test_an_unknown_activity_is_not_found(client):
    assert "No activity with this code is on record." in text_of(client, "/en/activities/9999-1/", 404)
    assert client.get("/en/activities/9999-1.ics").status_code == 404


def test_the_age_of_the_information_is_shown_and_old_information_marked(client):
    build.activity(starts_on=SOON, source_dated_on=date(2020, 1, 2))
    assert "as in a source of 2 January 2020, over a year old" in text_of(client, "/en/activities/")
    page = text_of(client, f"/en/activities/{SOON.year}-1/")
    assert "ask before you travel" in page
    fresh = build.activity(starts_on=SOON, source_dated_on=today())
    assert "ask before you travel" not in text_of(client, fresh.get_absolute_url())


def test_an_event_keeps_its_uid_and_counts_its_changes(client):
    activity = build.activity(starts_on=SOON)
    before = event_of(client, activity)
    postpone(activity, "The hall is taken.", starts_on=SOON + timedelta(days=7))
    moved = event_of(client, activity, "fr")
    assert (moved["uid"], before["sequence"], moved["sequence"]) == (before["uid"], 0, 1)
    assert moved.decoded("dtstart") == SOON + timedelta(days=7)
    cancel(activity, "Too few, made up")
    off = event_of(client, activity)
    assert (off["status"], off["sequence"], off["uid"]) == ("CANCELLED", 2, before["uid"])
    assert "cancelled" in off["summary"].lower() and "Too few, made up" in off["description"]


def test_no_two_kinds_of_records_share_a_uid(client):
    build.meeting("2025-1", body="RAG")
    activity = build.activity()
    [meeting] = Calendar.from_ical(client.get("/en/meetings/2025-1.ics").content).walk("VEVENT")
    assert meeting["uid"] != event_of(client, activity)["uid"]


def test_what_was_over_long_ago_leaves_the_calendar_to_follow_but_not_that_of_its_year(client):
    build.activity(starts_on=date(2021, 3, 4))
    build.activity(starts_on=SOON)
    read = (client.get(f"/en/activities.ics{query}").content for query in ("", "?year=2021"))
    assert [[str(one.start) for one in Calendar.from_ical(text).events] for text in read] == [
        [str(SOON)],
        ["2021-03-04"],
    ]


def test_of_too_many_the_calendar_has_those_to_come_and_then_those_over_last(client, monkeypatch):
    monkeypatch.setattr(activity_calendar, "MOST", 3)
    for days in (-60, -30, -10, 20, 60):
        build.activity(starts_on=today() + timedelta(days=days))
    events = Calendar.from_ical(client.get("/en/activities.ics").content).events
    assert [(event.start - today()).days for event in events] == [-10, 20, 60]


def test_an_activity_known_by_its_month_alone_has_no_event(client):
    activity = build.activity(starts_on=date(2025, 5, 1), precision="month")
    content = client.get(f"/en/activities/{activity.code}.ics").content
    assert Calendar.from_ical(content).events == []
    assert activity.ends_on == date(2025, 5, 31)


def pair(emf, days=5, **other):
    """Two activities about EMF in Africa; the second begins so many days after the last one of the first."""
    first = build.activity("First, made up", SOON, subjects=[emf], regions=("D", "ATU"))
    given = {"subjects": [emf], "regions": ("D", "E")} | other
    return first, build.activity("Second, made up", SOON + timedelta(days=days), **given)


def test_same_subject_near_in_time_and_region_may_clash(client, emf):
    first, second = pair(emf)
    [clash] = clashes_of(Activity.objects.all(), today())
    assert (clash.first, clash.second, clash.subjects, clash.regions) == (first, second, ["EMF"], ["D"])
    page = text_of(client, "/en/activities/clashes/")
    assert "First, made up" in page and "Second, made up" in page
    assert "Second, made up" in text_of(client, first.get_absolute_url())


@pytest.mark.parametrize(
    "other",
    [
        {"days": 15},
        {"regions": "E"},
        {"regions": ()},
        {"subjects": ()},
        {"state": "cancelled"},
        {"state": "postponed"},
        {"precision": "month"},
    ],
)
def test_what_is_far_or_of_another_region_or_called_off_does_not(client, emf, other):
    first, _second = pair(emf, **other)
    assert pairs_of(Activity.objects.all(), today()) == []
    assert "Near in time and region" not in text_of(client, first.get_absolute_url())


def test_regions_of_a_year_are_counted_by_what_became_of_each(client):
    build.activity(starts_on=date(2025, 3, 4), regions=("D", "ATU"))
    build.activity(starts_on=date(2025, 4, 4), regions="D", state="planned")
    build.activity(starts_on=date(2025, 5, 4), regions="E", state="cancelled")
    build.activity(starts_on=date(2025, 6, 4), regions=())
    spread = spread_of(2025, today())
    counts = {code: (row.held, row.unresolved, row.off) for code, row in spread.rows.items() if row.counts}
    assert counts == {"D": (1, 1, 0), "ATU": (1, 0, 0), "E": (0, 0, 1), "": (1, 0, 0)}
    page = text_of(client, "/en/activities/year/2025/")
    assert "<svg" in page and "4 activities on record have a day in this year" in page
    assert "None" not in text_of(client, "/ar/activities/year/2025/")
    assert client.get("/en/activities/year/1500/").status_code == 404


def test_a_year_without_activities_is_no_year_without_events(client):
    assert "That is not to say that there is none." in text_of(client, "/en/activities/year/2024/")


def test_the_finder_compares_activities_to_come_of_different_sectors(emf):
    held = {"subjects": [emf], "in_t": True}
    build.activity("Exposure to electromagnetic fields in cities", SOON, **held)
    build.activity("Exposure to electromagnetic fields in cities", SOON, in_d=True, state="cancelled")
    assert {one.sectors: one.subjects for one in read_activities(today())} == {frozenset("T"): frozenset([emf.pk])}
    [shown] = show_activities(Activity.objects.filter(in_t=True).values_list("pk", flat=True)).values()
    assert (shown.title, shown.url) == (
        "Exposure to electromagnetic fields in cities",
        f"/en/activities/{SOON.year}-1/",
    )
