"""Rows of one file are judged as they will stand, whatever their order, and all or nothing is written."""

from itertools import permutations

import pytest

from bench.rows import judge_rows, write_rows
from iscg_portal.importing.rows import RowsRefused
from members.models import Representative
from subjects.models import Coordinator, Mandate, Subject
from tests.importing.conftest import exported, problems, term, verdicts
from tests.world import terms_of_reference

ORDERS = list(permutations(range(2)))


def in_order(rows, order):
    return [rows[index] for index in order]


@pytest.mark.parametrize("order", ORDERS)
def test_two_holders_swap_their_seats(world, order):
    ada, fay = (row for row in exported("representative") if row["person"] in ("ada-testperson", "fay-imaginary"))
    ada["seat"], fay["seat"] = fay["seat"], ada["seat"]
    ada["record_complete_from"] = "not known"  # Fay comes later, and nobody knows who sat there before her
    write_rows("representative", in_order([ada, fay], order), reason="They swapped.")
    assert Representative.objects.get(person=world.ada).seat_id == "TDAG1"
    assert Representative.objects.get(person=world.fay).seat_id == "RAG1"


@pytest.mark.parametrize("order", ORDERS)
def test_end_of_one_and_start_of_the_next_come_in_one_file(world, order):
    [ada] = (row for row in exported("representative") if row["person"] == "ada-testperson")
    ada |= {"ends_on": "2026-05-01", "ends_precision": "day", "how_ended": "replaced"}
    new = {**dict.fromkeys(ada, ""), **term("RAG1")}
    assert verdicts(judge_rows("representative", in_order([ada, new], order))) == in_order(["changed", "added"], order)


@pytest.mark.parametrize("order", ORDERS)
def test_two_holders_of_one_seat_are_refused_with_both_rows_named(world, order):
    rows = in_order([term(person="lea-nobody"), term(person="max-formerly", starts_on="2027-01-01")], order)
    assert problems("representative", rows) == 2 * [
        (
            "",
            "Somebody else holds this seat on a day of this term; end that term first."
            " Rows 2 and 3 stand in each other's way.",
        )
    ]


def test_row_in_the_way_of_an_unchanged_row_names_both(world):
    [ada] = (row for row in exported("representative") if row["person"] == "ada-testperson")
    preview = judge_rows("representative", [ada, {**dict.fromkeys(ada, ""), **term("RAG1")}])
    assert verdicts(preview) == ["refused", "refused"]


def test_holder_who_is_not_in_the_file_is_named(world):
    [(cell, sentence)] = problems("representative", [term("RAG1")])
    assert cell == "" and "Ms Ada Testperson" in sentence


def test_misspelt_row_is_not_in_the_way_of_the_others(world):
    ada, fay = (row for row in exported("representative") if row["person"] in ("ada-testperson", "fay-imaginary"))
    ada["seat"], fay["seat"], ada["country"] = "TDAG1", "RAG1", "Frnace"
    assert verdicts(judge_rows("representative", [ada, fay])) == ["refused", "changed"]


def test_nothing_is_written_where_one_row_is_refused(world):
    with pytest.raises(RowsRefused, match="Row 3: "):
        write_rows("representative", [term(), term("RAG1", "max-formerly")])
    assert not Representative.objects.filter(person=world.lea).exists()


def test_preview_writes_nothing(world):
    before = (Representative.objects.count(), Representative.history.count())
    assert judge_rows("representative", [term()]).is_accepted
    assert (Representative.objects.count(), Representative.history.count()) == before


@pytest.mark.parametrize("order", ORDERS)
def test_extension_of_the_chair_finds_its_preceding_term_in_the_file(world, order):
    terms_of_reference("2019-01-01")
    [gus] = (row for row in exported("chairterm") if row["person"] == "gus-example")
    gus |= {"ends_on": "2022-11-01", "ends_precision": "day"}
    blank = dict.fromkeys(gus, "")
    longer = {"person": "gus-example", "starts_on": "2022-11-01", "kind": "extended", "follows": "PP-22"}
    assert judge_rows("chairterm", in_order([gus, {**blank, **longer}], order)).is_accepted


def test_coordinator_who_holds_a_secretariat_focal_point_is_refused(world):
    row = {"subject": "ACC", "person": "jon-dummy", "starts_on": "2026-01-01", "starts_precision": "day"}
    [(_cell, sentence)] = problems("coordinator", [row])
    assert "secretariat focal point" in sentence


def test_reason_and_account_go_into_the_history(world):
    write_rows("representative", [term()], reason="The group decided.", by=world.staff)
    record = Representative.history.get(person=world.lea)
    assert (record.history_change_reason, record.history_user) == ("The group decided.", world.staff)


def test_unchanged_rows_leave_no_trace_in_the_history(world):
    before = Representative.history.count()
    write_rows("representative", exported("representative"), reason="Nothing new.")
    assert Representative.history.count() == before


def test_mandates_are_added_and_removed_with_a_reason(world):
    row = {"code": "EMF", "scope": "R; T; D", "mandates": "pp-191; itu-r-75"}
    write_rows("subject", [row], reason="Checked.")
    assert {str(each.resolution) for each in Mandate.objects.filter(subject__code="EMF")} == {"PP Res. 191", "ITU-R 75"}
    assert Mandate.history.filter(history_type="-").get().history_change_reason == "Checked."
    assert not Subject.history.filter(code="EMF", history_type="~").exists()


def test_mandate_with_days_is_history_and_not_removed(world):
    Mandate.objects.filter(resolution__slug="wtsa-18").update(starts_on="2020-01-01")
    [(cell, sentence)] = problems("subject", [{"code": "EMF", "scope": "R; T; D", "mandates": "pp-191"}])
    assert cell == "C2" and "WTSA Res. 18 is recorded with days" in sentence


def test_appointments_follow_the_coordinator(world):
    [ina] = (row for row in exported("coordinator") if row["person"] == "ina-sample")
    ina |= {"appointed_by": "RAG; TDAG", "tsag_document": "", "tsag_decided_on": "", "tdag_document": "TDAG/100"}
    write_rows("coordinator", [ina], reason="Corrected.")
    appointments = Coordinator.objects.get(person=world.ina).appointments.order_by("group")
    assert [(each.group, each.document) for each in appointments] == [("RAG", "RAG/99"), ("TDAG", "TDAG/100")]


def test_details_of_a_group_that_did_not_appoint_are_refused(world):
    [ina] = (row for row in exported("coordinator") if row["person"] == "ina-sample")
    [(_cell, sentence)] = problems("coordinator", [{**ina, "tdag_document": "TDAG/100"}])
    assert sentence == "TDAG is not in the column “appointed_by”."


def test_title_in_the_original_language_is_needed(world):
    row = {"code": "NEW", "scope": "R; T", "title_en": "", "title_fr": "Un titre", "original_language": "en"}
    [(cell, sentence)] = problems("subject", [row])
    assert cell == "C2" and "original language" in sentence
    assert judge_rows("subject", [{**row, "original_language": "fr"}]).is_accepted
