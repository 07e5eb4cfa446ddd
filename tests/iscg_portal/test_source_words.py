"""What the portal wrote of a source is said in the language of the page; the rest is marked as English."""

import re

import pytest
from django.apps import apps
from django.utils.translation import override

from iscg_portal.fixed_terms.sources import _words
from iscg_portal.sourced import Sourced, source_html


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "WTSA Res. 57 (Rev. Dubai, 2012), its head"),
        ("fr", "Résolution 57 (Rév. Dubaï, 2012) de l’AMNT, son en-tête"),
        ("ru", "Резолюция 57 (Пересм. Дубай, 2012 г.) ВАСЭ, заголовок документа"),
    ],
)
def test_a_citation_and_our_own_words_are_in_the_language_of_the_page(language, said):
    with override(language):
        assert source_html("WTSA Res. 57 (Rev. Dubai, 2012), its head") == said


def test_a_day_is_printed_and_a_code_stays():
    with override("fr"):
        assert source_html("Document TDAG/IST/2-E, 26 April 2015") == "Document TDAG/IST/2-E, 26 avril 2015"


def test_a_stretch_of_days_is_printed_whole():
    with override("fr"):
        assert source_html("Minutes, 3-5 April 2019").endswith(", 3–5 avril 2019")
        assert source_html("Minutes, 9-31 June 2019").endswith(", 9-31 June 2019")


def test_in_arabic_a_code_takes_no_number_after_it_along():
    with override("ar"):
        assert "<bdi>TDAG/IST/2-E</bdi>، 26 أبريل" in source_html("Document TDAG/IST/2-E, 26 April 2015")


def test_what_nobody_translated_is_marked_as_english():
    with override("ar"):
        said = source_html("Minutes of <a> made-up body (general knowledge, to verify)")
    assert said.startswith('<span lang="en" dir="ltr">Minutes of &lt;a&gt; made-up body</span> (')


def test_every_word_of_ours_has_its_six_forms():
    assert [words["en"] for words in _words().values() if not all(words.values())] == []


# What stays English: titles of papers, and names of those who wrote them.
NAMES_OF_OTHERS = {
    "ITU-T A Suppl. 4 (01/2026",
    "Agenda for the 2015 World Radiocommunication Conference",
    "TSB Collective letter 2/TSAG",
    "Terms of reference of the Intersector Rapporteur Group on Integrated Broadcast-Broadband Systems",
    "Xinhua",
}


def test_of_the_shipped_sources_only_the_names_of_others_stay_english(shipped_record):
    models = [model for model in apps.get_models() if issubclass(model, Sourced)]
    texts = {text for model in models for text in model._base_manager.values_list("source", flat=True)}
    with override("ru"):
        html = " ".join(map(source_html, texts))
    left = set(re.findall(r'<span lang="en" dir="ltr">(.*?)</span>', html))
    assert left == NAMES_OF_OTHERS


def test_a_month_is_printed_and_a_path_is_no_word():
    with override("fr"):
        assert source_html("Minutes, March 2016").endswith(", mars 2016")
        assert source_html("data/itu-r-1-6.yaml, 2/TSAG") == "data/itu-r-1-6.yaml, 2/TSAG"
