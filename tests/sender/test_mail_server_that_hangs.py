"""A mail server that accepts and never answers costs no reader a moment, and no mail is lost or sent twice."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from django.db import connection

from iscg_portal.mail import sending
from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Letter, Reader, put, write_mail
from iscg_portal.mail.sending import send_waiting
from tests.mail_server import hanging_mail_server, mail_server
from tests.processes import serving, until

ASKING = 5  # at once; more than gunicorn has workers


def written(to="reader@example.org"):
    (mail,) = put([write_mail(Reader(to), lambda: Letter("A subject", "", "", ["A paragraph."]))])
    return mail


def ask_to_follow(address, number):
    """An anonymous request to follow."""
    reader = requests.Session()
    reader.get(f"{address}/en/follow/")
    form = {"email": f"reader{number}@example.org", "csrfmiddlewaretoken": reader.cookies.get("csrftoken", "")}
    reader.post(f"{address}/en/follow/", form, headers={"Referer": f"{address}/en/follow/"}).raise_for_status()


def send():
    """As the sender does, beside the portal."""
    try:
        return send_waiting()
    finally:
        connection.close()


def test_reading_and_asking_go_on(transactional_db, settings):
    """The sender alone asks the mail server; each has one of its own here, to tell who asks."""
    settings.EMAIL_TIMEOUT = 60
    written()
    with hanging_mail_server(settings) as of_readers, hanging_mail_server(settings) as of_sender:
        portal = serving(workers=1, EMAIL_URL=f"smtp://127.0.0.1:{of_readers.port}")
        with portal as (address, _process), ThreadPoolExecutor(ASKING + 1) as pool:
            sending = pool.submit(send)
            until(lambda: of_sender.callers, seconds=60)
            asking = [pool.submit(ask_to_follow, address, number) for number in range(ASKING)]
            for _ in range(5):
                assert requests.get(f"{address}/en/", timeout=60).ok
            for one in asking:
                one.result()
            assert not sending.done()
            of_sender.callers[0].shutdown(socket.SHUT_RDWR)
            assert sending.result().server_error
    assert of_readers.callers == []
    assert Mail.objects.filter(state="waiting").count() == ASKING + 1


@pytest.mark.django_db
def test_a_server_that_never_answers_leaves_the_mail_in_the_queue(settings):
    mail = written()
    settings.EMAIL_TIMEOUT = 1
    with hanging_mail_server(settings) as hanging:
        assert send_waiting().server_error
        assert len(hanging.callers) == 1
    with mail_server(settings) as server:
        send_waiting()
    assert (server.receivers, Mail.objects.get(pk=mail.pk).state) == (["reader@example.org"], "sent")


@pytest.mark.django_db
def test_a_server_that_says_a_letter_now_and_then_is_left_after_the_time_for_a_mail(settings, monkeypatch):
    written()
    monkeypatch.setattr(sending, "LONGEST_CONVERSATION", 1)
    began = time.monotonic()
    with hanging_mail_server(settings, b"220 " + b"x" * 100):
        assert "too long" in send_waiting().server_error
    assert time.monotonic() - began < 5
    assert Mail.objects.get().state == "waiting"
