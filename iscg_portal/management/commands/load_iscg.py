"""`manage.py load_iscg`: the shipped initial data, safe to run again."""

from django.core.management.base import BaseCommand

from iscg_portal import shipped
from iscg_portal.search.indexing import mend


class Command(BaseCommand):
    """Loads each shipped fact once; never overwrites, doubles or revives what staff changed or removed."""

    help = (
        "Load the shipped data of the ISCG. Safe to run again: it adds what is new, fills in once what was blank in "
        "rows that nobody touched, and offers corrections on the desk; it overwrites nothing."
    )

    def handle(self, *args, **options):
        outcome = shipped.load()
        mend()
        self.stdout.write(f"Shipped data: {outcome.added} added, {outcome.already_there} already there.")
        if outcome.filled or outcome.offered:
            self.stdout.write(f"{outcome.filled} rows filled in, {outcome.offered} corrections wait on the desk.")
        for key, sentence in outcome.left_out.items():
            self.stderr.write(f"Left out {key}: {sentence}")
