"""The sender, as a process beside the portal: it delivers within seconds, and ends when it is told to."""

import os
import signal
import time

import pytest

from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Letter, Reader, put, write_mail
from tests.mail_server import mail_server
from tests.processes import running, until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings):
    with mail_server(settings) as kept:
        yield kept


@pytest.fixture
def sender(server, settings):
    with running("manage.py", "send_mail_queue", EMAIL_URL=f"smtp://127.0.0.1:{settings.EMAIL_PORT}") as process:
        written("first@example.org")
        until(lambda: server.mails, seconds=60)  # it is up
        yield process


def written(to):
    return put([write_mail(Reader(to), lambda: Letter("A subject", "", "", ["A paragraph."]))])[0]


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
        until(lambda mail=mail: Mail.objects.get(pk=mail.pk).state == "sent", seconds=60)
    assert min(took) < 3


def test_it_ends_with_all_its_lanes_when_it_is_told_to(sender):
    (other,) = until(lambda: children_of(sender.pid))
    sender.send_signal(signal.SIGTERM)
    assert sender.wait(timeout=60) == 0
    until(lambda: not os.path.exists(f"/proc/{other}"))


def test_a_lane_that_died_leaves_the_mails_alone(sender, server):
    (other,) = until(lambda: children_of(sender.pid))
    os.kill(int(other), signal.SIGKILL)
    written("reader@example.org")
    until(lambda: len(server.mails) == 2, seconds=60)


def test_while_nothing_is_to_do_it_costs_next_to_nothing(sender):
    before, began = cpu_of(sender.pid), time.monotonic()
    time.sleep(3)
    assert (cpu_of(sender.pid) - before) / (time.monotonic() - began) < 0.1


def cpu_of(pid):
    """Seconds of the processor that a process has used."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
