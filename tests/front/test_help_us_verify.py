"""The page that lists what rests on less than a copy of a document of the Union (rule 22)."""

from datetime import date

import pytest
from django.apps import apps

from front.help_us_verify import KINDS, Doubts
from iscg_portal.sourced import Sourced
from members.models import Person
from subjects.acts import adopt_edition
from tests import world as w


@pytest.fixture
def doubtful(world):
    """The standing ISCG with something of every kind that is only general knowledge."""
    w.document(w.meeting("25-1"), grade="secondary", source="https://www.example.org/a")
    adopt_edition(date(2025, 1, 23), "ISCG/99-1/05")
    for model in KINDS:
        model.objects.filter(grade="").update(grade="general knowledge")
    return world


def rows(client, query=""):
    page = client.get(f"/en/help-us-verify/{query}").content.decode()
    return [line for line in page.splitlines() if line.removeprefix("<tbody>").startswith("<tr><td>")]


def test_every_public_kind_with_a_source_can_be_listed():
    public = {model for model in apps.get_models() if issubclass(model, Sourced) and hasattr(model.objects, "public")}
    assert public == set(KINDS)


def test_facts_are_listed_with_their_grade_in_words_and_a_link(world, client):
    [subject] = rows(client)
    assert '<a href="/en/subjects/iot/">IOT</a></th><td>inferred</td><td class="source">ISCG/99-1/03 · <a ' in subject
    assert "about=%2Fen%2Fhelp-us-verify%2F&amp;fact=Subject%3A%20IOT" in subject
    Person.objects.filter(pk=world.ada.pk).update(grade="copy")
    assert len(rows(client)) == 1


def test_every_kind_is_called_by_what_it_is(doubtful, client):
    said = "\n".join(line for page in (1, 2) for line in rows(client, f"?page={page}"))
    for words in (
        "<td>Chair term</td>",
        "FR, France",
        '<a href="/en/resolutions/itu-r-6/">ITU-R 6 (2019)</a>',
        '<a href="/en/subjects/emf/">EMF: PP Res. 191</a>',
        '<a href="/en/subjects/emf/">EMF, RAG, Kim Mockup</a>',
        '<a href="/en/subjects/editions/2025-01-23/">2025-01-23</a>',
        '<td>a secondary source</td><td class="source"><a href="https://www.example.org/a" rel="external">',
    ):
        assert words in said, words


def test_a_name_that_is_not_public_is_not_told(doubtful, client):
    assert "Jon Dummy" not in "".join(line for page in (1, 2) for line in rows(client, f"?page={page}"))


def test_the_page_asks_few_queries_and_comes_fifty_at_a_time(doubtful, client, django_assert_max_num_queries):
    client.get("/en/")
    with django_assert_max_num_queries(4):
        assert len(rows(client)) == 50


@pytest.mark.parametrize("a_page", [1, 3, 50])
def test_each_page_goes_on_where_the_one_before_it_ends(doubtful, a_page):
    facts = Doubts()
    pages = [list(facts[begin : begin + a_page]) for begin in range(0, len(facts), a_page)]
    assert [fact for page in pages for fact in page] == list(facts[0 : len(facts)])
    assert {len(page) for page in pages[:-1]} == {a_page} and len(pages[-1]) == len(facts) - a_page * (len(pages) - 1)


def test_nothing_to_verify_is_said(db, client):
    assert "Every fact on record rests on" in client.get("/en/help-us-verify/").content.decode()


def test_the_foot_of_each_page_and_the_page_of_the_data_lead_there(client, db):
    assert '<a href="/fr/help-us-verify/">' in client.get("/fr/").content.decode()
    assert client.get("/en/data/").content.decode().count('href="/en/help-us-verify/"') == 2
    assert "/ru/help-us-verify/<" in client.get("/sitemap.xml").content.decode()
