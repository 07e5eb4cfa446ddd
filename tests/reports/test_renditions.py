"""What is made from the frozen content: harmless, tagged, structured, and the same each time."""

import hashlib
import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from iscg_portal.languages import LANGUAGE_OF_PREFIX
from reports.renditions import RenditionError, canonical, checked
from reports.renditions import pdf as pdf_module
from reports.renditions.columns import shares
from reports.renditions.docx import docx
from reports.renditions.harmless import MOST_CHARACTERS, harmless_html, harmless_svg
from reports.renditions.page import sections_html
from reports.renditions.pdf import html, pdf
from reports.renditions.words import GROUP, header_rows, heading, isolated, value
from tests.reports.made_up_content import SVG, made_up_content

SCRIPTS = [
    "<script>alert(1)</script>",
    "[here](javascript:alert(1))",
    '<img src="x" onerror="alert(1)">',
    "![a picture](https://elsewhere.example/a.png)",
    '<p style="position:fixed" onclick="x()">Text</p>',
]


@pytest.mark.parametrize("text", SCRIPTS)
def test_no_script_survives_in_markdown(text):
    html = harmless_html(text)

    assert not any(sign in html for sign in ("<script", "<img", 'href="javascript', "<p style", "<p onclick"))


def test_headings_of_a_text_stand_below_the_title_of_its_section():
    assert harmless_html("# One\n\n##### Two") == "<h3>One</h3>\n<h4>Two</h4>\n"


def test_a_broken_table_keeps_its_words():
    html = harmless_html("| a | b |\n|---|\n| only one cell\n\nAfter it")

    assert "only one cell" in html and "After it" in html


def test_a_text_of_two_megabytes_is_refused_with_a_sentence():
    with pytest.raises(ValidationError, match=f"at most {MOST_CHARACTERS}"):
        harmless_html("x" * 2_000_000)


def test_a_picture_loses_what_runs_or_loads():
    bad = SVG.replace("</svg>", '<script>x()</script><image href="https://elsewhere.example/a.png"/></svg>')
    bad = bad.replace("<rect ", '<rect onclick="x()" style="fill:red" ', 1)

    svg = harmless_svg(bad)

    assert not any(sign in svg for sign in ("script", "onclick", "style", "elsewhere"))
    assert "RAG" in svg


@pytest.mark.parametrize("svg", ["<svg", "<p>no picture</p>", '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'])
def test_a_broken_picture_is_refused_with_a_sentence(svg):
    with pytest.raises(RenditionError, match=r"^A picture of this report .*\.$"):
        harmless_svg(svg)


def test_sections_are_named_by_their_headings_and_escape_what_they_print():
    tree = made_up_content()["languages"]["en"]
    tree["sections"][1]["blocks"][0]["rows"] = [["<b>", "&", ""]]

    html = sections_html(tree, "en")

    assert '<h2 id="section-composition">Annex A: Composition</h2>' in html
    assert '<th scope="col">Person</th>' in html and '<th scope="row">&lt;b&gt;</th><td>&amp;</td>' in html
    assert "Nothing changed." in html
    assert "style=" not in html


def test_content_damaged_after_freezing_is_not_rendered():
    data = canonical(made_up_content())
    sha256 = hashlib.sha256(data).hexdigest()

    assert checked(data, sha256) == made_up_content()
    with pytest.raises(RenditionError, match="damaged"):
        checked(data.replace(b"RAG", b"TAG"), sha256)


def test_the_json_does_not_depend_on_the_order_of_keys():
    content = made_up_content()

    assert canonical(dict(reversed(content.items()))) == canonical(content)


