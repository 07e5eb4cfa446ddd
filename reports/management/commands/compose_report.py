"""`manage.py compose_report PERIOD`: the draft of a report, made from the record."""

from reports.acts.annual_reports import open_report, read_period
from reports.management import ReportCommand
from reports.models import AnnualReport


class Command(ReportCommand):
    help = "Opens the draft of the report for a year or FROM..TO; a draft that is there already is kept as it is."

    def add_arguments(self, parser):
        parser.add_argument("period", metavar="PERIOD", help="A year, or FROM..TO as in 2025-01-01..2025-06-30.")

    def handle(self, *args, period, **options):
        code = read_period(period)[-1]
        self.print(AnnualReport.objects.filter(code=code).first() or open_report(period))
