"""Coordinators by subject, resolutions, and editions of the list (clauses A0, A3, B1, C4, F1)."""

import re
from datetime import date

import pytest

from bench.record import made_up_subjects
from subjects.acts import adopt_edition, withdraw_edition
from tests import world as build

pytestmark = pytest.mark.django_db


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def row(text, start):
    return re.search(rf"<tr><t[dh][^>]*>(?:<a[^>]*>)?{start}<.*?</tr>", text, re.DOTALL)[0]


class TestCoordinators:
    """coordinators/"""

    def test_stand_by_subject_with_focal_points(self, world, client):
        found = row(page(client, "/en/coordinators/?on=2025-02-12"), "EMF")
        assert "Ms Ina Sample" in found and "RAG: " in found and "Kim Mockup" in found
        assert re.search(r"<div>BR <small class=.old-evidence.>[^<]*</small></div>", found)

    def test_name_of_a_secretariat_focal_point_stands_where_that_was_decided(self, world, client):
        build.focal_point(world.subjects["EMF"], world.lea, "GS", world.day, name_is_public=True)
        assert "Ms Lea Nobody" in row(page(client, "/en/coordinators/?on=2025-02-12"), "EMF")

    def test_subject_that_is_not_on_the_list_stands_there_while_someone_coordinates_it(self, world, client):
        assert ">OLD<" not in page(client, "/en/coordinators/?on=2025-02-12")
        build.coordinator(world.subjects["OLD"], world.lea, date(2024, 1, 1))
        assert "Ms Lea Nobody" in row(page(client, "/en/coordinators/?on=2025-02-12"), "OLD")

    def test_vacancies_are_found_by_filter(self, world, client):
        text = page(client, "/en/coordinators/?vacancy=vacant&on=2025-02-12")
        assert "since 1 May 2023" in row(text, "ACC") and ">EMF<" not in text

    def test_another_day_has_its_own_coordinators(self, world, client):
        assert "Mr Max Formerly" in row(page(client, "/en/coordinators/?on=2022-01-01"), "ACC")


class TestResolutions:
    """resolutions/ and resolutions/<slug>/"""

    def test_stand_in_the_order_of_the_bodies(self, world, client):
        build.resolution("WTDC", 5)
        text = page(client, "/en/resolutions/")
        places = [text.index(f">{name}</a></th>") for name in ("PP Res. 191", "ITU-R 6", "WTSA Res. 18", "WTDC Res. 5")]
        assert places == sorted(places)

    def test_row_has_newest_revision_replacement_and_subjects(self, world, client):
        text = page(client, "/en/resolutions/?on=2025-02-12")
        assert "Rev. Testville, 2022" in row(text, "PP Res. 191") and ">EMF</a>" in row(text, "PP Res. 191")
        assert "ITU-R 75" in row(text, "ITU-R 6")

    def test_are_filtered_by_body(self, world, client):
        text = page(client, "/en/resolutions/?body=RA")
        assert ">ITU-R 75</a>" in text and "PP Res. 191" not in text

    def test_page_tells_every_revision_and_links_to_the_texts(self, world, client):
        build.revision(world.resolutions["itu-r-6"], 2015, number=2, url="https://example.org/6-2.pdf")
        text = page(client, "/en/resolutions/itu-r-6/")
        assert "ITU-R 6-3 (Testville, 2019)" in text
        assert '<a href="https://example.org/6-2.pdf" rel="external">ITU-R 6-2 (Testville, 2015)</a>' in text

    def test_pages_of_old_and_new_lead_to_each_other(self, world, client):
        assert '/en/resolutions/itu-r-75/">ITU-R 75</a>' in page(client, "/en/resolutions/itu-r-6/")
        assert '/en/resolutions/itu-r-6/">ITU-R 6</a>' in page(client, "/en/resolutions/itu-r-75/")

    def test_page_lists_the_subjects_that_rest_on_it_that_day(self, world, client):
        build.mandate(world.subjects["IOT"], world.resolutions["pp-191"], starts_on=date(2026, 1, 1))
        text = page(client, "/en/resolutions/pp-191/?on=2025-02-12")
        assert "Subject EMF, made up" in text and "Subject IOT" not in text

    def test_page_says_whether_a_pp_resolution_calls_for_coordination(self, world, client):
        build.resolution("PP", 71)
        assert "<dd>yes</dd>" in page(client, "/en/resolutions/pp-191/")
        assert "<dd>not recorded</dd>" in page(client, "/en/resolutions/pp-71/")
        assert "Calls for coordination" not in page(client, "/en/resolutions/wtsa-18/")


class TestEditions:
    """subjects/editions/<date>/"""

    @pytest.fixture
    def edition(self, world):
        return adopt_edition(world.day, "ISCG/99-1/05")

    def test_page_keeps_the_words_of_its_day(self, world, edition, client):
        subject = world.subjects["EMF"]
        subject.title = "Another title"
        subject.save()
        found = row(page(client, "/en/subjects/editions/2025-02-12/"), "EMF")
        assert "Subject EMF, made up" in found and "PP Res. 191 (Rev. Testville, 2022)" in found
        assert "Ms Ina Sample (Japan)" in found

    def test_long_edition_has_fifty_rows_a_page(self, world, client):
        made_up = made_up_subjects(60)
        adopt_edition(world.day, "ISCG/99-1/05")
        first, second = (page(client, f"/en/subjects/editions/2025-02-12/?page={number}") for number in (1, 2))
        assert [text.count('<th scope="row"') for text in (first, second)] == [50, len(made_up) + 3 - 50]
        assert client.get("/en/subjects/editions/2025-02-12/?page=3").status_code == 404

    def test_title_stands_in_the_language_of_the_page_where_it_was_stored(self, world, edition, client):
        stored = edition.rows.get(code="EMF")
        stored.titles = {"en": "Made up", "zh-Hans": "编造的"}
        stored.save()
        assert ">编造的</th>" in page(client, "/zh/subjects/editions/2025-02-12/")
        assert 'lang="en" dir="ltr">Made up</th>' in page(client, "/fr/subjects/editions/2025-02-12/")

    def test_withdrawn_edition_still_answers_and_says_why(self, edition, client):
        withdraw_edition(edition, "a row was missing")
        text = page(client, "/en/subjects/editions/2025-02-12/")
        assert "This edition was withdrawn: a row was missing" in text and "Subject EMF" in text
        assert "withdrawn" in page(client, "/en/subjects/")


@pytest.mark.parametrize("page", ["subjects", "coordinators", "resolutions"])
def test_filters_keep_the_day(world, client, page):
    hidden = '<input type="hidden" name="on" value="2024-06-01">'
    assert hidden in client.get(f"/en/{page}/?on=2024-06-01").content.decode()
    assert '<input type="hidden" name="on"' not in client.get(f"/en/{page}/").content.decode()
