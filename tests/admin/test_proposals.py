"""Proposed corrections and links to confirm entries in the admin: on the desk, decided once, sent anew."""

from datetime import timedelta

import pytest

from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import today
from tests import world as w
from tests.admin.conftest import list_of, page_of
from workspace.models import EntryLink, Proposal
from workspace.proposals import acts as proposal_acts
from workspace.proposals.entries import ask_again

pytestmark = pytest.mark.django_db
WAITING = "/admin/to-do/proposals/"


@pytest.fixture
def emf():
    """A subject with a Coordinator who can be reached."""
    subject = w.subject("EMF", title="As it is, made up")
    holder = w.person("Ina Sample", "Ms")
    w.contact_data(holder, email="ina@example.org")
    w.coordinator(subject, holder, w.DAY)
    return subject


@pytest.fixture
def proposal(emf):
    """Of a better title."""
    change = proposal_acts.change("title", "As proposed, made up", emf, language="en")
    return proposal_acts.submit(emf.coordinator_set.get().person, [change], subject=emf, language="en")


def test_what_waits_is_on_the_desk_and_its_page_shows_the_difference(desk, proposal):
    line = "Ms Ina Sample proposes a correction: EMF"
    assert [line in desk.get(address).content.decode() for address in ("/admin/", WAITING)] == [True, True]
    assert page_of(proposal) in desk.get("/admin/").content.decode()
    page = desk.get(page_of(proposal)).content.decode()
    assert "As it is, made up" in page and "As proposed, made up" in page


def test_a_proposal_is_accepted_on_its_page(desk, emf, proposal):
    page = desk.get(page_of(proposal, "accept")).content.decode()
    assert "<del>As it is, made up</del>" in page
    assert "<ins>As proposed, made up</ins>" in page
    desk.post(page_of(proposal, "accept"), {"reason": "By letter"})
    emf.refresh_from_db()
    assert emf.title == "As proposed, made up"
    assert "proposes a correction" not in desk.get("/admin/").content.decode()
    assert "Nothing waits for you." in desk.get(WAITING).content.decode()
    assert "+00:00" not in desk.get(page_of(proposal, "history")).content.decode()


def test_where_the_record_moved_staff_see_both_and_say_that_they_have(desk, emf, proposal):
    emf.title = "Meanwhile, made up"
    w.saved(emf)
    refused = desk.post(page_of(proposal, "accept"), {"reason": ""}).content.decode()
    assert "Meanwhile, made up" in refused
    assert "The record has changed since this was proposed" in refused
    desk.post(page_of(proposal, "accept"), {"despite": "on"})
    emf.refresh_from_db()
    assert emf.title == "As proposed, made up"


def test_what_is_proposed_is_shown_as_text(desk, emf):
    change = proposal_acts.change("activities", "<b>Bold</b>", language="en")
    proposal = proposal_acts.submit(emf.coordinator_set.get().person, [change], subject=emf, language="en")
    for address in (page_of(proposal), page_of(proposal, "accept")):
        page = desk.get(address).content.decode()
        assert "&lt;b&gt;Bold" in page
        assert "<b>Bold" not in page


def test_a_refusal_is_mailed(desk, proposal):
    desk.post(page_of(proposal, "refuse"), {"because": "It was adopted so"})
    assert Proposal.objects.get().state == "refused"
    assert "It was adopted so" in Mail.objects.get().text


def test_a_decision_that_came_too_late_is_a_sentence(desk, chief, proposal):
    proposal_acts.refuse(proposal, "Not now", by=chief)
    response = desk.post(page_of(proposal, "accept"), {"reason": ""})
    assert "This proposal is already decided: refused." in response.content.decode()


@pytest.mark.parametrize("act", ["accept", "refuse"])
def test_who_may_only_look_decides_nothing(clerk, proposal, act):
    browser = clerk("workspace.view_proposal")
    assert browser.get(page_of(proposal)).status_code == 200
    assert browser.post(page_of(proposal, act), {"because": "No"}).status_code == 403


def test_a_proposal_is_neither_entered_nor_changed_nor_removed(desk, proposal):
    assert desk.get(list_of(Proposal, "add")).status_code == 403
    assert desk.post(page_of(proposal), {"why": "Changed"}).status_code == 403
    assert desk.post(page_of(proposal, "delete"), {"reason": "x"}).status_code == 403


def test_who_is_silent_is_told_below_what_is_not_in_order_and_gets_a_new_link(desk, emf):
    w.meeting("99-1", today() + timedelta(days=20))
    holder = emf.coordinator_set.get().person
    ask_again(holder)
    address = f"{list_of(EntryLink, 'add')}?person={holder.pk}"
    assert address in desk.get("/admin/not-in-order/?clause=record").content.decode()
    assert desk.get(address).context["adminform"].form["person"].value() == str(holder.pk)
    desk.post(address, {"person": holder.pk})
    assert (EntryLink.objects.count(), EntryLink.objects.open().count()) == (2, 1)


def test_new_links_are_sent_from_the_list(desk, emf):
    link = ask_again(emf.coordinator_set.get().person)
    listed = desk.get(f"{list_of(EntryLink)}?answered=open").content.decode()
    assert "Ms Ina Sample" in listed
    desk.post(list_of(EntryLink), {"action": "send_new_link", "_selected_action": [link.pk]})
    assert (EntryLink.objects.count(), Mail.objects.count()) == (2, 2)


def test_who_cannot_be_reached_is_named(desk, emf):
    unreachable = w.person("Kim Mockup")
    w.focal_point(emf, unreachable, "RAG", w.DAY)
    response = desk.post(list_of(EntryLink, "add"), {"person": unreachable.pk})
    assert "No e-mail address of Kim Mockup is known" in response.content.decode()


def test_nobody_reads_a_link_in_the_outbox(desk, emf):
    ask_again(emf.coordinator_set.get().person)
    mail = Mail.objects.get()
    token = mail.text.partition("/confirm/")[2].partition("/")[0]
    page = desk.get(page_of(mail)).content.decode()
    assert "/en/confirm/…/" in page
    assert token not in page


def test_lists_and_pages_answer(desk, proposal):
    link = ask_again(proposal.person)
    addresses = [list_of(Proposal), page_of(proposal), page_of(proposal, "history"), list_of(EntryLink), page_of(link)]
    assert [desk.get(address).status_code for address in addresses] == [200] * 5


def test_a_part_that_is_wrong_does_not_refuse_the_rest(desk, emf):
    parts = [proposal_acts.change(field, f"New {field}, made up", emf, language="en") for field in ("title", "summary")]
    made = proposal_acts.submit(emf.coordinator_set.get().person, parts, subject=emf, language="en")
    title, summary = made.changes.all()
    page = page_of(made, "accept")
    assert "No part is ticked" in desk.post(page, {"because": "x"}).content.decode()
    assert "Say why the other parts" in desk.post(page, {"points": [summary.pk]}).content.decode()
    desk.post(page, {"points": [summary.pk], "because": "It was adopted so"})
    made.refresh_from_db()
    emf.refresh_from_db()
    assert (emf.title, emf.summary, made.state) == ("As it is, made up", "New summary, made up", "partly")
    text = Mail.objects.get().text
    assert text.index("New summary") < text.index("Not accepted:") < text.index("New title") < text.index("adopted so")
    assert "not accepted" in desk.get(page_of(made)).content.decode()
