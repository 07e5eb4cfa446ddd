"""`manage.py publish_report CODE --by EMAIL [--reason TEXT]`: the steps up to publication."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from reports.acts import annual_reports as acts
from reports.management import account_or_error, lines_of, report_or_error
from reports.models import AnnualReport


class Command(BaseCommand):
    help = "Publishes a report; a draft is submitted for whoever opened it, and approved by the account, first."

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--by", metavar="EMAIL", required=True, help="Who publishes it.")
        parser.add_argument("--reason", default="", help="Why; needed where the same account submitted it.")

    def handle(self, *args, code, by, reason, **options):
        report, account = report_or_error(code), account_or_error(by)
        try:
            with transaction.atomic():
                if report.state == AnnualReport.State.DRAFT:
                    acts.submit(report, acts.submitter(report), reason)
                if report.state == AnnualReport.State.IN_REVIEW:
                    acts.approve(report, account, reason)
                acts.publish(report, account, reason)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        for line in lines_of(report):
            self.stdout.write(line)
