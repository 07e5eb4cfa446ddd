"""`manage.py send_due`: puts due reminders into the outbox and sends what waits there."""

import sys

from django.core.management.base import BaseCommand

from workspace.models import JoinRequest
from workspace.reminding import plan, queue_due
from workspace.sending import send_waiting


class Command(BaseCommand):
    """Safe to run late, often, and twice at the same time: each reminder and each mail goes once."""

    help = "Put due reminders into the outbox and send what waits there. Exit status 1 if the server took none."

    def handle(self, *args, **options):
        JoinRequest.objects.forget_lapsed()
        plan()
        queued = queue_due()
        done = send_waiting()
        self.stdout.write(
            f"{queued} mails of due reminders; {done.sent} sent, {done.failed} refused, "
            f"{done.postponed} put off, {done.unknown} unknown."
        )
        if done.server_error:
            self.stderr.write(f"The mail server cannot be reached ({done.server_error}); what is left goes on waiting.")
            sys.exit(1)
