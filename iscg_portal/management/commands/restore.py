"""`manage.py restore FILE`: the record and its files as an archive has them."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from iscg_portal.archive.container import ArchiveRefused
from iscg_portal.archive.restore import restore


class Command(BaseCommand):
    """Prints what was restored. Exit status 1 if nothing was."""

    help = "Put database and stored files of an archive in the place of what the portal has; all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", help="The archive that `backup` wrote, on a portal of this version.")
        parser.add_argument(
            "--replace", action="store_true", help="Even if the portal is filled: all that it has goes."
        )
        parser.add_argument(
            "--hold-mail",
            action="store_true",
            help="Mails that were in the queue stay there until staff send them again: for going back to an older day.",
        )

    def handle(self, *args, file, replace, hold_mail, **options):
        try:
            done = restore(file, replace=replace, hold_mail=hold_mail)
        except ArchiveRefused as refusal:
            raise CommandError(str(refusal)) from None
        except (DatabaseError, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from None
        self.stdout.write(f"{file}: {done.rows} rows and {done.files} files, SHA-256 of both {done.sha256}")
        if done.mails:
            held = "wait for staff to send them again" if hold_mail else "are in the queue and will be sent"
            self.stdout.write(f"{done.mails} mails {held}.")
        self.stdout.write("Everybody signs in again. Restart the portal where it runs.")
        if done.lacking:
            listed = "\n".join(done.lacking)
            self.stderr.write(f"These stored files were lacking already when the archive was made:\n{listed}")
