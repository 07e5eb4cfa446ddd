"""`make torture` in small: each part runs, and says so where the portal is at fault."""

import os
import socket
import threading
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from psycopg2.errors import DeadlockDetected

from members.models import Person
from tests.processes import serving
from torture import __main__ as torture
from torture import hostile, kills, memory, races, writers
from torture.bounds import Bounds
from torture.requests import GENERATORS, Target

ANYBODY = Target(["/en/", "/admin/members/person/1/change/", "/en/subjects.json"], [""])
on_both = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="session")
def kept_standing(kept):
    return kept(races.standing)


@pytest.fixture(scope="session")
def kept_published(kept):
    return kept(kills.published)


@pytest.mark.parametrize("part", torture.PARTS)
def test_each_part_is_a_module_that_runs_in_a_process_of_its_own(part):
    assert callable(import_module(f"torture.{part}").main)


@pytest.fixture
def put_back(transactional_db, django_db_setup, kept_standing, kept_published, kept_roles):
    """`put_back(make)`: a function that makes the record as `make` made it, whatever was written since."""
    worlds = {races.standing: kept_standing, kills.published: kept_published, kills.standing_roles: kept_roles}

    def of(make):
        def again():
            django_db_setup.put_back()
            return worlds[make].put_back()

        return again

    return of


