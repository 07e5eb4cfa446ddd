"""Two `send_due` at once, then two senders, with a mail server on the loopback: `python -m bench.sending` prints JSON.

On a database of 5,000 accounts and 20,000 reminders, of which those due are said by 1,000 mails.
"""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from threading import Lock

from bench.record import save_all
from bench.servers import ROOT, environment, free_port
from bench.targets import ACCOUNTS, DUE_MAILS, REMINDERS

AT_ONCE = 2
STEPS_OF_AN_END = 3  # reminders of a term that ends: 12, 6 and 1 months before


def fill():
    """Focal Points whose terms end: each is a subject of its own, so that each mail can be told from the others.

    Of those that end in five months one step is due, said to the holder and to one account of the secretariat.
    """
    from iscg_portal.tenure.dates import today
    from members.models import Account, Person
    from subjects.models import FocalPoint, Subject

    persons = save_all(
        [Person(name=f"Mail {n} Testperson", sort_key=f"{n:05}", slug=f"mail-{n}") for n in range(ACCOUNTS - 1)]
    )
    accounts = [Account(email=f"mail-{n}@example.org", password="!", person=who) for n, who in enumerate(persons)]
    staff = Account(email="staff@example.org", password="!", is_staff=True, is_superuser=True)  # may enter who follows
    Account.objects.bulk_create([*accounts, staff])
    terms = -(-REMINDERS // STEPS_OF_AN_END)
    subjects = save_all(
        [Subject(code=f"M{n}", slug=f"m{n}", title_en="Made up", in_r=True, in_t=True) for n in range(terms)]
    )
    on = today()
    soon, later = on + timedelta(days=150), on + timedelta(days=1500)
    save_all(
        [
            FocalPoint(
                subject=subject,
                person=persons[n % len(persons)],
                body="RAG",
                starts_on=on - timedelta(days=900),
                ends_on=soon if n < DUE_MAILS // 2 else later,
                ends_precision="day",
            )
            for n, subject in enumerate(subjects)
        ]
    )


class Arrived:
    """What the mail server got: to whom, the subject line, and the text."""

    def __init__(self):
        self.mails, self.lock = [], Lock()

    async def handle_DATA(self, server, session, envelope):
        from email import message_from_bytes, policy

        mail = message_from_bytes(envelope.content, policy=policy.default)
        with self.lock:
            self.mails.append((mail["To"], mail["Subject"], mail.get_body(("plain",)).get_content()))
        return "250 OK"


def send_at_once(port):
    """Seconds until the last of the processes has ended."""
    settings = environment(os.environ["DATABASE_URL"]) | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    started = time.perf_counter()
    for arguments in (["send_due"], ["send_mail_queue", "--once"]):
        command = [sys.executable, "manage.py", *arguments]
        runs = [subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL) for _ in range(AT_ONCE)]
        statuses = [run.wait() for run in runs]
        if any(statuses):
            raise SystemExit(f"{arguments[0]} failed.")
    return time.perf_counter() - started


def main():
    import logging

    from aiosmtpd.controller import Controller
    from django.db import connection, transaction

    from iscg_portal.mail.models import Mail
    from members.models import Account
    from workspace.models import Reminder
    from workspace.reminders.planning import plan

    logging.getLogger("mail.log").setLevel(logging.WARNING)
    with transaction.atomic():
        fill()
    plan()
    connection.cursor().execute("ANALYZE")
    counts = {"accounts": Account.objects.count(), "reminders": Reminder.objects.count()}
    arrived = Arrived()
    server = Controller(arrived, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        seconds = send_at_once(server.port)
    finally:
        server.stop()
    twice = len(arrived.mails) - len(set(arrived.mails))
    lost = Mail.objects.count() - len(set(arrived.mails))
    print(json.dumps({"seconds": seconds, "mails": len(arrived.mails), "twice": twice, "lost": lost, **counts}))


if __name__ == "__main__":
    import django

    django.setup()
    main()
