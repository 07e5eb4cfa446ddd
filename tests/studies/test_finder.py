"""The finder keeps what it finds, and nothing that was decided is lost; it changes no record."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from iscg_portal import record_version
from studies.acts.findings import accept, assign, dismiss
from studies.models import FinderRun, StudyFinding
from studies.overlaps import registry
from studies.overlaps.finder import look_through, look_through_if_due
from studies.overlaps.printing import print_findings
from tests import world as build

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 1)
LATER = DAY + timedelta(days=30)
TITLE = "Human exposure to made-up fields"


@pytest.fixture
def twins():
    """Two units of different Sectors with nearly the same title."""
    return build.study_unit("Q7/2", title=TITLE), build.study_unit("SG5", "T 2025-2028", "study group", TITLE.upper())


def similar():
    return StudyFinding.objects.filter(kind="similar titles", gone_on=None)


def state(finding, on=LATER):
    return StudyFinding.objects.with_state(on).get(pk=finding.pk).state


def sentences(on=DAY):
    return [one.sentence for one in print_findings(StudyFinding.objects.found(on))]


def test_nearly_the_same_title_is_found_with_its_score_and_words(twins):
    look_through(DAY)
    finding = similar().get()
    [printed] = print_findings([finding])
    assert printed.sentence == "ITU-D Q7/2 and ITU-T SG5 have nearly the same title (100 of 100)."
    lines = {line.label: line.words for line in printed.lines}
    assert lines["Words that made it"] == "Human, exposure, made, up, fields"
    assert (lines["Score"], lines["Compared in"]) == ("100 of 100", "English")


def test_a_workshop_of_one_sector_and_a_question_of_another_are_found(twins):
    made = build.activity(f"Workshop: {TITLE}", DAY, in_r=True)
    look_through(DAY)
    pairs = [(made.code in said, "ITU-D Q7/2" in said, "ITU-T SG5" in said) for said in sentences()]
    assert {(True, True, False), (True, False, True), (False, True, True)} <= {*pairs}
    look_through(LATER)  # the workshop is over
    assert not [said for said in sentences(LATER) if made.code in said]


def test_what_two_kinds_have_alike_stays_while_one_of_them_cannot_be_read(twins, failing):
    build.activity(f"Workshop: {TITLE}", DAY, in_r=True)
    look_through(DAY)
    failing()
    look_through(LATER)
    assert similar().count() == 3


def test_it_changes_no_record(twins):
    before = record_version.current()
    look_through(DAY)
    assert record_version.current() == before


def test_looking_again_keeps_each_finding(twins):
    look_through(DAY)
    first = list(StudyFinding.objects.values_list("pk", "fingerprint", "found_on"))
    look_through(LATER)
    assert list(StudyFinding.objects.values_list("pk", "fingerprint", "found_on")) == first


def test_what_is_so_no_longer_goes_and_comes_back(twins):
    look_through(DAY)
    finding = similar().get()
    build.link(*twins)
    look_through(LATER)
    assert (state(finding), state(finding, DAY)) == ("gone", "open")
    twins[0].links_as_first.all().delete()
    look_through(LATER + timedelta(days=1))
    assert similar().get().found_on == LATER + timedelta(days=1)


def test_a_dismissal_holds_until_the_facts_change(twins):
    look_through(DAY)
    finding = similar().get()
    dismiss(finding, "One follows the other.", seen=finding.fingerprint)
    look_through()
    assert state(finding, None) == "dismissed"
    twins[1].title_en = TITLE + ", general"
    twins[1].save()
    look_through()
    finding.refresh_from_db()
    assert (state(finding, None), finding.facts_have_changed) == ("open", True)


def test_a_dismissal_outlives_what_is_no_fact_of_it(twins):
    look_through(DAY)
    finding = similar().get()
    dismiss(finding, "One follows the other.", seen=finding.fingerprint)
    twins[1].source = "Another source, made up"
    twins[1].save()
    build.study_unit("Q9/2", title="Another made-up thing")
    look_through()
    assert state(finding, None) == "dismissed"


def test_what_was_accepted_or_assigned_stays_so_when_the_facts_change(twins):
    look_through(DAY)
    finding = similar().get()
    accept(finding, seen=finding.fingerprint)
    twins[1].title_en = TITLE + ", general"
    twins[1].save()
    look_through()
    assert state(finding, None) == "accepted"


def test_a_unit_that_is_removed_takes_its_findings_from_every_list(twins):
    look_through(DAY)
    twins[1].delete()
    assert not any("SG5" in sentence for sentence in sentences())
    look_through(DAY)
    assert not similar().exists()


def test_papers_of_different_sectors_are_compared():
    subject, meeting = build.subject(), build.meeting()
    for source in ("ITU-T Study Group 5", "Director, BDT", "Chair, ISCG"):
        build.document(meeting, TITLE, submitted_by=source, dated_on=DAY, subjects=[subject])
    look_through(DAY)
    finding = similar().get()
    assert [one.pk for one in finding.subjects.all()] == [subject.pk]
    assert "have nearly the same title" in print_findings([finding])[0].sentence


def test_papers_that_are_not_public_are_neither_compared_nor_told():
    meeting = build.meeting()
    one = build.document(meeting, TITLE, submitted_by="ITU-T SG5", dated_on=DAY)
    other = build.document(meeting, TITLE, submitted_by="BDT", dated_on=DAY)
    build.document(meeting, TITLE, submitted_by="BR", dated_on=DAY, visibility="restricted")
    look_through(DAY)
    assert similar().count() == 1
    type(one).objects.filter(pk=other.pk).update(visibility="restricted")
    assert print_findings(similar()) == []  # at once, before the finder looks again
    look_through(DAY)
    assert not similar().exists()


def test_agendas_and_old_papers_are_not_compared():
    meeting = build.meeting()
    for source in ("ITU-T SG5", "BDT"):
        build.document(meeting, TITLE, submitted_by=source, dated_on=DAY, type="agenda")
        build.document(meeting, TITLE, submitted_by=source, dated_on=date(2015, 1, 1))
    look_through(DAY)
    assert not similar().exists()


@pytest.fixture
def failing(monkeypatch):
    """A room whose things cannot be read."""

    def read(on):
        raise RuntimeError("made up")

    broken = registry.TitleSource("studies.StudyUnit", "units", read, registry.SOURCES["studies.StudyUnit"].show)
    return lambda: monkeypatch.setitem(registry.SOURCES, "studies.StudyUnit", broken)


def test_a_part_that_fails_stops_nothing_else_and_takes_nothing_away(twins, failing):
    look_through(DAY)
    failing()
    build.study_unit("Q9/2", title="Unlinked, made up")
    run = look_through(LATER)
    assert run.failed == ["studies.StudyUnit"]
    assert similar().count() == 1
    assert any(sentence.startswith("ITU-D Q9/2: no link") for sentence in sentences(LATER))


def test_the_sender_looks_when_the_record_has_changed_and_no_oftener(twins):
    assert look_through_if_due()
    assert not look_through_if_due()
    build.study_unit("Q9/2", title="Unlinked, made up")
    assert not look_through_if_due()  # less than five minutes after the last time
    assert look_through_if_due(timezone.now() + timedelta(minutes=6))
    assert FinderRun.objects.get().finished_at is not None


def test_one_process_looks_at_a_time(twins):
    FinderRun.objects.create(pk=1, claimed_at=timezone.now())
    assert not look_through_if_due()
    assert look_through_if_due(timezone.now() + timedelta(minutes=16))  # whoever had it died


def test_an_assignment_stands_in_the_list_of_who_has_it(twins):
    look_through(DAY)
    finding = similar().get()
    account = build.account("assigned@example.org")
    assign(finding, account=account, seen=finding.fingerprint)
    assert list(StudyFinding.objects.for_account(account, [])) == [finding]
    assert not StudyFinding.objects.for_account(build.account("other@example.org"), []).exists()
