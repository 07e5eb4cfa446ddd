"""Undoing in the admin: the offer after an act, on the page that removes and in the history, and the page itself."""

import re
from datetime import date

import pytest
from django.urls import reverse

from iscg_portal.acts import one_act
from iscg_portal.history import save_with_reason
from members.models import Person, Representative
from subjects.models import Edition, EditionRow
from tests import world
from tests.admin.conftest import list_of, page_of, save
from tests.admin.test_replacing import replace
from workspace.models import ProposedChange
from workspace.proposals.acts import change, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return world.representative("RAG1", world.person("Ada Testperson"), date(2020, 1, 1))


@pytest.fixture
def ben():
    return world.person("Ben Madeup")


def offer_on(client, address):
    """The address of the page that undoes, as the page offers it; None where it offers none."""
    found = re.search(r'href="([^"]*/undo/[^"]*)"', client.get(address).content.decode())
    return found and found[1]


def test_message_after_replacing_offers_to_undo_it(desk, ada, ben):
    replace(desk, ada, ben, on="2025-12-01")
    undo = offer_on(desk, page_of(ada))
    page = desk.get(undo).content.decode()
    assert "Ben Madeup" in page and "was entered, and is to be removed" in page
    assert "was changed, and is to be put back" in page
    assert desk.post(undo, {"reason": "The wrong person"}).status_code == 302
    term = Representative.objects.get()
    assert (term.pk, term.ends_on, term.how_ended) == (ada.pk, None, "")


def test_looking_at_the_page_undoes_nothing(desk, ada, ben):
    replace(desk, ada, ben, on="2025-12-01")
    desk.get(offer_on(desk, page_of(ada)))
    assert Representative.objects.count() == 2


def test_undoing_asks_why(desk, ada, ben):
    replace(desk, ada, ben, on="2025-12-01")
    response = desk.post(offer_on(desk, page_of(ada)), {"reason": " "})
    assert "required" in response.content.decode()
    assert Representative.objects.count() == 2


def test_page_that_removes_a_row_offers_the_whole_act(desk, ada, ben):
    replace(desk, ada, ben, on="2025-12-01")
    page = desk.get(page_of(Representative.objects.get(person=ben), "delete")).content.decode()
    assert "This row came with an act that also changed:" in page
    assert "Representative: Ada Testperson" in page and "Undo the whole act instead" in page


def test_page_that_removes_a_row_offers_the_whole_act_after_it_was_removed_and_brought_back(desk, ada, ben):
    replace(desk, ada, ben, on="2025-12-01")
    removal = page_of(Representative.objects.get(person=ben), "delete")
    desk.get(page_of(ada))  # the message is read
    desk.post(removal, {"reason": "A mistake"})
    desk.post(offer_on(desk, list_of(Representative)), {"reason": "It was none"})
    assert "Undo the whole act instead" in desk.get(removal).content.decode()


def test_page_that_removes_a_row_entered_alone_offers_nothing(desk, ben):
    save(desk, list_of(Person, "add"), name="Cleo Invented", slug="cleo-invented")
    cleo = Person.objects.get(name="Cleo Invented")
    assert "came with an act" not in desk.get(page_of(cleo, "delete")).content.decode()


def test_history_of_a_record_offers_to_undo_the_newest_act(desk, ada, ben):
    replace(desk, ada, ben, on="2025-12-01")
    desk.get(page_of(ada))  # the message is read
    assert offer_on(desk, page_of(ada, "history"))


def test_nothing_is_offered_once_a_row_was_changed_again(desk, ada, ben):
    replace(desk, ada, ben, on="2025-12-01")
    undo = offer_on(desk, page_of(ada))
    successor = Representative.objects.get(person=ben)
    save(desk, page_of(successor), organization="Madeup Ltd")
    desk.get(page_of(ada))
    assert offer_on(desk, page_of(ada, "history")) is None
    assert offer_on(desk, page_of(successor, "delete")) is None
    page = desk.get(undo).content.decode()
    assert "was changed after this act" in page and "is to be" not in page
    assert re.search(r"<del>—</del>\s*<span class=\"becomes\">→</span> <ins>1 December 2025</ins>", page)
    response = desk.post(undo, {"reason": "Too late"})
    assert "was changed after this act" in response.content.decode()
    assert Representative.objects.count() == 2


