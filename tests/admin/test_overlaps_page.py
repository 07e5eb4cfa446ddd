"""Overlaps and gaps in the admin: their facts, and the three acts with a look before, history and undoing (A1)."""

import re
from datetime import date

import pytest

from iscg_portal.tenure.dates import today
from studies.models import FindingDecision, StudyFinding
from studies.overlaps.finder import look_through
from tests import world as build
from tests.admin.conftest import list_of, page_of

pytestmark = pytest.mark.django_db
TITLE = "Human exposure to made-up fields"


@pytest.fixture
def finding():
    """Two units of different Sectors with nearly the same title."""
    build.study_unit("Q7/2", title=TITLE)
    build.study_unit("SG5", "T 2025-2028", "study group", TITLE.upper())
    look_through(date(2025, 6, 1))
    return StudyFinding.objects.get(kind="similar titles")


def act(client, finding, name, **sent):
    sent = {"seen": finding.fingerprint} | sent
    return client.post(page_of(finding, name), sent, follow=True)


def page(client, finding):
    return client.get(page_of(finding)).content.decode()


def state(finding):
    return StudyFinding.objects.with_state().get(pk=finding.pk).state


def test_the_page_has_the_facts_the_score_and_the_words(desk, finding):
    shown = page(desk, finding)
    assert "ITU-D Q7/2 and ITU-T SG5 have nearly the same title (100 of 100)." in shown
    assert "Human, exposure, made, up, fields" in shown and TITLE.upper() in shown
    assert "Nothing was decided yet." in shown


def test_the_list_has_what_is_to_be_decided_and_says_when_it_was_looked_for(desk, finding):
    shown = desk.get(list_of(StudyFinding)).content.decode()
    assert "have nearly the same title" in shown and "Last looked for on" in shown
    FindingDecision.objects.create(finding=finding, act="accepted", decided_on=today(), fingerprint=finding.fingerprint)
    assert "have nearly the same title" not in desk.get(list_of(StudyFinding)).content.decode()
    assert "have nearly the same title" in desk.get(f"{list_of(StudyFinding)}?state=accepted").content.decode()
    assert "have nearly the same title" in desk.get(f"{list_of(StudyFinding)}?state=every").content.decode()


def test_looking_before_decides_nothing(desk, finding):
    shown = act(desk, finding, "dismiss", because="One follows the other.", _preview="1").content.decode()
    assert "What will be. Nothing is saved yet" in shown
    assert "<del>to be decided</del>" in shown and "<ins>dismissed</ins>" in shown
    assert not FindingDecision.objects.exists()


def test_it_is_dismissed_with_a_reason(desk, finding):
    assert "It is dismissed." in act(desk, finding, "dismiss", because="One follows the other.").content.decode()
    assert state(finding) == "dismissed"
    assert "One follows the other." in page(desk, finding)


@pytest.mark.parametrize("because", ["", "   ", "\u200f"])
def test_no_reason_no_dismissal(desk, finding, because):
    assert "This field is required." in act(desk, finding, "dismiss", because=because).content.decode()
    assert state(finding) == "open"


def test_it_is_accepted_with_what_comes_of_it(desk, finding):
    act(desk, finding, "accept", outcome="Both groups meet in May.")
    assert (state(finding), finding.decision.outcome) == ("accepted", "Both groups meet in May.")


def test_what_is_printed_in_the_report_has_no_personal_address(desk, finding):
    shown = act(desk, finding, "accept", outcome="Write to ada@example.org").content.decode()
    assert "Nothing was saved." in shown and "Write to ada@example.org" in shown
    assert state(finding) == "open"


def test_it_is_assigned_to_a_person_with_an_office(desk, finding):
    ina = build.person("Ina Coordinates")
    build.coordinator(build.subject(), ina, date(2022, 1, 1))
    act(desk, finding, "assign", person=ina.pk)
    assert (state(finding), finding.decision.assigned_to) == ("assigned", ina)
    assert "Ina Coordinates" in desk.get(list_of(StudyFinding)).content.decode()


