"""The group's own papers have few labels: their header is read by the Union's bookmarks, then by its layout."""

from datetime import date
from pathlib import Path

import pytest

from meetings.docx_headers import READ, Header, read_header
from tests.made_up_files import docx, paragraph, table

PAPERS_SAVED = Path(__file__).with_name("papers")
LETTERS = {"ar": "A", "zh-hans": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}
# Meeting, date, language alone, source line, title, purposes, contact: label, lines, label of the mailbox.
PAPERS = {
    "en": (
        ("Geneva, 9 June 2027", "17 May 2027", "English only", "Contribution by the Chair of the ISCG"),
        ("A TITLE", "Purpose: Admin{} / Information{} / Discussion{} / Proposal{}"),
        ("Contact:", "Ms Ada Testperson", "ISCG Chair", "Switzerland", "E-mail:"),
    ),
    "fr": (
        ("Genève, 9 juin 2027", "17 mai 2027", "Anglais seulement", "Contribution du Président du GCDT"),
        ("PLAN DE L’ÉTÉ", "Objet : Admin{} / Information{} / Discussion{} / Proposition{}"),
        ("Contact :", "Mme Ina Échantillon", "Présidente", "Suisse", "Courriel :"),
    ),
    "es": (
        ("Ginebra, 9 de junio de 2027", "17 de mayo de 2027", "Únicamente en inglés", "Contribución de la Presidencia"),
        ("PLAN DE ACCIÓN", "Objetivo: Admin{} / Información{} / Debate{} / Propuesta{}"),
        ("Contacto:", "Sra. Inés Muestra", "Presidencia del GCIS", "Suiza", "Correo-e:"),
    ),
    "ru": (
        ("Женева, 9 июня 2027 года", "17 мая 2027 года", "Только на английском языке", "Вклад Председателя ИСКГ"),
        ("ПЛАН РАБОТЫ", "Цель: Административная{} / Информация{} / Обсуждение{} / Предложение{}"),
        ("Контакт:", "Г-жа Ада Образцова", "Председатель", "Швейцария", "Эл. почта:"),
    ),
    "zh-hans": (
        ("日内瓦，2027年6月9日", "2027年5月17日", "仅有英文", "协调组主席提交的文稿"),
        ("工作计划", "目的：行政{} / 信息{} / 讨论{} / 提案{}"),
        ("联系人：", "样本女士", "协调组主席", "瑞士", "电子邮件："),
    ),
    "ar": (
        ("جنيف، 9 يونيو 2027", "17 مايو 2027", "بالإنكليزية فقط", "مساهمة مقدمة من رئيس الفريق"),
        ("خطة العمل", "الغرض: إدارية{} / معلومات{} / مناقشة{} / مقترح{}"),
        ("للاتصال:", "السيدة آدا عينة", "رئيسة الفريق", "سويسرا", "البريد الإلكتروني:"),
    ),
}
SOURCES = {
    "en": "Chair of the ISCG",
    "fr": "Président du GCDT",
    "es": "Presidencia",
    "ru": "Председателя ИСКГ",
    "zh-hans": "协调组主席",
    "ar": "رئيس الفريق",
}
PURPOSES = ["Admin", "Information", "Discussion", "Proposal"]
BOXES = [(" ( )", " (X)"), (" ()", " ( x )"), ("（ ）", "（×）"), (" [ ]", " [Х]"), (" ☐", " ☒"), (" □", " ■")]


def lines(*texts):
    return paragraph("<w:r>" + "<w:br/>".join(f"<w:t>{text}</w:t>" for text in texts) + "</w:r>")


def paper(language, *without, crossed=2, boxes=BOXES[0]):
    """The body of a paper in the form of the group, without some of its facts."""
    (meeting, day, alone, source), (title, purposes), (label, name, office, country, mailbox) = PAPERS[language]
    number = f"Document ISCG/27-1/04-{LETTERS[language]}"
    marks = [boxes[place == crossed] for place in range(4)]
    column = {"number": number, "dated_on": day, "original_language": alone}
    column = "".join(paragraph(text) for fact, text in column.items() if fact not in without)
    group = lines("Inter-Sector Coordination Group (ISCG)", "on issues of mutual interest")
    group += "" if "meeting" in without else paragraph(meeting)
    rest = {
        "submitted_by": paragraph(source),
        "title": paragraph(title),
        "purpose": paragraph(purposes.format(*marks)),
        "contact_role": table([label, lines(name, office, country), f"{mailbox} iscg@itu.int"]),
    }
    body = table([group, "<w:p/>"], ["<w:p/>", column or "<w:p/>"])
    body += "".join(text for fact, text in rest.items() if fact not in without)
    return body + paragraph("1. Introduction") + paragraph("The next paper is due on 1 June 2027.")