@contextmanager
def answering(answer):
    """The port of a server that says the same to everybody, and hangs up."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listening:

        def serve():
            while True:
                try:
                    asked = listening.accept()[0]
                except OSError:  # closed
                    return
                with asked:
                    asked.recv(1_000_000)
                    asked.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


@pytest.mark.parametrize(
    ("answer", "is_fault"),
    [(b"HTTP/1.1 500 Oops\r\n\r\n", True), (b"HTTP/1.1 503 Away\r\n\r\n", True), (b"", True), (b"no", True)]
    + [(b"HTTP/1.1 404 Not Found\r\n\r\n", False), (b"HTTP/1.1 501 Not HTTP\r\n\r\n", False)],
)
def test_an_error_of_ours_and_no_answer_are_faults_of_a_hostile_request(answer, is_fault):
    with answering(answer) as port:
        found = hostile.attack(port, ANYBODY, 4, 60, askers=2)
    assert (found["asked"], found["faults"]) == (4, 4 * is_fault)
    assert len(found["told"]) == found["faults"]


def test_each_traceback_of_a_log_is_told_once_with_its_request():
    fault = ["Traceback (most recent call last):\n", '  File "x.py", line 1, in y\n', "ValueError: no\n"]
    other = [*fault[:2], "KeyError: 1\n", "\n", "During handling, another occurred:\n", "\n", *fault]
    log = ["ERROR /admin/\n", *fault, "WARNING Not Found\n", "ERROR /en/\n", *fault, *fault, "ERROR /ar/\n", *other]
    told = hostile.tracebacks(log)
    assert [text.partition("\n")[0] for text in told] == ["ERROR /admin/", "ERROR /ar/"]
    assert told[0].endswith("ValueError: no\n")


@on_both
def test_the_portal_has_no_error_for_one_of_each_kind_of_hostile_request(roles):
    target = Target(hostile.targets(), hostile.cookies())
    with serving(workers=1, REQUIRE_SECOND_FACTOR="off") as (address, _process):
        found = hostile.attack(int(address.rpartition(":")[2]), target, 2 * len(GENERATORS), 60, askers=1)
    assert (found["asked"], found["told"]) == (2 * len(GENERATORS), [])
    assert len(target.addresses) > 300


@pytest.mark.long  # tests/at_once/ holds them
@on_both
@pytest.mark.parametrize("name", races.RACES)
def test_a_race_has_one_winner(put_back, name):
    found = races.race(races.RACES[name], put_back(races.standing), 3, 60)
    assert (found["races"], found["told"]) == (3, [])


@on_both
@pytest.mark.parametrize(
    ("winners", "outcomes", "said"),
    [
        (2, [None, ValidationError("No.")], "2 on record, 1 were told"),
        (1, [None, None], "1 on record, 2 were told"),
        (0, [ValidationError("No."), False], "0 on record, 0 were told"),
        (1, [None, OperationalError("database is locked")], "OperationalError: database is locked"),
    ],
)
def test_two_winners_none_and_a_rude_refusal_are_faults_of_a_race(winners, outcomes, said):
    unfair = races.Race([play(outcome) for outcome in outcomes], lambda: winners)
    found = races.race(lambda world, turn: unfair, lambda: None, 1, 60)
    assert (found["races"], found["faults"]) == (1, 1)
    assert found["told"][0].startswith(said)


@pytest.mark.parametrize(("polite", "is_fault"), [([], True), ([races.WITHOUT_OUR_LOCK], False)])
def test_a_deadlock_is_a_fault_unless_no_lock_of_ours_was_taken(polite, is_fault):
    deadlock = OperationalError("deadlock detected")
    deadlock.__cause__ = DeadlockDetected()
    assert bool(races.fault_of(races.Race([], lambda: 1, *polite), [None, deadlock])) == is_fault


def play(outcome):
    def act(ready):
        ready()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return act


@pytest.mark.long  # tests/kills.py is tried by the tests of each act
@on_both
@pytest.mark.parametrize("name", kills.ACTS)
def test_a_killed_act_is_done_or_not_done(put_back, name):
    act = kills.ACTS[name]
    found = kills.kill(act, put_back(act.make), 1, 60)
    assert found["steps"] > 10
    assert found["told"] == []


class HalfDone(kills.Importing):
    """Two persons, each written for itself."""

    def run(self):
        for number in (1, 2):
            with transaction.atomic():
                Person.objects.get_or_create(slug=f"made-up-{number}", defaults={"name": "Made up", "sort_key": "x"})


class Lost(HalfDone):
    """What was not written is not written the second time either."""

    def finish(self):
        self.run = lambda: None
        return super().finish()


class Doubled(HalfDone):
    """One person more each time."""

    def run(self):
        Person.objects.create(slug=f"made-up-{Person.objects.count()}", name="Made up", sort_key="x")


@on_both
@pytest.mark.parametrize(("act", "said"), [(HalfDone, "some of it"), (Lost, "done again"), (Doubled, "done again")])
def test_half_done_lost_and_doubled_are_faults_of_a_kill(put_back, act, said):
    found = kills.kill(act, put_back(act.make), 8, 60)
    assert said in " ".join(found["told"])


@on_both
def test_a_mail_that_arrives_twice_or_never_is_a_fault(put_back):
    with ExitStack() as stack:
        act = kills.Sending(put_back(races.standing), stack)
        act.begin()
        act.server.mails += [{"To": "reader0@example.org"}] * 2
        assert act.fault() == "a mail arrived twice"
        act.server.mails.clear()
        assert act.finish() == ""
        act.server.mails.clear()
        assert act.fault() == "a mail is called sent and is not"


def test_a_worker_is_weighed_while_it_is_asked():
    with answering(b"HTTP/1.1 200 OK\r\n\r\n") as port:
        found = memory.weigh(port, os.getpid(), ANYBODY, 4, 2, 60)
    assert [asked for asked, _weight in found] == [2, 4]
    assert all(megabytes > 1 for _asked, megabytes in found)


def test_a_worker_that_grows_is_marked(capsys):
    run = a_run(SQLite=[[50, 100.0], [500, 106.0]])
    torture.memory(run)
    assert run.report.missed == 1
    assert "6.0 !" in capsys.readouterr().out


def portal_that_finds(found):
    return SimpleNamespace(new=lambda *_named: SimpleNamespace(run=lambda *_asked: found))


def a_run(scale=0.01, **found):
    """A run whose portals find this."""
    portals = {kind: portal_that_finds(one) for kind, one in found.items()}
    return torture.Run(portals, Path("/nowhere"), scale, 1)


def test_what_was_not_reached_is_said_and_no_fault():
    run = a_run(SQLite={"asked": 7, "faults": 0, "statuses": {"200": 7}, "told": []})
    torture.hostile(run)
    assert (run.report.missed, run.short) == (0, True)


@pytest.mark.parametrize(("faults", "slow", "missed"), [(0, 0.005, 0), (1, 0, 1), (0, 0.02, 1)])
def test_locked_and_slow_writers_are_marked(faults, slow, missed):
    found = {"writes": 100, "reads": 50, "slow": slow, "slowest": 3.0, "faults": faults, "told": []}
    run = a_run(SQLite=found)
    torture.writers(run)
    assert run.report.missed == missed


@on_both
def test_writers_and_a_reader_at_once_see_no_lock(world, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    found = writers.work(1, (writers.write, writers.enter, writers.read))
    assert found["writes"] >= 2 and found["reads"] >= 2
    assert found["told"] == []


def locked(number, ends):
    answer = SimpleNamespace(status_code=200, content=b"database is locked")
    return [("reading", 0.1, writers.fault_of(answer)), ("saving", 5.0, "")]


@on_both
def test_a_page_that_says_locked_is_a_fault_and_a_long_wait_is_slow():
    found = writers.work(0, (locked,))
    assert (found["faults"], found["slow"]) == (1, 0.5)


def test_a_part_ends_with_its_time():
    bounds = Bounds(1000, 0)
    assert (list(bounds), bounds.done) == ([], 0)


def test_there_is_no_other_part():
    with pytest.raises(SystemExit):
        torture.main(["nothing"])
