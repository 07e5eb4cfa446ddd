"""The public pages and files of annual reports: frozen, with hashes; drafts are nowhere."""

import pytest

from iscg_portal.history import Reason
from reports.acts import annual_reports as acts
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return acts.open_report("2025")


@pytest.fixture
def published(draft):
    acts.submit(draft)
    staff = w.staff_account()
    acts.approve(draft, staff)
    acts.publish(draft, staff)
    return draft


@pytest.mark.parametrize(
    "address", ["/en/reports/2025/", "/reports/2025/en.json", "/reports/2025/en.pdf", "/fr/reports/2025/"]
)
def test_a_draft_answers_404(client, draft, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/en/reports/", "/en/reports.json", "/sitemap.xml", "/en/"])
def test_a_draft_is_in_no_list(client, draft, address):
    assert "reports/2025" not in client.get(address).content.decode()


def test_the_page_shows_the_text_and_the_hash_of_its_file(client, published):
    page = client.get("/en/reports/2025/").content.decode()
    assert "Action required" in page and published.content_sha256 in page


def test_the_json_is_the_frozen_content(client, published):
    answer = client.get("/reports/2025/en.json")
    assert b"".join(answer.streaming_content).decode() == published.content
    assert answer["ETag"] == f'"{published.content_sha256}"'


def test_a_withdrawn_report_still_answers_and_says_why(client, published):
    acts.withdraw(published, None, Reason("A call from Geneva", "A test of withdrawals"))
    page = client.get("/en/reports/2025/").content.decode()
    assert "A test of withdrawals" in page and "A call from Geneva" not in page


def test_a_correction_and_what_it_corrects_are_called_by_their_names(client, published):
    corrigendum = acts.correct(published, "Corr", None, "A test")
    acts.submit(corrigendum)
    acts.approve(corrigendum, w.staff_account("other@example.org"))
    acts.publish(corrigendum, w.staff_account("third@example.org"))
    page = client.get(published.get_absolute_url()).content.decode()
    assert f">{corrigendum.code}</a>" not in page and page.count(">Corrigendum 1</a>") == 2
    page = client.get(corrigendum.get_absolute_url()).content.decode()
    assert f">Report of the ISCG for {published.code}</a>" in page


def test_a_report_on_another_period_is_not_called_annual(client):
    report = w.published_report("2024-01-01..2024-06-30")
    page = client.get(report.get_absolute_url()).content.decode()
    assert '<p class="kicker">Report</p>' in page and "Annual report 2024-" not in page


def test_the_report_is_one_click_from_the_home_page_and_in_the_sitemap(client, published):
    assert 'href="/en/reports/"' in client.get("/en/").content.decode()
    assert 'href="/en/reports/2025/"' in client.get("/en/reports/").content.decode()
    assert "/en/reports/2025/" in client.get("/sitemap.xml").content.decode()