@pytest.mark.parametrize(("lang", "spoken"), [("en", "en"), ("ar", "ar"), ("zh", "zh-Hans")])
def test_the_pdf_is_tagged_and_says_its_language_and_title(lang, spoken):
    content = made_up_content()

    reader = PdfReader(io.BytesIO(pdf(content, lang)))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"] == spoken
    assert reader.metadata.title == content["languages"][lang]["title"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_tables_lists_and_pictures_of_the_pdf_are_tagged_with_scopes_headers_labels_and_descriptions():
    content = made_up_content()
    block = content["languages"]["en"]["sections"][0]["blocks"][0]
    block["html"] = harmless_html("3. one\n4. two\n\n| A | B |\n| --- | --- |\n| 1 | 2 |")
    found = tagged(PdfReader(io.BytesIO(pdf(content, "en"))).trailer["/Root"]["/StructTreeRoot"])
    heads, cells = ([one["/A"] for one in found if one["/S"] == kind] for kind in ("/TH", "/TD"))
    assert {one["/Scope"] for one in heads} == {"/Column", "/Row"}
    assert cells and all(one["/Headers"] for one in cells)
    kinds = [one["/S"] for one in found]
    assert kinds.count("/Lbl") >= 2 and kinds.count("/LBody") >= kinds.count("/Lbl") and "/H1" in kinds
    assert [one["/Alt"] for one in found if one["/S"] == "/Figure"] == ["The group met."]


BELOW = {  # what the structure of a PDF 1.7 has below an element of a table or a list, and nothing else
    "/Table": {"/THead", "/TBody", "/TFoot", "/TR", "/Caption"},
    **dict.fromkeys(["/THead", "/TBody", "/TFoot"], {"/TR"}),
    "/TR": {"/TH", "/TD"},
    "/L": {"/LI", "/L", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
}


def test_the_tags_of_the_pdf_stand_only_where_they_may_and_say_the_language():
    content = made_up_content()
    block = content["languages"]["ar"]["sections"][0]["blocks"][0]
    block["html"] = harmless_html("1. one\n   - two\n\n| A | B |\n| --- | --- |\n| 1 | 2 |")
    block |= {"lang": "en", "note": "Written in English."}
    found = tagged(PdfReader(io.BytesIO(pdf(content, "ar"))).trailer["/Root"]["/StructTreeRoot"])
    misplaced = set()
    for one in found:
        below = {kid["/S"] for kid in kids_of(one)}
        misplaced |= {(one["/S"], kind) for kind in below - BELOW.get(one["/S"], below)}
        misplaced |= {(one["/S"], "/Caption") for kind in below & {"/Caption"} if one["/S"] not in ("/Table", "/L")}
    assert misplaced == set()
    assert "en" in {one.get("/Lang") for one in found}


def test_a_link_with_words_of_another_language_is_told_once_and_printed():
    content = made_up_content()
    block = content["languages"]["ar"]["sections"][0]["blocks"][0]
    block["html"] = '<p>نص <a href="https://itu.example/"><span lang="en" dir="ltr">A title</span> (EMF)</a></p>'
    reader = PdfReader(io.BytesIO(pdf(content, "ar")))
    links = [one.get_object() for page in reader.pages for one in page.get("/Annots", ())]
    owners = [one["/S"] for one in tagged(reader.trailer["/Root"]["/StructTreeRoot"]) for _link in links_in(one)]
    assert owners == ["/Link"] * len(links) and {one["/F"] for one in links} == {4}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_all_that_is_marked_on_a_page_stands_in_the_text_and_heads_and_feet_stand_apart(lang):
    reader = PdfReader(io.BytesIO(pdf(made_up_content(), lang)))
    written = [page.get_contents().get_data() for page in reader.pages]
    below = (one.get("/K", []) for one in tagged(reader.trailer["/Root"]["/StructTreeRoot"]))
    told = [kid for kids in below for kid in (kids if isinstance(kids, list) else [kids]) if isinstance(kid, int)]
    assert sum(page.count(b"/MCID") for page in written) == len(told)
    assert all(b"/Pagination" in page for page in written)


def links_in(element):
    below = element.get("/K", [])
    below = [one.get_object() for one in (below if isinstance(below, list) else [below]) if hasattr(one, "get_object")]
    return [one for one in below if hasattr(one, "get") and one.get("/Type") == "/OBJR"]


def kids_of(element):
    below = element.get("/K", [])
    below = [one.get_object() for one in (below if isinstance(below, list) else [below]) if hasattr(one, "get_object")]
    return [one for one in below if hasattr(one, "get") and "/S" in one]


def tagged(element):
    """The elements of the structure below one, in their order."""
    return [found for one in kids_of(element) for found in (one, *tagged(one))]


def test_the_pdf_carries_number_contents_and_page_numbers():
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf(made_up_content(), "en"))).pages]

    assert "ISCG/99-2/07" in pages[0] and "Contents" in pages[0] and "12 February 2026" in pages[0]
    assert f"2 / {len(pages)}" in pages[1]