def test_saving_a_page_can_be_undone_too(desk, ada):
    save(desk, page_of(ada.person), name="Ada Mistyped")
    desk.post(offer_on(desk, page_of(ada.person)), {"reason": "A slip"})
    assert Person.objects.get(pk=ada.person_id).name == "Ada Testperson"


def test_a_removed_row_comes_back(desk, ben):
    desk.post(page_of(ben, "delete"), {"reason": "Entered twice"})
    desk.post(offer_on(desk, list_of(Person)), {"reason": "It was another one"})
    assert Person.objects.get(name="Ben Madeup").pk == ben.pk


def test_adopting_an_edition_is_undone_with_its_rows(desk):
    world.listing(world.subject(), date(2020, 1, 1))
    data = {"adopted_on": "2025-02-12", "document": "ISCG/25-1/03", "_act": "Adopt"}
    desk.post(list_of(Edition, "add"), data)
    assert (Edition.objects.count(), EditionRow.objects.count()) == (1, 1)
    assert desk.post(offer_on(desk, list_of(Edition)), {"reason": "The wrong day"}).status_code == 302
    assert not Edition.objects.exists() and not EditionRow.objects.exists()


def test_undoing_asks_for_the_rights_to_do_what_was_done(desk, ada, ben, clerk):
    replace(desk, ada, ben, on="2025-12-01")
    undo = offer_on(desk, page_of(ada))
    client = clerk("members.change_representative")
    assert (client.get(undo).status_code, client.post(undo, {"reason": "No right"}).status_code) == (403, 403)
    assert Representative.objects.count() == 2


def test_an_unknown_act_is_not_found(desk):
    assert desk.get(reverse("admin:undo", args=["00000000-0000-4000-8000-000000000000"])).status_code == 404


def test_page_says_what_the_public_is_told(desk, ada, ben):
    replace(desk, ada, ben, on="2025-12-01")
    page = desk.get(offer_on(desk, page_of(ada))).content.decode()
    assert "the public is told neither it nor that it was undone, unless a report" in page


def test_composition_is_as_before_on_the_page_and_in_the_file(desk, ada, ben):
    address = "/en/composition/?on=2025-12-02"
    before = desk.get(address).content, desk.get("/composition.json?on=2025-12-02").content
    replace(desk, ada, ben, on="2025-12-01")
    assert desk.get(address).content != before[0]
    desk.post(offer_on(desk, page_of(ada)), {"reason": "The wrong person"})
    assert (desk.get(address).content, desk.get("/composition.json?on=2025-12-02").content) == before


def test_from_when_the_record_is_complete_is_asked_where_it_was_given_after_the_act(desk, ben):
    seat = world.seat("RAG1")
    with one_act() as act:
        world.representative(seat, ben, date(2021, 1, 1))
    seat.recorded_from = date(2021, 1, 1)
    save_with_reason(seat, "We looked")
    undo = reverse("admin:undo", args=[act.mark])
    asked = desk.post(undo, {"reason": "Not so"}).content.decode()
    name = "complete-members.seat:RAG1"
    assert f'name="{name}-not_known"' in asked and Representative.objects.exists()
    answer = {f"{name}-about": "RAG, seat 1", f"{name}-day": "", f"{name}-not_known": "on"}
    assert desk.post(undo, {"reason": "Not so"} | answer).status_code == 302
    seat.refresh_from_db()
    assert seat.recorded_from is None and not Representative.objects.exists()


def test_accepting_a_proposal_is_undone_with_the_proposal_waiting_again(desk, ben):
    proposal = submit(ben, [change(ProposedChange.Field.NAME, "Ben Renamed", ben, language="en")], language="en")
    desk.post(page_of(proposal, "accept"), {"reason": "Right"})
    ben.refresh_from_db()
    assert ben.name == "Ben Renamed"
    desk.post(offer_on(desk, reverse("admin:index")), {"reason": "It was another Ben"})
    ben.refresh_from_db()
    proposal.refresh_from_db()
    assert (ben.name, proposal.state) == ("Ben Madeup", "waiting")
