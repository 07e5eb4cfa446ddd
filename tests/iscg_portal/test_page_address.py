"""What a page knows of its own address, and the parts of every page that say it."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from iscg_portal.web.page_address import PageAddress


def address_of(path, code="en"):
    request = RequestFactory().get(path)
    request.LANGUAGE_CODE = code
    return PageAddress(request)


def part(name, path, code="en"):
    """A component of every page, for the page at the path."""
    page = address_of(path, code)
    known = {"languages": page.languages, "site": page.site, "section": page.section, "other": page.in_any_language}
    with translation.override(code):
        return render_to_string(f"components/_{name}.html", known)


def links_of(part):
    """[(address, language, whether it is marked as the page's own)] of the links in a part of a page."""
    found = re.findall(r"<(?:a|link)[^>]*>", part)
    return [
        (re.search('href="([^"]*)"', tag)[1], re.search('hreflang="([^"]*)"', tag)[1], "aria-current" in tag)
        for tag in found
    ]


def test_the_same_page_and_question_in_the_other_languages():
    links = {lang: href for href, lang, _own in links_of(part("languages", "/en/subjects/?on=2025-02-12&sector=R"))}
    assert links["fr"] == "/fr/subjects/?on=2025-02-12&amp;sector=R"
    assert links["zh-Hans"] == "/zh/subjects/?on=2025-02-12&amp;sector=R"


def test_question_cannot_leave_the_link():
    assert "<script" not in part("languages", '/en/subjects/?q="><script>')


def test_search_engines_are_told_of_the_six():
    links = links_of(part("alternates", "/en/composition/"))
    assert [lang for _href, lang, _own in links] == ["ar", "en", "es", "fr", "ru", "zh-Hans", "x-default"]
    assert links[-1][0] == f"{settings.SITE_URL}/en/composition/"
    assert links[0][0] == f"{settings.SITE_URL}/ar/composition/"


def test_a_page_outside_the_languages_leads_to_the_home_pages():
    assert [href for href, _lang, _own in links_of(part("languages", "/nowhere/?x=1"))][:2] == ["/ar/", "/en/"]


def test_exactly_one_language_is_the_page_s_own():
    assert [lang for _href, lang, own in links_of(part("languages", "/ru/", "ru")) if own] == ["ru"]


@pytest.mark.parametrize(("code", "lang", "direction"), [("ar", "ar", "rtl"), ("zh-hans", "zh-Hans", "ltr")])
def test_language_and_direction_as_html_writes_them(code, lang, direction):
    page = address_of("/ar/", code)
    assert (page.lang, page.dir) == (lang, direction)


def test_a_day_in_the_address_makes_the_page_dated():
    assert address_of("/en/composition/?on=2025-02-12").dated
    assert not address_of("/en/composition/").dated


@pytest.mark.parametrize(
    ("asked", "canonical", "is_canonical"),
    [
        ("/en/subjects/", "/en/subjects/", True),
        ("/en/subjects/?page=2", "/en/subjects/?page=2", True),
        ("/en/subjects/?sector=R&page=2", "/en/subjects/?page=2", False),
        ("/en/subjects/?on=2025-02-12", "/en/subjects/", False),
        ("/sitemap.xml", "/sitemap.xml", False),
    ],
)
def test_filters_and_days_have_the_address_of_the_page_itself(asked, canonical, is_canonical):
    page = address_of(asked)
    assert (page.canonical, page.is_canonical) == (settings.SITE_URL + canonical, is_canonical)


def test_changing_the_day_keeps_the_filter_and_drops_the_page():
    kept = address_of("/en/subjects/?sector=R&sector=T&page=3&on=2025-02-12").kept
    assert kept == (("sector", "R"), ("sector", "T"))


def test_files_hold_every_row_of_the_filter_on_the_same_day():
    page = address_of("/en/subjects/?sector=R&page=3&on=2025-02-12")
    assert page.file_path + ".csv" + page.file_query == "/en/subjects.csv?sector=R&on=2025-02-12"


def test_navigation_marks_reports_on_the_page_of_key_issues():
    assert part("navigation", "/en/key-issues/") == part("navigation", "/en/reports/")


def test_navigation_marks_the_open_section_in_the_page_s_language():
    assert part("navigation", "/fr/subjects/emf/", "fr").count('aria-current="true"') == 1


def test_an_unknown_section_marks_nothing():
    assert 'aria-current="true"' not in part("navigation", "/en/nowhere/")
