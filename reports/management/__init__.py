"""What the commands of reports read and print."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from reports.composing import notice_of
from reports.models import AnnualReport


def report_or_error(code):
    """The report with this code. Errors: CommandError."""
    report = AnnualReport.objects.filter(code=code).first()
    if report is None:
        raise CommandError(f"There is no report with the code {code}.")
    return report


def account_or_error(email):
    """The active staff account with this address. Errors: CommandError."""
    account = get_user_model().objects.filter(email__iexact=email, is_active=True, is_staff=True).first()
    if account is None:
        raise CommandError(f"No active staff account has the address {email}.")
    return account


class ReportCommand(BaseCommand):
    """What an act refuses is the command's error."""

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None

    def print(self, report):
        """Code, state, that its period is still running, address, and each file with its SHA-256."""
        self.stdout.write(f"{report.code}: {report.state}")
        if not report.is_public and (notice := notice_of(report)):
            self.stdout.write(notice)
        self.stdout.write(f"{settings.SITE_URL}/en/reports/{report.code}/")
        for file in report.files.select_related("stored"):
            self.stdout.write(f"{file.stored_id}  {file.name}")
