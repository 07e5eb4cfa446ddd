"""The steps of a report in the admin."""

import pytest

from reports.acts import annual_reports as acts
from reports.models import AnnualReport
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.REQUIRE_SECOND_FACTOR = False


def step(client, report, name, reason=""):
    address = f"/admin/reports/annualreport/{report.pk}/step/{name}/"
    form = client.get(address).context["adminform"].form
    return client.post(address, {"reason": reason, "seen": form.initial.get("seen", "")})


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
    for name in ("submit", "approve"):
        step(client, report, name)
    assert "somebody else publishes it" in step(client, report, "publish").content.decode()


def test_the_page_of_a_report_offers_its_next_step(client):
    report = acts.open_report("2025")
    client.force_login(w.staff_account())
    page = client.get(f"/admin/reports/annualreport/{report.pk}/change/").content.decode()
    assert f"/admin/reports/annualreport/{report.pk}/step/submit/" in page
