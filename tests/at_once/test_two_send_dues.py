"""`manage.py send_due` twice at the same moment, then two senders: each mail is written once and arrives once."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import today
from tests import world as w
from tests.mail_server import mail_server
from workspace.models import Follow, Reminder

TERMS, FOLLOWERS = 6, 4


@pytest.fixture
def due(transactional_db):
    """Terms that end soon, of holders with accounts, and readers who follow the composition."""
    on = today()
    w.staff_account()
    for number in range(TERMS):
        who = w.person(f"Number {number} Testperson")
        w.account(f"holder{number}@example.org", person=who)
        w.coordinator(w.subject(f"S{number}"), who, on - timedelta(900), on + timedelta(20))
    w.representative("RAG1", who, on - timedelta(1))
    now = timezone.now()
    for number in range(FOLLOWERS):
        Follow.objects.create(email=f"follower{number}@example.org", confirmed_at=now, told_until=on - timedelta(5))
    w.Representative.history.update(history_date=now - timedelta(days=2))


def command(*arguments):
    def run(ready):
        ready()
        printed = io.StringIO()
        call_command(*arguments, stdout=printed, stderr=printed)
        return printed.getvalue()

    return run


def test_each_mail_arrives_once(due, at_once, settings):
    with mail_server(settings) as server:
        assert all("Erased" in said for said in at_once(*[command("send_due")] * 2))
        assert all("sent" in said for said in at_once(*[command("send_mail_queue", "--once")] * 2))
        arrived = sorted((mail["To"], mail["Subject"]) for mail in server.mails)
    assert len(arrived) == len(set(arrived)) == 2 * TERMS + FOLLOWERS
    assert Mail.objects.filter(state="sent").count() == len(arrived)
    assert not Reminder.objects.due().exists()
