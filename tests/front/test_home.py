"""The home page: the table of seven, what changed last, the subjects in figures, the newest edition."""

import re

import pytest

from subjects.acts import adopt_edition
from tests import world as build
from tests.walks import part_of

pytestmark = pytest.mark.django_db


def page(client, query="?on=2025-02-12", language="en"):
    response = client.get(f"/{language}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def figure(text, term):
    found = re.search(rf"<dt>{term}</dt><dd[^>]*>(.*?)</dd>", text, re.DOTALL)[1]
    return re.sub("<[^>]*>", "", found)


def test_shows_the_table_of_seven_with_its_vacancies(world, client):
    text = page(client)
    assert "Ms Ada Testperson" in text and "Mr Gus Example" in text
    assert "2 seats vacant" in text


def test_tells_the_newest_changes_first(world, client):
    changes = re.search(r"Newest changes.*?</section>", page(client), re.DOTALL)[0]
    names = re.findall(r"/en/people/([a-z-]+)/", changes)
    assert names[:2] == ["dan-fictional", "eve-pretended"]
    assert "is first recorded as a representative of" in changes


def test_names_the_newest_annual_report_one_click_away(world, client):
    assert "Newest annual report" not in page(client, "")
    build.published_report("2023")
    build.published_report("2024")
    assert '<a href="/en/reports/2024/">Report of the ISCG for 2024</a>' in page(client, "")
    assert "Newest annual report" not in page(client, "?on=2024-06-01")


def test_counts_the_subjects_on_the_list(world, client):
    text = page(client)
    assert figure(text, "On the list") == "3 subjects"
    assert figure(text, "Coordinator appointed") == "1"
    assert figure(text, "Coordinator vacant") == "1"
    assert figure(text, "Coordinator not recorded") == "1"


def test_names_the_newest_edition_once_there_is_one(world, client):
    assert "Newest edition" not in page(client)
    adopt_edition(world.day, "ISCG/99-1/05")
    assert "/en/subjects/editions/2025-02-12/" in page(client)


def test_of_another_day_tells_that_day(world, client):
    text = page(client, "?on=2015-06-01")
    assert "Mr Hal Placeholder" in text and "Ms Ada Testperson" not in text


def test_before_any_evidence_nobody_knows_which_subjects_were_on_the_list(world, client):
    assert figure(page(client, "?on=2019-06-01"), "On the list") == "1 subject"
    text = page(client, "?on=2015-06-01")
    assert figure(text, "On the list") == "not recorded" and "Coordinator vacant" not in text
    assert figure(text, "Whether on the list is not recorded") == "1 subject"
    assert "Whether on the list" not in page(client)


def test_empty_record_still_has_a_home(db, client):
    assert "No change in the management team is recorded by this day." in page(client, "")


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_answers_in_every_language(world, client, language):
    assert page(client, language=language)


def test_nonsense_for_a_day_is_not_found(world, client):
    assert client.get("/en/?on=never").status_code == 404


@pytest.mark.walk
def test_every_link_of_the_first_pages_leads_somewhere(world, client):
    """In `make test` one link in four."""
    adopt_edition(world.day, "ISCG/99-1/05")
    seen = {"/en/"}
    for path in ["/en/", "/en/contact/", "/en/accessibility/", "/en/privacy/", "/en/data/", "/en/subjects/"]:
        seen |= set(re.findall(r'href="(/en/[^"#]*)"', client.get(path).content.decode()))
    asked = part_of(sorted(seen), 4)
    broken = [path for path in asked if client.get(path.replace("&amp;", "&"), follow=True).status_code != 200]
    assert broken == []
