"""The pages of a rollover: a busy officer sees what is proposed, decides, looks at all of it, and carries it out."""

import pytest
from django.urls import reverse

from iscg_portal.importing.formats import read_file
from iscg_portal.importing.rows import judge, write
from studies.models import Ending, PlannedEnding, StudyUnit
from studies.models.endings import SPLIT_ALONE
from tests import world
from tests.admin.conftest import page_of
from tests.importing.conftest import as_file
from tests.studies.test_rollover import Hand

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand(db):
    return Hand()


@pytest.fixture
def address(hand):
    return page_of(hand.period, "rollover")


def row_of(page, unit):
    return next(row for row in page.context["page"].object_list if row.unit == unit)


def sent(page, **decisions):
    """What a browser would send: each row as it stands, with `decisions` as {key of a unit: (kind, successors)}."""
    data = {}
    for row in page.context["page"].object_list:
        kind, successors = decisions.get(f"u{row.unit.pk}", (row.kind, row.ticked))
        data[f"seen-{row.unit.pk}"] = row.seen
        data[f"kind-{row.unit.pk}"] = kind
        data[f"to-{row.unit.pk}"] = list(successors)
        data[f"other-{row.unit.pk}"] = row.typed
    return data


def test_page_of_the_period_leads_to_it(hand, desk, address):
    assert address in desk.get(page_of(hand.period)).content.decode()


def test_each_unit_is_shown_with_its_proposal_and_why(hand, desk, address):
    page = desk.get(address)
    row = row_of(page, hand.sg9)
    assert (row.proposal.kind, row.proposal.successors, row.links) == ("merged", [hand.sg21], 1)
    assert "Cable, television" in page.content.decode()


def test_nothing_is_preselected_until_it_is_filled_in_and_then_nothing_is_saved(hand, desk, address):
    assert {row.kind for row in desk.get(address).context["page"].object_list} == {""}
    assert {row.kind for row in desk.get(f"{address}?fill=all").context["page"].object_list} == {"merged"}
    assert not PlannedEnding.objects.exists()


def test_a_forged_key_of_five_thousand_digits_is_refused_in_its_row(hand, desk, address):
    pk = hand.sg9.pk
    forged = {f"seen-{pk}": "", f"kind-{pk}": "merged", f"to-{pk}": "9" * 5000, f"other-{pk}": ""}
    page = desk.post(address, forged)
    assert "Say which unit of the new list it becomes." in str(row_of(page, hand.sg9).errors)
    assert not PlannedEnding.objects.exists()


def test_proposals_filled_in_are_saved_as_decisions(hand, desk, address):
    page = desk.get(f"{address}?fill=all")
    response = desk.post(address, sent(page), follow=True)
    assert "2 decisions are saved." in response.content.decode()
    assert "Every unit of the period before is decided." in response.content.decode()
    assert {(plan.unit, plan.successor) for plan in PlannedEnding.objects.all()} == {
        (hand.sg9, hand.sg21),
        (hand.sg16, hand.sg21),
    }


def test_number_that_is_typed_is_found_whatever_its_spaces(hand, desk, address):
    data = sent(desk.get(address), **{f"u{hand.sg9.pk}": ("renamed", [])})
    desk.post(address, {**data, f"other-{hand.sg9.pk}": "sg 5"})
    assert PlannedEnding.objects.get().successor == hand.sg5


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("renamed", "SG99", "“SG99” is not in the new list."),
        ("renamed", "SG16", "“SG16” is not in the new list."),
        ("", "SG5", "Say how it ends."),
        ("closed", "SG5", "A unit that was closed has no successor: take the ticks away."),
        ("split", "", str(SPLIT_ALONE)),
        ("merged", "SG5", "Only a unit that was split or replaced has several successors."),
    ],
)
def test_refused_row_is_marked_and_nothing_typed_is_lost(hand, desk, address, kind, typed, sentence):
    data = sent(desk.get(address), **{f"u{hand.sg16.pk}": ("merged", [hand.sg21.pk])})
    data |= {f"kind-{hand.sg9.pk}": kind, f"other-{hand.sg9.pk}": typed}
    page = desk.post(address, data)
    row = row_of(page, hand.sg9)
    assert (row.errors, row.kind, row.typed) == ([sentence], kind, typed)
    assert sentence in page.content.decode() and "One row is refused, so nothing was saved." in page.content.decode()
    assert row_of(page, hand.sg16).kind == "merged" and not PlannedEnding.objects.exists()


