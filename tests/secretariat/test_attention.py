"""What the Terms of Reference ask and is not so, clause by clause (house rule 10)."""

import importlib
import pkgutil
from datetime import date, timedelta

import pytest

from members.models import ChairTerm, Representative, Seat
from secretariat import checks
from secretariat.attention import attention, by_clause, is_open
from secretariat.checks.office_care import offices_to_care_for
from secretariat.clause_counts import rows_of_the_record
from secretariat.clause_states import CANNOT_SHOW, NOT_ALL_PUBLIC, SAID_KEPT
from secretariat.findings import CARE, CLAUSES, NOT_RECORDED, OPEN, REMARK, FindingTopic
from subjects.acts import adopt_edition, withdraw_edition
from subjects.models import Coordinator, FocalPointRecord
from tests import world as w

DAY = w.DAY


def said(clause, on=DAY, kind=None):
    """The sentences of a clause, of one kind or of all."""
    return [f.sentence for f in attention(on, clause=clause) if kind in (None, f.topic.kind)]


CHECKS = {one.name for one in pkgutil.iter_modules(checks.__path__)}


def topics(but=frozenset()):
    """{name: topic} of all that a check can find; `but`: modules that are left out."""
    found = {}
    for module in CHECKS - but:
        named = vars(importlib.import_module(f"{checks.__name__}.{module}"))
        found |= {f"{module}.{name}": one for name, one in named.items() if isinstance(one, FindingTopic)}
    return found


def test_each_check_is_asked():
    by_other_checks = {"office_care", "transmissions"}
    asked = vars(importlib.import_module("secretariat.attention"))
    assert CHECKS - set(asked) == by_other_checks, "Put it in `_checks` of secretariat/attention.py."


def test_each_topic_is_counted_on_the_desk():
    asked = {"answers", "overlaps", "seats", "transmissions"}  # whole modules, by `clause_counts` itself
    asked_alone = {"reports.NO_ANNUAL_REPORT", "reports.CORRIGENDUM_WANTED", "reports.COORDINATOR_REPORT_MISSING"}
    asked_alone |= {"subjects.NO_EDITION"}
    on_the_page_alone = {"record_care.INDICATIVE"}
    counted = {topic for topic, _rows in rows_of_the_record(DAY)} | set(checks.subjects.conditions(DAY))
    told = {name for name, topic in topics(but=asked).items() if topic.kind != REMARK and topic not in counted}
    assert told == asked_alone | on_the_page_alone, "Give it in `counted` of its module, which COUNTED names."


def test_each_topic_of_a_clause_that_the_public_page_may_call_kept_is_counted_there():
    may_be_kept = set(SAID_KEPT) - set(CANNOT_SHOW) - NOT_ALL_PUBLIC
    told = {
        name for name, topic in topics().items() if topic.clause in may_be_kept and topic.kind in (OPEN, NOT_RECORDED)
    }
    assert told == {
        *("activities.NOT_RECORDED_AS_HELD", "meetings.NOT_RECORDED_AS_HELD"),
        *("seats.SEAT_VACANT", "seats.SEAT_NOT_RECORDED"),
        *("subjects.COORDINATOR_VACANT", "subjects.COORDINATOR_NOT_RECORDED"),
        *("subjects.FOCAL_POINT_MISSING", "subjects.FOCAL_POINT_NOT_RECORDED"),
        *("subjects.SECRETARIAT_MISSING", "subjects.SECRETARIAT_NOT_RECORDED"),
    }, "Count it in `_add_topics` of secretariat/clause_states.py too, then name it here."


def test_of_each_clause_is_told_what_is_told_of_it_among_all(world):
    assert [one for clause in CLAUSES for one in attention(DAY, clause=clause)] == attention(DAY)


def test_a_vacant_seat_is_open_under_c1(world):
    assert said("C1", kind=OPEN) == [
        "TSAG, seat 2: vacant (since June 2024).",
        "TDAG, seat 1: vacant (since 1 January 2024).",
    ]


def test_a_seat_without_a_record_is_not_vacant(world):
    assert said("C1", kind=NOT_RECORDED) == ["TDAG, seat 2: who sits here is not recorded."]


def test_a_filled_seat_is_not_mentioned(world):
    w.representative("TDAG2", world.lea, date(2025, 1, 1))
    assert said("C1", kind=NOT_RECORDED) == []


