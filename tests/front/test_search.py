"""The search finds what is public, in any spelling, in the order that a reader would expect."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from front.models import Synonym
from front.search.pages import standing_pages
from front.sitemaps import PAGES
from iscg_portal.search.indexing import mend
from iscg_portal.web.page_cache import kept_pages
from tests import world as build

pytestmark = pytest.mark.django_db


def titles(client, typed, lang="en", **more):
    """The titles of what is found, in their order."""
    page = client.get(f"/{lang}/search/", {"q": typed} | more)
    assert page.status_code == 200
    return [strip_tags(str(hit.title.html)) for hit in page.context["hits"]]


def first(client, typed, **more):
    found = titles(client, typed, **more)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ada testperson", "Ms Ada Testperson"),
        ("TESTPERSON, Ádà", "Ms Ada Testperson"),
        ("emf", "Subject EMF, made up"),
        ("subject emf", "Subject EMF, made up"),
        ("res 191", "Coordination, made up"),
        ("RES.191", "Coordination, made up"),
        ("PP-191", "Coordination, made up"),
        ("pp resolution 191", "Coordination, made up"),
        ("Résolution 191", "Coordination, made up"),
        ("резолюция 191", "Coordination, made up"),
        ("القرار ١٩١", "Coordination, made up"),
        ("第191号决议", "Coordination, made up"),
        ("what is resolution 191 about?", "Coordination, made up"),
    ],
)
def test_a_name_or_number_is_found_in_any_spelling(client, world, typed, title):
    world.resolutions["pp-191"].title_en = "Coordination, made up"
    world.resolutions["pp-191"].save()
    assert first(client, typed) == title


@pytest.mark.parametrize("typed", ["ISCG 25-7 1", "iscg/25-7/01", "ISCG/25-7/01-E", "25-7/1", "document ISCG 25-7 1"])
def test_a_document_is_found_by_its_number_in_any_spelling(client, typed):
    meeting = build.meeting("25-7")
    build.document(meeting, "Another paper, made up")
    build.document(meeting, "A later paper, made up, of 25-7, number 1")
    assert first(client, typed) == "Another paper, made up"


def test_a_unit_is_found_by_the_topics_of_its_links_in_each_language(client):
    unit = build.study_unit("Q7/2", title="Exposure, made up")
    topics = {"topic_ru": "Журавли", "topic_zh_hans": "起重机械"}
    build.link(unit, build.study_unit("WP 1C", "R 2023-2027"), "Cranes", **topics)
    for typed, lang in (("cranes", "en"), ("журавли", "ru"), ("журавли", "en"), ("起重", "zh")):
        assert "Exposure, made up" in titles(client, typed, lang), typed


def test_a_hit_leads_to_the_place_where_it_stands(client):
    issues = {"published_on": build.DAY, "closed_on": build.DAY, "closed_because": "Done, made up"}
    meeting = build.meeting("25-7")
    hits = [
        ("issue", build.key_issue("A matter of cranes, made up", **issues)),
        ("decision", build.taken(meeting, "Cranes are decided, made up")),
        ("item", build.agenda_item(meeting, title="On cranes, made up")),
    ]
    for number in range(60):
        build.key_issue(f"Another matter {number}", **issues)
    found = [hit.href for hit in client.get("/en/search/?q=cranes").context["hits"]]
    assert len(found) == 3
    for name, record in hits:
        assert any(f'id="{name}-{record.pk}"' in client.get(href).content.decode() for href in found), name


@pytest.mark.parametrize("typed", ["Q7/2", "q 7/2", "ITU-D Q7/2", "question 7/2", "Cuestión 7/2", "课题 7/2"])
def test_a_question_is_found_by_its_number_in_any_spelling(client, typed):
    build.study_unit("Q6/2")
    build.study_unit("Q7/2", title="Exposure, made up")
    assert titles(client, typed) == ["Exposure, made up"]


def test_an_activity_is_found_by_its_title_place_and_subject(client):
    subject = build.subject("EMF")
    build.activity("A workshop on orbits", place="Testville", subjects=[subject])
    for typed in ("workshop orbits", "testville", "workshop emf"):
        assert titles(client, typed) == ["A workshop on orbits"], typed


def test_words_are_found_without_case_and_accents(client):
    build.subject("ONE", title="Réseaux d’Œuvre Łódź, made up")
    for typed in ("reseaux", "RÉSEAUX", "oeuvre", "œuvre lodz", "l’œuvre"):
        assert titles(client, typed) == ["Réseaux d’Œuvre Łódź, made up"], typed


def test_arabic_forms_of_a_letter_are_one(client):
    build.subject("ONE", title_ar="إمكانيـــة النَّفاذ إلى الاتصالات على الأرض")
    for typed in ("امكانيه", "إمكانية نفاذ", "الإتصالات", "الي", "ارض", "وَالاتصالات"):
        assert len(titles(client, typed, "ar")) == 1, typed


def test_two_chinese_characters_are_found_inside_a_text(client):
    build.subject("ONE", title_zh_hans="残疾人信息无障碍与国际电联")
    for typed in ("障碍", "无障碍", "信息", "国际电联", "人", "联", "信息 电联", "什么是无障碍"):
        assert len(titles(client, typed, "zh")) == 1, typed
    assert titles(client, "碍无", "zh") == []


@pytest.mark.parametrize("typed", ["AI", "ai", "5G", "5g ai"])
def test_words_of_two_letters_are_found_and_only_as_words(client, typed):
    build.subject("ONE", title="AI for 5G, made up")
    build.subject("TWO", title="Aim of the 5GHz band, made up")
    assert titles(client, typed) == ["AI for 5G, made up"]


def test_forms_of_a_word_are_one(client):
    build.subject("ONE", title="Studies of meetings", title_ru="Резолюции о спектре")
    for typed in ("study", "meeting", "meetings", "резолюция", "резолюциями", "спектра", "спектром"):
        assert titles(client, typed) == ["Studies of meetings"], typed


def test_who_asks_for_a_synonym_finds_the_subject_and_what_is_about_it(client):
    subject = build.subject("CYBER", title="Confidence in ICTs, made up")
    Synonym.objects.create(subject=subject, words_en="cybersecurity, cyber security", words_ru="кибербезопасность")
    build.document(build.meeting("25-7"), "A paper, made up", subjects=[subject])
    expected = ["Confidence in ICTs, made up", "A paper, made up"]
    for typed in ("cybersecurity", "Cyber Security", "who coordinates cybersecurity?", "кибербезопасности"):
        assert titles(client, typed)[:1] == expected[:1], typed
    assert titles(client, "cyber-security") == expected


def test_one_word_of_a_term_of_several_finds_what_may_be_meant(client):
    subject = build.subject("SPECTRUM", title="Frequencies, made up")
    Synonym.objects.create(subject=subject, words_en="radio spectrum", words_es="espectro radioeléctrico")
    for typed in ("espectro", "radioelectrico", "Espectro marciano"):
        assert titles(client, typed) == ["Frequencies, made up"], typed
    assert titles(client, "marciano") == []
    assert "may be what you mean" in client.get("/en/search/?q=espectro").content.decode()


def test_a_synonym_of_two_words_is_known_in_every_case(client):
    subject = build.subject("EMF", title="Exposure, made up")
    Synonym.objects.create(subject=subject, words_en="EMF", words_ru="электромагнитные поля")
    for typed in ("электромагнитные поля", "электромагнитных полей", "Электромагнитными полями"):
        assert titles(client, typed) == ["Exposure, made up"], typed


def test_initials_of_one_language_find_those_of_another(client, world):
    Synonym.objects.create(words_en="RAG, Radiocommunication Advisory Group", words_fr="GCR", words_ru="КГР")
    for typed in ("GCR", "кгр", "radiocommunication advisory group"):
        assert "Ms Ada Testperson" in titles(client, typed), typed


@pytest.mark.parametrize(
    ("lang", "typed"),
    [
        ("en", "Who represents Africa?"),
        ("fr", "qui représente l’Afrique ?"),
        ("es", "¿Quién representa África?"),
        ("ru", "Кто представляет Африку?"),
        ("ar", "من يمثل أفريقيا؟"),
        ("zh", "谁代表非洲？"),
    ],
)
def test_who_represents_africa_is_answered_with_a_name(client, world, lang, typed):
    country = build.country("CM")
    country.council_region = "D"
    country.save()
    page = client.get(f"/{lang}/search/", {"q": typed})
    assert [str(hit.title.html) for hit in page.context["hits"]] == ["Ms Cleo Invented"]
    line = strip_tags(str(page.context["hits"][0].line.html))
    assert {"fr": "GCR", "es": "GAR", "ru": "КГР"}.get(lang, "RAG") in line


def test_who_coordinates_a_subject_is_said_in_the_line_of_the_subject(client, world):
    page = client.get("/en/search/", {"q": "who coordinates EMF"})
    lines = {hit.kind: strip_tags(str(hit.line.html)) for hit in page.context["hits"]}
    assert "Coordinator: Ms Ina Sample (Japan)" in lines["Subject"]
    assert "Coordinator of EMF" in lines["Person"]


def test_a_question_of_nothing_but_question_words_is_asked_as_it_is(client):
    build.subject("ONE", title="The what and the how")
    assert titles(client, "what how") == ["The what and the how"]


def test_titles_come_before_texts_and_what_stands_before_what_ended(client):
    past, text, title = (build.subject(code, title=f"{code}, made up") for code in ("PAST", "TEXT", "TITLE"))
    past.title_en, title.title_en, text.summary_en = "Orbits, once", "Orbits", "It is about orbits too."
    for subject in (past, title, text):
        subject.save()
    build.listing(past, date(2010, 1, 1), date(2015, 1, 1))
    assert titles(client, "orbits") == ["Orbits", "Orbits, once", "TEXT, made up"]
    assert titles(client, "orbits", on="2012-01-01")[:2] == ["Orbits", "Orbits, once"]


def test_a_word_in_two_places_counts_once_and_all_words_count(client):
    build.subject("ONE", title="Orbits of satellites", summary="Spectrum is told here.")
    build.subject("TWO", title="Orbits")
    assert titles(client, "satellite spectrum orbits") == ["Orbits of satellites"]


def test_filters_by_kind_year_and_language(client, world):
    build.document(build.meeting("25-7"), "Orbits, a paper", dated_on=date(2025, 2, 3))
    build.document(build.meeting("24-7", date(2024, 2, 12)), "", title_fr="Orbits en français", original_language="fr")
    build.subject("ORB", title="Orbits")
    assert len(titles(client, "orbits")) == 3
    assert titles(client, "orbits", kind="subject") == ["Orbits"]
    assert titles(client, "orbits", year="2025") == ["Orbits, a paper"]
    assert titles(client, "orbits", language="fr") == ["Orbits en français"]
    page = client.get("/en/search/?q=orbits").content.decode()
    assert "Documents (2)" in page and "Subjects (1)" in page and '<option value="2024">' in page


@pytest.mark.parametrize("query", ["kind=nope", "year=yes", "language=de", "kind=person&kind=unit", "q=a&q=b"])
def test_a_filter_that_is_not_offered_is_refused_with_a_sentence(client, query):
    page = client.get(f"/en/search/?q=x&{query}" if not query.startswith("q") else f"/en/search/?{query}")
    assert page.status_code == 400 and "<h1>" in page.content.decode()


def test_the_day_is_kept_by_form_and_links(client, world):
    page = client.get("/en/search/?q=emf&on=2022-06-01").content.decode()
    assert 'href="/en/subjects/emf/?on=2022-06-01"' in page
    assert page.count('name="on" value="2022-06-01"') >= 3
    assert client.get("/en/search/?q=emf&on=never").status_code == 404


def test_what_is_found_is_marked_in_its_own_language_and_direction(client):
    build.subject("ONE", title="Access", summary_ar="نص مختلق عن النفاذ إلى الشبكات", summary_en="Nothing of it.")
    page = client.get("/en/search/", {"q": "نفاذ"}).content.decode()
    assert 'lang="ar" dir="rtl">' in page and "ال<mark>نفاذ</mark>" in page
    assert "<mark>Access</mark>" in client.get("/en/search/?q=access").content.decode()


def test_what_was_typed_is_never_markup(client):
    build.subject("ONE", title="<script>alert(1)</script>", summary="<b>bold</b> words")
    for typed in ("<script>alert(1)</script>", "bold", '"><img src=x>'):
        page = client.get("/en/search/", {"q": typed}).content.decode()
        assert "<script>alert" not in page and "<b>" not in page and "<img" not in page


def test_where_no_record_has_all_words_some_that_have_a_few_are_shown(client):
    build.subject("ONE", title="Orbits of satellites")
    page = client.get("/en/search/?q=satellites+zebra")
    assert [str(hit.title.html) for hit in page.context["hits"]] == ["Orbits of <mark>satellites</mark>"]
    assert "The results below have some of the words, or may be what you mean." in page.content.decode()


KINDS_OF_SEARCHES = {
    "one word": ("orbits", True),
    "one word of a term": ("radio", False),
    "two words": ("orbits satellites", True),
    "two words, not together": ("orbits zebra", False),
    "five words": ("the orbits of satellites and antennas", True),
    "five words, one in vain": ("orbits satellites antennas stations zebra", False),
    "a phrase": ("“orbits of satellites”", True),
    "a phrase in vain": ("“satellites of zebras”", False),
    "a number": ("25-7/1", True),
    "a number in vain": ("res 999", False),
    "Chinese": ("轨道", True),
    "Chinese in vain": ("轨道 斑马", False),
    "Arabic": ("المدارات", True),
    "Arabic in vain": ("المدارات الحمار", False),
    "nothing": ("zebra", False),
    "nothing, of two words": ("zebra giraffe", False),
}


@pytest.mark.parametrize("more", [{}, {"kind": "document"}, {"year": "2025", "language": "fr"}, {"page": "1"}], ids=str)
@pytest.mark.parametrize(("typed", "is_hit"), KINDS_OF_SEARCHES.values(), ids=KINDS_OF_SEARCHES)
def test_a_search_of_any_kind_is_five_queries_at_most_the_first_time_too(client, typed, is_hit, more):
    title = "Orbits of satellites, antennas, المدارات, 轨道"
    document = build.document(build.meeting("25-7"), title, title_fr="Orbites", dated_on=date(2025, 2, 3))
    build.document_file(document, "fr")
    Synonym.objects.create(subject=build.subject("ORB"), words_en="radio spectrum")
    kept_pages.clear()
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/en/search/", {"q": typed} | more)
    asked = [one["sql"] for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 5, asked
    assert (page.context["page"] is not None) == is_hit
    assert is_hit <= bool(page.context["hits"])


def test_lists_of_many_are_paged(client):
    for number in range(23):
        build.subject(f"S{number}", title=f"Orbits {number}")
    assert [len(titles(client, "orbits", page=page)) for page in (1, 2, 3)] == [10, 10, 3]
    assert client.get("/en/search/?q=orbits&page=4").status_code == 404
    assert client.get("/en/search/?q=zebra&page=2").status_code == 404


def test_every_page_has_a_field_for_it_and_a_missing_page_offers_it(client, world):
    for address in ("/en/", "/ar/subjects/", "/en/subjects/emf/?on=2022-06-01"):
        page = client.get(address).content.decode()
        assert f'action="/{address[1:3]}/search/"' in page and 'type="search" name="q"' in page
    missing = client.get("/fr/nothing/")
    assert missing.status_code == 404 and missing.content.decode().count('action="/fr/search/"') == 2


def test_the_page_is_the_same_for_everyone_and_no_robot_keeps_it(client, world):
    page = client.get("/en/search/?q=emf")
    assert page["Cache-Control"].startswith("public") and page["ETag"] and not page.cookies
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    client.force_login(world.staff)
    assert client.get("/en/search/?q=emf").content == page.content


def test_standing_pages_are_found_once_the_sender_has_seen_them(client, db):
    assert titles(client, "privacy") == []
    assert mend() > 0
    assert titles(client, "privacy")[0] == "Privacy"
    assert mend() == 0


def test_a_question_in_each_language_leads_to_the_page_that_answers_it(client, db):
    mend()
    for lang, typed, title in (
        ("fr", "Quand est la prochaine réunion ?", "Réunions"),
        ("es", "próxima reunión", "Reuniones"),
        ("ar", "متى الاجتماع القادم؟", "الاجتماعات"),
        ("en", "last report in French", "Annual reports"),
        ("en", "all data", "Data"),
        ("zh", "如何参加", "关于本组"),
    ):
        assert title in titles(client, typed, lang), typed


def test_who_holds_an_office_is_told_with_the_age_of_the_evidence(client):
    confirmed = {"last_confirmed_on": date(2025, 1, 23), "country": build.country("CM")}
    build.representative("RAG1", build.person("Ada Testperson"), build.DAY.replace(year=2020), **confirmed)
    build.representative("RAG2", build.person("Ben Madeup"), date(2020, 1, 1))
    build.representative("TSAG1", build.person("Cleo Invented"), date(2010, 1, 1), date(2020, 1, 1))
    page = client.get("/en/search/", {"q": "representative"})
    lines = {strip_tags(str(hit.title.html)): strip_tags(str(hit.line.html)) for hit in page.context["hits"]}
    assert lines["Ada Testperson"].endswith("2020–, last confirmed 23 January 2025")
    assert lines["Ben Madeup"].endswith("2020–, not confirmed since 1 January 2020")
    assert lines["Cleo Invented"].endswith("2010–2020")


def test_so_it_is_in_the_line_of_a_subject(client):
    emf = build.subject("EMF")
    build.coordinator(emf, build.person("Ina Sample"), date(2020, 1, 1), last_confirmed_on=date(2025, 1, 23))
    page = client.get("/en/search/", {"q": "coordinator emf"})
    lines = {hit.kind: strip_tags(str(hit.line.html)) for hit in page.context["hits"]}
    assert lines["Subject"].endswith("2020–, last confirmed 23 January 2025")


def test_every_standing_page_is_found_but_home_and_the_search():
    assert set(PAGES) - {name for name, _content in standing_pages()} == {"front:home", "front:search"}
