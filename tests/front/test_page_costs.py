"""No public page or file asks more than eight questions of the database, nor more when there is more to tell."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from iscg_portal.search.following import made_anew_together
from members.models import Person
from subjects.acts import adopt_edition
from subjects.models import Appointment, Coordinator, FocalPoint, Listing, Mandate, Resolution, Subject
from tests import world as build
from tests.walks import part_of

pytestmark = pytest.mark.django_db

MOST = 8
PAGES = [
    "/en/",
    "/en/subjects/",
    "/en/subjects/?sector=R&state=listed&vacancy=held&sort=-title",
    "/en/subjects/?vacancy=vacant",
    "/en/subjects/emf/",
    "/en/subjects/editions/2025-02-12/",
    "/en/coordinators/",
    "/en/resolutions/",
    "/en/resolutions/pp-191/",
    "/en/contact/",
    "/en/accessibility/",
    "/en/privacy/",
    "/en/data/",
    "/en/key-issues/",
    "/sitemap.xml",
    *(f"/en/{name}.{format}" for name in ("subjects", "coordinators", "resolutions") for format in ("json", "csv")),
]


@made_anew_together()
def multiply(world, times=3):
    """Many subjects more, each with all that stands beside one, and a long history of one subject."""
    persons = Person.objects.bulk_create(Person(name=f"Test Many{n}", slug=f"many-{n}") for n in range(20 * times))
    resolutions = Resolution.objects.bulk_create(
        Resolution(body="WTDC", number=100 + n, slug=f"wtdc-{100 + n}", title_en="Made up") for n in range(10 * times)
    )
    subjects = Subject.objects.bulk_create(
        Subject(code=f"X{n}", slug=f"x{n}", title_en="Made up", in_r=True, in_d=True, recorded_from=date(2020, 1, 1))
        for n in range(20 * times)
    )
    for n, subject in enumerate(subjects):
        Listing.objects.create(subject=subject)
        mandates = (resolutions[n % len(resolutions)], world.resolutions["pp-191"])
        Mandate.objects.bulk_create(Mandate(subject=subject, resolution=each) for each in mandates)
        FocalPoint.objects.create(subject=subject, person=persons[n], body="TDAG", starts_on=date(2022, 1, 1))
        if n % 2:
            Coordinator.objects.create(subject=subject, person=persons[n], starts_on=date(2022, 1, 1))
    a_long_history(world.subjects["EMF"], persons, 6 * times)


def a_long_history(subject, persons, length):
    """Coordinators one after the other, each appointed by two groups."""
    day = date(1900, 1, 1)
    for person in persons[:length]:
        after = day + timedelta(days=90)
        row = Coordinator.objects.create(
            subject=subject, person=person, starts_on=day, ends_on=after, ends_precision="day"
        )
        Appointment.objects.bulk_create(Appointment(coordinator=row, group=group) for group in ("RAG", "TDAG"))
        day = after


def queries_of(client, path):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries]


@pytest.fixture
def edition(world):
    return adopt_edition(world.day, "ISCG/99-1/05")


def test_no_page_asks_more_than_eight_times_nor_more_often_when_there_is_much_more_data(world, edition, client):
    before = {path: len(queries_of(client, path)) for path in PAGES}
    multiply(world)
    after = {path: len(queries_of(client, path)) for path in PAGES}
    assert [path for path in PAGES if max(before[path], after[path]) > MOST] == []
    assert {path: (before[path], after[path]) for path in PAGES if after[path] > before[path]} == {}


def test_a_page_of_a_long_list_reads_one_page_of_rows(world, client):
    multiply(world)
    text = client.get("/en/subjects/").content.decode()
    assert text.count("<tr><td>") == 50 and "1–50 of 64" in text


def test_the_clauses_count_the_subjects_and_read_none(world, client):
    read = []

    def note(sender, **_named):
        read.append(sender)

    post_init.connect(note, sender=Subject)
    try:
        assert len(queries_of(client, "/en/terms-of-reference/")) <= MOST
    finally:
        post_init.disconnect(note, sender=Subject)
    assert read == []


def test_an_unchanged_page_costs_one_question(world, client):
    tag = client.get("/en/subjects/")["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/en/subjects/", headers={"if-none-match": tag}).status_code == 304
    assert len(queries) == 1


@pytest.mark.walk
def test_a_change_of_the_record_changes_the_pages_that_tell_it(world, client):
    """In `make test` one page in five."""
    paths = part_of([path for path in PAGES if "editions" not in path], 5)
    tags = {path: client.get(path)["ETag"] for path in paths}
    build.listing(build.subject("NEW"), date(2020, 1, 1))
    assert not [
        path for path, tag in tags.items() if client.get(path, headers={"if-none-match": tag}).status_code == 304
    ]
