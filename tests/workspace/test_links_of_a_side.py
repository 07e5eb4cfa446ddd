"""Focal Points of the advisory groups confirm, contest and claim mapping links in the workspace, for their own side."""

from datetime import date, timedelta

import pytest
from django.test import Client

from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import today
from studies.models import Confirmation, MappingLink
from tests import world as build
from workspace.reminders.planning import plan, queue_due


@pytest.fixture
def sides(world):
    """Browsers of the Focal Points of EMF: Kim for RAG, Ben for TDAG; and the link, of which ITU-D confirmed."""
    build.focal_point(world.subjects["EMF"], world.ben, "TDAG", date(2024, 1, 1))
    world.accounts = {}
    for key in ("kim", "ben"):
        world.accounts[key] = build.account(f"{key}@example.org", person=getattr(world, key))
        browser = Client()
        browser.force_login(world.accounts[key])
        setattr(world, f"{key}_browser", browser)
    world.address = f"/en/workspace/links/{world.link.pk}/"
    return world


def say(browser, address, stance, because="", seen=None):
    form = browser.get(address).context["form"]
    newest = form["seen"].value() if seen is None else seen
    return browser.post(address, {"stance": stance, "because": because, "seen": newest})


def state_of(link):
    return MappingLink.objects.with_state(today()).get(pk=link.pk).state


def waits_for(browser):
    page = browser.get("/en/workspace/links/").content.decode()
    return "waits for you" in page


def test_a_contested_claim_goes_to_agreement_between_two_focal_points(sides):
    assert waits_for(sides.kim_browser) and not waits_for(sides.ben_browser)
    say(sides.kim_browser, sides.address, "contested", "We measure, they regulate.")
    assert state_of(sides.link) == "contested"
    assert waits_for(sides.ben_browser) and not waits_for(sides.kim_browser)
    say(sides.ben_browser, sides.address, "confirmed", "The new text of the Question measures too.")
    assert state_of(sides.link) == "contested" and waits_for(sides.kim_browser)
    say(sides.kim_browser, sides.address, "confirmed")
    assert state_of(sides.link) == "confirmed"
    assert not waits_for(sides.kim_browser) and not waits_for(sides.ben_browser)
    page = sides.ben_browser.get(sides.address).content.decode()
    places = [page.index(text) for text in ("We measure, they regulate.", "The new text of the Question measures too.")]
    assert places == sorted(places) and "Focal Point for RAG: EMF" in page
    said = Confirmation.objects.filter(said_on=today()).order_by("turn")
    assert [(one.sector, one.stance, one.turn) for one in said] == [
        ("R", "contested", 1),
        ("D", "confirmed", 2),
        ("R", "confirmed", 3),
    ]
    assert [row.history_user for row in Confirmation.history.filter(said_on=today()).order_by("history_id")] == [
        sides.accounts["kim"],
        sides.accounts["ben"],
        sides.accounts["kim"],
    ]


def test_who_contests_says_why(sides):
    answer = say(sides.kim_browser, sides.address, "contested")
    assert "Say why the link does not stand." in answer.content.decode()
    assert not Confirmation.objects.filter(sector="R").exists()


def test_what_is_said_names_nobodys_address(sides):
    answer = say(sides.kim_browser, sides.address, "contested", "Ask ina.sample@example.org")
    assert "leave out personal e-mail addresses" in answer.content.decode()
    answer = claimed(sides, topic="Ask ina.sample@example.org")
    assert "leave out personal e-mail addresses" in answer.content.decode()
    assert MappingLink.objects.count() == Confirmation.objects.count() == 1


def test_who_speaks_for_both_sides_says_both(sides):
    build.focal_point(sides.subjects["EMF"], sides.kim, "TDAG", date(2024, 1, 1))
    say(sides.kim_browser, sides.address, "contested", "Not ours.")
    assert waits_for(sides.kim_browser)
    say(sides.kim_browser, sides.address, "contested", "Nor ours.")
    assert [(one.sector, one.because) for one in Confirmation.objects.filter(said_on=today()).order_by("turn")] == [
        ("R", "Not ours."),
        ("D", "Nor ours."),
    ]
    assert not waits_for(sides.kim_browser)


def test_nobody_answers_what_was_not_read(sides):
    say(sides.kim_browser, sides.address, "contested", "Not ours.")
    answer = say(sides.ben_browser, sides.address, "confirmed", "Typed, and kept", seen=0)
    page = answer.content.decode()
    assert answer.status_code == 409 and "since you opened this page" in page
    assert "Typed, and kept" in page and "Not ours." in page


def test_a_side_says_the_same_once(sides):
    say(sides.kim_browser, sides.address, "confirmed")
    page = say(sides.kim_browser, sides.address, "confirmed").content.decode()
    assert "has already said so" in page and Confirmation.objects.filter(sector="R").count() == 1


def test_a_link_that_is_over_waits_for_nobody(sides):
    sides.link.ends_on, sides.link.ends_precision = date(2025, 1, 1), "day"
    build.saved(sides.link)
    assert not waits_for(sides.kim_browser)
    assert "does not hold today" in say(sides.kim_browser, sides.address, "confirmed").content.decode()


