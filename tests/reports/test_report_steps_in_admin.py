"""The steps of a report in the admin."""

import pytest
from django.contrib.auth.models import Permission

from reports.acts import annual_reports as acts
from reports.models import AnnualReport
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.REQUIRE_SECOND_FACTOR = False


def step(client, report, name, reason=""):
    address = f"/admin/reports/annualreport/{report.pk}/step/{name}/"
    seen = client.get(address).context["adminform"].form.initial["seen"] if name == "publish" else ""
    return client.post(address, {"reason": reason, "seen": seen})


def test_a_report_is_submitted_approved_and_published_by_another(client):
    report = acts.open_report("2025")
    client.force_login(w.staff_account("writer@example.org"))
    step(client, report, "submit")
    client.force_login(w.staff_account("publisher@example.org"))
    step(client, report, "approve")
    step(client, report, "publish")
    assert AnnualReport.objects.get().state == "published"


def test_the_submitter_is_told_that_somebody_else_publishes(client):
    report = acts.open_report("2025")
    client.force_login(w.staff_account())
    step(client, report, "submit")
    assert "Say why you take this step yourself" in step(client, report, "approve").text
    step(client, report, "approve", "Nobody else is here")
    shown = client.get(f"/admin/reports/annualreport/{report.pk}/change/").text
    assert "By the person who submitted it: Nobody else is here" in shown


def test_the_exception_needs_its_own_right_too(client):
    report = acts.open_report("2025")
    account = w.account("clerk@example.org", is_staff=True)
    for right in ("view", "change", "publish"):
        account.user_permissions.add(Permission.objects.get(codename=f"{right}_annualreport"))
    client.force_login(account)
    acts.submit(report, account)
    address = f"/admin/reports/annualreport/{report.pk}/step/approve/"
    assert "so somebody else approves and publishes it" in client.get(address).text
    assert "so somebody else approves" in client.post(address, {"reason": "In a hurry"}).text
    assert AnnualReport.objects.get().state == "in review"


def test_the_page_of_a_report_offers_its_next_step(client):
    report = acts.open_report("2025")
    client.force_login(w.staff_account())
    page = client.get(f"/admin/reports/annualreport/{report.pk}/change/").content.decode()
    assert f"/admin/reports/annualreport/{report.pk}/step/submit/" in page
