"""`manage.py render_report CODE`: the PDF and DOCX of a published report, from its frozen content."""

from django.core.management.base import BaseCommand, CommandError

from reports.command_words import lines_of, report_or_error
from reports.renditions.errors import RenditionError


class Command(BaseCommand):
    help = "Makes the files that a published report lacks. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="CODE")

    def handle(self, *args, code, **options):
        from reports.rendering import render  # heavy libraries, and only here

        report = report_or_error(code)
        if not report.content:
            raise CommandError(f"{code} is not published: nothing is frozen that files could be made from.")
        try:
            render(report)
        except RenditionError as error:
            raise CommandError(str(error)) from None
        for line in lines_of(report):
            self.stdout.write(line)
