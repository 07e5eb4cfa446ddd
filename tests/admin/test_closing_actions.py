"""An action of a meeting is closed on a page of its own: when, and how it ended."""

from datetime import date

import pytest

from iscg_portal.tenure.dates import print_date, today
from meetings.models import Decision
from tests import world as w
from tests.admin.conftest import page_of

pytestmark = pytest.mark.django_db


def test_an_action_is_closed_with_one_click_from_its_page(desk):
    action = w.taken(w.meeting("25-7"), kind="action")
    page = desk.get(page_of(action)).content.decode()
    assert page_of(action, "close") in page
    assert f'value="{print_date(today())}"' in desk.get(page_of(action, "close")).content.decode()
    desk.post(page_of(action, "close"), {"on": "2025-09-01", "because": "Sent to the groups"})
    action = Decision.objects.get()
    assert (action.closed_on, action.closed_because) == (date(2025, 9, 1), "Sent to the groups")
    assert action.history.first().history_change_reason == "Sent to the groups"
    assert page_of(action, "close") not in desk.get(page_of(action)).content.decode()


def test_what_is_closed_is_not_closed_again(desk):
    action = w.taken(w.meeting("25-7"), kind="action", closed_on=date(2025, 9, 1), closed_because="Done")
    response = desk.post(page_of(action, "close"), {"on": "2025-10-01", "because": "Again"})
    assert "This action is closed." in response.content.decode()


def test_a_decision_stands_and_is_not_closed(desk):
    decision = w.taken(w.meeting("25-7"))
    assert page_of(decision, "close") not in desk.get(page_of(decision)).content.decode()
    response = desk.post(page_of(decision, "close"), {"on": "2025-10-01", "because": "Over"})
    assert "a decision has neither" in response.content.decode()


def test_only_who_may_change_actions_closes_them(clerk):
    browser = clerk("meetings.view_decision")
    assert browser.get(page_of(w.taken(w.meeting("25-7"), kind="action"), "close")).status_code == 403


def test_an_open_action_leads_there_from_list_meeting_and_desk(desk, clerk):
    meeting = w.meeting("25-7")
    action = w.taken(meeting, kind="action", due_on=date(2025, 9, 1))
    decision = w.taken(meeting)
    pages = ["/admin/meetings/decision/", page_of(meeting), "/admin/"]
    for page in pages:
        text = desk.get(page).content.decode()
        assert page_of(action, "close") in text and page_of(decision, "close") not in text, page
    reader = clerk("meetings.view_decision", "meetings.view_meeting")
    for page in pages:
        assert page_of(action, "close") not in reader.get(page).content.decode(), page
