"""A Coordinator or Focal Point proposes on the subject's page of the workspace; nobody else gets there."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world as build
from tests.workspace.test_proposals import EMF
from workspace.models import Proposal
from workspace.proposals import acts as proposal_acts

ADDRESS = "/en/workspace/subjects/emf/"


@pytest.fixture
def signed_in(client):
    """`signed_in(person)`: the browser of that person's account."""

    def browser(person=None):
        client.force_login(build.account("somebody@example.org", person=person))
        return client

    return browser


def as_opened(client, **typed):
    """What a browser sends after these fields were typed over what it opened."""
    form = client.get(ADDRESS).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | typed


def titles():
    return list(Proposal.objects.values_list("changes__new", flat=True))


@pytest.mark.parametrize("who", ["ina", "kim"])
def test_coordinator_and_focal_point_propose(world, signed_in, who):
    client = signed_in(getattr(world, who))
    response = client.post(ADDRESS, as_opened(client, title="A better title"))
    assert response.url == ADDRESS
    assert titles() == ["A better title"]
    assert "A better title" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("who", ["max", "ada", None])
def test_for_others_there_is_no_such_page(world, signed_in, who):
    assert signed_in(who and getattr(world, who)).get(ADDRESS).status_code == 404


def test_an_office_for_one_subject_opens_no_other(world, signed_in):
    assert signed_in(world.ina).get("/en/workspace/subjects/acc/").status_code == 404


def test_visitors_are_asked_to_sign_in(world, client):
    assert client.get(ADDRESS).url.startswith("/en/accounts/login/")


def test_an_office_lost_while_the_form_is_open_gives_the_text_back(world, signed_in):
    client = signed_in(world.ina)
    typed = as_opened(client, summary="A long text, made up")
    term = world.ina.coordinator_set.get()
    term.ends_on = date(2025, 1, 1)
    build.saved(term)
    response = client.post(ADDRESS, typed)
    page = response.content.decode()
    assert response.status_code == 403
    assert "neither Coordinator nor Focal Point of EMF today" in page
    assert "A long text, made up" in page
    assert not Proposal.objects.exists()


def test_a_record_that_changed_while_the_form_was_open_is_shown_and_the_text_kept(world, signed_in):
    client = signed_in(world.ina)
    typed = as_opened(client, title="A better title")
    emf = world.subjects["EMF"]
    emf.title = "Changed by staff"
    build.saved(emf)
    response = client.post(ADDRESS, typed)
    assert response.status_code == 409
    assert "On record now: Changed by staff" in response.content.decode()
    form = response.context["form"]
    client.post(ADDRESS, {name: form[name].value() or "" for name in form.fields})
    assert titles() == ["A better title"]


def test_what_one_sees_on_the_page_is_ones_own(world, signed_in):
    change = proposal_acts.change("title", "Kim’s title", world.subjects["EMF"], language="en")
    proposal_acts.submit(world.kim, [change], subject=world.subjects["EMF"], language="en")
    assert "Kim’s title" not in signed_in(world.ina).get(ADDRESS).content.decode()


def test_ones_own_proposal_is_withdrawn_and_no_other(world, signed_in):
    emf = world.subjects["EMF"]
    ours, theirs = (
        proposal_acts.submit(
            who, [proposal_acts.change("title", "New", emf, language="en")], subject=emf, language="en"
        )
        for who in (world.ina, world.kim)
    )
    client = signed_in(world.ina)
    assert client.post(f"/en/workspace/proposals/{theirs.pk}/withdraw/").status_code == 404
    assert client.post(f"/en/workspace/proposals/{ours.pk}/withdraw/").url == "/en/workspace/"
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["waiting", "withdrawn"]


def test_a_refusal_stands_on_the_workspace_page_with_its_reason(world, signed_in):
    client = signed_in(world.ina)
    client.post(ADDRESS, as_opened(client, title="A better title"))
    proposal_acts.refuse(Proposal.objects.get(), "The title was adopted so", by=world.staff)
    page = client.get("/en/workspace/").content.decode()
    assert "The title was adopted so" in page
    assert EMF in page


@pytest.mark.parametrize(("address", "most"), [(ADDRESS, 12), ("/en/workspace/", 15)])
def test_the_pages_need_few_queries(world, signed_in, address, most):
    emf = world.subjects["EMF"]
    for number in range(5):
        change = proposal_acts.change("title", f"New {number}", emf, language="en")
        proposal_acts.submit(world.ina, [change], subject=emf, language="en")
    client = signed_in(world.ina)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) <= most
