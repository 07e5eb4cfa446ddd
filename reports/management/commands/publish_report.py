"""`manage.py publish_report CODE --by EMAIL [--reason TEXT]`: the steps up to publication."""

from django.db import transaction

from reports.acts import annual_reports as acts
from reports.management import ReportCommand, account_or_error, report_or_error
from reports.models import AnnualReport


class Command(ReportCommand):
    help = "Publishes a report. A draft is submitted by the account first, which then needs the right to approve it."

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--by", metavar="EMAIL", required=True, help="Who publishes it.")
        parser.add_argument("--reason", default="", help="Why; needed where the same account submitted it.")

    def handle(self, *args, code, by, reason, **options):
        report, account = report_or_error(code), account_or_error(by)
        with transaction.atomic():
            if report.state == AnnualReport.State.DRAFT:
                acts.submit(
                    report, account, reason, is_read=False
                )  # who then needs the right to approve it, and a reason
            if report.state == AnnualReport.State.IN_REVIEW:
                acts.approve(report, account, reason)
            acts.publish(report, account, reason)
        self.print(report)