def test_nothing_that_says_what_follows_stands_alone_at_the_foot_of_a_page_of_the_docx():
    content = made_up_content()
    block = content["languages"]["en"]["sections"][0]["blocks"][0]
    block["html"] = "<h3>A head</h3><p>Before.</p><p>It decided:</p><ul><li>one</li></ul><p>It said:</p>"
    block["html"] += '<blockquote><p>words</p></blockquote><p>She reported:</p><h4>Results</h4><p dir="ltr">Few.</p>'
    block["html"] += "<h4>Next steps</h4>"
    document = Document(io.BytesIO(docx(content, "en")))
    kept = {one.text for one in document.paragraphs if one.paragraph_format.keep_with_next}
    assert {"It decided:", "It said:", "She reported:"} <= kept
    assert not kept & {"Before.", "one", "words", "Few."}  # what somebody wrote is not kept with the head below it
    assert all(document.styles[name].paragraph_format.keep_with_next for name in ("Heading 2", "Heading 3", "Caption"))
    heads = [cell.paragraphs[0] for table in document.tables[1:] for cell in table.rows[0].cells]
    assert heads and all(one.paragraph_format.keep_with_next for one in heads)


def test_no_address_outside_is_fetched_for_a_pdf(monkeypatch):
    asked = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda self, url, *a, **k: asked.append(url))
    content = made_up_content()
    monkeypatch.setattr(
        pdf_module,
        "html",
        lambda *_: html(content, "en").replace("<h1>", '<img alt="" src="http://127.0.0.1:9/x"><h1>'),
    )

    assert pdf(content, "en").startswith(b"%PDF")
    assert not any("127.0.0.1" in str(getattr(one, "full_url", one)) for one in asked)


def open_docx(content, lang):
    return Document(io.BytesIO(docx(content, lang)))


def test_the_docx_has_real_headings_lists_and_tables():
    document = open_docx(made_up_content(), "en")

    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert ("Heading 1", "1 Summary") in styles and ("Heading 1", "Annex A: Composition") in styles
    assert ("Heading 2", "Summary") in styles
    assert ("List Bullet", "The group met.") in styles
    table = document.tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Group", "Person", "2025"]
    assert len(table.rows) == 4 and table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_docx_sets_what_is_quoted_as_a_quotation_without_an_empty_line():
    content = made_up_content()
    content["languages"]["en"]["sections"][0]["blocks"][0]["html"] = harmless_html("Before\n\n> Quoted\n\nAfter")
    found = [(one.style.name, one.text) for one in open_docx(content, "en").paragraphs]
    place = found.index(("Quote", "Quoted"))
    assert found[place - 1 : place + 2 : 2] == [("Normal", "Before"), ("Normal", "After")]


def test_all_of_a_quotation_stands_in_and_none_of_it_is_slanted():
    content = made_up_content()
    content["languages"]["en"]["sections"][0]["blocks"][0]["html"] = harmless_html("> Quoted\n>\n> - One\n\nTwo")
    document = open_docx(content, "en")
    sides = {one.text: one.paragraph_format for one in document.paragraphs}
    assert sides["One"].left_indent > sides["Quoted"].left_indent == sides["Quoted"].right_indent > 0
    assert sides["Two"].left_indent is None and document.styles["Quote"].font.italic is False


def test_the_docx_keeps_the_tables_of_a_text():
    content = made_up_content()
    content["languages"]["en"]["sections"][0]["blocks"][0]["html"] = harmless_html("| a | b |\n|---|---|\n| 1 | 2 |")

    table = open_docx(content, "en").tables[1]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["1", "2"]]


def test_bold_words_and_links_stay_in_the_cells_of_a_docx():
    content = made_up_content()
    text = "| a | b |\n|---|---|\n| **bold** | [a link](https://www.itu.int/) |"
    content["languages"]["en"]["sections"][0]["blocks"][0]["html"] = harmless_html(text)

    document = open_docx(content, "en")

    bold, linked = document.tables[1].rows[1].cells
    assert bold.paragraphs[0].runs[0].bold
    link = linked.paragraphs[0].hyperlinks[0]
    assert (link.text, link.address) == ("a link", "https://www.itu.int/")


