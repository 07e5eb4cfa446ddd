"""A report is sent to its groups in one act, with a line to check for each (clause F3)."""

import pytest

from iscg_portal.mail.models import Mail
from members.models import AdvisoryGroup
from reports.models import AnnualReport, Rendition
from tests import world as w


@pytest.fixture
def page(client, settings, world):
    """The page of a published report whose groups have mailboxes, for a signed-in account."""
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account("sends@example.org", "Sending Staff"))
    for group in AdvisoryGroup.objects.all():
        group.mailbox = f"{group.code.lower()}@itu.int"
        w.saved(group)
    report = w.published_report("2024")
    report.renditions.all().delete()  # nothing is to be made
    return f"/admin/reports/annualreport/{report.pk}/send/"


def sent_to():
    return sorted(Mail.objects.filter(subject__contains="2024").values_list("to", flat=True))


def asked(page, client):
    """What the form sends with all lines checked and both days of each group."""
    keys = [key for key, _line in client.get(page).context["adminform"].form.fields["groups"].choices]
    days = {"due_on": "2026-03-01", "answer_due_on": "2026-05-04"}
    return {"groups": keys} | {f"{name}_{key}": day for name, day in days.items() for key in keys}


def test_the_three_lines_are_checked_and_sent_together(page, client):
    shown = client.get(page).content.decode()
    assert shown.count("checked") == 3 and "RAG: to rag@itu.int" in shown
    data = asked(page, client)
    answer = client.post(page, data, follow=True)
    assert "3 mails are in the queue" in answer.content.decode()
    assert sent_to() == ["rag@itu.int", "tdag@itu.int", "tsag@itu.int"]
    again = client.post(page, data)
    assert "The report is sent, or being sent, to every group." in again.content.decode() and len(sent_to()) == 3


def test_while_files_are_being_made_the_mails_wait(page, client):
    Rendition.objects.create(report=AnnualReport.objects.get(), language="en", kind="pdf")
    data = asked(page, client)
    answer = client.post(page, data, follow=True)
    assert "the mails go by themselves once all of them are" in answer.content.decode() and sent_to() == []


def test_a_group_without_a_mailbox_is_named_and_the_others_are_sent(page, client):
    AdvisoryGroup.objects.filter(pk="TSAG").update(mailbox="")
    shown = client.get(page).content.decode()
    assert "No mailbox is known of: TSAG" in shown and shown.count("checked") == 2
    assert "Check at least one group." in client.post(page, {}).content.decode()
    assert sent_to() == []


def test_a_mail_that_cannot_be_written_leaves_none_behind(page, client):
    AdvisoryGroup.objects.filter(pk="TDAG").update(mailbox="someone.by-name@example.org")
    data = asked(page, client)
    answer = client.post(page, data)
    assert "TDAG: " in answer.content.decode() and sent_to() == []