def test_a_council_region_without_a_representative_is_a_remark(world):
    for code, region in (("FR", "B"), ("CM", "D"), ("CN", "E")):
        country = w.country(code)
        country.council_region = region
        country.save()
    assert said("C1", kind=REMARK) == [
        "No representative on record comes from Council region A: Americas.",
        "No representative on record comes from Council region C: Eastern Europe and Northern Asia.",
    ]


def test_the_balance_cannot_be_told_without_a_region_or_a_country(world):
    Representative.objects.filter(person=world.ada).update(country=None)
    remarks = said("C1", kind=REMARK)
    assert "Ms Ada Testperson: the country is not recorded, so the balance cannot be told." in remarks
    assert "Cameroon: the Council region is not recorded, so the balance cannot be told." in remarks


def test_a_vacant_chair_is_open_under_c2(world):
    ChairTerm.objects.filter(person=world.gus).update(ends_on=date(2025, 2, 1), ends_precision="day")
    assert "Chair: vacant (since 1 February 2025)." in said("C2", kind=OPEN)


def test_a_chair_who_is_not_recorded_is_softer(world):
    ChairTerm.objects.all().delete()
    Seat.objects.filter(pk="CHAIR").update(recorded_from=None)
    assert said("C2", kind=NOT_RECORDED) == ["Chair: who sits here is not recorded."]


def test_a_term_is_due_when_none_began_after_the_last_conference(world):
    overdue = "PP-22 was announced for 26 September – 14 October 2022; no appointment after it is on record."
    assert said("C2", kind=OPEN) == [overdue]


def test_no_term_is_due_once_one_follows_the_conference(world):
    ChairTerm.objects.filter(person=world.gus).update(ends_on=date(2022, 12, 1), ends_precision="day")
    w.chair_term(world.ada, date(2022, 12, 1), follows=world.pp22)
    assert said("C2", kind=OPEN) == []


def test_the_next_chair_is_announced_while_the_conference_is_near(world):
    due = "The next Chair is due shortly after PP-22 (Testville), which ends on 14 October 2022."
    assert due in said("C2", on=date(2022, 10, 14), kind=REMARK)
    assert due not in said("C2", on=date(2022, 1, 1), kind=REMARK)
    assert said("C2", on=date(2022, 10, 14), kind=OPEN) == []


def test_what_clause_c2_does_not_allow_is_a_remark_until_it_binds(world):
    ChairTerm.objects.filter(person=world.gus).update(follows=None)
    problem = "Mr Gus Example: Say which Plenipotentiary Conference this term follows."
    assert problem in said("C2", kind=REMARK)
    w.terms_of_reference(date(2019, 1, 1))
    assert problem in said("C2", kind=OPEN)
    assert problem not in said("C2", kind=REMARK)


def test_that_the_terms_of_reference_bind_from_no_day_is_a_remark(world):
    sentence = "No day is recorded from which the Terms of Reference bind, so clause C2 is only remarked on."
    assert sentence in said("C2", kind=REMARK)
    w.terms_of_reference(date(2030, 1, 1))
    assert sentence not in said("C2", kind=REMARK)


def test_a_subject_without_coordinator_is_open_or_not_recorded(world):
    assert "ACC: no Coordinator (since 1 May 2023)." in said("A0", kind=OPEN)
    assert "IOT: who coordinates it is not recorded." in said("A0", kind=NOT_RECORDED)
    assert not [sentence for sentence in said("A0") if "EMF: no Coordinator" in sentence]


def test_focal_points_are_asked_for_each_sector_in_scope(world):
    assert "EMF: who is Focal Point for TSAG or TDAG is not recorded." in said("A0", kind=NOT_RECORDED)
    assert "EMF: who is secretariat focal point for TSB or BDT is not recorded." in said("A3", kind=NOT_RECORDED)
    assert "IOT: who is secretariat focal point for TSB or BDT is not recorded." in said("A3", kind=NOT_RECORDED)


def test_missing_focal_points_are_open_once_the_record_of_the_body_is_complete(world):
    for body in ("RAG", "TDAG", "GS"):
        w.saved(FocalPointRecord(subject=world.subjects["ACC"], body=body, recorded_from=DAY))
    assert "ACC: no Focal Point for RAG or TDAG." in said("A0", kind=OPEN)
    assert "ACC: no secretariat focal point for GS." in said("A3", kind=OPEN)
    assert "ACC: who is Focal Point for TSAG is not recorded." in said("A0", kind=NOT_RECORDED)


def test_a_subject_that_is_not_on_the_list_is_not_asked_about(world):
    assert not [finding for finding in attention(DAY) if finding.sentence.startswith("OLD")]


