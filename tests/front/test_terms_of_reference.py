"""The Terms of Reference clause by clause, and how each is kept, from the same source as `attention`."""

import re
import time
from collections import Counter
from datetime import date

import pytest

from front.terms_of_reference import compare
from members.clauses import IN_SHORT, PARTS, Clause
from reports.models import Transmission
from secretariat import kept_checks
from secretariat.attention import attention
from secretariat.clause_states import KEPT, NOT_PUBLIC, SAID_KEPT, how_kept
from secretariat.findings import CLAUSES, NOT_RECORDED, OPEN
from subjects.acts import adopt_edition
from subjects.models import FocalPointRecord
from tests import world as w

ADDRESS = "/en/terms-of-reference/"
# What staff see and the public does not, so that the clause is “not recorded” on the page and never open.
FOR_STAFF = {"A1", "A4"}
LATER = date(2025, 12, 1)


def page(client, language="en"):
    return client.get(f"/{language}/terms-of-reference/").content.decode()


def clause(client, id):
    return re.search(rf'<article class="clause" id="{id}">.*?</article>', page(client), re.DOTALL)[0]


def test_every_clause_has_its_words_and_its_part():
    assert list(IN_SHORT) == Clause.values
    assert {id[0] for id in IN_SHORT} == set(PARTS)
    assert set(CLAUSES) - {""} <= set(IN_SHORT)


@pytest.mark.parametrize("on", [w.DAY, date(2019, 6, 1), date(2030, 1, 1)])
def test_the_page_says_what_attention_says(world, on):
    statement = w.document(w.meeting("25-1"), number="ISCG/25-1/09", type="liaison statement")
    w.liaison(statement, date(2025, 1, 1), action=["RAG"])
    w.activity(state="planned", starts_on=date(2018, 3, 4))
    found = {}
    for finding in attention(on):
        found.setdefault(finding.topic.clause, set()).add(finding.topic.kind)
    kept = how_kept(on)
    for id in CLAUSES.keys() - FOR_STAFF - {""}:
        kinds = found.get(id, set())
        worst = OPEN if OPEN in kinds else NOT_RECORDED if NOT_RECORDED in kinds else ""
        assert not worst or kept[id].state == worst, id
        assert worst or kept[id].state != OPEN, id


def test_the_page_counts_as_attention_does(world):
    for code, body in (("ACC", "RAG"), ("ACC", "GS"), ("EMF", "TSAG"), ("EMF", "BDT")):
        w.saved(FocalPointRecord(subject=world.subjects[code], body=body, recorded_from=w.DAY))
    w.focal_point(world.subjects["EMF"], world.kim, "TSAG", date(2020, 1, 1))
    w.focal_point(world.subjects["IOT"], world.kim, "BR", date(2020, 1, 1), date(2021, 1, 1))
    counts = Counter()
    for finding in attention(w.DAY):
        counts[finding.topic] += finding.stands_for
    told = {(topic.clause, topic.counted(n)) for topic, n in counts.items() if topic.kind in (OPEN, NOT_RECORDED)}
    kept = how_kept(w.DAY)
    reasons = {(id, re.sub(r" \(.*|\.$", "", reason)) for id in ("C1", "A0", "A3") for reason in kept[id].reasons}
    assert reasons == {(id, heading) for id, heading in told if id in ("C1", "A0", "A3")}


def test_a_vacancy_is_told_with_the_day_of_the_first(db):
    w.seat("RAG1", recorded_from=date(2020, 1, 1)), w.seat("RAG2", recorded_from=date(2019, 1, 1))
    w.representative("RAG1", w.person(), date(2020, 1, 1), date(2024, 3, 1), ends_precision="month")
    w.listing(w.subject("EMF", recorded_from=date(2023, 5, 1)), date(2020, 1, 1))
    kept = how_kept(w.DAY)
    assert kept["C1"].reasons[0] == "2 seats are vacant (since 1 January 2019)."
    assert kept["A0"].reasons[0] == "1 subject has no Coordinator (since 1 May 2023)."


def test_a_vacancy_after_an_end_known_only_as_after_is_told_on_the_page(db, client):
    w.seat("CHAIR", recorded_from=date(2019, 4, 6))
    w.chair_term(w.person(), date(2016, 1, 1), date(2019, 4, 6), ends_precision="after")
    assert "(last recorded held on 5 April 2019)." in clause(client, "c2")


def keep_f1():
    subject, calls = w.subject("EMF"), w.resolution("PP", 191, calls_for_coordination=True)
    w.listing(subject, date(2020, 1, 1)), w.mandate(subject, calls)
    adopt_edition(date(2024, 1, 23), "ISCG/99-1/05")
    return subject


def change_a_mandate(subject):
    nine = w.resolution("WTDC", 9)
    w.mandate(subject, nine), w.revision(nine, 2022), w.revision(nine, 2025, revised=True)
    w.conference("WTDC-25", "WTDC", date(2025, 11, 17), date(2025, 11, 28))


def add_a_resolution(_subject):
    w.revision(w.resolution("WTDC", 90), 2025)
    w.conference("WTDC-25", "WTDC", date(2025, 11, 17), date(2025, 11, 28))


def leave_a_report_unsent(report):
    w.saved(Transmission(report=report, group=w.advisory_group("RAG")))


def change_what_was_reported(_report):
    w.representative("TDAG1", w.person("New Testperson"), date(2024, 5, 1), date(2024, 9, 1))


def keep_c2():
    return w.chair_term(w.person(), date(2024, 5, 1))


def bind_the_chair(_term):
    w.terms_of_reference(date(2024, 1, 1))


