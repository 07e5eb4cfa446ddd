"""The outbox: each mail goes once, and none is lost."""

import socket
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from iscg_portal.files.whole import path_of
from iscg_portal.integrity.findings import file_differs, file_is_gone, last_verification
from iscg_portal.mail.models import PAUSES, SENDER_DIED_AFTER, Mail
from iscg_portal.mail.outbox import Letter, Reader, attach, put, write_mail
from iscg_portal.mail.sending import send_waiting
from tests import world as w
from tests.mail_server import mail_server
from tests.world import staff_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server(settings) as kept:
        yield kept


def waiting(to="reader@example.org", language="en", **fields):
    mail = write_mail(
        Reader(to, language), lambda: Letter("A subject", "", "", ["A <paragraph>."], "http://127.0.0.1/en/")
    )
    for name, value in fields.items():
        setattr(mail, name, value)
    mail.save()
    return mail


def state_of(mail):
    return Mail.objects.get(pk=mail.pk).state


def test_a_mail_goes_as_plain_text_and_html_in_the_language_of_its_reader(server):
    waiting(language="ar")
    send_waiting()
    (mail,) = server.mails
    assert mail["Content-Language"] == "ar"
    assert "A <paragraph>." in mail.get_body(("plain",)).get_content()
    assert 'dir="rtl"' in mail.get_body(("html",)).get_content()
    assert "A &lt;paragraph&gt;." in mail.get_body(("html",)).get_content()


def test_a_second_run_sends_nothing_again(server):
    waiting()
    assert (send_waiting().sent, send_waiting().sent) == (1, 0)
    assert server.receivers == ["reader@example.org"]


def test_a_mail_that_another_process_took_is_not_sent(server):
    mail = waiting()
    assert Mail.objects.claim(mail.pk)
    assert not Mail.objects.claim(mail.pk)
    assert send_waiting().sent == 0


def test_an_address_that_the_server_refuses_fails_and_the_others_go(server):
    server.refusals["gone@example.org"] = "550 No such user"
    gone, other = waiting("gone@example.org"), waiting()
    send_waiting()
    assert (state_of(gone), state_of(other)) == ("failed", "sent")
    assert "No such user" in Mail.objects.get(pk=gone.pk).error


def test_an_address_that_no_header_can_hold_fails_and_the_others_go(server):
    bad, good = waiting('"\x0b(:"@example.org'), waiting()
    send_waiting()
    assert (state_of(bad), state_of(good)) == (Mail.State.FAILED, Mail.State.SENT)


def test_an_address_that_is_refused_for_now_waits(server):
    server.refusals["busy@example.org"] = "450 Try later"
    mail = waiting("busy@example.org")
    assert send_waiting().postponed == 1
    assert state_of(mail) == "waiting"
    assert not Mail.objects.ready().exists()


def test_a_file_that_is_not_what_was_stored_is_not_mailed(server):
    mail, stored = waiting(), w.document_file(w.document(w.meeting("25-7"))).stored
    attach(mail, [(stored, "made-up.pdf")])
    path_of(stored.pk).write_bytes(b"%PDF-1.4 another %%EOF")
    send_waiting()
    assert server.mails == [] and state_of(mail) == "failed"
    assert "is not what was stored" in Mail.objects.get(pk=mail.pk).error
    assert last_verification().findings == [file_differs(stored.pk)]


def test_a_file_that_is_away_is_mailed_once_it_is_back(server):
    mail, stored = waiting(), w.document_file(w.document(w.meeting("25-7"))).stored
    attach(mail, [(stored, "made-up.pdf")])
    content = path_of(stored.pk).read_bytes()
    path_of(stored.pk).unlink()
    assert send_waiting().postponed == 1 and last_verification().findings == [file_is_gone(stored.pk)]
    path_of(stored.pk).write_bytes(content)
    assert send_waiting(timezone.now() + PAUSES[0]).sent == 1
    assert state_of(mail) == "sent"


def test_a_mail_server_that_is_down_loses_nothing(settings):
    mail = waiting()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused.getsockname()[1]
        assert send_waiting().server_error
    assert state_of(mail) == "waiting"
    with mail_server(settings) as kept:
        send_waiting()
        assert kept.receivers == ["reader@example.org"]


def test_a_mail_whose_sender_died_is_unknown_and_not_sent_by_itself(server):
    long_ago = timezone.now() - SENDER_DIED_AFTER - timedelta(seconds=1)
    mail = waiting(state=Mail.State.SENDING, claimed_at=long_ago)
    assert send_waiting().unknown == 1
    assert state_of(mail) == "unknown"
    assert server.mails == []


def test_a_mail_that_is_just_being_sent_is_left_alone(server):
    mail = waiting(state=Mail.State.SENDING, claimed_at=timezone.now())
    send_waiting()
    assert state_of(mail) == "sending"


def test_unsubscribing_stands_in_the_header_where_the_mail_is_no_duty(server):
    waiting(unsubscribe_url="http://127.0.0.1/en/away/")
    send_waiting()
    assert server.mails[0]["List-Unsubscribe"] == "<http://127.0.0.1/en/away/>"


@pytest.mark.parametrize("address", ["a@example.org\nBcc: b@example.org", "a" * 300 + "@example.org", "nobody", ""])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValidationError):
        write_mail(Reader(address), lambda: Letter("Subject", "", "", []))


def test_a_line_break_does_not_reach_the_subject_line():
    assert write_mail(Reader("a@example.org"), lambda: Letter("One\nBcc: two", "", "", [])).subject == "One Bcc: two"


@pytest.mark.parametrize(("action", "state"), [("send_again", "waiting"), ("cancel", "cancelled")])
def test_staff_judge_an_unknown_mail_in_the_admin(client, settings, action, state):
    settings.REQUIRE_SECOND_FACTOR = False
    mail = waiting(state=Mail.State.UNKNOWN)
    client.force_login(staff_account())
    address = reverse("admin:iscg_portal_mail_changelist")
    client.post(address, {"action": action, "_selected_action": [mail.pk]})
    assert state_of(mail) == state


def test_staff_read_a_mail_and_write_nothing_on_it(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    mail = waiting()
    client.force_login(staff_account())
    address = reverse("admin:iscg_portal_mail_change", args=[mail.pk])
    assert 'name="_save"' not in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 403


def test_a_mail_says_whose_it_is_and_where_to_ask():
    mail = write_mail(Reader("a@example.org"), lambda: Letter("Subject", "", "", ["Text"], "https://example.org/page/"))
    for text in (mail.text, mail.html):
        assert "the portal of the Inter-Sector Coordination Group" in text
        assert "iscg@itu.int" in text
        assert "https://example.org/page/" in text


def test_mails_are_put_as_they_were_written():
    put([write_mail(Reader("a@example.org"), lambda: Letter("Subject", "", "", ["Text"]))])
    assert Mail.objects.get().text.startswith("Good day,\n\nThere is nothing that you must do.\n\nText\n\n--\n")
