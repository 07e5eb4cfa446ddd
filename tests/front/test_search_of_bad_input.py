"""Whatever is typed into the search: a clear sentence, no error, nothing slowed."""

import time

import pytest

from front.search.asking import MOST_WORDS, understand
from tests import world as build

pytestmark = pytest.mark.django_db

ODD = [
    "!!! ??? ---",
    "\u202e\u200b\ufeff",
    "%",
    "_",
    "\\",
    "'; DROP TABLE iscg_portal_indexentry; --",
    '" OR "" = "',
    "NEAR(a b) AND NOT c* ^d {head} : e",
    "a:* & !b | (c <-> d)",
    "head:made -up +x",
    "😀 🇨🇭",
    "ⅦⅧ ½ ² ﬁ",
    "AI人工智能ИИ الذكاء 5G",
    "a\u0301" * 80,
    "\u0651" * 190,
    "x" * 200,
    "的" * 200,
    "1" * 200,
    "ا" * 200,
    " ".join("abcdefghijklmnopqrstuvwxyz"),
    "ß İ ı ſ",
    "한국어 हिन्दी ไทย עברית",
]


@pytest.mark.parametrize("typed", ODD)
def test_odd_words_are_answered_with_a_page(client, world, typed):
    for lang in ("en", "ar", "zh"):
        page = client.get(f"/{lang}/search/", {"q": typed})
        assert page.status_code == 200 and "<h1>" in page.content.decode()


def test_only_marks_are_told_so(client, db):
    page = client.get("/en/search/", {"q": "!!! ???"}).content.decode()
    assert "There is no letter and no digit in what you asked for." in page


def test_five_thousand_characters_are_refused_with_a_sentence(client, db):
    page = client.get("/en/search/", {"q": "word " * 1000})
    assert page.status_code == 414 and "2000 characters" in page.content.decode()


def test_of_a_long_text_the_beginning_is_looked_for_and_the_page_says_so(client, db):
    build.subject("ONE", title=" ".join(f"word{number}" for number in range(20)))
    page = client.get("/en/search/", {"q": " ".join(f"word{number}" for number in range(60))})
    assert "Only the first 200 characters and the first ten words are looked for." in page.content.decode()
    assert len(page.context["hits"]) == 1
    assert len(understand("a1 " * 60).wanted.groups) == MOST_WORDS


@pytest.mark.parametrize("typed", ["a%00b", "%ff%fe", "%ed%a0%80"])
def test_what_no_text_can_hold_is_no_error_of_ours(client, db, typed):
    assert client.get(f"/en/search/?q={typed}").status_code in (200, 301, 302, 400)


def test_the_worst_that_can_be_typed_costs_little(client, world):
    for typed in ("а" * 200, "国际" * 100, "a1b2" * 50, "الاتصالات " * 20):
        began = time.process_time()
        client.get("/en/search/", {"q": typed})
        assert time.process_time() - began < 2
