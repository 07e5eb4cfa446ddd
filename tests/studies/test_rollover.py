"""A study period is rolled over: decided row by row, carried out in one act, undone as a whole."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iscg_portal.acts import one_act
from iscg_portal.history import Reason, save_with_reason
from iscg_portal.search.indexing import check
from iscg_portal.search.models import IndexEntry
from iscg_portal.undoing import undo
from studies.models import Confirmation, Ending, MappingLink, PlannedEnding, StudyPeriod
from studies.rollover.acts import RolloverDecision, carry_out, digest_of, endings_of, plans_of, rollover_to, state_of
from studies.rollover.acts import decide as decide_all
from studies.rollover.links import plan_links
from tests import world

pytestmark = pytest.mark.django_db


def decide(unit, period, kind, successors, *, seen):
    """One decision."""
    decide_all([RolloverDecision(unit, kind, successors, seen)], period)


class Hand:
    """ITU-T SG9 and SG16 of 2022-2024, SG21 and SG5 of 2025-2028, and two working parties of ITU-R linked to them."""

    def __init__(self):
        self.sg9 = world.study_unit("SG9", "T 2022-2024", "study group", title="Cable television")
        self.sg16 = world.study_unit("SG16", "T 2022-2024", "study group", title="Multimedia")
        self.sg21 = world.study_unit("SG21", "T 2025-2028", "study group", title="Multimedia and cable television")
        self.sg5 = world.study_unit("SG5", "T 2025-2028", "study group", title="Environment")
        self.wp6b = world.study_unit("WP 6B", "R 2023-2027", "working party")
        self.wp6c = world.study_unit("WP 6C", "R 2023-2027", "working party")
        self.cable = world.link(self.wp6b, self.sg9, topic="Cable")
        self.quality = world.link(self.wp6c, self.sg16, topic="Quality", kind="part of")
        world.confirmation(self.cable, "R"), world.confirmation(self.cable, "T")
        self.before, self.period = self.sg9.period, self.sg21.period

    def merge(self):
        for unit in (self.sg9, self.sg16):
            decide(unit, self.period, "merged", [self.sg21], seen="")

    def carry_out(self, reason="WTSA merged them"):
        """As one act; gives its mark and what it said."""
        with one_act() as act:
            said = carry_out(self.before, shown=self.shown(), reason=reason, decision="WTSA-24")
        return act.mark, said

    def shown(self):
        plans = plans_of(self.before)
        return digest_of(plans, plan_links(endings_of(plans)))

    def new_links(self):
        return MappingLink.objects.filter(second__period=self.period).order_by("pk")


@pytest.fixture
def hand(db):
    return Hand()


def everything():
    """What the record says of units, their ends, links and what sides said."""
    return [list(model.objects.order_by("pk").values()) for model in (Ending, MappingLink, Confirmation, PlannedEnding)]


def test_decisions_alone_change_nothing_public(hand):
    before = everything()[:3]
    hand.merge()
    assert everything()[:3] == before and PlannedEnding.objects.count() == 2


def test_carrying_out_puts_each_end_on_record_with_the_decision_and_its_reason(hand):
    hand.merge()
    hand.carry_out()
    ends = Ending.objects.filter(unit__in=[hand.sg9, hand.sg16])
    assert {(end.kind, end.successor, end.decision) for end in ends} == {("merged", hand.sg21, "WTSA-24")}
    assert {end.history.get().history_change_reason for end in ends} == {"WTSA merged them"}
    assert not PlannedEnding.objects.exists()


def test_links_follow_as_to_be_confirmed(hand):
    hand.merge()
    _mark, said = hand.carry_out()
    links = hand.new_links().with_state(date(2026, 1, 1))
    assert [(link.first, link.second, link.kind, link.topic_en, link.state) for link in links] == [
        (hand.wp6b, hand.sg21, "related", "Cable", "to-be-confirmed"),
        (hand.wp6c, hand.sg21, "part of", "Quality", "to-be-confirmed"),
    ]
    assert {link.grade for link in links} == {"inferred"} and "SG9" in links[0].source
    assert str(said) == "2 units carried over. 2 links follow and are to be confirmed."


def test_history_of_what_is_written_at_once_says_what_a_single_save_says(hand):
    hand.merge()
    staff = world.staff_account()
    with one_act() as act:
        carry_out(hand.before, shown=hand.shown(), reason=Reason("WTSA merged them", "Merged"), by=staff)
    (version,) = hand.new_links().first().history.all()
    link = version.instance
    link.pk = None
    link.topic_en, link.topic_key = "Another", "another"
    with one_act() as other:
        save_with_reason(link, Reason("WTSA merged them", "Merged"), staff)
    differ = {field.name for field in version._meta.fields if not_alike(version, link.history.get(), field.attname)}
    assert differ == {"history_id", "history_date", "history_act", "id", "topic", "topic_en", "topic_key"}
    assert (version.history_act, link.history.get().history_act) == (act.mark, other.mark)
    assert (version.history_user, version.history_public_reason) == (staff, "Merged")


def not_alike(one, other, field):
    return getattr(one, field) != getattr(other, field)


def test_search_finds_the_new_links_and_forgets_them_when_undone(hand):
    world.link(hand.sg16, None, subject=world.subject("ACC"))
    entry = IndexEntry.objects.filter(record=f"studies.StudyUnit {hand.sg21.pk}", made_of__contains="mappinglink")
    hand.merge()
    mark, _said = hand.carry_out()
    assert entry.exists() and not list(check())
    undo(mark, reason="Too early")
    assert not entry.exists() and not list(check())


def test_queries_do_not_grow_with_the_decisions_and_the_links(hand, django_assert_num_queries):
    decisions = [RolloverDecision(unit, "merged", [hand.sg21], "") for unit in (hand.sg9, hand.sg16)]
    with CaptureQueriesContext(connection) as of_two:
        decide_all(decisions, hand.period)
    decide_all([RolloverDecision(one.unit, "", [], f"merged:{hand.sg21.pk}") for one in decisions], hand.period)
    for number in range(20):
        world.link(hand.wp6b, hand.sg16, topic=f"Topic {number}")
    units = [world.study_unit(f"Q{number}/16", "T 2022-2024") for number in range(20)]
    decisions += [RolloverDecision(unit, "merged", [hand.sg21], "") for unit in units]
    with django_assert_num_queries(len(of_two)):
        decide_all(decisions, hand.period)


def test_old_links_and_what_was_said_of_them_stay(hand):
    old, said = (list(model.objects.order_by("pk").values()) for model in (MappingLink, Confirmation))
    hand.merge()
    hand.carry_out()
    assert list(MappingLink.objects.filter(second__period=hand.before).order_by("pk").values()) == old
    assert list(Confirmation.objects.order_by("pk").values()) == said


def test_old_table_is_byte_for_byte_what_it_was(hand, client):
    address = "/en/mapping/t-r.csv?period=t-2022-2024"
    before = client.get(address).content
    hand.merge()
    hand.carry_out()
    assert client.get(address).content == before
    assert b"SG21" in client.get("/en/mapping/t-r.csv").content


def test_all_of_it_is_undone_in_one_act(hand):
    hand.merge()
    before = everything()
    mark, _said = hand.carry_out()
    undo(mark, reason="Too early")
    assert everything() == before


def test_undone_and_carried_out_again_says_the_same(hand):
    hand.merge()
    mark, said = hand.carry_out()
    undo(mark, reason="Too early")
    assert hand.carry_out()[1] == said


@pytest.mark.parametrize("edit", ["link", "ending", "confirmation"])
def test_what_somebody_edited_since_is_not_undone(hand, edit):
    hand.merge()
    mark, _said = hand.carry_out()
    link = hand.new_links().first()
    if edit == "link":
        link.topic_en = "Another topic"
        world.saved(link)
    elif edit == "ending":
        end = Ending.objects.filter(decision="WTSA-24").first()
        end.decision = "WTSA-24, Resolution 2"
        world.saved(end)
    else:
        world.confirmation(link, "T")
    after = everything()
    with pytest.raises(ValidationError, match="no longer be undone"):
        undo(mark, reason="Too late")
    assert everything() == after


def test_link_of_a_closed_unit_does_not_follow_and_is_named_with_the_reason(hand):
    decide(hand.sg9, hand.period, "closed", [], seen="")
    plan = plan_links(endings_of(plans_of(hand.before)))
    assert [(left.link, left.reason) for left in plan.left] == [(hand.cable, "ITU-T SG9 2022-2024 is closed.")]
    hand.carry_out()
    assert not hand.new_links().exists() and MappingLink.objects.filter(pk=hand.cable.pk).exists()


def test_link_to_a_unit_that_was_closed_meanwhile_does_not_follow(hand):
    old = world.study_unit("Q1/1", "D 2018-2021")
    old_period_met(old)
    link = world.link(old, hand.sg16, topic="Tele-education")
    decide(hand.sg16, hand.period, "renamed", [hand.sg21], seen="")
    assert "no unit of the new time is recorded" in _reason(hand, link)
    world.ending(old, "closed")
    assert _reason(hand, link) == "ITU-D Q1/1 2018-2021 is closed."


def old_period_met(unit):
    """Let ITU-D's old period reach into that of ITU-T, so that the two could be linked."""
    StudyPeriod.objects.filter(pk=world.study_period("D 2022-2025").pk).update(starts_on=date(2023, 1, 1))
    StudyPeriod.objects.filter(pk=unit.period_id).update(ends_on=date(2023, 1, 1))


