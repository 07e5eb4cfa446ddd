"""What was done in one act is undone in one act: every row that it touched is again as before (rule 18)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from simple_history.models import registered_models

from bench.rows import write_rows
from changes.activities import newest_of_what_is_held
from changes.events import recorded_since
from changes.removals import removed_between
from iscg_portal.acts import one_act
from iscg_portal.history import Reason, remove_mistake, save_with_reason
from iscg_portal.mail.outbox import Letter, Reader, put, write_mail
from iscg_portal.scheduled_acts import cancel, postpone
from iscg_portal.tenure.dates import today
from iscg_portal.undoing import Done, undo
from meetings.acts import register
from meetings.acts.meetings import copy_deadlines
from meetings.models import Document, RegisterNumber
from members.acts.merging import merge_persons
from members.acts.succession import end_seats_of_group, succeed
from members.models import Account, ContactData, FormerAddress, Person, Representative, Seat
from reports.acts.key_issues import answer, close
from subjects.acts import adopt_edition, appoint, appointment, succeed_coordinator, withdraw_edition
from subjects.models import Edition, Resolution
from tests import world as build
from workspace.models import EntryLink, ProposedChange
from workspace.proposals.acts import accept, change, submit

WHY = "A test of undoing"
ON = date(2026, 1, 1)


def record():
    """Every row of the tracked models, with all that it says."""
    return {
        (model._meta.label, row[model._meta.pk.attname]): row
        for model in registered_models.values()
        for row in model._base_manager.values()
    }


def mark_of(act):
    """Do the act; give its mark."""
    with one_act() as one:
        act()
    return one.mark


def merge(world):
    keep, duplicate = build.person("Ida Twice"), build.person("I. Twice")
    build.contact_data(duplicate)
    build.representative("TDAG2", duplicate, date(2020, 1, 1))
    build.focal_point(build.subject("TWO"), duplicate, "RAG", date(2020, 1, 1))
    return lambda: merge_persons(keep, duplicate, reason=WHY)


def end_seats(world):
    return lambda: end_seats_of_group(Seat.objects.get(code="RAG1").group, ON, reason=WHY)


def replace_seat(world):
    new, term = build.person("Nia Newcomer"), Representative.objects.filter(seat="RAG1").order_by("starts_on").last()
    return lambda: succeed(term, new, ON, reason=WHY)


def replace_coordinator(world):
    subject = build.subject("TWO")
    term, new = build.coordinator(subject, world.ada, date(2020, 1, 1), groups=["RAG"]), build.person("Nia Newcomer")
    return lambda: succeed_coordinator(term, new, ON, appointments=[appointment("TSAG"), appointment("TDAG")])


def change_appointments(world):
    term = build.coordinator(build.subject("TWO"), world.ada, date(2020, 1, 1), groups=["RAG", "TSAG"])
    return lambda: appoint(term, [appointment("RAG", "RAG26/1"), appointment("TDAG")], reason=WHY)


def postpone_meeting(world):
    meeting = build.meeting("27-1", starts_on=today() + timedelta(100))
    return lambda: postpone(meeting, "No room", starts_on=today() + timedelta(130), reason=WHY)


def cancel_meeting(world):
    meeting = build.meeting("27-1", starts_on=today() + timedelta(100))
    return lambda: cancel(meeting, "No quorum", reason=WHY)


def copy_usual_deadlines(world):
    build.deadline(build.meeting("24-9", starts_on=date(2024, 2, 12)))
    meeting = build.meeting("27-1", starts_on=today() + timedelta(100))
    return lambda: copy_deadlines(meeting, reason=WHY)


def answer_issue(world):
    issue = build.key_issue()
    return lambda: answer(issue, today(), "Answered", reason=WHY)


def close_issue(world):
    issue = build.key_issue()
    return lambda: close(issue, today(), "Over", reason=WHY)


def accept_proposal(world):
    proposal = submit(
        world.ada, [change(ProposedChange.Field.NAME, "Ada Renamed", world.ada, language="en")], language="en"
    )
    return lambda: accept(proposal, by=world.staff)


def remove_resolution(world):
    text = build.revision(build.resolution(number=999))
    return lambda: remove_mistake(text.resolution, reason=WHY)


def remove_term(world):
    row, answers = Representative.objects.filter(seat="RAG1").last(), {"members.seat:RAG1": None}
    return lambda: remove_mistake(row, reason=WHY, answers=answers)


def adopt(world):
    build.listing(build.subject("TWO"), date(2020, 1, 1))
    return lambda: adopt_edition(today(), "ISCG/99-1/01")


def import_persons(world):
    rows = [{"name": f"Person Imported {number}", "slug": f"imported-{number}"} for number in range(60)]
    rows.append({"name": "Ada Imported", "slug": world.ada.slug})
    return lambda: write_rows("members.person", rows, reason=WHY)


def explain_number(world):
    register.take_number(meeting := build.meeting("25-7"))
    return lambda: register.explain_gap(meeting, 1, "Nothing came")


ACTS = [
    accept_proposal, adopt, answer_issue, cancel_meeting, change_appointments, close_issue, copy_usual_deadlines,
    end_seats, explain_number, import_persons, merge, postpone_meeting, remove_resolution, remove_term,
    replace_coordinator, replace_seat,
]  # fmt: skip


@pytest.mark.parametrize("prepare", ACTS, ids=lambda prepare: prepare.__name__)
def test_undoing_an_act_puts_the_record_back(world, prepare):
    act = prepare(world)
    before = record()
    mark = mark_of(act)
    assert record() != before
    undo(mark, reason=WHY, by=world.staff)
    assert record() == before


@pytest.mark.parametrize("prepare", [replace_seat, remove_resolution, import_persons], ids=lambda one: one.__name__)
def test_undoing_is_an_act_that_is_undone_in_turn(world, prepare):
    mark = mark_of(prepare(world))
    after = record()
    again = mark_of(lambda: undo(mark, reason=WHY))
    undo(again, reason=WHY)
    assert record() == after


def test_an_act_done_again_can_be_undone_again(world):
    act = replace_seat(world)
    before = record()
    mark = mark_of(act)
    again = mark_of(lambda: undo(mark, reason=WHY))
    undo(again, reason=WHY)
    undo(mark, reason=WHY)
    assert record() == before


def test_every_row_of_the_undoing_says_who_and_why(world):
    mark = mark_of(replace_seat(world))
    undo(mark, reason=Reason(WHY, "Not so."), by=world.staff)
    last = Representative.history.first()
    assert (last.history_user, last.history_change_reason, last.history_public_reason) == (
        world.staff, f"Undone: {WHY}", "Not so.",
    )  # fmt: skip


def test_second_undoing_is_refused_with_a_sentence(world):
    mark = mark_of(replace_seat(world))
    undo(mark, reason=WHY)
    with pytest.raises(ValidationError, match="was changed after this act"):
        undo(mark, reason=WHY)


def test_a_row_that_was_changed_since_is_named_and_nothing_is_undone(world):
    mark = mark_of(replace_seat(world))
    newcomer = Representative.objects.get(person__name="Nia Newcomer")
    newcomer.organization = "Madeup Ltd"
    save_with_reason(newcomer, "A later change", world.staff)
    before = record()
    with pytest.raises(ValidationError, match="Nia Newcomer.* was changed after this act, on .* by .*A later change"):
        undo(mark, reason=WHY)
    assert record() == before


def test_what_was_entered_on_top_of_an_added_row_is_named(world):
    mark = mark_of(import_persons(world))
    build.representative("TDAG2", Person.objects.get(slug="imported-3"), ON)
    with pytest.raises(ValidationError, match="Imported 3.* other records rest on it"):
        undo(mark, reason=WHY)


def test_a_part_that_was_entered_on_an_added_row_is_named(world):
    mark = mark_of(lambda: build.resolution(number=998))
    part = build.revision(Resolution.objects.get(number=998))
    with pytest.raises(ValidationError, match="was entered after this act and rests on its rows") as refused:
        undo(mark, reason=WHY)
    assert str(part) in refused.value.messages[0]


def test_a_reason_is_asked_for(world):
    mark = mark_of(replace_seat(world))
    with pytest.raises(ValidationError, match="Say why"):
        undo(mark, reason=" ")


def test_rules_judge_what_would_stand(world):
    mark = mark_of(remove_term(world))
    gone = Representative.history.filter(history_type="-").first()
    build.representative(Seat.objects.get(code="RAG1"), build.person("Nia Newcomer"), gone.starts_on, gone.ends_on)
    with pytest.raises(ValidationError):
        undo(mark, reason=WHY)


def test_values_that_no_history_keeps_cannot_be_put_back(world):
    data = build.contact_data(world.ada)
    mark = mark_of(lambda: remove_mistake(data, reason=WHY))
    with pytest.raises(ValidationError, match="keeps no values"):
        undo(mark, reason=WHY)
    assert not ContactData.objects.filter(pk=data.pk).exists()


def merge_with_account(world):
    duplicate = build.person("A. Testperson")
    build.account("dup@example.org", person=duplicate)
    return lambda: merge_persons(build.person("Ada Other"), duplicate, reason=WHY)


def test_a_merge_gives_back_what_has_no_history(world):
    keep, duplicate = build.person("Ida Twice"), build.person("I. Twice")
    link = build.saved(EntryLink(person=duplicate, digest="0" * 64, expires_on=ON))
    mark = mark_of(lambda: merge_persons(keep, duplicate, reason=WHY))
    link.refresh_from_db()
    assert link.person == keep
    undo(mark, reason=WHY)
    link.refresh_from_db()
    assert link.person.name == "I. Twice"


def test_everything_that_a_merge_moves_is_put_back(world):
    models = {relation.related_model for relation in Person._meta.related_objects}
    beside = {model for model in models if not hasattr(model, "history")}
    assert beside and all(model.put_back_by_others == {"person"} for model in beside)


def long_ago(mark):
    """As if the act had been done two days ago."""
    for model in registered_models.values():
        model.history.filter(history_act=mark).update(history_date=timezone.now() - timedelta(days=2))


def withdraw(mark):
    withdraw_edition(Edition.objects.get(adopted_on=today()), "Not adopted")


@pytest.mark.parametrize(
    ("act", "said"),
    [(long_ago, "more than a day"), (withdraw, "was changed after this act")],
    ids=["late", "withdrawn"],
)
def test_an_edition_that_was_public_for_a_day_or_withdrawn_stays(world, act, said):
    mark = mark_of(adopt(world))
    act(mark)
    with pytest.raises(ValidationError, match=said):
        undo(mark, reason=WHY)
    assert Edition.objects.filter(adopted_on=today()).exists()


def test_a_withdrawal_of_an_edition_cannot_be_undone(world):
    mark = mark_of(adopt(world))
    assert Done(mark_of(lambda: withdraw(mark))).rows == []


def send(world):
    mail = write_mail(Reader("a@example.org"), lambda: Letter("A mail", "", "", ["Made up"]))
    return lambda: (save_with_reason(world.ben, WHY), put([mail]), save_with_reason(world.ada, WHY))


def publish(world):
    draft = build.document(build.meeting("25-7"), visibility="draft")
    draft.visibility = "public"
    return lambda: save_with_reason(draft, WHY)


@pytest.mark.parametrize("prepare", [send, publish], ids=lambda prepare: prepare.__name__)
def test_what_publishes_sends_or_has_no_history_cannot_be_undone(world, prepare):
    assert Done(mark_of(prepare(world))).rows == []


def test_a_merge_that_moved_an_account_is_undone_with_it(world):
    act = merge_with_account(world)
    before = record()
    mark = mark_of(act)
    account = Account.objects.get(email="dup@example.org")
    assert account.person.name == "Ada Other"
    undo(mark, reason=WHY)
    account.refresh_from_db()
    assert account.person.name == "A. Testperson"
    assert not FormerAddress.objects.filter(slug="a-testperson").exists()
    assert record() == before


def test_a_merge_whose_account_was_given_to_somebody_else_stays(world):
    mark = mark_of(merge_with_account(world))
    Account.objects.filter(email="dup@example.org").update(person=world.lea)
    with pytest.raises(ValidationError, match="was given to somebody else"):
        undo(mark, reason=WHY)


def test_an_account_that_is_changed_by_hand_makes_an_act_final(world):
    person = build.account("hand@example.org", person=world.lea)
    mark = mark_of(lambda: (save_with_reason(world.ada, WHY), person.save()))
    assert Done(mark).rows == []


def test_a_number_stays_taken_when_its_document_is_undone(world):
    meeting = build.meeting("25-7")
    draft = Document(title="Made up", meeting=meeting, visibility="draft", dated_on=date(2025, 2, 1))
    mark = mark_of(lambda: register.number_and_enter(draft))
    undo(mark, reason=WHY)
    assert not Document.objects.filter(meeting=meeting).exists()
    assert RegisterNumber.objects.filter(meeting=meeting).count() == 1


@pytest.mark.parametrize(
    ("when", "corrections"), [(lambda mark: None, 0), (long_ago, 1)], ids=["within a day", "later"]
)
def test_undoing_is_a_correction_for_the_public_once_a_day_has_passed(world, when, corrections):
    mark = mark_of(replace_seat(world))
    when(mark)
    undo(mark, reason=Reason(WHY, "Not so."))
    found = removed_between(today() - timedelta(days=5), today())
    assert [event.about.history_public_reason for event in found] == ["Not so."] * corrections


def test_a_removal_undone_within_a_day_and_done_again_is_told_once(world):
    mark = mark_of(remove_term(world))
    again = mark_of(lambda: undo(mark, reason=WHY))
    days = today() - timedelta(days=5), today()
    assert removed_between(*days) == []
    undo(again, reason=WHY)
    assert len(removed_between(*days)) == 1


def test_a_meeting_moved_and_moved_back_within_a_day_is_no_news(world):
    before = [event.key for event in newest_of_what_is_held(today())]
    act = postpone_meeting(world)
    planned = [event.key for event in newest_of_what_is_held(today())]
    assert len(planned) == len(before) + 1
    undo(mark_of(act), reason=WHY)
    assert [event.key for event in newest_of_what_is_held(today())] == planned


def test_a_term_that_was_ended_and_opened_again_is_recorded_since_its_first_day(world):
    term = Representative.objects.filter(seat="RAG1").order_by("starts_on").last()
    term.table = "representative"
    before = recorded_since({"representative": Representative}, [term], "ends_on")
    undo(mark_of(replace_seat(world)), reason=WHY)
    assert recorded_since({"representative": Representative}, [term], "ends_on") == before


def test_record_complete_from_is_again_what_it_was_before_the_act(world):
    place = Seat.objects.get(code="TDAG1")
    for row in Representative.objects.filter(seat=place):
        remove_mistake(row, reason=WHY, answers={f"members.seat:{place.pk}": None})
    place.refresh_from_db()

    def enter_with_answer():
        place.recorded_from = date(2021, 1, 1)
        save_with_reason(place, WHY)
        build.representative(place, build.person("Nia Newcomer"), date(2021, 1, 1))

    undo(mark_of(enter_with_answer), reason=WHY)
    place.refresh_from_db()
    assert (place.recorded_from, Representative.objects.filter(seat=place).count()) == (None, 0)


def test_record_complete_from_that_was_given_after_the_act_is_asked_for(world):
    place = Seat.objects.get(code="TDAG2")
    mark = mark_of(lambda: build.representative(place, build.person("Nia Newcomer"), date(2021, 1, 1)))
    place.recorded_from = date(2021, 1, 1)
    save_with_reason(place, WHY)
    with pytest.raises(ValidationError, match="Say from which day the record is complete now"):
        undo(mark, reason=WHY)
    undo(mark, reason=WHY, answers={"members.seat:TDAG2": None})
    place.refresh_from_db()
    assert place.recorded_from is None
