"""Mail of signing in goes through the outbox: at once where it can, later where it must, and no secret is kept."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Letter, Reader, put, write_mail
from iscg_portal.mail.sending import send_waiting
from tests import world as w
from tests.mail_server import mail_server, no_mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
ASK, CONFIRM = "/en/accounts/login/code/", "/en/accounts/login/code/confirm/"
KNOWN, UNKNOWN = "reader@example.org", "nobody@example.org"


def code_in(text):
    return re.search(r"^[A-Z0-9-]{6,}$", text.replace("\r", ""), re.MULTILINE)[0]


@pytest.fixture
def reader():
    return w.account(KNOWN)


@pytest.fixture
def no_server(settings):
    """A mail server that cannot be reached."""
    with no_mail_server(settings):
        yield


def test_a_code_arrives_and_is_kept_nowhere(client, reader, settings):
    with mail_server(settings) as server:
        client.post(ASK, {"email": KNOWN})
        assert server.mails == []
        send_waiting()
    plain, html = (server.mails[0].get_body((kind,)).get_content() for kind in ("plain", "html"))
    code = code_in(plain)
    assert f'<p class="code" dir="ltr">{code}</p>' in html
    mail = Mail.objects.get()
    assert (mail.state, mail.text, mail.html) == ("sent", "", "")
    client.post(CONFIRM, {"code": code})
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_a_code_goes_before_the_mails_that_wait_longer(client, reader, settings):
    put(
        [
            write_mail(Reader(f"r{number}@example.org"), lambda: Letter("News", "", "", ["Made up"]))
            for number in range(3)
        ]
    )
    client.post(ASK, {"email": KNOWN})
    with mail_server(settings) as server:
        send_waiting()
    assert [mail["To"] for mail in server.mails][0] == KNOWN


def test_a_server_that_is_down_changes_nothing_on_the_page_and_loses_nothing(client, reader, settings, no_server):
    answer = client.post(ASK, {"email": KNOWN})
    assert (answer.status_code, answer["Location"]) == (302, CONFIRM)
    assert Mail.objects.get().state == "waiting"
    with mail_server(settings) as server:
        send_waiting()
    client.post(CONFIRM, {"code": code_in(server.mails[0].get_body(("plain",)).get_content())})
    assert "_auth_user_id" in client.session


def test_known_and_unknown_addresses_cost_the_same(reader):
    def queries_of(email):
        client = Client()
        client.get(ASK)
        with CaptureQueriesContext(connection) as queries:
            client.post(ASK, {"email": email})
        return len(queries)

    assert queries_of(KNOWN) == queries_of(UNKNOWN)


def test_staff_read_no_code_in_the_outbox(client, reader, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.post(ASK, {"email": KNOWN})
    mail = Mail.objects.get()
    client.force_login(w.staff_account())
    for page in (f"/admin/iscg_portal/mail/{mail.pk}/change/", "/admin/iscg_portal/mail/"):
        text = client.get(page).content.decode()
        assert KNOWN in text
        assert code_in(mail.text) not in text


def test_a_mail_whose_code_is_over_is_cancelled_and_not_sent(client, reader, settings):
    client.post(ASK, {"email": KNOWN})
    with mail_server(settings) as server:
        send_waiting(timezone.now() + timedelta(minutes=16))
    assert server.mails == []
    assert Mail.objects.values_list("state", "text").get() == ("cancelled", "")


def test_what_was_cancelled_with_its_secret_cannot_be_sent_again(client, reader):
    client.post(ASK, {"email": KNOWN})
    Mail.objects.all().cancel()
    assert Mail.objects.all().send_again() == 0


def test_a_mail_without_a_secret_keeps_its_text(client, settings):
    client.post(ASK, {"email": UNKNOWN})
    with mail_server(settings):
        send_waiting()
    mail = Mail.objects.get()
    assert mail.state == "sent"
    assert UNKNOWN in mail.text
