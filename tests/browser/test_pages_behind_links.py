"""The pages behind mailed links, and those of an invitation and a transmission: on a phone, dark, in Arabic."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.models import Transmission
from tests import walks
from tests import world as build
from tests.browser.conftest import PHONE
from tests.browser.steps import fits, links_in
from workspace.access.invitations import invite
from workspace.following import acts as following
from workspace.joining import acts as joining
from workspace.models import EntryLink, Follow, GroupSecretariat, Invitation, JoinRequest
from workspace.proposals.entries import ask_again

IN_ARABIC = {"viewport": PHONE, "color_scheme": "dark"}


def entry(subject):
    holder = build.person("Ina Sample", "Ms")
    build.contact_data(holder, email="ina@example.org")
    build.coordinator(subject, holder, build.DAY, country=build.country("JP"))
    ask_again(holder)


def invitation(_subject):
    invite(build.person("Ada Testperson", "Ms"), "ada@example.org")


def request_to_join(_subject):
    given = {"name": "Una Delegate", "capacity": "Sector Member", "affiliation": "Made-up Networks"}
    joining.ask(JoinRequest(email="una@example.org", language="en", **given))


def wish_to_follow(subject):
    following.ask("una@example.org", subject.slug)


LINKS = {EntryLink: entry, Invitation: invitation, JoinRequest: request_to_join, Follow: wish_to_follow}
UNTIL = {Follow: "asked_at", EntryLink: "expires_on"}  # the others have the moment at which they are over


def faults(page, barriers, status):
    """What is wrong with the page that is open, in sentences."""
    answered = page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
    complaints = [said for said in page.complaints if not said.endswith("410 (Gone)")]
    found = [*barriers(page), *complaints, *([] if fits(page) else ["wider than the window"])]
    return [*found, *([] if answered == status else [f"answered {answered}"])]


@pytest.mark.parametrize("model", LINKS, ids=lambda model: model.__name__)
def test_no_page_behind_a_link_has_a_barrier_whether_it_is_open_or_over(open_page, barriers, mails, model):
    LINKS[model](build.subject("EMF"))
    address = links_in(mails[0])[0].replace("/en/", "/ar/")
    for state, status in (("open", 200), ("over", 410)):
        page = open_page(address, **IN_ARABIC)
        assert faults(page, barriers, status) == []
        walks.picture(page, "links", f"{model.__name__}-{state}")
        model.objects.update(**{UNTIL.get(model, "good_until"): timezone.now() - timedelta(days=30)})


def test_the_page_that_ends_following_has_no_barrier(open_page, barriers, mails):
    wish_to_follow(build.subject("EMF"))
    page = open_page(following.stop_address(Follow.objects.get()).replace("/en/", "/ar/"), **IN_ARABIC)
    assert faults(page, barriers, 200) == []
    walks.picture(page, "links", "stop")


def test_the_page_of_a_transmission_has_no_barrier(open_as, barriers):
    account, rag = build.account("rag.secretariat@example.org"), build.advisory_group("RAG")
    build.saved(GroupSecretariat(account=account, group=rag, starts_on=build.DAY))
    report = build.published_report("2024")
    sent = Transmission.objects.filter(report=report, group=rag).first() or Transmission(report=report, group=rag)
    sent.state, sent.sent_on = "sent", build.DAY
    build.saved(sent)
    page = open_as(account, f"/ar/workspace/transmissions/{sent.pk}/", **IN_ARABIC)
    assert faults(page, barriers, 200) == []
    walks.picture(page, "links", "transmission")


@pytest.mark.walk
@pytest.mark.parametrize("model", walks.part_of(list(LINKS), 4), ids=lambda model: model.__name__)
def test_no_mail_has_a_barrier(open_page, barriers, mails, model):
    LINKS[model](build.subject("EMF"))
    page = open_page("about:blank", **IN_ARABIC)
    page.set_content(mails[0].get_body(("html",)).get_content())
    assert barriers(page) == [] and fits(page)
