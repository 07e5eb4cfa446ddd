"""An annual report is sent to an advisory group once, by a real mail server, with a log (clause F3)."""

import socket
from datetime import date

import pytest
from aiosmtpd.controller import Controller
from django.core.exceptions import ValidationError

from members.models import AdvisoryGroup
from reports.delivery import send
from reports.models import AnnualReport, Transmission
from tests import world as w

pytestmark = pytest.mark.django_db


class Inbox:
    """Keeps the mails that a server takes; `refusing` makes it refuse them."""

    refusing = False

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        if self.refusing:
            return "550 made-up refusal"
        self.mails.append(envelope)
        return "250 taken"


@pytest.fixture
def inbox(settings):
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS = "", False
    yield inbox
    server.stop()


@pytest.fixture
def transmission():
    dates = {"period_from": date(2024, 12, 31), "period_to": date(2025, 12, 31)}
    report = AnnualReport.objects.create(code="2025", state="published", content="{}", **dates)
    group = w.advisory_group("RAG", mailbox="rag@itu.int")
    return w.saved(Transmission(report=report, group=group, due_on=date(2026, 3, 1)))


def test_the_mail_goes_once_and_the_log_says_to_whom(inbox, transmission):
    mail = send(transmission)
    with pytest.raises(ValidationError, match="sent already"):
        send(Transmission.objects.get())
    assert [one.rcpt_tos for one in inbox.mails] == [["rag@itu.int"]]
    assert b"From: ISCG <iscg@itu.int>" in inbox.mails[0].content
    assert (mail.to, mail.failure, Transmission.objects.get().state) == ("rag@itu.int", "", "sent")


def test_it_is_sent_again_when_asked_and_by_one_of_two(inbox, transmission):
    send(transmission)
    first, second = Transmission.objects.get(), Transmission.objects.get()
    send(first, again=True)
    with pytest.raises(ValidationError):
        send(second, again=True)
    assert (len(inbox.mails), transmission.mails.count()) == (2, 2)


def test_a_failure_is_kept_and_the_mail_can_be_sent_later(inbox, transmission):
    inbox.refusing = True
    assert "made-up refusal" in send(transmission).failure
    inbox.refusing = False
    assert not send(Transmission.objects.get()).failure
    assert (len(inbox.mails), transmission.mails.count()) == (1, 2)


def test_a_draft_is_not_sent(inbox, transmission):
    transmission.report.state = "draft"
    with pytest.raises(ValidationError, match="Only a published"):
        send(transmission)


def test_overdue_is_judged_for_each_group(transmission):
    overdue = [Transmission.objects.overdue(day).exists() for day in (date(2026, 3, 1), date(2026, 3, 2))]
    assert overdue == [False, True]


def test_the_button_sends_and_the_page_has_the_log(inbox, transmission, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    page = f"/admin/reports/transmission/{transmission.pk}/"
    assert client.get(f"{page}send/").status_code == 200
    assert client.post(f"{page}send/", {"_act": "Send the mail"}).status_code == 302
    assert len(inbox.mails) == 1
    assert "rag@itu.int" in client.get(f"{page}change/").content.decode()


def test_without_the_mailbox_of_the_group_the_page_says_where_to_enter_it(transmission, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    AdvisoryGroup.objects.update(mailbox="")
    page = client.get(f"/admin/reports/transmission/{transmission.pk}/send/").content.decode()
    assert 'href="/admin/members/advisorygroup/RAG/change/"' in page
    assert 'value="Send the mail"' not in page
