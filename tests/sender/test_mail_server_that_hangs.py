"""A mail server that accepts and never answers costs no reader a moment, and no mail is lost or sent twice."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from iscg_portal.mail import sending
from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Letter, Reader, put, write_mail
from iscg_portal.mail.sending import send_waiting
from tests.mail_server import hanging_mail_server, mail_server
from tests.processes import running, serving, until

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


def at(hanging):
    return {"EMAIL_URL": f"smtp://127.0.0.1:{hanging.port}"}


def test_reading_and_asking_go_on(transactional_db, settings):
    """The sender alone asks the mail server; each has one of its own here, to tell who asks."""
    with hanging_mail_server(settings) as of_readers, hanging_mail_server(settings) as of_sender:
        sending, portal = running("manage.py", "send_mail_queue", **at(of_sender)), serving(workers=1, **at(of_readers))
        with sending, portal as (address, _process), ThreadPoolExecutor(ASKING) as pool:
            asking = [pool.submit(ask_to_follow, address, number) for number in range(ASKING)]
            for _ in range(20):
                assert requests.get(f"{address}/en/", timeout=60).ok
            for one in asking:
                one.result()
            until(lambda: of_sender.callers, seconds=60)
            of_sender.close()  # else the sender would end its wait first
    assert of_readers.callers == []
    assert Mail.objects.filter(state="waiting").count() == ASKING


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
    monkeypatch.setattr(sending, "LONGEST_CONVERSATION", 2)
    began = time.monotonic()
    with hanging_mail_server(settings, b"220 " + b"x" * 100):
        assert "too long" in send_waiting().server_error
    assert time.monotonic() - began < 5
    assert Mail.objects.get().state == "waiting"
