"""`manage.py send_due`: puts due reminders and mails to followers into the outbox, and sends the queue."""

import sys

from django.core.management.base import BaseCommand

from iscg_portal.mail.sending import send_waiting
from reports.acts.transmissions import record_what_went
from workspace.access.erasing import erase_what_is_over
from workspace.following.acts import mail_followers
from workspace.reminders.planning import plan, queue_due


class Command(BaseCommand):
    """Safe to run late, often, and twice at the same time: each reminder and each mail goes once.

    It also erases personal data that is no longer needed, so that no other job is needed for that.
    """

    help = (
        "Put due reminders and what followers want to hear into the outbox, send what waits there, and erase personal "
        "data whose time is over. Exit status 1 if the mail server cannot be reached."
    )

    def handle(self, *args, **options):
        plan()
        queued, told = queue_due(), mail_followers()
        erased = erase_what_is_over()
        done = send_waiting()
        record_what_went()
        self.stdout.write(
            f"{queued} mails of due reminders, {told} to followers; {done.sent} sent, {done.failed} refused, "
            f"{done.postponed} put off, {done.unknown} unknown. Erased: contact data of {erased.contact_data} persons, "
            f"{erased.mails} mails, {erased.requests} unconfirmed requests, {erased.participants} participants, "
            f"{erased.invitations} invitations, {erased.accounts} accounts, {erased.sessions} sessions."
        )
        if done.server_error:
            self.stderr.write(
                f"The mail server cannot be reached ({done.server_error}); what is left stays in the queue."
            )
            sys.exit(1)
