"""Key issues: raised, answered, closed; carried from report to report until then (clause F3)."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from reports.acts.key_issues import answer, close, publish
from reports.models import KeyIssue
from tests import world as w

pytestmark = pytest.mark.django_db

RAISED, LATER, LAST = date(2025, 2, 12), date(2025, 6, 1), date(2025, 9, 1)


def test_an_issue_is_carried_until_the_day_on_which_it_is_closed():
    issue = w.key_issue(raised_on=RAISED, closed_on=LAST, closed_because="Done")
    carried = [KeyIssue.objects.carried_on(day).contains(issue) for day in (date(2025, 2, 11), RAISED, LATER, LAST)]
    assert carried == [False, True, True, False]


def test_its_state_follows_from_its_dates():
    issue = w.key_issue(answer="Yes", answered_on=LATER, closed_on=LAST, closed_because="Done")
    assert [issue.state_on(day) for day in (RAISED, LATER, LAST)] == ["open", "answered", "closed"]


def test_an_answer_leaves_the_issue_to_be_carried():
    issue = w.key_issue(raised_on=RAISED)
    answer(issue, LATER, "Made up")
    assert KeyIssue.objects.carried_on(LAST).get().answer_shown == "Made up"
    assert not KeyIssue.objects.unanswered_on(LAST).exists()


def test_closing_needs_a_reason():
    with pytest.raises(ValidationError, match="and why"):
        close(w.key_issue(), LAST, "  ")


def test_a_closed_issue_takes_no_more_acts():
    issue = w.key_issue()
    close(issue, LAST, "Done")
    with pytest.raises(ValidationError, match="is closed"):
        answer(issue, LAST, "Too late")


def test_an_answer_cannot_come_before_the_issue():
    with pytest.raises(ValidationError, match="before the issue was raised"):
        answer(w.key_issue(raised_on=LATER), RAISED, "Early")


def test_visitors_see_published_issues_only():
    issue = w.key_issue()
    assert not KeyIssue.objects.visible_to(AnonymousUser()).exists()
    publish([issue], LATER)
    assert KeyIssue.objects.visible_to(AnonymousUser()).exists()
