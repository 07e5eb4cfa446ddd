"""`manage.py send_mail_queue`: the sender, which stands beside the portal and delivers what the outbox holds."""

import sys

from django.core.management.base import BaseCommand

from workspace.sender import LANES, MAIL, MailLane, WorkLane, deliver


class Command(BaseCommand):
    """Runs until it is told to end; several may run at once, since each mail is claimed."""

    help = (
        "The sender: delivers mails within about a second and beside that, in a second process, reads long imports, "
        "makes the files of published reports and clears what uploads left over. Ends at SIGTERM after what is in hand."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="Send what waits and end; status 1 if the mail server is away."
        )
        parser.add_argument("--lane", choices=LANES, default=MAIL, help="The lane of the work is started by the other.")
        parser.add_argument("--beside", type=int, metavar="PID", help="End with this process, which started it.")

    def handle(self, *args, once, lane, beside, **options):
        if once:
            self._once()
        elif lane == MAIL:
            MailLane(beside).run()
        else:
            WorkLane(beside).run()

    def _once(self):
        done = deliver()
        self.stdout.write(f"{done.sent} sent, {done.failed} refused, {done.postponed} put off, {done.unknown} unknown.")
        if done.server_error:
            self.stderr.write(
                f"The mail server cannot be reached ({done.server_error}); what is left stays in the queue."
            )
            sys.exit(1)
