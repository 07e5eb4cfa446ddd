"""What the commands of reports read and print."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

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


def lines_of(report):
    """Code, state, address, and each file with its SHA-256."""
    yield f"{report.code}: {report.state}"
    yield f"{settings.SITE_URL}/en/reports/{report.code}/"
    for file in report.files.select_related("stored"):
        yield f"{file.stored_id}  {file.name}"