def _reason(hand, link):
    left = plan_links(endings_of(plans_of(hand.before))).left
    return next(one.reason for one in left if one.link == link)


def test_link_follows_the_unit_at_its_other_end_too(hand):
    old, new = world.study_unit("Q1/1", "D 2018-2021"), world.study_unit("Q2/1", "D 2022-2025")
    old_period_met(old)
    world.ending(old, "renamed", new)
    world.link(old, hand.sg16, topic="Tele-education")
    decide(hand.sg16, hand.period, "renamed", [hand.sg21], seen="")
    hand.carry_out()
    assert MappingLink.objects.filter(first=new, second=hand.sg21, topic_en="Tele-education").count() == 1


def test_links_of_two_merged_units_on_one_topic_become_one(hand):
    world.link(hand.wp6b, hand.sg16, topic="Cable")
    hand.merge()
    hand.carry_out()
    assert hand.new_links().filter(topic_en="Cable").count() == 1


def test_link_of_a_split_unit_follows_to_each_part(hand):
    decide(hand.sg9, hand.period, "split", [hand.sg21, hand.sg5], seen="")
    hand.carry_out()
    assert {link.second for link in hand.new_links()} == {hand.sg21, hand.sg5}


def test_contested_link_does_not_come_back_as_if_nobody_had_contested_it(hand):
    world.confirmation(hand.quality, "T", because="Another topic")
    hand.merge()
    assert _reason(hand, hand.quality).startswith("A side contests it")


