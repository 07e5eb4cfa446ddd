"""An entry confirmed by the link in a mail, in a real browser without JavaScript; and the pages around it."""

import pytest
from django.urls import reverse

from iscg_portal.dates import today
from tests import world as build
from tests.browser.conftest import DESK, PHONE
from workspace import proposal_acts
from workspace.asking import ask_again
from workspace.models import EntryLink, Mail, Proposal


@pytest.fixture
def emf(transactional_db):
    """A subject whose Coordinator can be reached."""
    subject = build.subject("EMF")
    holder = build.person("Ina Sample", "Ms")
    build.contact_data(holder, email="ina@example.org")
    build.coordinator(subject, holder, build.DAY, country=build.country("JP"))
    return subject


@pytest.fixture
def address(emf):
    """The path in the mail."""
    ask_again(emf.coordinator_set.get().person)
    return "/en/confirm/" + Mail.objects.get().text.partition("/en/confirm/")[2].split()[0]


def test_an_entry_is_confirmed_and_the_link_is_spent(open_page, emf, address):
    page = open_page(address, java_script_enabled=False)
    with page.expect_navigation():
        page.get_by_role("button", name="Yes, all of this is right").click()
    assert page.get_by_role("heading", name="Thank you").count() == 1
    assert emf.coordinator_set.get().last_confirmed_on == today()
    assert page.goto(address).status == 410


def test_an_entry_is_corrected_on_a_phone(open_page, address):
    page = open_page(address, PHONE, java_script_enabled=False)
    page.get_by_label("Honorific").fill("Dr")
    page.get_by_label("first day without it").fill(today().isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="Send this to the secretariat").click()
    assert page.get_by_role("heading", name="Thank you").count() == 1
    assert set(Proposal.objects.values_list("changes__new", flat=True)) == {"Dr", today().isoformat()}
    assert EntryLink.objects.get().answer == "no longer"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_behind_the_link_has_no_barrier(open_page, barriers, address, viewport):
    page = open_page(address.replace("/en/", "/ar/"), viewport)
    assert barriers(page) == []
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_page_of_ones_subject_has_no_barrier(open_page, barriers, client, emf, settings):
    person = emf.coordinator_set.get().person
    change = proposal_acts.change("title", "A better title, made up", emf, language="en")
    proposal_acts.submit(person, [change], subject=emf, language="en")
    client.force_login(build.account("ina.account@example.org", person=person))
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    page = open_page(reverse("workspace:subject", args=["emf"]), PHONE, cookies=[cookie])
    assert barriers(page) == []
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
