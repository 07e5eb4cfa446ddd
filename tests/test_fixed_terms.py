"""The fixed terms of the Union, `iscg_portal/fixed_terms/terms.csv`: complete, sourced, kept by the catalogues."""

import csv
import re
from html.parser import HTMLParser

import pytest
from django.utils.translation import override

from front.sitemaps import paths_of_each_kind
from iscg_portal import honorifics
from iscg_portal.fixed_terms import TERMS, body_in_words, document_number, initials, place_name, with_initials
from iscg_portal.honorifics import MAN, WOMAN, context_of, of_holder
from tests import walks
from tests.world import saved
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


A_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
ARABIC_PLURALS = {
    "advisory group": "الأفرقة الاستشارية",
    "annual report": "تقارير سنوية",
    "focal point": "جهات اتصال",
    "key issue": "مسائل رئيسية",
    "member state": "دول أعضاء",
    "question": "مسائل",
    "sector member": "أعضاء قطاعات",
    "study group": "لجان دراسات",
    "subject": "مواضيع",
    "subjects": "موضوع",
}
# Sentences that say the term in another way, or something else by the same word, by their beginnings.
SAID_OTHERWISE = (
    *("As the header prints it: “Chair", "The Terms of Reference of the ISCG, clause by clause"),
    # of somebody of whom nobody knows whether it is a woman
    *(", its Coordinator, ", ", Coordinator of ", "The report of , Coordinator of "),
    # questions of a reader, and the group’s own name
    *(
        "Questions and corrections",
        "This mail comes from",
        "Write a name, a subject",
        "Inter-Sector Coordination Group on",
    ),
    # subjects of mails and feeds
    *("The outbox holds", "The subject of this feed", "subject line", "the mails that were sent to your address"),
)
NO_QUESTION = {"es": r"\bcuesti[oó]n(?:es)?\b(?! clave)", "fr": r"\bquestions?\b(?! essentielle)"}
NO_QUESTION |= {"ru": r"\bвопрос"}


def says(text, form, locale):
    """Whether a text has the words of a form, whatever their endings and the Arabic article."""
    words = [word.lower().removeprefix("ال") for word in re.findall(r"[^\W\d_]{3,}", form)]
    stems = (
        [form] if locale == "zh_Hans" else [word[: max(3, len(word) - (3 if len(word) > 5 else 1))] for word in words]
    )
    return all(stem in text.lower() for stem in stems)


def sentences_of(locale):
    """Pairs of each English sentence without its places, and the last form of its translation."""
    for message in catalogues.read(locale):
        if message.id and message.string and message.context != "code":
            english, own = (one if isinstance(one, str) else one[-1] for one in (message.id, message.string))
            yield A_PLACE.sub("", english), own


@pytest.mark.parametrize("locale", catalogues.LOCALES)
def test_a_sentence_with_a_term_has_its_form_in_the_other_language(locale, rows):
    terms = {row["en"]: row[locale.lower()] for row in rows if row["key"].startswith("word/")}
    wrong = set()
    for english, own in sentences_of(locale):
        for term, form in terms.items():
            either = (form, ARABIC_PLURALS.get(term.lower(), form) if locale == "ar" else form)
            if re.search(rf"\b{term}s?\b", english) and not any(says(own, one, locale) for one in either):
                wrong.add(english)
    assert {english for english in wrong if not english.startswith(SAID_OTHERWISE)} == set()


@pytest.mark.parametrize("locale", NO_QUESTION)
def test_a_question_is_a_study_question_or_a_key_issue(locale):
    plain = re.compile(NO_QUESTION[locale])
    said = ((english, re.sub(r"ключев\w+ вопрос", "", own.lower())) for english, own in sentences_of(locale))
    found = [english for english, own in said if plain.search(own) and "Question" not in english]
    assert [english for english in found if not english.startswith(SAID_OTHERWISE)] == []


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


