"""Following a subject by e-mail: confirmed, told, and ended, in a real browser with real mail."""

import urllib.request
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from iscg_portal.mail.sending import send_waiting
from iscg_portal.tenure.dates import today
from tests import world as build
from tests.browser.conftest import PHONE
from tests.browser.steps import fits, links_in, press, text_of
from workspace.following.acts import mail_followers
from workspace.models import Follow


@pytest.fixture
def news(mails, open_page, barriers):
    """The mail to a reader who asked to follow EMF, confirmed it, and is told the next day."""
    emf = build.subject("EMF")
    page = open_page("/en/subjects/emf/", PHONE)
    page.get_by_role("link", name="Follow by e-mail").click()
    page.wait_for_url("**/en/follow/?about=emf")
    assert barriers(page) == []
    page.get_by_label("Your e-mail address").fill("reader@example.org")
    press(page, "Send me the link that confirms it")
    assert barriers(page) == []
    page.goto(links_in(mails[0])[0])
    assert barriers(page) == []
    press(page, "Yes, write to me")
    expect(page.get_by_role("heading", name="You now follow it")).to_be_visible()
    build.coordinator(emf, build.person("Ina Sample", "Ms"), build.DAY)
    mail_followers(today() + timedelta(1))
    send_waiting()
    assert "Ms Ina Sample, Coordinator of EMF" in text_of(mails[1])
    assert page.complaints == []
    return mails[1]


def test_a_reader_ends_it_by_the_link_at_the_end_of_a_mail(news, open_page, barriers):
    page = open_page(links_in(news)[-1], PHONE)
    assert barriers(page) == []
    assert fits(page)
    press(page, "Get no more of these mails")
    expect(page.get_by_role("heading", name="You will get no more of these mails")).to_be_visible()
    assert not Follow.objects.exists()
    assert page.complaints == []


def test_a_mail_program_ends_it_by_one_click(news):
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = news["List-Unsubscribe"].strip(" <>")
    with urllib.request.urlopen(address, b"List-Unsubscribe=One-Click") as answer:  # as RFC 8058 has it
        assert answer.status == 200
    assert not Follow.objects.exists()
