"""The workspace shows to each account what its person holds today, and lets its owner change the settings."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iscg_portal.tenure.dates import today
from tests import world as build

ADDRESS = "/en/workspace/"


def signed_in(client, person=None):
    account = build.account("somebody@example.org", person=person)
    client.force_login(account)
    return account


def test_visitors_are_asked_to_sign_in(world, client):
    response = client.get(ADDRESS)
    assert response.status_code == 302
    assert response.url.startswith("/en/accounts/login/")


def test_a_coordinator_sees_the_office_and_no_other_ones(world, client):
    signed_in(client, world.ina)
    page = client.get(ADDRESS).content.decode()
    assert "Coordinator of EMF" in page
    assert "no end on record" in page
    assert "Representative of" not in page


def test_an_office_that_ended_is_not_held_any_more(world, client):
    signed_in(client, world.max)
    assert "You hold no office today" in client.get(ADDRESS).content.decode()


def test_the_page_is_for_nobody_else(world, client):
    signed_in(client)
    assert client.get(ADDRESS)["Cache-Control"] == "private, no-store"


def test_documents_of_ones_subjects_are_those_that_the_public_may_see(world, client):
    emf = world.subjects["EMF"]
    meeting = build.meeting("25-7")
    build.document(meeting, "Public, made up", subjects=[emf])
    build.document(meeting, "Secretdraft, made up", visibility="draft", subjects=[emf])
    signed_in(client, world.ina)
    page = client.get(ADDRESS).content.decode()
    assert "ISCG/25-7/01" in page
    assert "ISCG/25-7/02" not in page


def test_meetings_to_come_are_listed_once(world, client):
    meeting = build.meeting("99-1", today() + timedelta(30))
    build.agenda_item(meeting, "1", subjects=[world.subjects["EMF"]])
    build.agenda_item(meeting, "2", subjects=[world.subjects["EMF"]])
    signed_in(client, world.ina)
    assert client.get(ADDRESS).content.decode().count("/en/meetings/99-1/") == 1


def test_the_page_needs_at_most_fifteen_queries(world, client):
    meeting = build.meeting("25-7")
    for number in range(1, 6):
        subject = build.subject(f"S{number}")
        build.coordinator(subject, world.ina, date(2024, 1, 1))
        build.document(meeting, subjects=[subject])
    signed_in(client, world.ina)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(ADDRESS).status_code == 200
    assert len(captured) <= 15


def test_settings_are_saved_and_the_page_comes_back_in_the_language_chosen(world, client):
    account = signed_in(client)
    response = client.post(ADDRESS, {"name": "Sam Body", "language": "fr"})
    account.refresh_from_db()
    assert response.url == "/fr/workspace/"
    assert (account.name, account.language) == ("Sam Body", "fr")


def test_no_right_can_be_taken_with_the_settings(world, client):
    account = signed_in(client)
    client.post(ADDRESS, {"name": "S", "language": "en", "is_staff": "on", "person": world.ina.pk})
    account.refresh_from_db()
    assert not account.is_staff
    assert account.person is None


@pytest.mark.parametrize("who", ["ada", "gus"])
def test_the_management_team_finds_the_papers_of_the_next_meeting_and_what_is_open(world, client, who):
    build.document(build.meeting("99-1", today() + timedelta(30)), "A paper, made up")
    build.key_issue("An open issue, made up", published_on=world.day)
    signed_in(client, getattr(world, who))
    page = client.get(ADDRESS).content.decode()
    for words in (
        "Papers of the next meeting",
        "A paper, made up",
        "An open issue, made up",
        "Coordinators and vacancies",
    ):
        assert words in page


def test_others_do_not_find_the_section_of_the_management_team(world, client):
    signed_in(client, world.ina)
    assert "For the management team" not in client.get(ADDRESS).content.decode()
