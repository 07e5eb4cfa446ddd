"""No page needs more queries when the record grows: 8 at most for a public page or file, 15 for one of the admin."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.addresses import public_files, public_names, public_pages
from bench.queries import change_forms, change_lists
from bench.record import (
    fill_activities,
    fill_mandates,
    fill_mapping,
    fill_offices,
    fill_seats,
    made_up_persons,
    made_up_subjects,
)
from bench.targets import MOST_QUERIES, MOST_QUERIES_OF_A_LIST
from iscg_portal.record_version import recorded_models
from iscg_portal.web.page_cache import kept_pages
from members.models import Country
from subjects.acts import adopt_edition
from tests import world as build
from tests.test_bulk_writes import NOT_SHOWN
from tests.walks import part_of

pytestmark = [pytest.mark.walk, pytest.mark.long(on="postgresql")]  # both are asked the same

RECORDS = part_of(["tenfold", "small"], 2)
NAMES = [name for name, arguments in public_names() if ":" in name and "format" not in arguments]
FILES = [name for name, arguments in public_names() if "format" in arguments]


def small():
    """The standing ISCG, with something to show on each page."""
    world = build.standing_iscg()
    complete()
    return world


def tenfold():
    """The same with a record around it that is ten times as large and fills several pages."""
    world = build.standing_iscg()
    persons, subjects = made_up_persons(130), made_up_subjects(60)
    countries = list(Country.objects.all())
    fill_seats(persons, countries, 140)
    fill_mandates(subjects, 60)
    fill_offices(subjects, persons, countries)
    fill_mapping(subjects, 120, 200)
    fill_activities(subjects, 130)
    complete()
    return world


def complete():
    meeting, who, subject = build.meeting("25-7"), build.person("Ina Reports"), build.subject("NEW")
    build.document(meeting)
    build.coordinator(subject, who, date(2024, 1, 1))
    build.coordinator_report(subject, meeting, who, duplication="Made up")
    build.published_report()
    adopt_edition(date(2025, 1, 23), "ISCG/99-1/05")


@pytest.fixture(scope="session")
def kept_small(kept):
    return kept(small)


@pytest.fixture(scope="session")
def kept_tenfold(kept):
    return kept(tenfold)


@pytest.fixture(params=RECORDS)
def record(request, db, kept_small, kept_tenfold):
    return {"small": kept_small, "tenfold": kept_tenfold}[request.param].put_back()


def queries_of(client, address, most):
    """The queries of making a page; where they are too many, of making it again: the first time reads what is kept."""
    for _time in (1, 2):
        kept_pages.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        if len(captured) <= most:
            break
    return [query["sql"] for query in captured]


def too_many(client, addresses, most):
    """{name: queries} of every page that needs more than it may."""
    needed = {name: queries_of(client, address, most) for name, address in addresses.items()}
    return {name: queries for name, queries in needed.items() if len(queries) > most}


def faults_of(client, addresses):
    """{name: queries} of each public one that needs too many, or reads what is called not shown."""
    tables = [f'"{model._meta.db_table}"' for model in recorded_models() if model.__name__ in NOT_SHOWN]
    assert len(tables) == len(NOT_SHOWN)
    needed = {name: queries_of(client, address, MOST_QUERIES) for name, address in addresses.items()}
    return {
        name: queries
        for name, queries in needed.items()
        if len(queries) > MOST_QUERIES or any(table in query for table in tables for query in queries)
    }


def test_public_pages(client, record):
    pages = public_pages()
    assert set(pages) == set(NAMES)
    assert faults_of(client, pages) == {}


def test_public_files(client, record):
    files = public_files()
    assert {name.split()[0] for name in files} == set(FILES)
    assert faults_of(client, files) == {}


def test_change_lists_of_the_admin(client, record, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(record.staff)
    assert too_many(client, change_lists(), MOST_QUERIES_OF_A_LIST) == {}


def test_forms_of_the_admin(client, record, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(record.staff)
    needed = too_many(client, change_forms(), MOST_QUERIES_OF_A_LIST)
    # The page of a meeting that has begun reads nine tables of rows, and three lists while they are short.
    assert len(needed.pop("meetings.Meeting", [])) <= MOST_QUERIES_OF_A_LIST + 3
    assert needed == {}


def test_front_page_of_the_admin_needs_no_more_queries_when_the_record_grows(client, record, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(record.staff)
    assert len(queries_of(client, "/admin/", MOST_QUERIES_OF_A_LIST)) <= MOST_QUERIES_OF_A_LIST