def test_the_columns_of_a_docx_are_as_wide_as_their_words():
    content = made_up_content()
    table = content["languages"]["en"]["sections"][1]["blocks"][0]
    table["columns"], table["rows"] = ["No", "Title"], [["1", "A title of quite a number of words, made up"]]

    narrow, wide = open_docx(content, "en").tables[1].columns

    assert narrow.width * 3 < wide.width


def test_a_table_is_not_called_again_what_its_section_is_called():
    content = made_up_content()
    assert '<caption class="visually-hidden">Composition</caption>' in sections_html(content["languages"]["en"], "en")
    said = [paragraph.text for paragraph in open_docx(content, "en").paragraphs]
    assert "Annex A: Composition" in said and "Composition" not in said[said.index("Annex A: Composition") :]


def test_the_foot_has_the_address_of_the_page_in_the_language():
    assert "https://portal.example/ar/reports/2025/" in html(made_up_content(), "ar")
    assert "/ar/reports/2025/" in open_docx(made_up_content(), "ar").sections[0].footer.paragraphs[0].text


def test_an_empty_table_says_what_there_is_none_of():
    content = made_up_content()
    table = content["languages"]["en"]["sections"][1]["blocks"][0]
    table |= {"rows": [], "caption": "Seats"}

    html = sections_html(content["languages"]["en"], "en")

    assert f"<strong>{table['caption']}</strong> {table['empty']}" in html
    assert ("Caption", table["caption"]) in [(p.style.name, p.text) for p in open_docx(content, "en").paragraphs]


def test_english_words_in_an_arabic_report_keep_their_marks_on_their_side():
    tree = made_up_content()["languages"]["ar"]
    tree["sections"][0]["blocks"][0]["html"] = "<p>Nothing to tell.</p><p>اجتمع الفريق.</p>"

    html = sections_html(tree, "ar")

    assert "<p>\u2068Nothing to tell.\u2069</p><p>اجتمع الفريق.</p>" in html


def test_what_has_arabic_words_runs_from_right_to_left_and_what_has_isolated_parts_is_left():
    said = [isolated(text, "ar") for text in ("Ina Sample", "Ina Sample (كينيا)", "كينيا", "» (\u2068Ina\u2069).")]

    assert said == ["\u2068Ina Sample\u2069", "\u2067Ina Sample (كينيا)\u2069", "كينيا", "» (\u2068Ina\u2069)."]


def test_an_annex_is_named_with_the_colon_of_the_language():
    annex = {"annex": True, "number": "A", "title": "Composition"}

    assert [heading(annex, lang) for lang in ("en", "fr", "zh")] == [
        *("Annex A: Composition", "Annexe A\u00a0: Composition", "附件A：Composition")
    ]


def test_the_head_of_a_report_is_in_its_language():
    content = made_up_content() | {"purpose": "Information", "source": "Chair, ISCG"}

    assert {"للعلم", "رئيس فريق ISCG"} <= {said for _label, said in header_rows(content, "ar")}


@pytest.mark.parametrize(
    ("columns", "rows", "wanted"),
    [
        (["A", "B"], [["x", "x"]], [50, 50]),
        (["A", "B"], [["中文", "abcd"]], [50, 50]),
        (["A"], [], [100]),
    ],
)
def test_columns_share_the_width(columns, rows, wanted):
    assert shares(columns, rows) == wanted


def test_no_word_of_a_crowded_table_is_narrower_than_its_column():
    rows = [["COUNTERFEIT", "words " * 40, "R, T, D, GS", "not recorded", "names " * 30]]
    code, _title, sectors, state, _names = shares(["Subject", "Title", "Sectors", "Coordinator", "Names"], rows)
    assert min(code, sectors, state) >= 100 * 12 / 112


def test_the_arabic_docx_runs_from_right_to_left():
    body = open_docx(made_up_content(), "ar").element.body

    assert all(p.pPr is not None and p.pPr.find(qn("w:bidi")) is not None for p in body.iter(qn("w:p")))
    assert all(table.tblPr.find(qn("w:bidiVisual")) is not None for table in body.iter(qn("w:tbl")))