def test_closing_needs_no_ticks_taken_away_that_the_page_set_itself(hand, desk, address):
    desk.post(address, sent(desk.get(address), **{f"u{hand.sg9.pk}": ("closed", [hand.sg21.pk])}))
    assert PlannedEnding.objects.get().kind == "closed"


def test_split_with_one_successor_is_saved_once_its_mark_is_ticked(hand, desk, address):
    data = sent(desk.get(address), **{f"u{hand.sg9.pk}": ("split", [hand.sg21.pk])})
    refused = desk.post(address, data)
    assert f'name="others-{hand.sg9.pk}"' in refused.content.decode() and not PlannedEnding.objects.exists()
    desk.post(address, {**data, f"others-{hand.sg9.pk}": "on"})
    assert row_of(desk.get(f"{address}?show=decided"), hand.sg9).others_unrecorded
    assert "other successors not recorded" in desk.get(page_of(hand.period, "carry-out")).content.decode()


def test_second_of_two_officers_is_told_what_the_first_decided(hand, desk, address):
    page = desk.get(address)
    desk.post(address, sent(page, **{f"u{hand.sg9.pk}": ("merged", [hand.sg21.pk])}))
    late = desk.post(address, sent(page, **{f"u{hand.sg9.pk}": ("closed", [])}))
    assert "Somebody decided otherwise meanwhile: merged SG21. Look at it again." in late.content.decode()
    assert PlannedEnding.objects.get().kind == "merged"


def test_decision_is_taken_back_on_the_list_of_decisions(hand, desk, address):
    world.saved(PlannedEnding(unit=hand.sg9, kind="closed"))
    page = desk.get(f"{address}?show=decided")
    desk.post(f"{address}?show=decided", sent(page, **{f"u{hand.sg9.pk}": ("", [])}))
    assert not PlannedEnding.objects.exists()


def test_all_that_will_be_written_is_shown_then_written_and_can_be_undone(hand, desk, address):
    hand.merge()
    page = desk.get(page_of(hand.period, "carry-out"))
    text = page.content.decode()
    assert "ITU-R WP 6B 2023-2027 – ITU-T SG21 2025-2028" in text and "Carry this out" in text
    shown = page.context["form"].initial["shown"]
    done = desk.post(page.request["PATH_INFO"], {"shown": shown, "decision": "WTSA-24", "reason": "Real"}, follow=True)
    assert "2 units carried over. 2 links follow and are to be confirmed." in done.content.decode()
    assert Ending.objects.filter(decision="WTSA-24").count() == 2 and hand.new_links().count() == 2
    mark = Ending.history.latest().history_act
    assert desk.post(reverse("admin:undo", args=[mark]), {"reason": "Too early"}).url == address
    assert not hand.new_links().exists() and PlannedEnding.objects.count() == 2


def test_links_that_do_not_follow_stand_there_with_the_reason(hand, desk):
    world.saved(PlannedEnding(unit=hand.sg9, kind="closed"))
    text = desk.get(page_of(hand.period, "carry-out")).content.decode()
    assert "ITU-T SG9 2022-2024 is closed." in text and "One unit is not decided yet" in text


def test_page_opened_before_a_change_does_not_carry_it_out(hand, desk):
    hand.merge()
    address = page_of(hand.period, "carry-out")
    shown = desk.get(address).context["form"].initial["shown"]
    world.link(hand.wp6c, hand.sg9, topic="New meanwhile")
    refused = desk.post(address, {"shown": shown, "reason": "Real", "decision": "Kept as typed"})
    assert "changed since this page was opened" in refused.content.decode()
    assert "Kept as typed" in refused.content.decode() and not hand.new_links().exists()