@pytest.mark.parametrize("language", PAPERS)
def test_all_eight_facts_are_read_and_each_is_blank_and_marked_where_it_is_not_there(language):
    def read(*without):
        return read_header(docx(paper(language, *without)))

    office, country = PAPERS[language][2][2:4]
    whole = Header(
        number="ISCG/27-1/04",
        language=language,
        meeting_code="27-1",
        meets_at=PAPERS[language][0][0].replace("，", ",").replace("،", ",").partition(",")[0],
        meets_on=date(2027, 6, 9),
        dated_on=date(2027, 5, 17),
        original_language="en",
        submitted_by=SOURCES[language],
        type="contribution",
        title=PAPERS[language][1][0],
        purpose="Discussion",
        contact_role=f"{office}, {country}, iscg@itu.int",
        unread=[],
    )
    assert read() == whole
    for fact in set(READ) - {"meeting_code"}:
        header = read(fact)
        assert (fact, getattr(header, fact), header.unread) == (fact, Header().__dict__[fact], [fact])
    header = read("number", "meeting")
    assert (header.meets_on, header.unread) == (None, ["number", "meeting_code"])
    assert read("number").unread == ["number"]  # the day says which meeting it is


# Each form of box, and in each other language one of them.
CROSSES = [*(("en", boxes) for boxes in BOXES), *zip([code for code in PAPERS if code != "en"], BOXES, strict=False)]


@pytest.mark.parametrize(("language", "boxes"), CROSSES)
def test_the_cross_is_read_in_each_place_and_each_form_of_box(language, boxes):
    papers = (docx(paper(language, crossed=place, boxes=boxes)) for place in (0, 1, 2, 3, None))
    assert [read_header(file).purpose for file in papers] == [*PURPOSES, ""]


@pytest.mark.parametrize(
    ("file", "number", "day", "source", "purpose", "contact"),
    [
        ("en_marked", "ISCG/27-1/04", date(2027, 5, 17), "Chair of the ISCG", "Discussion", "ISCG Chair, Switzerland"),
        ("en", "ISCG/27-1/06", date(2027, 5, 17), "Chair of the ISCG", "Proposal", "ISCG Chair, Switzerland"),
        ("fr", "ISCG/27-1/05", date(2027, 5, 18), "Président du GCDT", "Information", "Suisse"),
    ],
)
def test_papers_as_a_word_processor_saves_them_are_read_whole(file, number, day, source, purpose, contact):
    header = read_header((PAPERS_SAVED / f"form_of_the_group_{file}.docx").open("rb"))
    assert (header.number, header.dated_on, header.submitted_by) == (number, day, source)
    assert (header.purpose, header.contact_role) == (purpose, f"{contact}, iscg@itu.int")
    assert (header.meets_on, header.type, header.unread) == (date(2027, 6, 9), "contribution", [])
    assert header.title.isupper() and header.meets_at.startswith("Gen")


def marked(name, text, number):
    return paragraph(
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>',
        f"<w:r><w:t>{text}</w:t></w:r>",
        f'<w:bookmarkEnd w:id="{number}"/>',
    )


def test_bookmarks_of_the_union_are_read_first():
    texts = {
        "dmeeting": "Geneva, 9 June 2027",
        "dnum": "Document ISCG/27-1/04-E",
        "ddate": "17 May 2027",
        "dorlang": "Original: French",
        "dsource": "The secretariat",
        "dtitle1": "Not in capitals",
    }
    marks = "".join(marked(name, text, place) for place, (name, text) in enumerate(texts.items()))
    header = read_header(docx(paragraph("1 May 2020") + paragraph("ISCG/20-1/01-E") + paragraph("Title: x") + marks))
    facts = (header.number, header.dated_on, header.original_language, header.submitted_by, header.title)
    assert facts == ("ISCG/27-1/04", date(2027, 5, 17), "fr", "The secretariat", "Not in capitals")
    assert (header.meets_at, header.unread) == ("Geneva", ["purpose", "contact_role"])


def test_a_bookmark_on_a_column_names_the_cell_of_its_row():
    start = '<w:bookmarkStart w:id="1" w:name="dsource" w:colFirst="1" w:colLast="1"/>'
    first = paragraph(start, "<w:r><w:t>Source:</w:t></w:r>")
    end = paragraph('<w:bookmarkEnd w:id="1"/>', "<w:r><w:t>Title:</w:t></w:r>")
    header = read_header(docx(table([first, "Chair of TSAG"], [end, "A title"])))
    assert (header.submitted_by, header.title) == ("Chair of TSAG", "A title")


def test_a_bookmark_around_deleted_words_or_without_an_end_names_no_more_than_is_there():
    gone = '<w:del w:id="9"><w:r><w:delText>OLD</w:delText></w:r></w:del>'
    title = paragraph('<w:bookmarkStart w:id="1" w:name="dtitle1"/>', gone, "<w:r><w:t>NEW</w:t></w:r>")
    header = read_header(docx(title + "".join(paragraph("text " * 90) for _row in range(50))))
    assert header.title.startswith("NEW") and len(header.title) <= 400


def test_nobody_s_name_or_address_is_taken_from_a_contact():
    address = lines("E-mail: ada.testperson@example.org", "Tel.: +41 22 730 5111")
    header = read_header(docx(table(["Contact:", lines("Ms Ada Testperson", "Switzerland"), address])))
    assert header.contact_role == "Switzerland"
    header = read_header(docx(table(["Contact:", paragraph("Ada Testperson") + address])))
    assert (header.contact_role, "contact_role" in header.unread) == ("", True)
