"""The header of a document in ISCG form is read from its DOCX; what could not be read stays blank and says so."""

import io
from datetime import date

import pytest
from docx import Document as Word

from meetings.docx_headers import READ, Header, read_header
from tests.made_up_files import cut_short, docx, header_part, paragraph, table

LABELLED = [
    ("Source:", "Chair, ISCG"),
    ("Title:", "Proposal to review the Terms of Reference"),
    ("Purpose:", "Proposal"),
    ("Contact:", "ISCG secretariat, iscg@itu.int"),
]


def by_word(number="Document ISCG/25-1/03-E", labelled=LABELLED):
    """The layout of the group's documents, as Word's own library writes it."""
    word = Word()
    head = word.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "Inter-Sector Coordination Group on issues of mutual interest"
    head.cell(0, 1).text = number
    head.cell(1, 0).text = "Geneva, 12 February 2025"
    head.cell(1, 1).text = "23 January 2025"
    head.cell(1, 1).add_paragraph("Original: English")
    facts = word.add_table(rows=0, cols=2)
    for label, value in labelled:
        cells = facts.add_row().cells
        cells[0].text, cells[1].text = label, value
    word.add_paragraph("The group may wish to consider Document ISCG/24-1/09-E of 1 May 2024.")
    file = io.BytesIO()
    word.save(file)
    return file


def read(*body, **parts):
    return read_header(docx("".join(body), **parts))


def test_the_layout_of_the_group_is_read_whole():
    header = read_header(by_word())
    assert header == Header(
        number="ISCG/25-1/03",
        language="en",
        meeting_code="25-1",
        meets_at="Geneva",
        meets_on=date(2025, 2, 12),
        dated_on=date(2025, 1, 23),
        original_language="en",
        submitted_by="Chair, ISCG",
        title="Proposal to review the Terms of Reference",
        purpose="Proposal",
        contact_role="iscg@itu.int",
        unread=[],
    )


def test_a_header_is_kept_as_json_and_read_back():
    header = read_header(by_word())
    assert Header.from_facts(header.as_facts()) == header


def test_a_document_without_a_header_is_blank_and_says_so():
    header = read(paragraph("Dear colleagues,"), paragraph("On 3 May 2025 we met in Geneva."))
    assert header == Header(unread=list(READ))


@pytest.mark.parametrize("field", ["submitted_by", "title", "purpose", "contact_role"])
def test_a_field_that_is_missing_is_named(field):
    place = ["submitted_by", "title", "purpose", "contact_role"].index(field)
    header = read_header(by_word(labelled=[pair for pair in LABELLED if pair != LABELLED[place]]))
    assert header.unread == [field]


