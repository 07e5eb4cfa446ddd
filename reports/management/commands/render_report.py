"""`manage.py render_report [CODE]`: the PDF and DOCX of published reports, from their frozen content."""

from django.core.management.base import CommandError

from reports.management import ReportCommand, report_or_error
from reports.rendering import make_due, render
from reports.renditions import RenditionError


class Command(ReportCommand):
    help = "Makes the files that a published report lacks. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="CODE", nargs="?", help="One report; without it, whatever is due.")

    def handle(self, *args, code, **options):
        if not code:
            self._all_due()
            return
        report = report_or_error(code)
        if not report.content:
            raise CommandError(f"{code} is not published: nothing is frozen that files could be made from.")
        try:
            render(report)
        except RenditionError as error:
            raise CommandError(str(error)) from None
        self.print(report)

    def _all_due(self):
        failed = 0
        for rendition in make_due():
            failed += bool(rendition.error)
            self.stdout.write(f"{rendition}: {rendition.error or rendition.get_state_display()}")
        if failed:
            raise CommandError(f"{failed} could not be made.")
