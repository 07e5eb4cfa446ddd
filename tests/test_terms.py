"""The fixed terms of the Union, `iscg_portal/terms/terms.csv`: complete, sourced, kept by the catalogues."""

import csv

import pytest

from iscg_portal.terms import TERMS
from tools import catalogues

LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh_hans")


@pytest.fixture(scope="module")
def rows():
    with TERMS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_term_stands_once_with_six_forms_its_source_and_how_sure_it_is(rows):
    assert len({row["key"] for row in rows}) == len(rows)
    for row in rows:
        lacking = {column for column, said in row.items() if not said}
        settled = row["key"].startswith("initials/")  # where a language has none, the form is blank
        assert lacking <= ({"ar", "zh_hans", "ru"} if settled else set()), row["key"]


def test_a_pattern_has_the_same_places_in_each_language(rows):
    for row in rows:
        assert {frozenset(catalogues_places(row[language])) for language in LANGUAGES} == {
            frozenset(catalogues_places(row["en"]))
        }, row["key"]


def catalogues_places(pattern):
    return {part.split("}")[0] for part in pattern.split("{")[1:]}


@pytest.mark.parametrize("locale", catalogues.LOCALES)
def test_the_catalogue_uses_the_terms(locale, rows):
    catalogue, language = catalogues.read(locale), locale.lower()
    wrong = set()
    for row in rows:
        message = catalogue.get(row["en"]) if row["key"].startswith(("word/", "body/")) else None
        if message is not None and message.string != row[language]:
            wrong.add((language, row["key"]))
    assert wrong == set()


@pytest.mark.django_db
def test_pages_print_the_initials_of_their_language_and_files_the_codes(client, world):
    for prefix, own in (("fr", "GCR"), ("es", "GAR"), ("ru", "КГР"), ("ar", "RAG")):
        pages = [
            client.get(f"/{prefix}/{path}").content.decode() for path in ("composition/", "contact/", "coordinators/")
        ]
        assert all(own in text for text in pages)
    text = client.get("/fr/composition/").content.decode()
    assert "Groupe consultatif des radiocommunications" in text and "Radiocommunication Advisory Group" not in text
    french, english = (client.get(f"/{prefix}/composition.json").json()["groups"] for prefix in ("fr", "en"))
    assert [(one["code"], one["name"]) for one in french] == [(one["code"], one["name"]) for one in english]
