"""What an annual report says of joint activities: those of its period, by subject and region, each in its state."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from iscg_portal.history import Reason, remove_with_reason, save_with_reason
from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.tenure.dates import today
from reports.activities import MOST
from reports.acts import annual_reports as acts
from reports.composing import generated
from reports.facts import disagreements, gather
from tests import world as build

pytestmark = pytest.mark.django_db


def blocks(language="en"):
    """The two blocks of the report for 2025."""
    report = acts.open_report("2025")
    with override(language):
        made = generated(report, gather(report))
    return made["activities"], made.get("regions")


def test_activities_of_the_period_stand_by_subject_each_in_its_state():
    emf, acc = build.subject("EMF"), build.subject("ACC")
    build.activity("Held, made up", date(2025, 5, 4), subjects=[emf], regions=("D", "ATU"))
    build.activity("Untold, made up", date(2025, 4, 4), subjects=[acc], state="planned")
    build.activity("Off, made up", date(2025, 3, 4), subjects=[emf], state="cancelled", state_note="No hall")
    build.activity("Of another year, made up", date(2024, 3, 4), subjects=[emf])
    table, regions = blocks()
    assert [(row[0], row[1], row[5]) for row in table["rows"]] == [
        ("ACC", "Untold, made up", "announced; whether held is not recorded"),
        ("EMF", "Off, made up", "cancelled: No hall"),
        ("EMF", "Held, made up", "held"),
    ]
    counts = {row[0]: row[1:] for row in regions["rows"]}
    assert (counts["Africa"], counts["ATU"], "Americas" in counts) == (["1", "1", "1"], ["1", "0", "0"], False)


def test_a_sentence_names_a_region_without_its_letter():
    build.activity("Held, made up", date(2025, 5, 4), subjects=[build.subject("EMF")], regions=("D", "ATU"))
    report = acts.open_report("2025")
    said = {"en": "Africa, ATU", "fr": "Afrique, ATU", "zh-hans": "非洲，ATU", "ar": "إفريقيا، "}
    for language, region in said.items():
        with override(language):
            assert region in generated(report, gather(report))["by_subject"]["html"]


def test_nothing_to_come_is_told():
    year = today().year
    build.activity("To come, made up", date(year, 12, 31) if today() < date(year, 12, 31) else today() + timedelta(1))
    report = acts.open_report(str(year))
    assert generated(report, gather(report))["activities"]["rows"] == []


def test_a_period_without_activities_says_that_none_is_recorded():
    table, regions = blocks()
    assert (table["rows"], table["empty"], regions) == ([], "No activity of the period is recorded.", None)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_blocks_stand_in_every_language(language):
    build.activity(subjects=[build.subject("EMF")])
    table, regions = blocks(language)
    assert len(table["rows"]) == 1 and len(table["columns"]) == len(table["rows"][0])
    assert len(regions["columns"]) == len(regions["rows"][0])


def test_of_very_many_the_number_is_given():
    for number in range(MOST + 1):
        build.activity(f"Number {number}, made up", code=f"X-{number}")
    rows = blocks()[0]["rows"]
    assert (len(rows), rows[-1][1]) == (MOST + 1, "… and 1 more, on the portal.")


def corrected():
    """(it said, now known, why) of each correction of the report that follows."""
    found = gather(acts.open_report("2025")).corrections
    return [(one.said and one.said.sentence, one.known and one.known.sentence, str(one.why)) for one in found]


def test_what_a_report_said_of_an_activity_that_is_corrected_later_the_next_one_tells():
    activity = build.activity("A made up one", date(2024, 4, 4), code="2024-1", state="planned", regions="D")
    base = build.published_report("2024")
    assert disagreements() == []
    activity.state = "held"
    save_with_reason(activity, Reason("A call", "The office wrote so."))
    said, known = (
        f"4 April 2024: 2024-1, {state}: A made up one (Africa)"
        for state in ("announced; whether held is not recorded", "held")
    )
    assert corrected() == [(said, known, "The office wrote so.")]
    assert [report for report, _found in disagreements()] == [base]


@pytest.mark.parametrize(
    ("changes", "known"),
    [
        ({"starts_on": date(2024, 4, 3)}, "4 April 2024: 2024-1, held: A made up one (3–4 April 2024, Africa)"),
        ({"state": "cancelled"}, "4 April 2024: 2024-1, cancelled: A made up one (Africa)"),
        ({"region_d": False, "region_a": True}, "4 April 2024: 2024-1, held: A made up one (Americas)"),
    ],
)
def test_other_days_another_state_and_another_region_are_corrections(changes, known):
    activity = build.activity("A made up one", date(2024, 4, 4), ends_on=date(2024, 4, 4), code="2024-1", regions="D")
    build.published_report("2024")
    for name, value in changes.items():
        setattr(activity, name, value)
    build.saved(activity)
    assert corrected() == [("4 April 2024: 2024-1, held: A made up one (Africa)", known, "")]


def test_a_removed_activity_is_told_as_not_so_and_a_late_one_as_missing_but_a_mended_title_is_no_correction():
    gone = build.activity("A made up one", date(2024, 4, 4), code="2024-1")
    kept = build.activity("Another", date(2024, 5, 5), code="2024-2")
    build.published_report("2024")
    kept.title_en = "A mended title"
    build.saved(kept)
    assert disagreements() == []
    remove_with_reason(gone, Reason("A call", "Entered twice."))
    build.activity("A late one", date(2024, 6, 6), code="2024-3")
    assert corrected() == [
        ("4 April 2024: 2024-1, held: A made up one (Africa)", None, "Entered twice."),
        (None, "6 June 2024: 2024-3, held: A late one (Africa)", ""),
    ]
