"""Opening reports and their corrections in the admin."""

import pytest

from reports.acts import annual_reports as acts
from reports.models import AnnualReport
from tests import world as w

pytestmark = pytest.mark.django_db
OPEN = "/admin/reports/annualreport/open/"


@pytest.fixture
def staff(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    account = w.staff_account()
    client.force_login(account)
    return account


@pytest.fixture
def published(staff):
    report = acts.open_report("2025")
    acts.submit(report)
    acts.approve(report, staff)
    acts.publish(report, staff)
    return report


def test_the_list_offers_to_open_a_report(client, staff):
    assert OPEN in client.get("/admin/reports/annualreport/").content.decode()


def test_a_report_is_opened_for_a_year(client, staff):
    answer = client.post(OPEN, {"period": "2025"})
    report = AnnualReport.objects.get()
    assert (answer.status_code, report.code, report.state) == (302, "2025", "draft")
    assert report.steps.get().by == staff


@pytest.mark.parametrize("period", ["20x5", "2025-12-31..2025-01-01", "2025-01-02..2025-01-01"])
def test_a_period_that_is_none_is_refused_on_the_page(client, staff, period):
    assert "Nothing was saved" in client.post(OPEN, {"period": period}).content.decode()
    assert not AnnualReport.objects.exists()


def test_who_may_not_add_reports_opens_none(client, staff):
    client.force_login(w.account("reader@example.org", is_staff=True))
    assert client.post(OPEN, {"period": "2025"}).status_code == 403


@pytest.mark.parametrize(("variant", "code"), [("Rev", "2025-rev1"), ("Corr", "2025-corr1"), ("Add", "2025-add1")])
def test_a_published_report_is_corrected_by_a_draft_of_its_own(client, published, variant, code):
    address = f"/admin/reports/annualreport/{published.pk}/correct/"
    assert address in client.get(f"/admin/reports/annualreport/{published.pk}/change/").content.decode()
    client.post(address, {"variant": variant, "reason": "A name was wrong"})
    assert published.variants.get().code == code


def test_a_correction_says_why(client, published):
    client.post(f"/admin/reports/annualreport/{published.pk}/correct/", {"variant": "Rev", "reason": ""})
    assert not published.variants.exists()
