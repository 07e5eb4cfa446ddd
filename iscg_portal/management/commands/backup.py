"""`manage.py backup FILE`: database and stored files in one archive, taken while the portal runs."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from iscg_portal.archive.backup import BackupRefused, backup

FILES_LACKING = 3  # what the exit status is where all else is in the archive


class Command(BaseCommand):
    """Prints what was taken. Exit status 1 if there is no archive, 3 if there is one and a stored file is not in it."""

    help = "Write database and stored files into one archive (mode 0600), while the portal goes on."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", help="The archive to write; one that is there is replaced when the new one is whole."
        )

    def handle(self, *args, file, **options):
        try:
            taken = backup(file)
        except (BackupRefused, DatabaseError) as refusal:
            raise CommandError(f"{refusal} There is no new archive.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}. There is no new archive.") from None
        self.stdout.write(f"{file}: {taken.rows} rows and {taken.files} files, SHA-256 of both {taken.sha256}")
        if taken.lacking:
            listed = "\n".join(taken.lacking)
            said = f"Not in the archive, since they are gone or are not what was stored:\n{listed}"
            raise CommandError(said, returncode=FILES_LACKING)