@pytest.mark.parametrize(
    ("id", "keep", "plant"),
    [
        ("F1", keep_f1, change_a_mandate),
        ("F1", keep_f1, add_a_resolution),
        ("F3", w.published_report, leave_a_report_unsent),
        ("F3", w.published_report, change_what_was_reported),
        ("C2", keep_c2, bind_the_chair),
    ],
)
def test_the_page_does_not_tell_whether_staff_see_a_clause_open(db, id, keep, plant):
    kept = keep()
    said = (NOT_RECORDED, [str(SAID_KEPT[id]), str(NOT_PUBLIC)])
    assert how_kept(LATER)[id] == said
    plant(kept)
    kept_checks.ask()
    assert any(finding.topic.kind == OPEN for finding in attention(LATER, clause=id))
    assert how_kept(LATER)[id] == said


def test_reports_of_coordinators_are_counted_and_led_to(world, client):
    assert "0 Coordinators’ reports are public." in clause(client, "a4")
    w.coordinator_report(world.subjects["EMF"], w.meeting("25-1"), world.ina)
    shown = clause(client, "a4")
    assert "1 Coordinator’s report is public." in shown and 'href="/en/coordinators-reports/"' in shown
    assert 'href="/en/mapping/"' in clause(client, "a1") and 'href="/en/duplications/"' in clause(client, "a1")


def test_an_empty_record_keeps_only_what_the_portal_itself_does(db):
    kept = how_kept(w.DAY)
    assert {id for id, one in kept.items() if one.state == KEPT} == {"C3", "C4", "C5", "W2"}
    assert {id for id, one in kept.items() if one.state == OPEN} == {"F3"}


def test_a_clause_is_kept_where_the_record_shows_it(db):
    assert how_kept(w.DAY)["F2"].state == NOT_RECORDED
    w.activity()
    assert how_kept(w.DAY)["F2"].state == KEPT


def test_each_clause_is_shown_with_its_state_and_the_score(world, client):
    text = page(client)
    assert [id.upper() for id in re.findall(r'<article class="clause" id="(\w\w)">', text)] == Clause.values
    numbers = [int(number) for number in re.findall(r"</span> <b>(\d+)</b></span>", text)]
    assert sum(numbers) == len(Clause.values) and "Of 20 clauses" in text


def test_the_proposal_is_called_one_until_a_text_is_in_effect(world, client):
    assert "This is a proposal of the Chair of 23 January 2025. Whether it was adopted is not recorded." in page(client)
    assert "proposal of 23 January 2025" in clause(client, "b1")
    w.terms_of_reference(date(2025, 6, 1), document="ISCG/99-1/44")
    assert "In effect since 1 June 2025, as adopted in ISCG/99-1/44." in page(client)
    assert "in effect since 1 June 2025" in clause(client, "b1") and "proposal" not in clause(client, "b1")


def test_terms_that_bind_later_are_not_in_effect(world, client):
    later = w.terms_of_reference(date(2070, 1, 1))
    w.clause_text(terms=later)
    assert "This is a proposal" in page(client)
    assert "in effect from 1 January 2070" in clause(client, "c2")


def test_a_note_of_staff_is_not_shown(world, client):
    terms = w.terms_of_reference(date(2025, 6, 1))
    terms.note = "Only for staff"
    terms.save()
    assert "Only for staff" not in page(client)


def test_a_text_is_shown_in_full_with_its_source(world, client):
    w.clause_text(wording="First paragraph.\n\n<b>Second</b> one.", source="ISCG/99-1/03", grade="copy")
    shown = clause(client, "c2")
    assert "<p>First paragraph.</p>" in shown and "&lt;b&gt;Second&lt;/b&gt; one." in shown
    assert "ISCG/99-1/03" in shown and "What changed" not in shown


def test_two_texts_are_compared_and_the_marks_are_told(world, client):
    w.clause_text(dated_on=date(2018, 4, 1), wording="The term may be extended.")
    w.clause_text(wording="The term may be extended once.")
    shown = clause(client, "c2")
    assert '<del><span class="unseen">[taken out: </span>extended.<span class="unseen">]</span></del>' in shown
    assert '<ins><span class="unseen">[added: </span>extended once.<span class="unseen">]</span></ins>' in shown


def test_texts_without_a_common_language_are_not_compared(world, client):
    w.clause_text(dated_on=date(2018, 4, 1))
    arabic = w.clause_text()
    arabic.wording_ar, arabic.wording_en, arabic.original_language = "نص مختلق", "", "ar"
    arabic.save()
    shown = clause(client, "c2")
    assert '<div class="clause-text" lang="ar" dir="rtl">' in shown and "What changed" not in shown


def test_a_comparison_gives_both_texts_back():
    older, newer = "One two\n\nthree four.", "One 2 three, 四五六 four."
    found = compare(older, newer)
    assert "".join(piece.text for piece in found.older) == older
    assert "".join(piece.text for piece in found.newer) == newer
    assert [piece.text for piece in compare("主席任期四年", "主席任期五年").newer if piece.is_changed] == ["五"]
    assert not any(piece.is_changed for piece in compare("a b", "a  b").newer)


@pytest.mark.parametrize(("older", "newer"), [("a " * 2_500, "b a " * 1_250), ("年月" * 2_500, "月年日" * 1_666)])
def test_the_longest_texts_are_compared_in_no_time(older, newer):
    begun = time.process_time()
    compare(older, newer)
    assert time.process_time() - begun < 2


def test_the_page_asks_eight_queries_at_most(world, client, django_assert_max_num_queries):
    adopt_edition(w.DAY, "ISCG/99-1/05")
    w.clause_text(terms=w.terms_of_reference(date(2025, 6, 1)))
    client.get(ADDRESS)
    with django_assert_max_num_queries(8):
        client.get(f"{ADDRESS}?")
