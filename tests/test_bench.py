"""`make bench` judges by the targets, and its addresses miss no public page."""

import json
from datetime import date

import pytest

from bench import record, targets
from bench.__main__ import NEEDS, ON_BOTH, needed_by, pages_and_feeds
from bench.addresses import public_files, public_names, public_pages
from bench.table import Report, at_least, at_most, noted
from bench.weight import parts_of
from meetings.models import Document
from members.models import Country
from studies.models import StudyPeriod
from subjects.acts import adopt_edition
from tests import world as build


def test_cell_that_misses_its_target_is_marked_and_counted(capsys):
    report = Report()
    report.table("Speed", ["page", "ratio"], [["one", at_least(0.2, 0.1)], ["two", at_least(0.05, 0.1)]])
    report.table("Weight", ["page", "bytes"], [["one", at_most(70_000, 60_000, ",d")], ["two", noted(5)]])
    printed = capsys.readouterr().out
    assert report.missed == 2
    assert "0.05 !" in printed
    assert "70,000 !" in printed


def test_every_public_page_and_file_has_an_address(world):
    adopt_edition(world.day, "ISCG/99-1/05")
    meeting, subject = build.meeting("25-7"), build.subject("NEW")
    build.document(meeting)
    build.coordinator(subject, world.ina, date(2024, 1, 1))
    build.coordinator_report(subject, meeting, world.ina)
    build.published_report()
    named = {name for name, _arguments in public_names() if ":" in name}
    asked = {*public_pages(), *(name.split()[0] for name in public_files())}
    assert {"members:composition", "members:person-detail", "subjects:edition-detail"} <= named == asked


def test_page_of_one_record_is_that_of_the_busiest(world, client):
    adopt_edition(world.day, "ISCG/99-1/05")
    assert client.get(public_pages()["subjects:subject-detail"]).status_code == 200


def test_what_is_weighed_as_never_seen_is_html_or_a_feed(world, client):
    paths = pages_and_feeds(public_pages()).values()
    kinds = {client.get(path).headers["content-type"].partition(";")[0] for path in paths}
    assert kinds == {"text/html", "application/atom+xml"}


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ('<link rel="stylesheet" href="/static/css/base.css">', "/static/css/base.css"),
        ('<script src="/static/js/day.js" defer></script>', "/static/js/day.js"),
        ('<link rel="icon" href="/static/img/favicon.svg" type="image/svg+xml">', "/static/img/favicon.svg"),
    ],
)
def test_weight_counts_what_a_page_loads(tag, address):
    assert parts_of(f"<head>{tag}</head><a href='/en/'>home</a>".encode()) == {address}


def test_targets_are_those_that_were_set():
    promised = {name: value for name, value in vars(targets).items() if name.startswith(("LEAST", "MOST"))}
    numbers = [value for value in promised.values() if not isinstance(value, dict)]
    assert json.dumps(sorted(numbers)) == (
        "[0.015, 0.15, 0.3, 0.65, 0.8, 0.8, 1.2, 1.5, 2, 2, 5, 5, 5, 6, 8, 10, 10, 10, 15, 20, 20, 20, 30, 30, 40, 60,"
        " 90, 100, 200, 300, 400, 500, 20000, 60000, 100000, 300000]"
    )
    assert set(targets.LEAST_NEVER_SEEN_OF.values()) == {0.025}


@pytest.mark.parametrize(
    ("parts", "databases"),
    [
        (["files", "pdf"], []),
        (["weight"], [("SQLite", "once")]),
        (["composing"], []),
        (["growth", "sending"], [("SQLite", "once"), ("PostgreSQL", "once")]),
    ],
)
def test_run_fills_what_its_parts_need_and_no_more(parts, databases):
    assert needed_by(parts) == databases


def test_run_of_all_parts_fills_every_database():
    assert needed_by(NEEDS) == [(kind, size) for kind in ON_BOTH for size in ("once", "tenfold")]


@pytest.mark.django_db
@pytest.mark.parametrize("stands", [False, True], ids=["empty", "standing"])
def test_made_up_record_stands_beside_whatever_is_there(stands):
    if stands:
        build.standing_iscg()
        build.saved(StudyPeriod(sector="T", name="2025-2028", starts_on=date(2024, 10, 24)))  # as the shipped one
    else:
        build.country()
        for code in record.SEATS:
            build.seat(code)
    persons, subjects, countries = record.made_up_persons(8), record.made_up_subjects(4), list(Country.objects.all())
    record.fill_seats(persons, countries, 14)
    record.fill_mandates(subjects, 4)
    record.fill_offices(subjects, persons, countries)
    record.fill_mapping(subjects, 8, 4)
    record.fill_activities(subjects, 4)
    record.fill_meetings(20, 102)
    assert Document.objects.filter(number__endswith=" (Rev.1)").count() == 3