def test_words_of_another_direction_keep_their_marks_on_their_side_in_a_docx():
    content = made_up_content()
    html = '<p>قال <span lang="en" dir="ltr">Yes.</span></p><ol dir="ltr"><li>No.</li></ol>'
    content["languages"]["ar"]["sections"][0]["blocks"][0]["html"] = html

    paragraphs = {p.text: p._p.pPr.find(qn("w:bidi")).get(qn("w:val")) for p in open_docx(content, "ar").paragraphs}
    assert (paragraphs["قال \u200f\u200eYes.\u200e\u200f"], paragraphs["No."]) == ("1", "0")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("في (\u2068RAG\u2069)", "في \u200f\u200e(RAG)\u200e\u200f"),
        ("في \u2067الفريق (RAG)\u2069", "في \u200fالفريق \u200e(RAG)\u200e\u200f\u200f"),
        ("الفريق (RAG)", "الفريق \u200e(RAG)\u200e\u200f"),
        ("قال \u2068Of (RAG) it\u2069", "قال \u200f\u200eOf (RAG) it\u200e\u200f"),
        ("(كينيا)", "(كينيا)"),
    ],
)
def test_a_line_of_the_arabic_docx_does_not_end_between_a_bracket_and_latin_letters(written, printed):
    """LibreOffice ends a line between two scripts, even behind an opening bracket."""
    content = made_up_content()
    content["languages"]["ar"]["sections"][0]["blocks"][0]["html"] = f"<p>{written}</p>"
    assert printed in [one.text for one in open_docx(content, "ar").paragraphs]


def test_control_characters_do_not_break_the_docx():
    content = made_up_content()
    content["languages"]["en"]["sections"][0]["blocks"][1]["items"] = ["be\x0bfore\x00"]

    assert "before" in [paragraph.text for paragraph in open_docx(content, "en").paragraphs]


def test_the_docx_draws_its_pictures_begins_each_list_anew_and_says_when_it_was_made():
    content = made_up_content()
    block = content["languages"]["en"]["sections"][0]["blocks"][0]
    block["html"] = harmless_html("3. a\n4. b\n\nText\n\n1. c")

    document = open_docx(content, "en")

    [picture] = document.element.body.iter(qn("wp:docPr"))
    assert picture.get("descr") == "The group met." and picture.get("title") == "Composition"
    sides = ("distT", "distB", "distL", "distR")
    assert {picture.getparent().get(side) for side in sides} == {"0"}  # it begins at the margin
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    begins = {num.numId: num.lvlOverride_lst[0].startOverride.val for num in _numberings(document)}
    assert (begins[numbers[0]], begins[numbers[2]]) == (3, 1)
    assert document.core_properties.created.date().isoformat() == "2026-02-12"
    names = [one.tag for one in document.settings.element]
    assert names.index(qn("w:updateFields")) < names.index(qn("w:compat"))  # the order of the schema
    assert {part.partname for part in document.part.package.iter_parts()}.isdisjoint(OF_ITS_TEMPLATE)


OF_ITS_TEMPLATE = {"/docProps/thumbnail.jpeg", "/docProps/app.xml"}  # they would tell of another document


def test_a_point_of_two_paragraphs_and_the_lines_of_code_stay_apart_in_a_docx():
    content = made_up_content()
    block = content["languages"]["en"]["sections"][0]["blocks"][0]
    block["html"] = harmless_html("- One\n\n  Two\n\n  - In it\n\n  Three\n\n```\na\n  b\n```")

    said = [(one.style.name, one.text) for one in open_docx(content, "en").paragraphs]
    first = said.index(("List Bullet", "One"))
    assert said[first : first + 5] == [
        ("List Bullet", "One"),
        ("List Continue", "Two"),
        ("List Bullet 2", "In it"),
        ("List Continue", "Three"),
        ("Normal", "a\n  b"),
    ]


def test_arabic_words_of_a_docx_are_bold_and_slanted_where_they_are_marked():
    content = made_up_content()
    content["languages"]["ar"]["sections"][0]["blocks"][0]["html"] = "<p><strong>كتبه</strong> <em>محررون</em></p>"

    runs = {run.text: run.rPr for run in open_docx(content, "ar").element.body.iter(qn("w:r"))}
    assert runs["كتبه"].find(qn("w:bCs")) is not None and runs["محررون"].find(qn("w:iCs")) is not None


