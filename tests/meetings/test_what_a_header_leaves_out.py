"""What a reader of a DOCX does not see, and dates that are not the paper's own, are not read from its header."""

from datetime import date

import pytest

from iscg_portal.personal_addresses import found_in
from meetings.docx_headers import read_header
from tests.made_up_files import docx, header_part, paragraph, table


def read(*body, **parts):
    return read_header(docx("".join(body), **parts))


def run(text, *properties):
    return f"<w:r><w:rPr>{''.join(properties)}</w:rPr><w:t>{text}</w:t></w:r>"


def control(*content, empty=True):
    mark = "<w:showingPlcHdr/>" if empty else ""
    return f"<w:sdt><w:sdtPr>{mark}</w:sdtPr><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


AID, WORD = "<w:rt><w:r><w:t>gōngzuò</w:t></w:r></w:rt>", "<w:rubyBase><w:r><w:t>工作</w:t></w:r></w:rubyBase>"
RUBY = f"<w:r><w:ruby>{AID}{WORD}</w:ruby></w:r>"
TITLES = {
    "hidden": (paragraph("Work", run(" INTERNAL", "<w:vanish/>"), run(" plan", '<w:vanish w:val="0"/>')), "Work plan"),
    "empty": (paragraph(control(run("Click or tap here to enter text."))), ""),
    "empty and whole": (control(paragraph("Click or tap here to enter text.")), ""),
    "filled": (paragraph(control(run("Work plan"), empty=False)), "Work plan"),
    "after an empty one": (paragraph(control(run("Choose")), run("Work plan")), "Work plan"),
    "reading aids": (paragraph(RUBY, run("计划")), "工作计划"),
    "direction": (paragraph("\u200fWork\u200e plan\u200f"), "Work plan"),
}


@pytest.mark.parametrize("case", TITLES)
def test_what_a_reader_does_not_see_is_no_title(case):
    cell, title = TITLES[case]
    header = read(table(["Title:", cell], ["Source:", "Chair"]))
    assert (header.title, header.submitted_by) == (title, "Chair")
    assert ("title" in header.unread) == (not title)


def test_hidden_words_count_when_personal_data_is_looked_for():
    hidden = run("una.sample@example.org", "<w:vanish/>")
    assert found_in(docx(paragraph("Seen", hidden)), "docx") == {"e-mail": 1}


def test_marks_of_direction_stand_round_labels_and_numbers():
    rows = ["\u200fالمصدر:\u200f", "\u200fالرئيس"], ["x", "\u200eISCG/26-1/07-A\u200e"], ["x", "\u200f١٠ مارس ٢٠٢٦"]
    header = read(table(*rows))
    assert (header.number, header.language, header.submitted_by) == ("ISCG/26-1/07", "ar", "الرئيس")
    assert header.dated_on == date(2026, 3, 10)


HEAD = table(["Group", "Document ISCG/26-1/07-E"], ["Geneva", "Original: English"], ["Title:", "Work programme"])
DATES = {
    "after the head": (HEAD + paragraph("Contributions are due by:") + paragraph("1 May 2026"), None),
    "after the text": (HEAD + paragraph("We met.") + paragraph("1 May 2026"), None),
    "below its own label": (table(["Title:", "x"], ["Due by:", "1 May 2026"]), None),
    "one of several": (table(["Title:", "x"], ["10 March 2026", "1 May 2026"]), None),
    "the same twice": (table(["Title:", "x"], ["10 March 2026", "2026-03-10"]), date(2026, 3, 10)),
    "right below the head": (paragraph("ISCG/26-1/07-E") + paragraph("10 March 2026"), date(2026, 3, 10)),
    "in the head of the page": ("", date(2026, 3, 10)),
}


@pytest.mark.parametrize("case", DATES)
def test_only_the_one_date_in_the_head_is_the_date_of_the_paper(case):
    body, day = DATES[case]
    parts = {} if body else {"word__header1": header_part(paragraph("10 March 2026"))}
    header = read(body or HEAD, **parts)
    assert (header.dated_on, "dated_on" in header.unread) == (day, day is None)
