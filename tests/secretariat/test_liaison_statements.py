"""Liaison statements whose answer is overdue: on the desk, in `manage.py attention`, and gone once it is there."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse

from meetings.acts import register
from secretariat.attention import attention
from secretariat.checks.answers import ask_liaison
from secretariat.desk import desk
from tests import world as w

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 2)
ASKED = {"action": ["ITU-T SG99"], "comment": ["Testorg"], "information": ["ISCG"]}


@pytest.fixture
def statement():
    """Asks two groups for something by 1 March 2025."""
    document = w.document(w.meeting("25-1"), type="liaison statement")
    return w.liaison(document, deadline_on=date(2025, 3, 1), **ASKED)


def said(on=DAY):
    return [finding.sentence for finding in attention(on, clause="S1")]


def answer(statement, **fields):
    document = w.document(statement.document.meeting, type="liaison statement", **fields)
    return w.liaison(document, in_reply_to=statement)


def test_an_answer_is_overdue_once_its_day_is_past(statement):
    assert said(date(2025, 3, 1)) == []
    assert said() == ["ISCG/25-1/01: no answer of ITU-T SG99, Testorg, who were asked for it by 1 March 2025."]


def test_a_statement_for_information_waits_for_nothing():
    w.liaison(w.document(w.meeting(), type="liaison statement"), deadline_on=date(2025, 3, 1), information=["ISCG"])
    assert said() == []


def test_an_answer_ends_it_unless_it_is_a_draft_or_withdrawn(statement):
    draft = answer(statement, visibility="draft")
    assert len(said()) == 1
    draft.document.visibility = "public"
    w.saved(draft.document)
    assert said() == []
    register.withdraw(draft.document, DAY, "A test")
    assert len(said()) == 1


def test_a_withdrawn_statement_asks_nothing_more(statement):
    register.withdraw(statement.document, DAY, "A test")
    assert said() == []


def test_the_finding_leads_to_the_statement_s_page(statement):
    [finding] = ask_liaison(DAY)
    assert finding.url == reverse("admin:meetings_liaisonstatement_change", args=[statement.pk])


def test_the_desk_and_the_command_tell_it(statement):
    clauses = {clause.id: clause for clause in desk(w.staff_account(), DAY).clauses}
    assert clauses["S1"].headings[0] == "1 liaison statement waits for an overdue answer"
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("attention", "--on", "2025-03-02", stdout=out)
    assert "no answer of ITU-T SG99" in out.getvalue()


def test_a_restricted_statement_is_told_to_those_alone_who_may_see_it(statement):
    statement.document.visibility = "restricted"
    w.saved(statement.document)
    clerk = w.account("clerk@example.org", is_staff=True)
    assert list(ask_liaison(DAY, clerk)) == []
    clerk.user_permissions.add(Permission.objects.get(codename="view_document"))
    assert len(list(ask_liaison(DAY, type(clerk).objects.get(pk=clerk.pk)))) == 1
