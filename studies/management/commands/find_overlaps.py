"""`manage.py find_overlaps`: looks for overlaps and gaps at once, as the sender does when the record has changed."""

import sys

from django.core.management.base import BaseCommand

from studies.models import StudyFinding
from studies.overlaps.finder import look_through


class Command(BaseCommand):
    """It changes no record: what it finds stands on the desk until it is decided, or is so no longer."""

    help = "Look for overlaps and gaps in the mapping of studies. Exit status 1 if a part could not be looked at."

    def handle(self, *args, **options):
        run = look_through()
        found = StudyFinding.objects.found(run.day)
        for kind, label in StudyFinding.Kind.choices:
            self.stdout.write(f"{found.filter(kind=kind).count():6}  {label}")
        self.stdout.write(f"Looked through in {run.seconds} seconds.")
        if run.failed:
            self.stderr.write(f"Could not be looked at: {', '.join(run.failed)}; the log says why.")
            sys.exit(1)
