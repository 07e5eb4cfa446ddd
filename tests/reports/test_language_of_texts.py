"""Every text of a report that is in another language says so, in the page, the PDF and the DOCX (WCAG 3.1.2)."""

import io
import re
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from reports.acts import annual_reports as acts
from reports.content import content_of
from reports.facts import gather
from reports.renditions.docx import docx
from reports.renditions.page import sections_html
from reports.renditions.pdf import html
from tests import world as w
from tests.reports.made_up_content import made_up_content

WRITTEN = {"results": "Une liste commune", "duplication": "Deux fois le même atelier"}


@pytest.fixture
def content(db):
    """Of 2025, with a report that its Coordinator wrote in French, and one of which nobody knows the language."""
    ada, meeting = w.person("Ada Testperson"), w.meeting("25-2", date(2025, 5, 12))
    for code, language, texts in (("EMF", "fr", WRITTEN), ("IOT", "", {"results": "Without a language"})):
        w.coordinator(subject := w.subject(code), ada, date(2024, 1, 1))
        w.coordinator_report(subject, meeting, ada, language=language, **texts)
    report = acts.open_report("2025")
    return content_of(report, gather(report))


def languages_of_runs(content, lang):
    """{words: their language, None where it is that of the document} of a DOCX."""
    runs = Document(io.BytesIO(docx(content, lang))).element.body.iter(qn("w:r"))
    marks = {run.text: run.find(f"{qn('w:rPr')}/{qn('w:lang')}") for run in runs}
    return {text: mark.get(qn("w:val")) if mark is not None else None for text, mark in marks.items()}


def test_what_a_coordinator_wrote_is_marked_in_the_other_languages_alone(content):
    pages = {lang: sections_html(content["languages"][lang], lang) for lang in ("en", "fr")}
    for words in (
        '<p lang="fr" dir="ltr">Une liste',
        '<td lang="fr" dir="ltr">Une liste',
        '<td lang="fr" dir="ltr">Deux',
    ):
        assert words in pages["en"]
    assert 'lang="fr"' not in pages["fr"] and '<p dir="ltr">Without a language' in pages["en"]
    assert '<td lang="fr" dir="ltr">Une liste' in html(content, "en")  # of which the PDF is made


def test_runs_of_a_docx_are_in_the_language_of_what_was_written(content):
    said = languages_of_runs(content, "en")
    assert (said["Une liste commune"], said["Deux fois le même atelier"]) == ("fr", "fr")
    assert said["Without a language"] is None


def test_blocks_by_hand_and_marked_words_of_a_docx_say_their_language():
    content = made_up_content()
    first, second = content["languages"]["ar"]["sections"][0]["blocks"][:2]
    first |= {"lang": "en", "note": "-", "html": '<p>By hand</p><p><span lang="zh-Hans" dir="ltr">示例</span></p>'}
    said = languages_of_runs(content, "ar")
    assert (
        said["By hand"] == "en" and said["\u200f\u200e示例\u200e\u200f"] == "en-GB"
    )  # the Latin letters among the Chinese


def test_the_marks_of_a_run_stand_in_the_order_of_the_schema():
    content = made_up_content()
    content["languages"]["ar"]["sections"][0]["blocks"][0]["html"] = '<p><strong lang="ar">كتبه</strong></p>'
    [marks] = [
        [one.tag for one in run.rPr]
        for run in Document(io.BytesIO(docx(content, "ar"))).element.body.iter(qn("w:r"))
        if run.text == "كتبه"
    ]
    assert marks == [qn("w:b"), qn("w:bCs"), qn("w:rtl"), qn("w:lang")]


def test_a_coordinators_report_says_its_language_on_its_page(content, client):
    page = client.get("/en/coordinators-reports/25-2/emf/").content.decode()
    assert re.search(r'<p lang="fr" dir="ltr">Une liste commune', page)