def test_the_theme_rule_is_told_subject_by_subject(world):
    assert said("F1", kind=OPEN) == []
    told = said("F1", kind=NOT_RECORDED)
    assert "ACC: no resolution of a Plenipotentiary Conference is on record." in told
    assert "IOT: no mandates are recorded." in told


def test_an_edition_that_was_withdrawn_does_not_count(world):
    sentence = "No edition of the list, as adopted on a day, is recorded."
    assert sentence in said("F1")
    edition = adopt_edition(DAY, "ISCG/99-1/07")
    assert sentence not in said("F1")
    withdraw_edition(edition, "A test")
    assert sentence in said("F1")


def test_an_office_lacks_a_document_unless_a_group_gave_one(world):
    sentences = said("", kind=CARE)
    assert "Ms Ada Testperson, RAG1, since 1 January 2020: no document of the appointment is recorded." in sentences
    assert not [sentence for sentence in sentences if "Ina Sample" in sentence and "document" in sentence]


def test_an_office_without_a_source_is_found(world):
    Coordinator.objects.filter(person=world.ina).update(source="ISCG/99-1/09")
    sentences = said("", kind=CARE)
    assert "Mr Gus Example, Chair, since March 2019: no source is given." in sentences
    assert not [sentence for sentence in sentences if "Ina Sample" in sentence and "source" in sentence]


def test_a_confirmation_grows_old_after_a_year(world):
    sentence = "Mr Gus Example, Chair: last confirmed on 12 February 2025."
    assert sentence not in said("", on=DAY + timedelta(days=365))
    assert sentence in said("", on=DAY + timedelta(days=366))


def test_an_office_that_began_within_the_year_needs_no_confirmation(world):
    assert "Ms Cleo Invented, RAG2: never confirmed, since 1 March 2024." not in said("")
    assert "Ms Ada Testperson, RAG1: never confirmed, since 1 January 2020." in said("")


def test_without_a_confirmation_the_age_counts_from_the_day_of_the_source(world):
    Representative.objects.filter(person=world.ada).update(source_dated_on=date(2024, 2, 11))
    assert "Ms Ada Testperson, RAG1: as in a document of 11 February 2024." in said("")
    Representative.objects.filter(person=world.ada).update(source_dated_on=DAY)
    assert not [sentence for sentence in said("") if sentence.startswith("Ms Ada Testperson, RAG1: ")]


def test_indicative_entries_are_counted_by_kind(world):
    assert "Subjects: 1 entry." in said("", kind=CARE)


def test_the_day_is_asked_and_not_today(world):
    assert "EMF: no Focal Point for TSAG or TDAG." not in said("A0", on=date(2019, 1, 1))
    assert "TSAG, seat 2: vacant (since June 2024)." not in said("C1", on=date(2024, 1, 1))


def test_findings_stand_in_the_order_of_the_clauses(world):
    assert [clause.id for clause in by_clause(attention(DAY))] == ["F1", "F3", "A0", "A3", "C1", "C2", ""]


def test_like_findings_are_one_group_with_their_number(world):
    groups = {group.heading: len(group.findings) for clause in by_clause(attention(DAY)) for group in clause.groups}
    assert groups["2 seats are vacant"] == 2
    assert groups["1 subject has no Coordinator"] == 1


def test_remarks_alone_are_not_open(world):
    findings = attention(DAY)
    assert is_open(findings)
    assert not is_open([finding for finding in findings if finding.topic.kind == REMARK])


@pytest.fixture
def ten_times_the_world(world):
    """Many more terms, subjects and Coordinators than the cast has."""
    for number in range(20):
        subject = w.subject(f"S{number}", "RT")
        w.listing(subject, date(2020, 1, 1))
        w.coordinator(subject, w.person(f"Person Number{number}"), date(2020, 1, 1))
        w.focal_point(subject, world.kim, "RAG", date(2020, 1, 1))
    for year in range(1990, 2010):
        w.representative("TDAG2", world.lea, date(year, 1, 1), date(year + 1, 1, 1))


def test_the_number_of_queries_does_not_grow(ten_times_the_world, django_assert_num_queries):
    with django_assert_num_queries(17):
        attention(DAY)


def test_all_offices_that_want_care_come_in_one_query(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        names = {office.name for office in offices_to_care_for(DAY)}
    assert {"Ada Testperson", "Gus Example", "Ina Sample", "Jon Dummy"} <= names
