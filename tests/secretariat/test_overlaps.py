"""Overlaps and gaps on the desk and in `attention`, under clause A1: what nobody has settled, and no endless lists."""

from datetime import date

import pytest
from django.core.management import call_command

from iscg_portal.tenure.dates import today
from secretariat.attention import attention, by_clause
from secretariat.checks.overlaps import SHOWN
from secretariat.desk import desk
from secretariat.findings import NOT_RECORDED, OPEN
from studies.acts.findings import accept, assign, dismiss
from studies.models import FinderRun, StudyFinding
from studies.overlaps.finder import look_through
from tests import world as build

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 1)
TITLE = "Human exposure to made-up fields"
SAID = "ITU-D Q7/2 and ITU-T SG5 have nearly the same title (100 of 100)."


def said(kind=OPEN, on=None):
    return [f.sentence for f in attention(on, clause="A1") if f.topic.kind == kind]


@pytest.fixture
def finding():
    build.study_unit("Q7/2", title=TITLE)
    build.study_unit("SG5", "T 2025-2028", "study group", TITLE)
    look_through(DAY)
    return StudyFinding.objects.get(kind="similar titles")


def test_it_stands_under_a1_and_leads_to_its_page(finding):
    [one] = [f for f in attention() if f.sentence == SAID]
    assert one.url == f"/admin/studies/studyfinding/{finding.pk}/change/"
    assert "ITU-D Q7/2: no link to another Sector or to a subject is recorded." in said(NOT_RECORDED)


def test_it_stood_there_from_the_day_on_which_it_was_found(finding):
    assert said(on=date(2025, 5, 31)) == []
    assert said(on=DAY) == [SAID]


def test_what_is_accepted_or_dismissed_leaves_the_desk(finding):
    accept(finding, seen=finding.fingerprint)
    assert said() == []
    dismiss(finding, "One follows the other.", seen=finding.fingerprint)
    assert said() == []


def test_what_is_assigned_stays_and_says_to_whom(finding):
    assign(finding, account=build.account("somebody@example.org"), seen=finding.fingerprint)
    assert said() == [f"{SAID} Assigned to somebody@example.org."]


def test_what_was_dismissed_comes_back_with_other_facts(finding):
    dismiss(finding, "One follows the other.", seen=finding.fingerprint)
    StudyFinding.objects.filter(pk=finding.pk).update(fingerprint="0" * 64)
    assert said() == [f"{SAID} It was dismissed, and the facts have changed since."]


def test_of_many_the_first_are_named_and_all_are_counted():
    for number in range(30):
        build.study_unit(f"Q{number + 1}/2", title=f"Made up {number}")
    look_through(DAY)
    [clause] = [one for one in by_clause(attention(DAY)) if one.id == "A1"]
    [group] = clause.groups
    assert (group.heading, len(group.findings)) == ("30 units have no link on record", SHOWN + 1)
    assert group.findings[-1].sentence == "Further ones in the list: 20."
    assert "kind__exact=no+link" in group.findings[-1].url


def test_the_desk_says_where_nobody_looked(finding):
    FinderRun.objects.update(finished_at=None)
    assert any(f.sentence.startswith("Nobody looked for overlaps and gaps") for f in attention(today()))


def test_asking_costs_a_few_queries_however_much_there_is(finding, django_assert_num_queries):
    for number in range(20):
        build.study_unit(f"Q{number + 11}/2", title=f"Made up {number}")
    look_through(DAY)
    StudyFinding.objects.exclude(pk=finding.pk).update(gone_on=DAY)
    from secretariat.checks.overlaps import ask_overlaps, to_count
    from secretariat.findings import tally

    count = tally(to_count(DAY))
    with django_assert_num_queries(3):
        list(ask_overlaps(DAY, count))
    StudyFinding.objects.update(gone_on=None)
    count = tally(to_count(DAY))
    with django_assert_num_queries(3):
        assert len(list(ask_overlaps(DAY, count))) > SHOWN


def test_the_desk_shows_them(finding):
    [clause] = [line for line in desk(build.staff_account()).clauses if line.id == "A1"]
    assert "1 pair has nearly the same title" in clause.headings


def test_the_command_looks_at_once(capsys):
    build.study_unit("Q7/2", title=TITLE)
    call_command("find_overlaps")
    assert "1  unit without a link" in capsys.readouterr().out