def test_it_is_assigned_to_an_account(desk, finding):
    account = build.staff_account("colleague@example.org")
    act(desk, finding, "assign", account=account.pk)
    assert finding.decision.assigned_to == account


@pytest.mark.parametrize("who", ["nobody", "both", "without an office", "closed account", "nonsense"])
def test_it_is_assigned_to_one_who_can_look_at_it(desk, finding, who):
    ina, left = build.person("Ina Coordinates"), build.person("Left Long Ago")
    build.coordinator(build.subject(), ina, date(2022, 1, 1))
    account, closed = build.staff_account("colleague@example.org"), build.account("gone@example.org", is_active=False)
    sent = {
        "nobody": {},
        "both": {"person": ina.pk, "account": account.pk},
        "without an office": {"person": left.pk},
        "closed account": {"account": closed.pk},
        "nonsense": {"person": "x", "account": "0"},
    }[who]
    assert "Nothing was saved." in act(desk, finding, "assign", **sent).content.decode()
    assert state(finding) == "open"


def test_facts_that_changed_meanwhile_are_looked_at_again(desk, finding):
    opened = finding.fingerprint
    StudyFinding.objects.filter(pk=finding.pk).update(fingerprint="0" * 64)
    shown = act(desk, finding, "dismiss", because="One follows the other.", seen=opened).content.decode()
    assert "The facts have changed since this page was opened." in shown
    assert "One follows the other." in shown and "0" * 64 in shown
    assert state(finding) == "open"


def test_what_is_no_longer_so_is_not_decided(desk, finding):
    StudyFinding.objects.filter(pk=finding.pk).update(gone_on=today())
    assert "Accept…" not in page(desk, finding)
    assert "This is no longer so" in act(desk, finding, "accept").content.decode()
    assert not FindingDecision.objects.exists()


def test_a_decision_is_undone_in_one_act(desk, finding):
    act(desk, finding, "accept", outcome="Both groups meet in May.")
    act(desk, finding, "dismiss", because="One follows the other.")
    undo = re.search(r'href="([^"]*/undo/[^"]*)"', desk.get(page_of(finding, "history")).content.decode())
    assert desk.post(undo[1], {"reason": "Pressed by mistake"}).status_code == 302
    assert (state(finding), FindingDecision.objects.get().outcome) == ("accepted", "Both groups meet in May.")


def test_the_first_decision_is_undone_and_its_history_stays(desk, finding):
    shown = act(desk, finding, "dismiss", because="One follows the other.").content.decode()
    desk.post(re.search(r'href="([^"]*/undo/[^"]*)"', shown)[1], {"reason": "Pressed by mistake"})
    assert state(finding) == "open"
    history = desk.get(page_of(finding, "history")).content.decode()
    assert "Pressed by mistake" in history and "One follows the other." in history


def test_nobody_enters_changes_or_removes_what_was_found(desk, finding):
    for name in ("change", "delete"):
        assert desk.post(page_of(finding, name), {"kind": "no link"}).status_code == 403
    assert desk.get(f"{list_of(StudyFinding)}add/").status_code == 403


def test_who_may_only_look_decides_nothing(clerk, finding):
    client = clerk("studies.view_studyfinding")
    assert "Dismiss…" not in page(client, finding)
    assert act(client, finding, "dismiss", because="No.").status_code == 403


def test_a_finding_about_what_is_gone_is_no_error(desk, finding):
    StudyFinding.objects.filter(pk=finding.pk).update(facts=finding.facts | {"ends": [98, 99]})
    assert "is not on record any more, or not public." in page(desk, finding)
    assert "is not on record any more, or not public." in desk.get(list_of(StudyFinding)).content.decode()


@pytest.mark.parametrize(
    "query", ["state=nonsense", "kind__exact=x", "is_recorded__exact=x", "subjects__id__exact=x", "q=%00", "p=x"]
)
def test_an_odd_address_of_the_list_is_no_error(desk, finding, query):
    assert desk.get(f"{list_of(StudyFinding)}?{query}").status_code < 500
