"""Composing a report costs the same number of queries however much there is to tell."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from bench.record import fill_mandates, fill_offices, fill_seats, made_up_persons, made_up_subjects
from members.models import Country
from reports.acts import annual_reports as acts
from reports.composing import generated, tree_of
from reports.facts import gather
from reports.models import AnnualReport
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(world):
    return acts.open_report("1949-12-31..2025-12-31")


def a_report_received(number):
    meeting, subject = w.meeting(f"25-{number}"), w.subject(f"OWN-{number}")
    coordinator = w.coordinator(subject, w.person(f"Number {number} Reporter"), date(2024, 1, 1))
    w.coordinator_report(subject, meeting, coordinator.person)


def composed(report):
    """The queries of composing, and how many events were told."""
    with CaptureQueriesContext(connection) as queries:
        facts = gather(report)
        tree_of(report, facts, {}, "en")
    return [query["sql"] for query in queries], len(facts.events)


def test_a_report_on_a_large_record_takes_as_many_queries_as_one_on_a_small_record(report):
    a_report_received(71)
    asked = w.document(w.Meeting.objects.get(code="25-71"), "Made up", type="liaison statement")
    w.liaison(asked, action=["TSAG"])
    composed(report)
    few, told = composed(report)
    for number in range(72, 80):
        a_report_received(number)
    persons, subjects = made_up_persons(60), made_up_subjects(40)
    countries = list(Country.objects.all())
    fill_seats(persons, countries, 140)
    fill_mandates(subjects, 20)
    fill_offices(subjects, persons, countries)
    many, told_of_many = composed(report)
    assert told_of_many > told + 300
    assert len(many) == len(few) <= 40, "\n".join(sql.split("FROM", 1)[-1][:50] + "…" + sql[-110:] for sql in many)


def test_a_report_speaks_of_the_terms_of_reference_as_proposed_until_a_text_is_in_effect(report):
    assert texts(report, "terms") == "<p>This report speaks of the Terms of Reference as proposed in ISCG/25-1/03.</p>"
    facts = gather(report)  # once for the six languages
    with override("fr"):
        assert "le mandat du Groupe proposé dans ISCG/25-1/03" in generated(report, facts)["terms"]["html"]
    w.terms_of_reference(date(2025, 12, 31), "ISCG/99-1/01")
    in_effect = "the Terms of Reference in ISCG/99-1/01, in effect from 31 December 2025"
    assert texts(report, "terms") == f"<p>This report speaks of {in_effect}.</p>"
    assert "proposed" not in str(tree_of(report, gather(report), {}, "en"))


def test_a_report_on_an_early_period_cites_what_was_so_then():
    pp191, r75 = w.resolution("PP", 191), w.resolution("RA", 75)
    for of, year, place in ((pp191, 2014, "Busan"), (pp191, 2018, "Dubai"), (r75, 2023, "Dubai")):
        w.revision(of, year, place)
    w.revision(w.resolution("RA", 6, replaced_by=r75), 2015, "Geneva")
    cited = {year: texts(acts.open_report(year), "references") for year in ("2010", "2016", "2024", "2025")}
    assert cited["2010"] == "<p>The resolutions behind the group are not recorded for this period.</p>"
    named, of_pp = (
        {year: re.findall(">([^<>]+)</a>", html) for year, html in cited.items()},
        "of the Plenipotentiary Conference",
    )
    assert named["2016"] == [f"Resolution 191 (Busan, 2014) {of_pp}", "Resolution ITU-R 6 (Geneva, 2015)"]
    assert named["2024"] == [f"Resolution 191 (Dubai, 2018) {of_pp}", "Resolution ITU-R 75 (Dubai, 2023)"]
    said = texts(AnnualReport.objects.get(code="2010"), "terms")
    assert said == "<p>The Terms of Reference of this period are not recorded.</p>"


def texts(report, key):
    """The text of a block, as the record gives it."""
    return generated(report, gather(report))[key]["html"].strip()