NUMBERS = {
    "ISCG/25-1/03-E": ("ISCG/25-1/03", "en"),
    "Document: ISCG/25-1/3(Rev.2)-F": ("ISCG/25-1/03 (Rev.2)", "fr"),
    "Revision 1 to Document ISCG/25-1/03-E": ("ISCG/25-1/03 (Rev.1)", "en"),
    "Addendum 2 to Document ISCG/25-1/03-S": ("ISCG/25-1/03 (Add.2)", "es"),
    "Corrigendum 1 au Document ISCG/25-1/03-F": ("ISCG/25-1/03 (Corr.1)", "fr"),
    "Пересмотр 1 Документа ISCG/25-1/03-R": ("ISCG/25-1/03 (Rev.1)", "ru"),
    "文件 ISCG/25-1/03-C": ("ISCG/25-1/03", "zh-hans"),
    "الوثيقة ISCG/25-1/03-A": ("ISCG/25-1/03", "ar"),
    "Document ISCT-18/12-E": ("ISCT-18/12", "en"),
    "Document TDAG/ISCT/5-E": ("TDAG/ISCT/5", "en"),
    "See Document SG5-TD12": ("", ""),
    "We refer to what was said on this in ISCG/24-1/05-E": ("", ""),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_the_number_is_read_as_it_is_printed(text):
    header = read(table([paragraph("Group"), paragraph(text)]))
    assert (header.number, header.language) == NUMBERS[text]


def test_hyphens_of_word_are_hyphens():
    number = "<w:r><w:t>ISCG/25</w:t><w:noBreakHyphen/><w:t>1/03\u2011E</w:t></w:r>"
    assert read(paragraph(number)).number == "ISCG/25-1/03"


def test_a_number_in_two_paragraphs_of_a_cell_is_one():
    cell = paragraph("Revision 1 to") + paragraph("Document ISCG/25-1/03-E")
    assert read(table([cell, paragraph("x")])).number == "ISCG/25-1/03"


def test_a_number_in_the_head_of_the_page_is_read():
    head = header_part(paragraph("- 2 -") + paragraph("ISCG/25-1/03-E"))
    assert read(paragraph("Dear colleagues,"), word__header2=head).number == "ISCG/25-1/03"


def test_the_first_page_counts_before_the_head_of_the_page():
    head = header_part(paragraph("ISCG/25-1/03-E"))
    assert read(paragraph("ISCG/25-1/03(Rev.1)-E"), word__header1=head).number == "ISCG/25-1/03 (Rev.1)"


def test_a_reference_below_the_first_page_is_not_the_number():
    text = [paragraph(f"Point {number}, made up.") for number in range(30)]
    head = header_part(paragraph("ISCG/25-1/03-E"))
    assert read(*text, paragraph("Document ISCG/24-1/01-E"), word__header1=head).number == "ISCG/25-1/03"


def test_a_header_in_a_text_box_is_read_once():
    inside = f"<w:txbxContent>{paragraph('Document ISCG/25-1/03-E')}{paragraph('Title: Boxed')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = (
        f"<w:r><mc:AlternateContent {mc}><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    header = read(paragraph(box, "Title: Behind the box"))
    assert (header.number, header.title) == ("ISCG/25-1/03", "Boxed")


# Revision marks


def marked(kind, text):
    tag = "delText" if kind == "del" else "t"
    return f'<w:{kind} w:id="1" w:author="x"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{kind}>'


def test_marks_are_read_as_they_stand_after_acceptance():
    title = paragraph("Title: Proposal to ", marked("del", "amend"), marked("ins", "review"), " the ToR")
    assert read(title).title == "Proposal to review the ToR"


def test_deleted_text_counts_as_deleted_even_where_word_wrote_it_plain():
    title = paragraph("Title: The ", '<w:del w:id="1"><w:r><w:t>old </w:t></w:r></w:del>', "ToR")
    assert read(title).title == "The ToR"


def test_what_was_moved_counts_where_it_went():
    moved = "ISCG/25-1/03-E"
    body = [paragraph(marked("moveFrom", "ISCG/25-1/09-E")), paragraph(marked("moveTo", moved))]
    assert read(*body).number == "ISCG/25-1/03"


def test_a_deleted_row_is_not_read():
    row = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    gone = f"<w:tbl>{row.format(paragraph('Title:'), paragraph('Old'))}</w:tbl>"
    assert read(gone, table(["Title:", "New"])).title == "New"


def test_a_deleted_end_of_paragraph_joins_what_follows():
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Title: One </w:t></w:r></w:p>"
    assert read(first, paragraph("whole")).title == "One whole"


# Purpose, dates, languages

BOXES = {
    "☐ Admin ☐ Information ☐ Discussion ☒ Proposal": "Proposal",
    "Admin ☐ Information ☒ Discussion ☐ Proposal ☐": "Information",
    "[ ] Admin [x] Discussion [ ] Proposal": "Discussion",
    "☒ Information ☒ Proposal": "",
    "Information / Discussion": "",
    "Proposal": "Proposal",
    "PROPOSITION": "Proposal",
    "Обсуждение": "Discussion",
    "信息": "Information",
}


@pytest.mark.parametrize("text", BOXES)
def test_the_one_purpose_that_is_checked_is_read(text):
    assert read(table(["Purpose:", text])).purpose == BOXES[text]


def test_boxes_of_a_form_are_read_as_they_are_ticked():
    def box(ticked):
        made = f'<w:checkBox><w:default w:val="{ticked}"/></w:checkBox>'
        return f"<w:r><w:fldChar><w:ffData>{made}</w:ffData></w:fldChar></w:r>"

    value = paragraph(box(0), "Admin", box(1), "Information", box(0), "Proposal")
    assert read(table(["Purpose:", value])).purpose == "Information"


def test_purposes_in_cells_of_their_own_are_read_together():
    assert read(table(["Purpose:", "☐ Admin", "☒ Discussion", "☐ Proposal"])).purpose == "Discussion"


DAYS = {
    "23 January 2025": date(2025, 1, 23),
    "January 23, 2025": date(2025, 1, 23),
    "2025-01-23": date(2025, 1, 23),
    "1er février 2025": date(2025, 2, 1),
    "23 de enero de 2025": date(2025, 1, 23),
    "23 января 2025 года": date(2025, 1, 23),
    "2025年1月23日": date(2025, 1, 23),
    "23 يناير 2025": date(2025, 1, 23),
    "31 February 2025": None,
    "03/02/2025": None,
}


@pytest.mark.parametrize("text", DAYS)
def test_the_date_is_read_in_six_languages_and_never_guessed(text):
    assert read(paragraph(text)).dated_on == read(table(["Date:", text])).dated_on == DAYS[text]


MEETINGS = {
    "Geneva, 12-13 February 2025": ("Geneva", date(2025, 2, 12)),
    "Virtual meeting, 30 April – 2 May 2025": ("Virtual meeting", date(2025, 4, 30)),
    "Genève, 12 février 2025": ("Genève", date(2025, 2, 12)),
    "日内瓦，2025年2月12日": ("日内瓦", date(2025, 2, 12)),
    "Source: Geneva, 12 February 2025": ("", None),
    "12 February 2025": ("", None),
}


@pytest.mark.parametrize("text", MEETINGS)
def test_place_and_date_of_the_meeting_are_read(text):
    header = read(paragraph(text))
    assert (header.meets_at, header.meets_on) == MEETINGS[text]


LANGUAGES = {
    "Original: English": "en",
    "Original : anglais": "en",
    "Original: inglés": "en",
    "Оригинал: французский": "fr",
    "原文：中文": "zh-hans",
    "الأصل: بالإسبانية": "es",
    "Original: Klingon": "",
}


@pytest.mark.parametrize("text", LANGUAGES)
def test_the_original_language_is_read_in_six_languages(text):
    assert read(paragraph(text)).original_language == LANGUAGES[text]


LABELS = {
    "fr": ("Origine :", "Titre :", "Objet :", "Contact :"),
    "es": ("Origen:", "Título:", "Objetivo:", "Contacto:"),
    "ru": ("Источник:", "Название:", "Цель:", "Контакт:"),
    "zh": ("来源：", "标题：", "目的：", "联系人："),
    "ar": ("المصدر:", "العنوان:", "الغرض:", "للاتصال:"),
}


@pytest.mark.parametrize("language", LABELS)
def test_labels_are_known_in_every_language(language):
    values = ("Chair", "A title", "Discussion", "iscg@itu.int")
    header = read(table(*zip(LABELS[language], values, strict=True)))
    assert (header.submitted_by, header.title, header.purpose, header.contact_role) == values


def test_labels_without_a_table_and_values_below_them_are_read():
    header = read(paragraph("Source: Chair"), paragraph("Title:"), paragraph("On the next line"))
    assert (header.submitted_by, header.title) == ("Chair", "On the next line")


def test_a_label_without_its_colon_counts_in_a_cell_of_its_own():
    assert read(table(["TITLE", "A title"])).title == "A title"


def test_nobody_s_address_is_taken_over():
    header = read(table(["Source:", "Ada, ada.testperson@example.org"], ["Contact:", "ada.testperson@itu.int"]))
    assert (header.submitted_by, header.contact_role) == ("", "")


# Odd ones


def test_a_document_type_is_not_read():
    bomb = '<!DOCTYPE x [<!ENTITY a "Title: Bomb">]><w:document><w:p>&a;</w:p></w:document>'
    assert read_header(docx("", **{"word__document": bomb})).title == ""


@pytest.mark.parametrize("encoding", ["x", "gbk"])
def test_an_encoding_that_office_does_not_write_is_not_read(encoding):
    part = f'<?xml version="1.0" encoding="{encoding}"?><w:document><w:p>Title: Odd</w:p></w:document>'
    assert read_header(docx("", **{"word__document": part})).title == ""


def test_what_is_not_well_formed_is_read_up_to_where_it_breaks():
    assert read(paragraph("Title: Whole"), "<w:p><w:broken").title == "Whole"


def test_a_file_cut_short_is_refused_before_its_header_is_asked_for():
    from django.core.exceptions import ValidationError

    from iscg_portal.files.checks import kind_of

    with pytest.raises(ValidationError, match="damaged or cut short"):
        kind_of(cut_short(by_word()))