A_CODE = re.compile(r"(?<![\w/-])(?:RAG|TSAG|TDAG|WTSA|WTDC|WRC|RA|PP|ITU(?:-[RTD])?|BDT|TSB|Council)(?![\w/])")
WITHOUT_AN_END = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class Words(HTMLParser):
    """What a page says in its own language: without code, sources, examples, and what is marked as another language."""

    def __init__(self, language):
        super().__init__()
        self.language, self.open, self.said = language, [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        other = attrs.get("lang", self.language) != self.language or tag in ("code", "script", "style")
        apart = other or "source" in attrs.get("class", "").split() or bool(self.open and self.open[-1][1])
        if tag not in WITHOUT_AN_END:
            self.open.append((tag, apart))
        self.said += [] if apart else [attrs.get(name) or "" for name in ("aria-label", "title", "alt", "data-label")]

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not (self.open and self.open[-1][1]):
            self.said.append(data)


def is_said_in_russian(text):
    """A name may be short and all Latin; a sentence without one Russian letter waits for its translation."""
    return len(text.split()) < 5 or re.search("[а-я]", text)


@pytest.mark.walk
@pytest.mark.django_db
def test_no_page_in_russian_prints_a_code_for_initials(client, world):
    found = set()
    for path in walks.part_of(sorted(paths_of_each_kind()), 3):
        page = Words("ru")
        page.feed(client.get(f"/ru/{path}").content.decode())
        found |= {(path, text.strip()) for text in page.said if A_CODE.search(text) and is_said_in_russian(text)}
    assert {(path, text) for path, text in found if not path.startswith("data/")} == set()


def test_a_name_that_begins_with_a_code_is_read_with_initials():
    with override("ru"):
        assert [with_initials(name) for name in ("PP-26", "RAG1", "ITU-R SG 6", "RAGTIME", "ITU-T TSAG", "WTSA")] == [
            *("ПК-26", "КГР1", "МСЭ-R SG 6", "RAGTIME", "МСЭ-T КГСЭ", "ВАСЭ")
        ]
        assert initials("Council") == "Совет"


def test_without_settled_initials_a_sentence_has_the_name_and_the_code():
    said = {}
    for language in ("en", "fr", "ar", "zh-hans"):
        with override(language):
            said[language] = body_in_words("RAG")
    assert (said["en"], said["fr"]) == ("RAG", "GCR")
    assert said["ar"].endswith(" (RAG)") and said["zh-hans"] == "无线电通信顾问组（RAG）"


def test_places_and_numbers_of_documents_are_in_the_language_of_the_page():
    with override("ru"):
        assert (place_name("Geneva"), place_name("Samplecity")) == ("Женева", "Samplecity")
        assert document_number("ISCG/25-1/03 (Rev.1)") == "ISCG/25-1/03 (Пересм. 1)"


@pytest.mark.parametrize(
    ("name", "context"),
    [
        *(("Ms Ina Sample", WOMAN), ("H.E. Mr Sam Sample", MAN), ("Dr Ina Sample", ""), ("Sam Sample", ""), ("", "")),
        *(("M. Sam Sample", MAN), ("S.E. M. Sam Sample", MAN), ("Ina M. Sample", ""), ("Mme M. Sample", WOMAN)),
    ],
)
def test_the_honorific_says_whether_an_office_is_a_womans_or_a_mans(name, context):
    assert context_of(name) == context


def test_an_office_is_named_by_its_holder_and_the_neutral_form_stands_where_that_is_not_known(monkeypatch):
    feminine = {(WOMAN, "Chair"): "Présidente"}
    monkeypatch.setattr(honorifics, "pgettext", lambda context, message: feminine.get((context, message), message))
    with override("fr"):
        called = [of_holder("Chair", name) for name in ("Ms Ina Sample", "Mr Sam Sample", "Dr Ina Sample", "")]
    assert called == ["Présidente", "Président", "Président", "Président"]


@pytest.mark.django_db
def test_a_woman_in_office_has_her_form_on_pages_and_in_the_feed(client, world):
    world.gus.honorific = "Ms"
    saved(world.gus)
    for path, own in (("fr/composition/", "Présidente"), ("es/changes.atom", "Presidenta"), ("ar/", "الرئيسة")):
        assert own in client.get(f"/{path}").content.decode()
