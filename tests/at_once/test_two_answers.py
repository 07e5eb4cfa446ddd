"""The same link, form or decision from two sides at the same moment: it counts once, and the other one is told so."""

import re

from django.core.exceptions import ValidationError

from iscg_portal.mail.models import Mail
from members.models import Account
from tests import world as build
from workspace.access import invitations as inviting
from workspace.following import acts as following
from workspace.joining import acts as joining
from workspace.models import Follow, Invitation, JoinRequest, Participant, Proposal
from workspace.proposals import acts as proposal_acts


def ready_then(act):
    def play(ready):
        ready()
        return act()

    return play


def twice(at_once, act):
    """What an act gives or raises to each of two who carry it out at the same moment."""
    return at_once(ready_then(act), ready_then(act))


def links_mailed():
    """The keys of the links to confirm that go by mail; the outbox keeps none of them once the mail is sent."""
    found = (re.search(r"/confirm/([\w-]+)/", mail.text) for mail in Mail.objects.order_by("pk"))
    return [link[1] for link in found if link]


def test_the_same_proposal_sent_twice_is_one(standing, at_once):
    emf = standing.subjects["EMF"]

    def propose():
        change = proposal_acts.change("title", "A better title", emf, language="en")
        return proposal_acts.submit(standing.ina, [change], subject=emf, language="en").pk

    first, second = twice(at_once, propose)
    assert first == second == Proposal.objects.get().pk


def test_following_asked_for_twice_is_one_request_that_can_be_confirmed(transactional_db, at_once):
    assert twice(at_once, lambda: following.ask("reader@example.org", "")) == [None, None]
    links = links_mailed()
    assert len(links) == 2
    assert Follow.objects.count() == 1
    assert sorted(following.confirm(link) for link in links) == [False, True]


def test_a_link_to_follow_is_good_once(transactional_db, at_once):
    following.ask("reader@example.org", "")
    (link,) = links_mailed()
    assert sorted(twice(at_once, lambda: following.confirm(link))) == [False, True]


def test_an_address_is_confirmed_by_one_of_two(transactional_db, at_once):
    said = {"name": "Una", "capacity": "Sector Member", "affiliation": "Made up", "email": "una@example.org"}
    joining.ask(JoinRequest(**said))
    asked = JoinRequest.objects.get()
    assert twice(at_once, lambda: joining.confirm_address(asked)).count(None) == 1
    assert Participant.objects.count() == 1


def test_a_delegate_is_admitted_by_one_of_two_and_told_once(transactional_db, at_once):
    waiting = build.participant(state="waiting")
    outcomes = twice(at_once, lambda: joining.admit(waiting))
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1
    assert (Mail.objects.count(), waiting.history.count()) == (1, 2)


def test_an_invitation_opens_one_account(transactional_db, at_once):
    inviting.invite(build.person("Ada Testperson"), "ada@example.org")
    found = Invitation.objects.get()
    assert twice(at_once, lambda: inviting.accept(found)).count(None) == 1
    assert Account.objects.count() == 1
