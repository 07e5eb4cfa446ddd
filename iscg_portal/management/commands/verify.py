"""`manage.py verify`: reads every stored and frozen file again, and compares what is published with the record."""

from django.core.management.base import BaseCommand, CommandError

from iscg_portal.integrity.findings import words
from iscg_portal.integrity.verifying import verify
from iscg_portal.search.indexing import make_anew


class Command(BaseCommand):
    """Prints one line a finding; exit status 1 if there is one. They stand on the desk until the next time."""

    help = "Read every stored and frozen file again, and compare what is published with the record."

    def add_arguments(self, parser):
        parser.add_argument("--repair-index", action="store_true", help="Make the index of the search anew.")

    def handle(self, *args, repair_index, **options):
        if repair_index:
            self.stdout.write(f"The index of the search was made anew: {make_anew()} entries.")
        found = verify()
        for finding in found:
            self.stdout.write(words(finding))
        if found:
            raise CommandError(f"Findings: {len(found)}. They stand on the desk.")
        self.stdout.write("Every stored file and published report is as it was stored.")
