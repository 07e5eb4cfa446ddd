"""What the frame of a page knows about its address."""

import re

import pytest
from django.test import RequestFactory
from django.utils import translation

from iscg_portal.web.page_address import Frame


def frame(path, code="en"):
    request = RequestFactory().get(path)
    request.LANGUAGE_CODE = code
    return Frame(request)


def links_of(part):
    """[(address, language, whether it is marked as the page's own)] of the links in a part of the frame."""
    found = re.findall(r"<(?:a|link)[^>]*>", part)
    return [
        (re.search('href="([^"]*)"', tag)[1], re.search('hreflang="([^"]*)"', tag)[1], "aria-current" in tag)
        for tag in found
    ]


def test_the_same_page_and_question_in_the_other_languages():
    links = {lang: href for href, lang, _own in links_of(frame("/en/subjects/?on=2025-02-12&sector=R").languages)}
    assert links["fr"] == "/fr/subjects/?on=2025-02-12&amp;sector=R"
    assert links["zh-Hans"] == "/zh/subjects/?on=2025-02-12&amp;sector=R"


def test_question_cannot_leave_the_link():
    assert "<script" not in frame('/en/subjects/?q="><script>').languages


def test_search_engines_are_told_of_the_six():
    links = links_of(frame("/en/composition/").alternates)
    assert [lang for _href, lang, _own in links] == ["ar", "en", "es", "fr", "ru", "zh-Hans"]
    assert links[0][0] == f"{Frame.site}/ar/composition/"


def test_a_page_outside_the_languages_leads_to_the_home_pages():
    assert [href for href, _lang, _own in links_of(frame("/nowhere/?x=1").languages)][:2] == ["/ar/", "/en/"]


def test_exactly_one_language_is_the_page_s_own():
    with translation.override("ru"):
        assert [lang for _href, lang, own in links_of(frame("/ru/", "ru").languages) if own] == ["ru"]


@pytest.mark.parametrize(("code", "lang", "direction"), [("ar", "ar", "rtl"), ("zh-hans", "zh-Hans", "ltr")])
def test_language_and_direction_as_html_writes_them(code, lang, direction):
    page = frame("/ar/", code)
    assert (page.lang, page.dir) == (lang, direction)


def test_a_day_in_the_address_makes_the_page_dated():
    assert frame("/en/composition/?on=2025-02-12").dated
    assert not frame("/en/composition/").dated


def test_changing_the_day_keeps_the_filter_and_drops_the_page():
    kept = frame("/en/subjects/?sector=R&sector=T&page=3&on=2025-02-12").kept
    assert kept == (("sector", "R"), ("sector", "T"))


def test_files_hold_every_row_of_the_filter_on_the_same_day():
    page = frame("/en/subjects/?sector=R&page=3&on=2025-02-12")
    assert page.file_path + ".csv" + page.file_query == "/en/subjects.csv?sector=R&on=2025-02-12"


def test_navigation_marks_reports_on_the_page_of_key_issues():
    assert frame("/en/key-issues/").navigation == frame("/en/reports/").navigation


def test_navigation_marks_the_open_section_in_the_page_s_language():
    with translation.override("fr"):
        assert frame("/fr/subjects/emf/", "fr").navigation.count('aria-current="true"') == 1


def test_an_unknown_section_marks_nothing():
    assert 'aria-current="true"' not in frame("/en/nowhere/").navigation
