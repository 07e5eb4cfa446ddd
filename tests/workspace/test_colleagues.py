"""Contact data are seen by those who need them for the work: office holders see how to reach whom they work with."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iscg_portal.tenure.dates import today
from tests import world as build
from workspace.access.offices import circles_of

ADDRESS = "/en/workspace/colleagues/"


@pytest.fixture
def cast(world):
    """The standing ISCG, with an address for everybody in it."""
    for name in ("ada", "ben", "gus", "ina", "jon", "kim", "lea", "max"):
        build.contact_data(getattr(world, name), f"{name}@example.org", f"+41 00 000 00 0{len(name)}")
    return world


def seen_by(client, person):
    client.force_login(build.account(person=person))
    return client.get(ADDRESS)


def test_the_chair_reaches_everybody_in_office(client, cast):
    text = seen_by(client, cast.gus).content.decode()
    for name in ("ada", "ina", "kim"):
        assert f"mailto:{name}@example.org" in text
    assert "gus@example.org" not in text
    assert "ben@example.org" not in text  # a representative until two years ago


def test_a_focal_point_reaches_the_team_and_those_of_the_subject_alone(client, cast):
    other = build.person("Ola Other")
    build.contact_data(other, "ola@example.org")
    build.coordinator(build.subject("OTHER"), other, date(2020, 1, 1))
    text = seen_by(client, cast.kim).content.decode()
    assert "mailto:ada@example.org" in text
    assert "mailto:ina@example.org" in text
    assert "ola@example.org" not in text


def test_a_name_that_is_not_public_is_told_to_the_coordinator_alone(client, cast):
    hidden = build.person("Zoe Hiddenname")
    build.contact_data(hidden, "zoe@example.org")
    build.focal_point(cast.subjects["EMF"], hidden, "BR", date(2020, 1, 1))
    for other in (cast.kim, cast.gus):
        assert "Zoe Hiddenname" not in {
            one.person.name for circle in circles_of(other.pk, today()) for one in circle.colleagues
        }
    text = seen_by(client, cast.ina).content.decode()
    assert "mailto:zoe@example.org" in text and "EMF: focal points of the secretariat" in text
    assert f"/people/{hidden.slug}/" not in text  # nobody else knows the page of the name
    assert [circle.heading for circle in circles_of(hidden.pk, today())] == ["Management team", "EMF"]


def test_somebody_without_contact_data_is_named_all_the_same(client, world):
    text = seen_by(client, world.ina).content.decode()
    assert "Ada Testperson" in text
    assert "no phone on record" in text


def test_the_right_ends_with_the_office(client, cast):
    ola = build.person("Ola Other")
    build.coordinator(build.subject("OTHER"), ola, date(2020, 1, 1), today())
    assert circles_of(ola.pk, today() - timedelta(days=1)) != []
    assert seen_by(client, ola).status_code == 403


@pytest.mark.parametrize("staff", [False, True])
def test_who_holds_no_office_is_refused(client, cast, staff):
    client.force_login(build.account(is_staff=staff))
    assert client.get(ADDRESS).status_code == 403


def test_the_page_is_for_no_cache_and_takes_twelve_queries_at_most(client, cast):
    seen_by(client, cast.gus)
    for number in range(9):
        build.coordinator(build.subject(f"S{number}"), build.person(f"Person {number}"), date(2020, 1, 1))
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(ADDRESS)
    assert answer["Cache-Control"] == "private, no-store"
    assert len(captured) <= 12
