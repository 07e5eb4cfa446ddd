"""`manage.py import_data MODEL FILE [--dry-run] [--by EMAIL] [--reason …] [--public-reason …]`: import for scripts."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from iscg_portal.acts import one_act
from iscg_portal.history import Reason
from iscg_portal.importing.formats import read_file
from iscg_portal.importing.preview import CHANGED, REFUSED, UNCHANGED
from iscg_portal.importing.registry import all_resources, resource_for
from iscg_portal.importing.rows import RowsRefused, judge, write
from iscg_portal.importing.sheet import FILE_BYTES


class Command(BaseCommand):
    """Prints the preview; writes all or nothing. Exit status 1 if anything is refused."""

    help = "Import a CSV or XLSX file as the admin does: each row added, changed, unchanged or refused."

    def add_arguments(self, parser):
        names = sorted(resource.model()._meta.object_name for resource in all_resources().values())
        parser.add_argument("model", help=f"One of {', '.join(names)}.")
        parser.add_argument("file", help="The CSV or XLSX file.")
        parser.add_argument("--dry-run", action="store_true", help="Print the preview and write nothing.")
        parser.add_argument("--by", metavar="EMAIL", help="The account that goes into the history.")
        parser.add_argument("--reason", default="", help="The reason that goes into the history; only staff read it.")
        parser.add_argument("--public-reason", default="", help="The reason that the public reads with a correction.")

    def handle(self, *args, model, file, dry_run, by, reason, public_reason, **options):
        try:
            model = resource_for(model).model()
        except LookupError as error:
            raise CommandError(str(error)) from None
        path = Path(file)
        account = _account(by) if by else None
        try:
            sheet = read_file(_content(path))
            if dry_run:
                preview = judge(model, sheet)
            else:
                why = Reason(reason or f"Imported from {path.name}", public_reason)
                with one_act():
                    preview = write(model, sheet, reason=why, by=account)
        except RowsRefused as refusal:
            preview = refusal.preview
        except ValidationError as error:
            raise CommandError("\n".join([*error.messages, "Nothing was written."])) from None
        except OperationalError:
            raise CommandError("The database is busy. Nothing was written; try again.") from None
        self._print(preview, dry_run)

    def _print(self, preview, dry_run):
        for remark in preview.remarks:
            self.stdout.write(remark)
        for row in preview.rows:
            if row.verdict != UNCHANGED or row.remarks:
                self.stdout.write("\n".join(_lines(row)))
        self.stdout.write(", ".join(f"{count} {verdict}" for verdict, count in preview.counts.items()))
        if not preview.is_accepted:
            raise CommandError("Nothing was written.")
        if dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")


def _content(path):
    try:
        with path.open("rb") as file:
            return file.read(FILE_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None


def _account(email):
    account = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
    if account is None:
        raise CommandError(f"No active account has the e-mail address {email}.")
    return account


def _lines(row):
    yield f"Row {row.number}: {row.verdict}{f', {row.record}' if row.record else ''}"
    if row.verdict == REFUSED:
        for problem in row.problems:
            place = " ".join(part for part in (problem.cell, problem.column) if part)
            yield f"  {place + ': ' if place else ''}{problem.sentence}"
    elif row.verdict == CHANGED:
        for change in row.changes:
            yield f"  {change.column}: {change.old or '(empty)'} -> {change.new or '(empty)'}"
    for remark in row.remarks:
        yield f"  {remark}"
