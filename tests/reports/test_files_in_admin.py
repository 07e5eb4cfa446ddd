"""The page of a published report says how far each of its files is, and has what failed made again."""

import pytest
from django.utils import timezone

from reports.models import Rendition
from reports.models.report_files import GIVEN_UP_AFTER
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(report_of_2024, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account("keeper@example.org"))
    return report_of_2024


def page(client, report):
    return client.get(f"/admin/reports/annualreport/{report.pk}/change/").content.decode()


def test_says_of_each_file_how_far_it_is(client, report):
    begun = {"claimed_at": timezone.now(), "progress": 70}
    Rendition.objects.filter(kind="pdf").update(state="being made", **begun)
    Rendition.objects.filter(kind="docx").update(state="failed", error="A picture is damaged.")
    text = page(client, report)
    assert "being made, 70 %" in text
    assert "A picture is damaged." in text
    assert "in the queue" in text
    assert "0 of 13 files are made; failed: 6." in text


def test_says_that_a_maker_was_stopped(client, report):
    Rendition.objects.update(state="being made", claimed_at=timezone.now() - 2 * GIVEN_UP_AFTER)
    assert "was stopped halfway" in page(client, report)


def test_loads_itself_while_files_are_made_unless_asked_not_to(client, report):
    address = f"/admin/reports/annualreport/{report.pk}/change/"
    looked = client.get(address)
    assert looked["Refresh"] == f"3;url={address}"
    assert "loads itself again" in looked.content.decode()
    stays = client.get(f"{address}?stay")
    assert "Refresh" not in stays.headers and "Load this page again" in stays.content.decode()
    Rendition.objects.filter(kind="pdf").update(state="failed")
    Rendition.objects.exclude(kind="pdf").delete()
    assert "Refresh" not in client.get(address).headers


def test_a_page_on_which_something_is_typed_does_not_load_itself(client, report):
    Rendition.objects.update(report=w.report_acts.open_report("2026"))
    draft = Rendition.objects.first().report
    assert "Refresh" not in client.get(f"/admin/reports/annualreport/{draft.pk}/change/").headers


def test_has_what_failed_made_again(client, report):
    Rendition.objects.update(state="failed", error="A picture is damaged.")
    client.post(f"/admin/reports/annualreport/{report.pk}/make/", {"_act": "Have them made"})
    assert set(Rendition.objects.values_list("state", "error")) == {("to make", "")}


def test_a_draft_has_no_files_to_make(client, report):
    draft = w.report_acts.open_report("2026")
    assert client.get(f"/admin/reports/annualreport/{draft.pk}/make/").status_code == 404


def test_what_is_published_is_shown_and_cannot_be_saved(client, report):
    text = page(client, report)
    assert 'name="_save"' not in text and "delete/" not in text
    assert "steps taken" in text.lower()


def test_the_page_of_a_draft_leads_to_no_public_page(client, report):
    draft = w.report_acts.open_report("2026")
    assert "View on site" not in page(client, draft)
