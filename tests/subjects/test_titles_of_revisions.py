"""The title belongs to the text: a day prints the title of the text that was in force on it (clause B1)."""

import json
from datetime import date

import pytest

from bench.rows import write_rows
from subjects.models import Resolution, Revision
from tests import world as build

pytestmark = pytest.mark.django_db
OLD, NEW = "Ways of working, made up", "Ways of working of all groups, made up"


@pytest.fixture
def renamed(db):
    """ITU-R 1-6 (2012) and ITU-R 1-7, of an assembly that ended on 30 October 2015."""
    build.conference("RA-15", "RA", date(2015, 10, 26), date(2015, 10, 30))
    resolution = build.resolution("RA", 1, title="Working methods, made up")
    build.revision(resolution, 2012, "Geneva", number=6, title=OLD)
    build.revision(resolution, 2015, "Geneva", number=7, title=NEW)
    build.mandate(build.subject("EMF"), resolution)
    return resolution


def page(client, path):
    return client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/en/resolutions/", "/en/resolutions/itu-r-1/", "/en/subjects/emf/"])
@pytest.mark.parametrize(("day", "title"), [("2015-10-29", OLD), ("2015-10-30", NEW), ("2026-01-01", NEW)])
def test_a_day_prints_the_title_of_its_text(renamed, client, path, day, title):
    text = page(client, f"{path}?on={day}")
    other = OLD if title == NEW else NEW
    heading = text if path != "/en/resolutions/itu-r-1/" else text[: text.index("<h2>")]
    assert title in heading and other not in heading


def test_the_files_print_the_title_of_the_day_and_all_titles_by_revision(renamed, client):
    [found] = json.loads(page(client, "/en/resolutions.json?on=2014-01-01"))["resolutions"]
    assert (found["title"], found["in_force"]) == (OLD, "ITU-R 1-6 (Geneva, 2012)")
    assert [revision["title"] for revision in found["revisions"]] == [NEW, OLD]
    assert OLD in page(client, "/en/resolutions.csv?on=2014-01-01")


def test_before_the_first_recorded_text_the_page_says_that_it_is_not_recorded(renamed, client):
    text = page(client, "/en/resolutions/itu-r-1/?on=2001-01-01")
    assert "Working methods, made up" in text and "The text in force on this day is not recorded" in text


def test_a_text_without_a_title_prints_that_of_the_resolution(renamed, client):
    build.revision(renamed, 2023, "Dubai", number=9)
    assert "Working methods, made up" in page(client, "/en/resolutions/")


def test_a_translation_of_the_resolution_serves_a_text_of_the_same_title(renamed, client):
    Resolution.objects.update(title_en=NEW, title_fr="Méthodes, titre fictif")
    assert "Méthodes, titre fictif" in page(client, "/fr/resolutions/")
    assert f'lang="en" dir="ltr">{OLD}' in page(client, "/fr/resolutions/?on=2014-01-01")


@pytest.mark.parametrize(
    ("revised", "printed"),
    [(True, "Rev. Testville, 2022"), (False, "Testville, 2022"), (None, "original or revision: not known")],
)
def test_what_is_not_known_is_never_printed_as_an_original(client, revised, printed):
    text = build.revision(build.resolution("WTSA", 44), revised=revised)
    assert printed in text.citation and printed in page(client, "/en/resolutions/wtsa-44/")
    assert (text.citation == "WTSA Res. 44 (Testville, 2022)") is (revised is False)


def test_titles_of_revisions_are_imported_in_six_languages(renamed):
    row = {"resolution": "itu-r-1", "year": "2012", "place": "Geneva", "title_en": OLD, "title_fr": "Titre fictif"}
    write_rows("revision", [row])
    assert Revision.objects.get(year=2012).title_fr == "Titre fictif"
