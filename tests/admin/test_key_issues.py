"""Key issues in the admin: entered, answered, closed."""

from datetime import date

import pytest

from reports.models import KeyIssue
from tests import world as w
from tests.admin.conftest import page_of

pytestmark = pytest.mark.django_db


def test_an_issue_is_answered_and_closed_on_its_pages(desk):
    issue = w.key_issue()
    assert desk.get(page_of(issue, "answer")).status_code == 200
    desk.post(page_of(issue, "answer"), {"on": "2025-06-01", "words": "Made up", "reason": "By letter"})
    desk.post(page_of(issue, "close"), {"on": "2025-09-01", "because": "Done"})
    issue = KeyIssue.objects.get()
    assert (issue.answer_en, issue.closed_on) == ("Made up", date(2025, 9, 1))
    assert [row.history_change_reason for row in issue.history.all()[:2]] == ["Done", "By letter"]


def test_a_refusal_is_a_sentence(desk):
    response = desk.post(page_of(w.key_issue(), "answer"), {"on": "2025-01-01", "words": "Early"})
    assert "An answer cannot come before the issue was raised." in response.content.decode()


def test_only_who_may_change_issues_closes_them(clerk):
    browser = clerk("reports.view_keyissue")
    assert browser.get(page_of(w.key_issue(), "close")).status_code == 403
