"""Two decisions on one proposal, and two answers to one link, at the same moment: one is taken."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from iscg_portal.mail.models import Mail
from tests.world import contact_data, staff_account
from workspace.access.offices import held_by
from workspace.models import EntryLink, Proposal
from workspace.proposals import acts as proposal_acts
from workspace.proposals.entries import LinkSpent, ask_again, confirm, seen_of


def outcomes_of(kind, outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, kind)]


def test_a_proposal_is_not_accepted_and_refused(standing, at_once):
    emf, other = standing.subjects["EMF"], staff_account("other@example.org")
    change = proposal_acts.change("title", "A better title", emf, language="en")
    contact_data(standing.ina)
    proposal = proposal_acts.submit(standing.ina, [change], subject=emf, language="en")

    def accept(ready):
        ready()
        return proposal_acts.accept(proposal, by=standing.staff)

    def refuse(ready):
        ready()
        return proposal_acts.refuse(proposal, "No", by=other)

    assert len(outcomes_of(ValidationError, at_once(accept, refuse))) == 1
    emf.refresh_from_db()
    is_accepted = Proposal.objects.get().state == "accepted"
    assert (emf.title == "A better title", Mail.objects.count()) == (is_accepted, 1)  # the outcome is mailed once


def test_a_link_opened_by_two_is_answered_once(standing, at_once):
    contact_data(standing.ina)
    link = ask_again(standing.ina)
    seen = seen_of(standing.ina, held_by(standing.ina.pk, timezone.localdate(link.made_at)))

    def answer(ready):
        ready()
        return confirm(link, seen)

    outcomes = at_once(answer, answer)
    assert (len(outcomes_of(LinkSpent, outcomes)), outcomes.count(None)) == (1, 1), outcomes
    term = standing.ina.coordinator_set.get()
    assert term.history.filter(history_change_reason__startswith="Confirmed").count() == 1
    assert EntryLink.objects.get().answer == "confirmed"