def test_link_to_a_subject_follows(hand):
    subject = world.subject("ACC")
    world.link(hand.sg16, None, subject=subject)
    hand.merge()
    hand.carry_out()
    assert MappingLink.objects.filter(first=hand.sg21, subject=subject, second=None).exists()


def test_link_that_ended_with_its_own_days_does_not_follow(hand):
    ended = world.link(hand.wp6b, hand.sg16, topic="Old", ends_on=date(2024, 1, 1), ends_precision="day")
    hand.merge()
    assert _reason(hand, ended) == "The link itself ended: 1 January 2024."


def test_units_that_nobody_decided_stay_as_they_are(hand):
    decide(hand.sg9, hand.period, "merged", [hand.sg21], seen="")
    hand.carry_out()
    assert not Ending.objects.filter(unit=hand.sg16).exists()
    decide(hand.sg16, hand.period, "merged", [hand.sg21], seen="")
    hand.carry_out()
    assert hand.new_links().count() == 2


def test_a_failure_halfway_leaves_nothing(hand, monkeypatch):
    hand.merge()
    before, shown = everything(), hand.shown()

    def away(*args, **kwargs):
        raise OSError("the power went")

    monkeypatch.setattr("studies.rollover.acts.remove_alike", away)
    with pytest.raises(OSError):
        carry_out(hand.before, shown=shown, reason="")
    assert everything() == before


