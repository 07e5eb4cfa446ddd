"""The sender, as a process beside the portal: it delivers within seconds, and ends when it is told to."""

import os
import signal
import subprocess
import time
from types import SimpleNamespace

import pytest

from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Letter, Reader, put, write_mail
from tests.mail_server import mail_server
from tests.processes import running, until
from workspace.sender import MailLane

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def both(django_db_setup):
    """A sender, and the mail server to which it sends; the same for all tests, of which the last ends it."""
    told = SimpleNamespace()
    with mail_server(told) as server:
        with running("manage.py", "send_mail_queue", EMAIL_URL=f"smtp://127.0.0.1:{told.EMAIL_PORT}") as process:
            yield process, server


@pytest.fixture
def server(both):
    return both[1]


@pytest.fixture
def sender(both, transactional_db):
    process, server = both
    server.mails.clear()
    first = written("first@example.org")
    until(lambda: is_sent(first), seconds=60)
    return process


def written(to):
    return put([write_mail(Reader(to), lambda: Letter("A subject", "", "", ["A paragraph."]))])[0]


def is_sent(mail):
    return Mail.objects.get(pk=mail.pk).state == "sent"


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return children.read().split()


def test_what_a_request_writes_is_delivered_within_about_a_second(sender, server):
    took = []
    for number in range(3):  # another process may have had its turn
        began = time.monotonic()
        mail = written("reader@example.org")
        until(lambda number=number: len(server.mails) == 2 + number, seconds=60)
        took.append(time.monotonic() - began)
        until(lambda mail=mail: is_sent(mail), seconds=60)
    assert min(took) < 3


def test_while_nothing_is_to_do_it_costs_next_to_nothing(sender):
    before, began = cpu_of(sender.pid), time.monotonic()
    time.sleep(2)
    assert (cpu_of(sender.pid) - before) / (time.monotonic() - began) < 0.1


def cpu_of(pid):
    """Seconds of the processor that a process has used."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_it_ends_with_all_its_lanes_when_it_is_told_to(sender):
    """The last of those that share the sender."""
    (other,) = until(lambda: children_of(sender.pid))
    sender.send_signal(signal.SIGTERM)
    assert sender.wait(timeout=60) == 0
    until(lambda: not os.path.exists(f"/proc/{other}"), seconds=60)


def test_a_lane_that_died_leaves_the_mails_alone(both, transactional_db, settings):
    both[0].terminate()  # else it would send too
    both[0].wait(timeout=60)
    lane, mail = MailLane(), written("reader@example.org")
    lane.other, lane.started_at = subprocess.Popen(["false"]), time.monotonic()
    lane.other.wait()
    with mail_server(settings) as server:
        lane.turn()
    assert is_sent(mail) and len(server.mails) == 1