def _numberings(document):
    return [num for num in document.part.numbering_part.element.num_lst if num.lvlOverride_lst]


def test_arabic_words_of_a_picture_stand_over_it_as_text():
    content = made_up_content()
    picture = content["languages"]["ar"]["sections"][0]["blocks"][2]
    picture["svg"] = picture["svg"].replace("TSAG", "الرئيس")

    page = html(content, "ar")

    assert (
        '<span style="left: 1.50%; top: 53.33%; color: #ffffff; font-size: 12.50px; transform: translateX(0)"' in page
    )
    assert ">الرئيس</span>" in page
    assert "/StructTreeRoot" in PdfReader(io.BytesIO(pdf(content, "ar"))).trailer["/Root"]


@pytest.mark.parametrize("lang", GROUP)
def test_the_group_has_one_name_in_files_and_on_pages(lang):
    with override(LANGUAGE_OF_PREFIX[lang]):
        assert GROUP[lang] == gettext("Inter-Sector Coordination Group on issues of mutual interest")


@pytest.mark.parametrize(
    ("lang", "text", "whole"),
    [
        ("en", "ITU-R, ISCG/25-2/07 and TSAG-R1 of 2025", ["ITU-R", "ISCG/25-2/07", "TSAG-R1"]),
        ("en", "between-two, and/or, 2022-2025, Telecommunication/ICT", []),
        ("ar", "في \u2068ISCG/25-2/07\u2069 و\u2068ITU-D 2022-2025\u2069", ["\u2068ISCG/25-2/07\u2069"]),
    ],
)
def test_no_line_of_the_pdf_ends_within_a_code(lang, text, whole):
    content = made_up_content()
    content["languages"][lang]["sections"][0]["blocks"][0]["html"] = f"<p>{text}</p>"
    section = html(content, lang).partition("<h2 id=")[2].partition("<table")[0]
    assert re.findall('<span class="whole">([^<]*)</span>', section) == whole


def test_a_cell_in_another_language_runs_in_its_direction():
    """Each line of it: the renderer of the PDF sets line by line, and loses marks that begin on another."""
    content = made_up_content()
    table = content["languages"]["ar"]["sections"][1]["blocks"][0]
    table["langs"] = [["", "en", ""], *[["", "", ""]] * (len(table["rows"]) - 1)]
    assert '<td lang="en" dir="ltr">' in html(content, "ar")


@pytest.mark.parametrize("number", ["ISCG/99-2/07", ""])
def test_a_file_without_a_number_has_its_title_above_its_pages_and_no_code(number):
    content = made_up_content() | {"number": number, "code": "2025-corr1"}
    head = number or content["languages"]["en"]["title"]
    document = open_docx(content, "en")
    assert document.sections[0].header.paragraphs[0].text == head
    assert f'<p class="running">{head}</p>' in html(content, "en")


def test_the_note_above_a_text_in_another_language_is_not_slanted_in_a_docx():
    """Arabic script has no slope."""
    content = made_up_content()
    block = content["languages"]["ar"]["sections"][0]["blocks"][0]
    block |= {"lang": "en", "note": "ملاحظة", "html": "<p>By hand</p>"}
    [note] = [one for one in open_docx(content, "ar").paragraphs if one.text == "ملاحظة"]
    assert not note.runs[0].italic


@pytest.mark.parametrize(
    ("source", "french", "arabic"),
    [
        ("ITU-T SG5", "CE 5 de l’UIT-T", "لجنة الدراسات 5 (ITU-T)"),
        ("ITU-R WP 6B", "GT 6B de l’UIT-R", "فرقة العمل 6B (ITU-R)"),
        ("Coordinator of the subject EMF", "Coordonnateur du sujet EMF", "منسق الموضوع EMF"),
        ("Chair of the ISCG", "Président de l’ISCG", "رئيس فريق ISCG"),
        ("Secretariat", "Secrétariat de l’ISCG", "أمانة فريق ISCG"),
        ("ITU-T TSAG", "UIT-T GCNT", "ITU-T TSAG"),
        ("Somebody else", "Somebody else", "Somebody else"),
    ],
)
def test_a_source_is_read_in_the_words_of_the_language(source, french, arabic):
    assert (value(source, "fr"), value(source, "ar")) == (french, arabic)