def test_what_changed_since_the_page_was_opened_is_not_carried_out(hand):
    hand.merge()
    shown = hand.shown()
    world.link(hand.wp6c, hand.sg9, topic="New meanwhile")
    with pytest.raises(ValidationError, match="changed since this page was opened"):
        carry_out(hand.before, shown=shown, reason="")
    assert not Ending.objects.filter(unit=hand.sg9).exists()


def test_carrying_out_twice_writes_once(hand):
    hand.merge()
    shown = hand.shown()
    carry_out(hand.before, shown=shown, reason="")
    with pytest.raises(ValidationError, match="Nothing is decided"):
        carry_out(hand.before, shown=shown, reason="")
    assert hand.new_links().count() == 2


class TestDeciding:
    """What a decision may say."""

    def test_split_with_one_successor_asks_for_the_mark_that_the_others_are_not_recorded(self, hand):
        decide_all([RolloverDecision(hand.sg9, "split", [hand.sg21], "", others_unrecorded=True)], hand.period)
        hand.carry_out()
        (end,) = Ending.objects.filter(unit=hand.sg9)
        assert (end.kind, end.successor, end.others_unrecorded) == ("split", hand.sg21, True)

    def test_mark_alone_is_another_decision(self, hand):
        both = [hand.sg21, hand.sg5]
        decide(hand.sg9, hand.period, "split", both, seen="")
        seen = state_of(PlannedEnding.objects.all())
        decide_all([RolloverDecision(hand.sg9, "split", both, seen, others_unrecorded=True)], hand.period)
        assert {plan.others_unrecorded for plan in PlannedEnding.objects.all()} == {True}

    def test_second_of_two_staff_is_told_what_the_first_decided(self, hand):
        decide(hand.sg9, hand.period, "merged", [hand.sg21], seen="")
        with pytest.raises(ValidationError, match=r"Somebody decided otherwise meanwhile: merged SG21\."):
            decide(hand.sg9, hand.period, "closed", [], seen="")
        assert PlannedEnding.objects.get().kind == "merged"

    def test_decision_is_taken_back(self, hand):
        decide(hand.sg9, hand.period, "closed", [], seen="")
        decide(hand.sg9, hand.period, "", [], seen="closed:")
        assert not PlannedEnding.objects.exists()

    @pytest.mark.parametrize(
        ("kind", "successors", "sentence"),
        [
            ("merged", ["sg9"], "is not of ITU-T 2025-2028"),
            ("continues", ["sg16"], "is not of ITU-T 2025-2028"),
            ("continues", ["wp6b"], "is not of ITU-T 2025-2028"),
            ("continues", [], "Say which unit of the new list it becomes"),
            ("merged", ["sg21", "sg5"], "Only a unit that was split or replaced"),
            ("split", ["sg21"], "at least two successors"),
            ("closed", ["sg21"], "unless it was closed"),
            ("eaten", ["sg21"], "not a valid choice"),
        ],
    )
    def test_what_cannot_be_is_refused(self, hand, kind, successors, sentence):
        with pytest.raises(ValidationError, match=sentence):
            decide(hand.sg9, hand.period, kind, [getattr(hand, one) for one in successors], seen="")
        assert not PlannedEnding.objects.exists()

    def test_unit_whose_end_is_on_record_is_not_decided_again(self, hand):
        world.ending(hand.sg9, "merged", hand.sg21)
        with pytest.raises(ValidationError, match="on record since"):
            decide(hand.sg9, hand.period, "closed", [], seen="")

    def test_database_refuses_a_circle_of_decisions(self, hand):
        with pytest.raises(ValidationError, match="begins later than the unit"):
            world.saved(PlannedEnding(unit=hand.sg21, kind="renamed", successor=hand.sg9))


def test_period_rolls_over_from_the_one_before_it(hand):
    rollover = rollover_to(hand.period)
    assert rollover.before == hand.before
    assert [unit.number for unit in rollover.old] == ["SG9", "SG16"]
    assert rollover_to(hand.before) is None
