"""What began, ended and was said in the mapping: the page of changes, the feeds, mails to followers, annual reports."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from changes.studies import mapping_between, news_of_mapping
from changes.topics import UNITS
from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import today
from reports.acts import annual_reports as acts
from reports.composing import generated
from reports.facts import gather
from tests import world as build
from workspace.following.acts import mail_followers
from workspace.models import Follow

ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/en/composition/changes/", "/en/data/", "/en/follow/"])
def test_pages_on_following_lead_to_the_feed_of_the_mapping(client, db, address):
    assert "/en/mapping/changes" in client.get(address).content.decode()


def told(*days):
    return [(event.printed, event.where, str(event.what)) for event in mapping_between(*days)]


@pytest.fixture
def said(world):
    """Claimed by ITU-D on 1 May 2024, contested by ITU-R on 10 May, agreed on 20 May."""
    build.confirmation(world.link, "R", "Not ours.", said_on=date(2024, 5, 10), said_by="By letter")
    build.confirmation(world.link, "R", said_on=date(2024, 5, 20), said_by="By letter")
    return world


def test_a_claim_is_told_until_it_is_agreed(said):
    assert [(day, what.partition(": ")[2]) for day, _where, what in told(date(2024, 1, 1), date(2024, 12, 31))] == [
        ("1 May 2024", "link claimed"),
        ("10 May 2024", "link contested"),
        ("20 May 2024", "link agreed by both sides"),
    ]


def test_periods_and_units_begin_and_end(world):
    unit = build.study_unit("Q8/2", starts_on=date(2023, 6, 1), ends_on=date(2024, 6, 1), ends_precision="day")
    build.ending(unit, "closed")
    later = told(date(2021, 12, 31), date(2022, 12, 31))
    assert ("1 January 2022", "ITU-D Q7/2 2018-2021", "renamed") in later
    assert ("1 January 2022", "ITU-D 2022-2025", "study period began") in later
    assert [what for _day, where, what in told(date(2022, 12, 31), date(2024, 6, 1)) if "Q8/2" in where] == [
        "unit began",
        "unit ended",
        "closed",
    ]


def test_that_a_unit_continues_is_no_change(world):
    build.ending(build.study_unit("Q9/2", "D 2018-2021"), "continues", build.study_unit("Q9/2"))
    assert not [where for _day, where, _what in told(date(2021, 12, 31), date(2022, 1, 1)) if "Q9/2" in where]


def test_the_page_of_changes_shows_them(client, said):
    page = client.get("/en/mapping/changes/?from=2024-01-01&to=2024-12-31").content.decode()
    assert "link contested" in page and "Not ours." in page and "By letter" not in page
    assert client.get("/en/mapping/changes/?from=2024-12-31&to=2024-01-01").status_code == 400


@pytest.mark.parametrize(
    "address", ["mapping/changes.atom", "units/d-2022-2025-q7-2.atom", "units/r-2023-2027-wp-1c.atom"]
)
def test_the_feeds_tell_what_was_said(client, said, address):
    feed = ElementTree.fromstring(client.get(f"/en/{address}").content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert any("link agreed by both sides" in title for title in titles)


def test_the_feed_of_another_unit_tells_nothing_of_it(client, said):
    assert "agreed by both sides" not in client.get("/en/units/d-2022-2025-sg2.atom").content.decode()
    assert client.get("/en/units/nonsense.atom").status_code == 404


def test_who_follows_a_unit_gets_a_mail_about_its_links(world):
    now = today()
    about = f"{UNITS}{world.link.first.slug}"
    confirmed = {"confirmed_at": "2025-01-01T00:00Z", "told_until": now - timedelta(days=1)}
    Follow.objects.create(email="una@example.org", about=about, language="en", **confirmed)
    build.confirmation(world.link, "R", "Not ours.", said_on=now, said_by="By letter")
    assert mail_followers(now + timedelta(days=1)) == 1
    text = Mail.objects.get().text
    assert "link contested" in text and "ITU-D Q7/2" in text and "By letter" not in text
    assert mail_followers(now + timedelta(days=1)) == 0


def test_a_unit_is_followed_from_its_page(client, world):
    page = client.get("/en/units/d-2022-2025-q7-2/").content.decode()
    assert "/en/follow/?unit=d-2022-2025-q7-2" in page
    form = client.get("/en/follow/?unit=d-2022-2025-q7-2").content.decode()
    assert "ITU-D Q7/2 2022-2025" in form
    sent = {"about": "units/d-2022-2025-q7-2", "email": "una@example.org"}
    assert client.post("/en/follow/", sent).status_code == 302
    assert Follow.objects.get().about == "units/d-2022-2025-q7-2"
    assert client.get("/en/follow/?unit=nonsense").status_code == 404
    assert client.post("/en/follow/", {**sent, "about": "units/\x00"}).status_code == 400


def test_news_are_told_for_the_day_on_which_they_were_entered(world):
    now = today()
    build.confirmation(world.link, "R", "Not ours.", said_on=date(2024, 5, 10), said_by="By letter")
    news = news_of_mapping(now - timedelta(days=1), now, world.link.first)
    assert "link contested" in [str(event.WHAT[event.kind]) for event in news]
    assert news_of_mapping(now, now + timedelta(days=1), world.link.first) == []


def test_an_annual_report_has_the_changes_of_the_mapping(said):
    report = acts.open_report("2024")
    block = generated(report, gather(report))["mapping"]
    assert "link contested" in str(block) and "By letter" not in str(block)
