"""What an annual report says of joint activities: those of its period, by subject and region, each in its state."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.tenure.dates import today
from reports.activities import MOST
from reports.acts import annual_reports as acts
from reports.composing import generated
from reports.facts import gather
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
    assert (counts["D: Africa"], counts["ATU"], counts["A: Americas"]) == (["1", "1", "1"], ["1", "0", "0"], ["0"] * 3)


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
