"""Two staff roll one study period over at the same moment: nothing is decided twice, or carried out twice."""

from django.core.exceptions import ValidationError

from studies.models import Ending, MappingLink, PlannedEnding
from studies.rollover.acts import RolloverDecision, carry_out, decide
from tests.studies.test_rollover import Hand


def refused_of(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]


def test_one_decides_and_carries_out_and_the_other_is_told(transactional_db, at_once):
    hand = Hand()

    def deciding(kind, successors):
        def act(ready):
            ready()
            decide([RolloverDecision(unit, kind, successors, "") for unit in (hand.sg9, hand.sg16)], hand.period)

        return act

    outcomes = at_once(deciding("merged", [hand.sg21]), deciding("closed", []))
    (refused,) = refused_of(outcomes)
    assert outcomes.count(None) == 1 and "Somebody decided otherwise meanwhile" in refused.messages[0]
    assert PlannedEnding.objects.count() == 2 and len({plan.kind for plan in PlannedEnding.objects.all()}) == 1
    shown = hand.shown()

    def carrying_out(ready):
        ready()
        return carry_out(hand.before, shown=shown, reason="Both press the button")

    (refused,) = refused_of(at_once(carrying_out, carrying_out))
    assert refused.messages == ["Nothing is decided that is not carried out already."]
    merged = Ending.objects.filter(kind="merged").exists()
    links = MappingLink.objects.filter(second__period=hand.period).count()
    assert (Ending.objects.count(), links) == (2, 2 if merged else 0)
