"""`manage.py send_due`: puts due reminders and mails to followers into the outbox, and clears what is over."""

from django.core.management.base import BaseCommand

from iscg_portal.files.leftovers import clear_leftovers
from workspace.access.erasing import erase_what_is_over
from workspace.following.acts import mail_followers
from workspace.reminders.planning import plan, queue_due


class Command(BaseCommand):
    """Safe to run late, often, and twice at the same time: each reminder and each mail is written once.

    It also erases personal data that is no longer needed, so that no other job is needed for that.
    """

    help = (
        "Put due reminders and what followers want to hear into the outbox, erase personal data whose time is over, "
        "and clear what uploads left over. The sender (send_mail_queue) delivers."
    )

    def handle(self, *args, **options):
        plan()
        queued, mailed = queue_due(), mail_followers()
        erased = erase_what_is_over()
        files = clear_leftovers()
        self.stdout.write(
            f"{queued} mails of due reminders, {mailed} to followers put into the outbox. "
            f"Erased: contact data of {erased.contact_data} persons, "
            f"{erased.mails} mails, {erased.requests} unconfirmed requests, {erased.participants} participants, "
            f"{erased.invitations} invitations, {erased.accounts} accounts, {erased.sessions} sessions, "
            f"{files} files left over."
        )
