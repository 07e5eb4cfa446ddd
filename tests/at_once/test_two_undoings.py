"""Two undo one act at the same moment: one does, the other one is told."""

from datetime import date

from django.core.exceptions import ValidationError

from iscg_portal.acts import one_act
from iscg_portal.undoing import undo
from members.acts.succession import succeed
from members.models import Representative
from tests import world as build


def test_one_of_two_wins_and_the_other_gets_a_sentence(standing, at_once):
    term = Representative.objects.filter(seat="RAG1").order_by("starts_on").last()
    count = Representative.objects.count()
    with one_act() as act:
        succeed(term, build.person("Nia Newcomer"), date(2026, 1, 1))

    def one(ready):
        ready()
        undo(act.mark, reason="Both think so")

    outcomes = at_once(one, one)
    (refused,) = [outcome for outcome in outcomes if outcome is not None]
    assert isinstance(refused, ValidationError) and "was changed after this act" in refused.messages[0]
    assert Representative.objects.count() == count
