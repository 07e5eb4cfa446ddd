"""An entry confirmed by the link in a mail, in a real browser without JavaScript; and the pages around it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from iscg_portal.mail.sending import send_waiting
from iscg_portal.tenure.dates import print_date, today
from tests import world as build
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import fits, links_in, press
from workspace.models import EntryLink, Proposal
from workspace.proposals import acts as proposal_acts
from workspace.proposals.entries import ask_again


@pytest.fixture
def emf(transactional_db):
    """A subject whose Coordinator can be reached."""
    subject = build.subject("EMF")
    build.listing(subject, build.DAY)
    holder = build.person("Ina Sample", "Ms")
    build.contact_data(holder, email="ina@example.org")
    build.coordinator(subject, holder, build.DAY, country=build.country("JP"))
    return subject


@pytest.fixture
def address(emf, mails):
    """The link in the mail."""
    ask_again(emf.coordinator_set.get().person)
    send_waiting()
    return links_in(mails[0])[0]


def test_an_entry_is_confirmed_in_public_and_the_link_is_spent(open_page, address):
    page = open_page(address, java_script_enabled=False)
    press(page, "Yes, everything is right")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert page.goto(address).status == 410
    page.goto("/en/subjects/emf/")
    expect(page.locator("dt", has_text="Last confirmed").locator("+ dd")).to_have_text(print_date(today()))


def test_an_entry_is_corrected_on_a_phone(open_page, address):
    page = open_page(address, PHONE, java_script_enabled=False)
    page.get_by_label("Honorific").fill("Dr")
    page.get_by_label("first day without it").fill(today().isoformat())
    press(page, "Send this to the secretariat")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert set(Proposal.objects.values_list("changes__new", flat=True)) == {"Dr", today().isoformat()}
    assert EntryLink.objects.get().answer == "no longer"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_behind_the_link_has_no_barrier(open_page, barriers, address, viewport):
    page = open_page(address.replace("/en/", "/ar/"), viewport)
    assert barriers(page) == []
    assert page.complaints == []
    assert fits(page)


def test_the_page_of_ones_subject_has_no_barrier(open_as, barriers, emf):
    person = emf.coordinator_set.get().person
    change = proposal_acts.change("title", "A better title, made up", emf, language="en")
    proposal_acts.submit(person, [change], subject=emf, language="en")
    account = build.account("ina.account@example.org", person=person)
    page = open_as(account, reverse("workspace:subject", args=["emf"]), viewport=PHONE)
    assert barriers(page) == []
    assert page.complaints == []
    assert fits(page)
