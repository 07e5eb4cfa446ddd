"""/sitemap.xml: every public page in six languages with alternates, and nobody who may not be seen."""

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse

from bench.addresses import public_names
from subjects.acts import adopt_edition
from tests import world as build
from tests.walks import part_of

pytestmark = pytest.mark.django_db

FOR_MACHINES = {
    "/en/activities.ics",
    "/en/changes.atom",
    "/en/embed/composition/",
    "/en/embed/next-meeting/",
    "/en/embed/subjects/",
    "/en/composition.pdf",
    "/en/composition.png",
    "/en/activities.atom",
    "/en/mapping/changes.atom",
    "/en/mapping/d-r/table.xlsx",
    "/en/mapping/d-t/table.xlsx",
    "/en/mapping/t-r/table.xlsx",
    "/en/meetings.atom",
    "/en/meetings.ics",
}
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def sitemap(world, client):
    adopt_edition(world.day, "ISCG/99-1/05")
    return ElementTree.fromstring(client.get("/sitemap.xml").content)


def paths(sitemap):
    return [url.text.removeprefix(settings.SITE_URL) for url in sitemap.findall("s:url/s:loc", SPACES)]


@pytest.mark.walk
def test_every_address_in_it_answers(sitemap, client):
    """In `make test` one in four."""
    english = part_of([path for path in paths(sitemap) if path.startswith("/en/")], 4)
    assert [path for path in english if client.get(path).status_code != 200] == []


def test_every_page_that_is_no_record_stands_in_it(sitemap):
    pages = {reverse(name) for name, arguments in public_names() if ":" in name and not arguments}
    assert pages - set(paths(sitemap)) == FOR_MACHINES, "Name it in PAGES of front/sitemaps.py."


def test_each_page_stands_in_six_languages(sitemap):
    found = paths(sitemap)
    rest = {path[3:] for path in found}
    assert len(found) == len(set(found)) == 6 * len(rest)
    assert {f"/{language}/subjects/emf/" for language in ("ar", "en", "es", "fr", "ru", "zh")} <= set(found)


def test_each_entry_names_all_six(sitemap):
    for url in sitemap.findall("s:url", SPACES):
        languages = [link.get("hreflang") for link in url.findall("x:link", SPACES)]
        assert languages == ["ar", "en", "es", "fr", "ru", "zh-Hans", "x-default"]


def test_has_subjects_resolutions_editions_and_persons(sitemap):
    wanted = ("subjects/acc", "resolutions/itu-r-6", "subjects/editions/2025-02-12", "people/ada-testperson")
    assert {f"/en/{name}/" for name in wanted} <= set(paths(sitemap))


def test_does_not_have_who_may_not_be_seen(sitemap):
    found = "".join(paths(sitemap))
    assert "jon-dummy" not in found  # a secretariat focal point whose name is not public
    assert "lea-nobody" not in found  # holds no office


def test_has_whose_name_became_public(world, client):
    build.focal_point(world.subjects["EMF"], world.jon, "GS", world.day, name_is_public=True)
    assert b"people/jon-dummy/" in client.get("/sitemap.xml").content


def test_has_neither_files_nor_dated_pages(sitemap):
    assert not [path for path in paths(sitemap) if "?" in path or not path.endswith("/")]


def test_robots_are_led_to_it(client):
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in client.get("/robots.txt").content.decode()
