"""Two at the same moment for one seat, number, link…: exactly one wins, and the other is told so."""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from psycopg2.errors import DeadlockDetected

from iscg_portal.importing import staging
from meetings.models import Document, RegisterNumber
from members.models import Account, Representative
from reports.acts import annual_reports
from reports.models import AnnualReport, ReportFile, ReportStep, Transmission
from subjects.models import Coordinator
from tests import world as build
from tests.at_once.test_register_numbers import entering
from tests.at_once.test_two_answers import links_mailed, ready_then
from tests.at_once.test_two_appointments import (
    HANDOVER,
    RIVALS,
    checked_then_saved,
    replacing,
    written_by_the_database_alone,
)
from tests.at_once.test_two_confirmations import confirming
from tests.at_once.threads import run_at_once
from tests.importing.conftest import as_file, term
from tests.kept_rows import Beginning, KeptWorld
from torture.bounds import Bounds
from workspace.access import invitations
from workspace.following import acts as following
from workspace.models import Follow, Invitation

NUMBER = "ISCG/25-1/07"
MOST_TOLD = 5


class Deadlock(Exception):
    """PostgreSQL ended one of two that wait for each other: only who takes no lock of ours meets that."""


WITHOUT_OUR_LOCK = (ValidationError, IntegrityError, Deadlock)


class Race(NamedTuple):
    """Two acts, and how many of them the record shows as having won."""

    acts: list[Callable]
    winners: Callable[[], int]
    polite: tuple = (ValidationError, IntegrityError)


def standing():
    """The standing ISCG, with what is raced for."""
    world = build.standing_iscg()
    world.meeting = build.meeting("25-1")
    world.report = annual_reports.open_report("2024")
    annual_reports.submit(world.report)
    annual_reports.approve(world.report, None)
    following.ask("reader@example.org", "")
    (world.link,) = links_mailed()
    world.invitation = invitations.invite(world.lea, "lea@example.org")
    world.staged = staging.stage(world.staff, Representative, "terms.csv", as_file([term()], "csv"))
    return world


def appointing(model, place, vacant, held):
    """By turns two forms, two writers without a form, and two who replace the holder."""

    def prepare(world, turn):
        if turn % 3 == 2:
            field, code = held
            acts = [replacing(model, field, code, who) for who in (world.lea, world.max)]
            return Race(acts, model.objects.in_office(HANDOVER).filter(**{field: code}).count)
        way = (checked_then_saved, written_by_the_database_alone)[turn % 3]
        rows = [make(world) for make in RIVALS[place]]
        field, code = vacant
        won = model.objects.in_office(HANDOVER).filter(**{field: code}).count
        return Race([way(row) for row in rows], won, *([WITHOUT_OUR_LOCK] if turn % 3 else []))

    return prepare


def numbering(world, _turn):
    """Two documents that bring the same number along."""
    won = Document.objects.filter(number=NUMBER)
    return Race(
        [entering(world.meeting, number=NUMBER) for _ in range(2)],
        lambda: max(won.count(), RegisterNumber.objects.filter(meeting=world.meeting).count()),
    )


def publishing(world, _turn):
    """Two publish the same report."""

    def act(ready):
        report = AnnualReport.objects.get(pk=world.report.pk)
        ready()
        annual_reports.publish(report, None, "At the same moment")

    def winners():
        steps = ReportStep.objects.filter(report=world.report, state="published").count()
        made = ReportFile.objects.filter(report=world.report).count()
        return max(steps, made, Transmission.objects.filter(report=world.report).count() / 3)

    return Race([act, act], winners)


def spending(world, turn):
    """The link to follow, or that of an invitation, opened in two windows."""
    if turn % 2:
        found = Invitation.objects.get(pk=world.invitation.pk)
        act = ready_then(lambda: invitations.accept(found) is not None)
        return Race([act, act], Account.objects.filter(email="lea@example.org").count)
    act = ready_then(lambda: following.confirm(world.link))
    return Race([act, act], Follow.objects.exclude(confirmed_at=None).count)


def importing(world, _turn):
    """The same preview confirmed twice."""
    lea = Representative.objects.filter(person=world.lea)
    return Race([confirming(world.staged), confirming(world.staged)], lea.count)


RACES = {
    "seat": appointing(Representative, "one seat", ("seat", "TDAG2"), ("seat", "RAG1")),
    "Coordinator": appointing(Coordinator, "one subject", ("subject__code", "ACC"), ("subject__code", "EMF")),
    "number": numbering,
    "publishing": publishing,
    "link": spending,
    "import": importing,
}


def fault_of(race, outcomes):
    """What is wrong with how the race ended, in words; empty where one won and the other was refused politely."""
    refused = [outcome for outcome in outcomes if outcome is False or isinstance(outcome, Exception)]
    rude = [error for error in refused if error and not isinstance(_named(error), race.polite)]
    if rude:
        return f"{type(rude[0]).__name__}: {rude[0]}"
    winners = race.winners()
    if (winners, len(outcomes) - len(refused)) != (1, 1):
        return f"{winners} on record, {len(outcomes) - len(refused)} were told that they won"
    return ""


def _named(error):
    return Deadlock() if isinstance(error.__cause__, DeadlockDetected) else error


@contextmanager
def kept(make):
    """A function that makes the record as `make` made it once, whatever was written since; it returns what `make` did.

    The database has its tables and no more.
    """
    with TemporaryDirectory(prefix="iscg-kept-") as folder:
        Path(settings.MEDIA_ROOT).mkdir(exist_ok=True)
        beginning, world = Beginning(), KeptWorld(make, Path(folder))

        def put_back():
            beginning.put_back()
            return world.put_back()

        yield put_back


def race(prepare, put_back, count, seconds):
    """Race so often: {"races", "faults", "seconds", "told"}. `put_back` makes what is raced for, again each time."""
    bounds, faults = Bounds(count, seconds), []
    for turn in bounds:
        prepared = prepare(put_back(), turn)
        if fault := fault_of(prepared, run_at_once(*prepared.acts)):
            faults.append(fault)
    return {"races": bounds.done, "faults": len(faults), "seconds": bounds.seconds, "told": faults[:MOST_TOLD]}


def main(name, count, seconds):
    with kept(standing) as put_back:
        return race(RACES[name], put_back, count, seconds)
