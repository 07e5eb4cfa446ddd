"""Who may write reports does not therefore publish them: that is a right of its own."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from members.staff_groups import make_staff_groups
from reports.acts import annual_reports as acts
from reports.acts import archive
from reports.models import AnnualReport
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def assistant():
    """Somebody who may do everything with reports but make them public."""
    account = w.account("assistant@example.org", is_staff=True)
    rights = Permission.objects.filter(content_type__app_label="reports")
    account.user_permissions.set(rights.exclude(codename="publish_annualreport"))
    return account


@pytest.fixture
def in_review():
    report = acts.open_report("2025")
    acts.submit(report)
    return report


def refused(act, *given):
    with pytest.raises(ValidationError, match="not approve, publish or withdraw"):
        act(*given)
    return True


def test_an_assistant_writes_and_submits_and_makes_nothing_public(assistant, in_review):
    assert refused(acts.approve, in_review, assistant)
    acts.approve(in_review, None)
    assert refused(acts.publish, in_review, assistant)
    acts.publish(in_review, None, "Made up")
    assert refused(acts.withdraw, in_review, assistant, "Why not")
    assert AnnualReport.objects.get().state == "published"


def test_an_assistant_puts_nothing_in_the_archive(assistant):
    with pytest.raises(ValidationError, match="not approve, publish or withdraw"):
        archive.put_in_archive("2019", None, None, "en", by=assistant)


def test_the_command_asks_for_the_right_too(assistant, in_review):
    with pytest.raises(CommandError, match="not approve, publish or withdraw"):
        call_command("publish_report", "2025", by="assistant@example.org")
    assert AnnualReport.objects.get().state == "in review"


def test_the_command_publishes_no_draft_for_one_person_without_the_right_to_that(assistant):
    assistant.user_permissions.remove(Permission.objects.get(codename="approve_own_annualreport"))
    assistant.user_permissions.add(Permission.objects.get(codename="publish_annualreport"))
    acts.open_report("2025")
    with pytest.raises(CommandError, match="somebody else approves and publishes it"):
        call_command("publish_report", "2025", by="assistant@example.org", reason="In a hurry")
    assert AnnualReport.objects.get().state == "draft"


def test_the_admin_offers_an_assistant_no_step_that_publishes(client, assistant, in_review):
    client.force_login(assistant)
    page = client.get(f"/admin/reports/annualreport/{in_review.pk}/change/").content.decode()
    assert "Annual report" in page and "step/send-back/" not in page and "step/approve/" not in page
    assert client.post(f"/admin/reports/annualreport/{in_review.pk}/step/approve/", {}).status_code == 403
    assert client.get("/admin/reports/annualreport/archive/").status_code == 403


def test_who_keeps_the_record_may_publish(client, in_review):
    make_staff_groups()
    keeper = w.account("keeper@example.org", is_staff=True)
    keeper.groups.add(Group.objects.get(name="Secretariat: keeps the record"))
    acts.approve(in_review, keeper)
    acts.publish(in_review, keeper)
    assert AnnualReport.objects.get().state == "published"
