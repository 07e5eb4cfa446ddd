"""`manage.py clean_texts [--dry-run]`: cleans the texts that were entered before the rule that cleans them."""

from django.core.management.base import BaseCommand

from iscg_portal.old_texts import clean_old_texts


class Command(BaseCommand):
    """Says what it changed, text by text; the history of each row has it. Safe to run again."""

    help = (
        "Clean names and texts that an older version took as they were typed: one form of accents, plain spaces, "
        "nothing unseen. What cannot be cleaned, since another record has the clean text, stays and stands on the desk."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say what would be changed, and change nothing.")

    def handle(self, *args, dry_run, **options):
        found = clean_old_texts(write=not dry_run)
        for old in found:
            for field, (before, after) in old.texts.items():
                self.stdout.write(
                    f"{old.row._meta.label} {old.row.pk}, {field.name}: {ascii(before)} -> {ascii(after)}"
                )
            if old.refusal:
                self.stdout.write(f"  not changed: {old.refusal}")
        texts = sum(len(old.texts) for old in found if not old.refusal)
        self.stdout.write(f"{texts} texts {'would be cleaned' if dry_run else 'cleaned'}.")
        if any(old.refusal for old in found):
            self.stdout.write("What was not changed stands on the desk.")