@pytest.mark.parametrize("act", ["rollover", "carry-out"])
def test_pages_answer_where_there_is_nothing_to_do(hand, desk, act):
    assert desk.get(page_of(hand.before, act)).status_code == 200
    StudyUnit.objects.filter(pk__in=[hand.sg21.pk, hand.sg5.pk]).delete()
    assert desk.get(page_of(hand.period, act)).status_code == 200


def test_page_says_to_load_the_list_first(hand, desk, address):
    StudyUnit.objects.filter(pk__in=[hand.sg21.pk, hand.sg5.pk]).delete()
    text = desk.get(address).content.decode()
    assert "Load its list first" in text and reverse("admin:studies_studyunit_import") in text


def test_list_that_was_cut_off_is_suspected_before_anything_is_closed(hand, desk, address):
    world.study_unit("SG2", "T 2022-2024", "study group", title="Numbering and operation")
    assert "is the new list complete?" in desk.get(address).content.decode()


def test_who_may_not_enter_ends_and_links_does_not_see_it(hand, clerk):
    client = clerk("studies.view_studyperiod", "studies.add_plannedending", "studies.add_ending")
    assert client.get(page_of(hand.period, "rollover")).status_code == 403
    assert client.get(page_of(hand.period, "carry-out")).status_code == 403


@pytest.mark.parametrize("query", ["?show=nonsense", "?page=99", "?page=x", "?fill=x", "?show=all&fill=sure"])
def test_odd_addresses_answer(hand, desk, address, query):
    assert desk.get(address + query).status_code == 200


def test_odd_values_are_no_server_errors(hand, desk, address):
    pk = hand.sg9.pk
    odd = {f"seen-{pk}": "", f"kind-{pk}": "eaten", f"to-{pk}": ["x", "99999999", "²"], f"other-{pk}": ";,<b>"}
    assert "“&lt;b&gt;” is not in the new list." in desk.post(address, odd).content.decode()
    assert not PlannedEnding.objects.exists()


def test_queries_do_not_grow_with_the_units(hand, desk, address, django_assert_max_num_queries):
    for number in range(10):
        world.study_unit(f"Q{number}/16", "T 2022-2024", title=f"Question {number} on multimedia, made up")
        world.study_unit(f"Q{number}/21", "T 2025-2028", title=f"Question {number} on multimedia, made up")
    with django_assert_max_num_queries(16):
        assert len(desk.get(f"{address}?show=all").context["page"].object_list) == 12


def test_file_of_the_new_list_twice_changes_nothing(hand, desk, address):
    row = {"sector": "T", "period": "t-2025-2028", "number": "Q1/21", "kind": "question", "title_en": "Accessibility"}
    row |= dict.fromkeys(("starts_on", "starts_precision", "ends_on", "ends_precision"), "")
    row |= {"parent": "t-2025-2028-sg21", "original_language": "en"}
    sheet = read_file(as_file([row], "csv"))
    write(StudyUnit, sheet)
    before = [proposal.proposal for proposal in desk.get(address).context["page"].object_list]
    assert {one.verdict for one in judge(StudyUnit, sheet).rows} == {"unchanged"}
    assert [one.proposal for one in desk.get(address).context["page"].object_list] == before


def test_public_page_goes_on_with_the_old_period_until_the_new_list_is_there(hand, client):
    StudyUnit.objects.filter(pk__in=[hand.sg21.pk, hand.sg5.pk]).delete()
    text = client.get("/en/mapping/t-r/").content.decode()
    assert all(said in text for said in ("shown is the last one on record", "2022-2024", "SG9"))


def test_public_page_says_that_links_are_not_carried_over_yet(hand, client):
    said = "The links of ITU-T 2022-2024 have not been carried over to ITU-T 2025-2028 yet."
    assert said in client.get("/en/mapping/t-r/").content.decode()
    hand.merge()
    hand.carry_out()
    assert said not in client.get("/en/mapping/t-r/").content.decode()