@pytest.mark.parametrize("who", ["ina", "ada", "jon"])
def test_only_focal_points_of_an_advisory_group_speak(sides, client, who):
    client.force_login(build.account("other@example.org", person=getattr(sides, who)))
    assert client.get("/en/workspace/links/").status_code == 403
    assert client.get("/en/workspace/links/claim/").status_code == 403
    assert client.get(sides.address).status_code == 404
    assert client.post(sides.address, {"stance": "confirmed", "seen": 0}).status_code == 403


def test_a_focal_point_of_another_subject_does_not_speak(sides, client):
    build.focal_point(sides.subjects["ACC"], sides.cleo, "RAG", date(2024, 1, 1))
    client.force_login(build.account("cleo@example.org", person=sides.cleo))
    assert client.get(sides.address).status_code == 404
    assert client.get("/en/workspace/links/").status_code == 200


def test_the_right_ends_with_the_office_and_the_text_comes_back(sides):
    term = sides.kim.focalpoint_set.get()
    term.ends_on = today()
    build.saved(term)
    answer = sides.kim_browser.post(sides.address, {"stance": "contested", "because": "A reason, made up", "seen": 0})
    assert answer.status_code == 403 and "A reason, made up" in answer.content.decode()
    assert sides.kim_browser.get("/en/workspace/links/").status_code == 403
    answer = claimed(sides)
    assert answer.status_code == 403 and "Another topic</textarea>" in answer.content.decode()


def claimed(sides, **changed):
    units = {unit.slug: unit.pk for link in [sides.link] for unit in (link.first, link.second)}
    form = {
        "subject": sides.subjects["EMF"].pk,
        "unit": units["r-2023-2027-wp-1c"],
        "other": units["d-2022-2025-q7-2"],
        "kind": "part of",
        "topic": "Another topic",
    }
    ours = {"origin": "http://testserver"}
    return sides.kim_browser.post("/en/workspace/links/claim/", form | changed, headers=ours)


def test_a_focal_point_claims_a_link(sides):
    answer = claimed(sides)
    link = MappingLink.objects.get(topic_en="Another topic")
    assert answer.url == f"/en/workspace/links/{link.pk}/"
    assert (link.first.sector, link.kind, link.source) == ("D", "comprises", "Focal Point for RAG: EMF")
    assert [said.sector for said in link.confirmations.all()] == ["R"]
    assert state_of(link) == "to-be-confirmed" and waits_for(sides.ben_browser)


def test_the_page_says_whose_turn_it_is(sides):
    assert "spoke last" not in sides.kim_browser.get(sides.address).content.decode()
    say(sides.kim_browser, sides.address, "confirmed")
    assert "Your side spoke last" in sides.kim_browser.get(sides.address).content.decode()
    assert "spoke last" not in sides.ben_browser.get(sides.address).content.decode()


def test_of_a_joint_group_nobody_is_told(sides):
    answer = claimed(sides, other=build.study_unit("IRG-AVA", span="", kind="joint group").pk)
    page = sides.kim_browser.get(answer.url).content.decode()
    assert "The link is on record." in page and "is told" not in page


def test_a_focal_point_says_that_a_unit_studies_the_subject(sides):
    answer = claimed(sides, other="", topic="")
    link = MappingLink.objects.latest("pk")
    assert answer.status_code == 302 and link.second is None and link.subject.code == "EMF"
    assert MappingLink.objects.with_state(today()).get(pk=link.pk).state == "confirmed"
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "changed, sentence",
    [
        ({"topic": "A topic, made up"}, "already linked on this topic"),
        ({"unit": "d-2022-2025-q7-2"}, "Select a valid choice"),
        ({"topic": ""}, "Say in words what both study."),
    ],
)
def test_what_cannot_be_claimed_is_refused_with_a_sentence(sides, changed, sentence):
    assert sentence in claimed(sides, **changed).content.decode()
    assert MappingLink.objects.count() == 1


def mails():
    plan()
    queue_due()
    return {mail.to: mail for mail in Mail.objects.filter(subject__startswith="Mapping links wait")}


def test_the_other_side_is_told_once_when_the_day_is_over(sides):
    found = mails()
    assert list(found) == ["kim@example.org"]
    text = found["kim@example.org"].text
    assert "ITU-D confirms it" in text and "/en/workspace/links/" in text
    assert len(mails()) == 1


def test_staff_are_told_where_the_side_has_no_focal_point(sides):
    sides.kim.focalpoint_set.all().delete()
    found = mails()
    assert list(found) == [sides.staff.email]
    assert "/admin/studies/mappinglink/" in found[sides.staff.email].text


def test_what_is_answered_the_same_day_needs_no_mail(sides):
    build.confirmation(sides.link, "R", said_on=date(2024, 5, 1), said_by="By letter")
    assert mails() == {}


def test_workspace_shows_what_waits(sides):
    page = sides.kim_browser.get("/en/workspace/").content.decode()
    assert "These wait for your side:" in page and sides.address in page
    assert "No link waits for your side." in sides.ben_browser.get("/en/workspace/").content.decode()


def test_who_spoke_is_said_where_the_side_has_a_focal_point(sides):
    said = Confirmation(link=sides.link, sector="R", stance="confirmed", said_on=today() - timedelta(days=1))
    with pytest.raises(Exception, match="has a Focal Point"):
        said.full_clean()
    said.said_by = "Kim, by mail"
    said.full_clean()
