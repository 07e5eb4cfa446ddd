"""Two savings, submissions or decisions on one Coordinator's report at the same moment: one counts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from iscg_portal.mail.models import Mail
from reports.models import CoordinatorReport
from tests import world as build
from workspace.drafts.acts import accept, keep, refuse, submit
from workspace.drafts.own_reports import asked_report
from workspace.models import ReportDraft

DAY = date(2025, 2, 12)


@pytest.fixture
def account(standing):
    """The account of EMF's Coordinator; the group meets in 25-1."""
    build.meeting("25-1")
    return build.account("ina@example.org", person=standing.ina)


def saving(account, text):
    """One window saves its text over the version that it knows."""

    def act(ready):
        own = asked_report(account, "emf", "25-1", DAY)
        seen, texts = own.version, dict.fromkeys(ReportDraft.TEXTS, "") | {"results": text}
        ready()
        return keep(own, texts, seen)

    return act


def handing_in(ready):
    """One window submits."""
    draft = ReportDraft.objects.get()
    ready()
    return submit(draft)


def deciding(decide, by):
    """One colleague decides on what waits."""

    def act(ready):
        draft = ReportDraft.objects.get()
        ready()
        return decide(draft, draft.version, reason="At the same moment", by=by) or "done"

    return act


def assert_one_counts(outcomes):
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    others = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    assert (len(others), len(refused)) == (1, 1), outcomes


def test_of_two_first_savings_one_is_kept(account, at_once):
    assert_one_counts(at_once(saving(account, "One"), saving(account, "Other")))
    assert ReportDraft.objects.get().version == 1


def test_of_two_later_savings_one_is_kept(account, at_once):
    keep(asked_report(account, "emf", "25-1", DAY), dict.fromkeys(ReportDraft.TEXTS, "First"), 0)
    assert_one_counts(at_once(saving(account, "One"), saving(account, "Other")))
    assert ReportDraft.objects.get().version == 2


def test_of_two_submissions_one_is_taken(account, at_once):
    keep(asked_report(account, "emf", "25-1", DAY), dict.fromkeys(ReportDraft.TEXTS, "First"), 0)
    assert_one_counts(at_once(handing_in, handing_in))


@pytest.mark.parametrize("second", [accept, refuse])
def test_of_two_decisions_one_counts(account, standing, at_once, second):
    keep(asked_report(account, "emf", "25-1", DAY), dict.fromkeys(ReportDraft.TEXTS, "First"), 0)
    ReportDraft.objects.update(state="submitted", submitted_at=timezone.now())
    colleague = build.staff_account("other@example.org")
    assert_one_counts(at_once(deciding(accept, standing.staff), deciding(second, colleague)))
    accepted = ReportDraft.objects.get().state == "accepted"
    assert CoordinatorReport.objects.count() == accepted
    assert Mail.objects.count() == 1
