"""What an office holder typed after the session was gone stands in the form again after signing in."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction

from iscg_portal.tenure.dates import today
from tests import world as build
from workspace.models import Proposal, ReportDraft

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
REPORT, SUBJECT = "/en/workspace/reports/emf/99-1/", "/en/workspace/subjects/emf/"


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch):
    cache.clear()
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())


@pytest.fixture
def ina(client, db):
    """The browser of the Coordinator of EMF, in which she signed in."""
    subject, ina = build.subject("EMF"), build.person("Ina Sample", "Ms")
    build.coordinator(subject, ina, date(2022, 4, 1))
    build.meeting("25-1")
    build.meeting("99-1", today() + timedelta(30))
    account = build.account("ina@example.org", person=ina)
    account.set_password(PASSWORD)
    account.save()
    return sign_in(client)


def sign_in(client):
    client.post("/en/accounts/login/", {"login": "ina@example.org", "password": PASSWORD})
    return client


def too_late(browser, address, form):
    """Send the form after the session is gone, sign in, and go back to the page."""
    del browser.cookies["sessionid"]
    assert browser.post(address, form)["Location"].startswith("/en/accounts/login/?next=")
    return sign_in(browser).get(address)


def test_the_report_is_in_its_form_again(ina):
    page = too_late(ina, REPORT, {"version": 0, "results": "Made-up results", "submit": "1"})
    assert page.status_code == 200
    assert "Made-up results" in page.content.decode()
    assert "Nothing was saved yet" in page.content.decode()
    assert not ReportDraft.objects.exists()


def test_a_proposal_is_in_its_form_again(ina):
    form = ina.get(SUBJECT).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"why": "A made-up reason"}
    page = too_late(ina, SUBJECT, typed)
    assert page.context["form"]["why"].value() == "A made-up reason"
    assert not Proposal.objects.exists()


def test_the_settings_are_in_their_form_again(ina):
    page = too_late(ina, "/en/workspace/", {"name": "Ina Typed", "language": "fr"})
    assert page.context["form"]["name"].value() == "Ina Typed"
    assert "Ina Typed" not in str(page.wsgi_request.user.email)


OLD_TOKEN = {"version": 0, "results": "Made-up results", "submit": "1", "csrfmiddlewaretoken": "a" * 64}


def test_the_form_of_another_window_is_shown_again_after_signing_in_anew(ina):
    ina.handler.enforce_csrf_checks = True
    lasts = ina.session.get_expire_at_browser_close()
    assert ina.post(REPORT, OLD_TOKEN, headers={"origin": "http://testserver"})["Location"] == REPORT
    assert not ReportDraft.objects.exists()
    page = ina.get(REPORT)
    assert "Made-up results" in page.content.decode() and "Nothing was saved yet" in page.content.decode()
    assert ina.session.get_expire_at_browser_close() == lasts
    token = ina.cookies["csrftoken"].value
    assert ina.post(REPORT, OLD_TOKEN | {"csrfmiddlewaretoken": token}).status_code == 302
    assert ReportDraft.objects.exists()


@pytest.mark.parametrize("told", [{"origin": "https://elsewhere.example"}, {"accept": "application/json"}, {}])
def test_what_another_site_or_a_script_sends_with_an_old_token_is_refused(ina, told):
    ina.handler.enforce_csrf_checks = True
    assert ina.post(REPORT, OLD_TOKEN, headers={"origin": "null"} | told).status_code == 403
    assert "Made-up results" not in ina.get(REPORT).content.decode()


def test_a_script_that_saves_is_told_and_not_sent_elsewhere(ina):
    del ina.cookies["sessionid"]
    answer = ina.post(REPORT, {"version": 0, "results": "Made up"}, headers={"accept": "application/json"})
    assert answer.status_code == answer.json()["status"] == 401


def test_who_never_signed_in_here_gets_the_text_back(ina):
    ina.cookies.clear()
    answer = ina.post(REPORT, {"version": 0, "results": "Made-up results"})
    assert answer.status_code == 401
    assert "Made-up results" in answer.content.decode()
