"""Tables as people really have them: what Excel and LibreOffice read is read, else the true reason is told."""

import datetime
import io
import zipfile

import pytest

from bench.rows import judge_rows, write_rows
from iscg_portal.importing.formats import FORMATS, export_file, read_file
from iscg_portal.importing.registry import resource_for
from iscg_portal.importing.rows import judge
from iscg_portal.importing.sheet import ROWS, DateCell
from meetings.models import Meeting
from tests import world as w
from tests.admin.conftest import page_of, save
from tests.importing.conftest import csv_of
from tests.importing.test_reading_xlsx import book, cells, refusal, repacked

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_xml(*rows):
    """A worksheet of rows of cells, which are XML."""
    made = (f'<row r="{number}">{"".join(cells)}</row>' for number, cells in enumerate(rows, 1))
    return f"<worksheet {MAIN}><sheetData>{''.join(made)}</sheetData></worksheet>"


def inline(text):
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


HEAD = [inline("slug"), inline("name")]


@pytest.mark.parametrize(
    ("kept", "meant"),
    [
        ("One_x000D_\nTwo", "One\nTwo"),
        ("A_x0009_B", "A B"),
        ("_x00e9_t_x00E9_", "été"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x41_ _xyz0_", "_x41_ _xyz0_"),
    ],
)
def test_escapes_of_xlsx_are_what_they_mean(kept, meant):
    content = repacked(book(["x", "y"]), {SHEET: sheet_xml(HEAD, [inline("x"), inline(kept)])})
    assert cells(content) == [["x", meant]]
    assert cells(with_strings(kept, "xl/sharedStrings.xml")) == [["x", meant]]


def test_a_part_may_be_named_in_other_letters():
    assert cells(with_strings("Ada", "xl/SharedStrings.xml")) == [["x", "Ada"]]


def with_strings(text, name):
    """A workbook with a text in its table of texts, whose part has this name, and another one in the list of types."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    content = book(["x", "y"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    named = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts = {
        "[Content_Types].xml": types.replace("</Types>", named),
        SHEET: sheet_xml(HEAD, [inline("x"), '<c t="s"><v>0</v></c>']),
        name: f'<sst {MAIN}><si><t xml:space="preserve">{text}</t></si></sst>',
    }
    return repacked(content, parts)


def moved(content, old, new):
    """The archive with a part under another name, wherever it is named."""
    packed, short = io.BytesIO(), (old.rpartition("/")[2], new.rpartition("/")[2])
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            after.writestr(name.replace(*short), before.read(name).replace(short[0].encode(), short[1].encode()))
    return packed.getvalue()


def test_the_workbook_may_have_another_name():
    assert cells(moved(book(["x", "Ada"]), "xl/workbook.xml", "xl/workbook2.xml")) == [["x", "Ada"]]


def test_strict_open_xml_is_named():
    strict = '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheets/></workbook>'
    assert "Strict Open XML" in refusal(repacked(book(["x", "Ada"]), {"xl/workbook.xml": strict}))


def test_what_cannot_be_read_is_to_be_saved_anew():
    assert "Save it anew" in refusal(repacked(book(["x", "Ada"]), {SHEET: "<worksheet><sheetData><row"}))


def numbers(*pairs):
    """A workbook with a column of cells of (value, format)."""

    def fill(made):
        for at, (value, shown) in enumerate(pairs, 2):
            made.active.cell(at, 2, value).number_format = shown

    return book(*[["x", None]] * len(pairs), edit=fill)


PLAIN = [(3.1, "General"), (3.1, "0.0"), (12, "0"), (12, "General"), (3.1, "@"), (7, "00"[1:]), (12.0, "General")]
OTHERWISE = [(3.1, "0.00"), (7, "000"), (0.05, "0%"), (1000, "#,##0"), (10**12, "General"), (1 / 3, "General")]


def test_a_number_that_is_shown_as_it_is_is_a_text():
    assert [row[1] for row in cells(numbers(*PLAIN))] == ["3.1", "3.1", "12", "12", "3.1", "7", "12"]


def test_a_number_that_is_shown_otherwise_is_refused_by_its_address_in_a_column_of_texts(db):
    sheet = read_file(numbers(*OTHERWISE))
    problems = [problem for row in judge("person", sheet).rows for problem in row.problems if problem.column == "name"]
    assert [problem.cell for problem in problems] == [f"B{number}" for number in range(2, len(OTHERWISE) + 2)]
    assert all("shows otherwise" in problem.sentence for problem in problems)


def test_a_point_of_an_agenda_is_no_number(world):
    w.agenda_item(w.meeting("25-1"), "3.1")
    sheet = read_file(book(["25-1", 3.1, "Tenth"], headers=["meeting", "number", "title_en"], edit=two_decimals))
    [row] = judge("meetings.agendaitem", sheet).rows
    assert [problem.cell for problem in row.problems] == ["B2"]


def two_decimals(made):
    made.active["B2"].number_format = "0.00"


def test_a_number_is_a_number_in_a_column_of_numbers(world):
    made = w.attendance(w.meeting("25-1"), 3, w.country("FR"), "Member State")
    given = {"meeting": "25-1", "country": "FR", "capacity": "Member State"}
    sheet = read_file(book([*given.values(), 1000], headers=[*given, "count"], edit=thousands))
    [row] = judge("meetings.attendance", sheet).rows
    assert (row.verdict, row.changes[0].old, row.changes[0].new) == ("changed", str(made.count), "1000")


def thousands(made):
    made.active["D2"].number_format = "#,##0"


def test_a_truth_value_is_no_text_but_a_yes(world):
    sheet = read_file(book(["lea-nobody", True, False], headers=["slug", "name", "another_person"]))
    assert [problem.cell for problem in judge("person", sheet).rows[0].problems] == ["B2"]


def test_the_first_sheet_that_is_seen_is_read_and_what_is_hidden_is_named():
    def hide(made):
        made.active.sheet_state = "hidden"
        made.create_sheet("Seen").append(["slug", "name"])
        for slug in "abc":
            made["Seen"].append([slug, slug.upper()])
        made["Seen"].row_dimensions[3].hidden = True
        made.active = 1

    sheet = read_file(book(["x", "Ada"], edit=hide))
    assert [row.cells[0] for row in sheet.rows] == ["a", "b", "c"]
    assert sheet.remarks == [
        "Only the worksheet “Seen” is read; not read: Sheet (hidden).",
        "Hidden rows are read too: 3.",
    ]


def test_blank_rows_count_nothing_however_they_look():
    def paint(made):
        for number in range(3, 3 * ROWS):
            made.active.cell(number, 1).number_format = "@"
        made.active.cell(5 * ROWS, 1, "y")

    assert [row[0] for row in cells(book(["x", "Ada"], edit=paint))] == ["x", "y"]
    assert cells(b"slug;name\n" + b";;\n" * (5 * ROWS) + b"x;y\n") == [["x", "y"]]


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_the_line_that_names_the_separator_is_honoured(line):
    sheet = read_file(csv_of("\ufeff" + line, "slug;name", "x;a, b, c"))
    assert [(row.number, row.cells) for row in sheet.rows] == [(3, ("x", "a, b, c"))]
    assert cells(csv_of("sep=|", "slug|name", "x|Ada")) == [["x", "Ada"]]


@pytest.mark.parametrize("unseen", ["\ufeff", "\u200b", "\u200e", "\u00a0 "])
def test_invisible_characters_in_the_names_of_columns_are_ignored(unseen):
    sheet = read_file(csv_of(f"\ufeff{unseen}slug;{unseen}name{unseen}", "x;Ada"))
    assert sheet.headers == ["slug", "name"]


def test_the_names_of_columns_read_in_another_encoding_say_so():
    assert "another encoding" in refusal(csv_of("\ufeffslug,name", "x,Ada").decode("cp1252").encode())


@pytest.mark.parametrize("given", ["e\u0301", "\u00e9", "\u00e9\u00a0", "\u00e9\u2028", "\u00e9\x85"])
def test_texts_are_cleaned_as_at_every_door(given):
    assert cells(csv_of("slug,name", f"x,{given}")) == cells(book(["x", given])) == [["x", "é"]]


def meeting(**cells):
    return {"code": "IMP-1", "body": "TSAG", "precision": "", "original_language": "en", "source": "x", **cells}


@pytest.mark.parametrize("day", ["9999-12-31", "04/05/2026", DateCell(datetime.date(9999, 12, 31))])
def test_a_day_far_away_or_of_two_meanings_is_refused(world, day):
    [row] = judge_rows("meetings.meeting", [meeting(title_en="Made up", starts_on=day)]).rows
    assert [problem.column for problem in row.problems] == ["starts_on"]


def test_a_meeting_in_arabic_alone_is_taken_and_can_be_saved_afterwards(client, world, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account("chief@example.org"))
    row = meeting(title_ar="اجتماع الفريق", starts_on="2026-12-20", original_language="ar", state="planned")
    write_rows("meetings.meeting", [row], reason="A test")
    made = Meeting.objects.get(code="IMP-1")
    assert save(client, page_of(made), place="Testville", reason="Moved").status_code == 302
    made.refresh_from_db()
    assert (made.place, made.title_ar, made.title_en or "") == ("Testville", "اجتماع الفريق", "")


def test_a_true_date_is_a_day_at_the_last_door_too(world):
    resource = resource_for("meetings.document")()
    w.document(number="ISCT-18/12", dated_on=datetime.date(2018, 4, 9))
    content = export_file(resource, resource.model().objects.filter(number="ISCT-18/12"), FORMATS["xlsx"])
    sheet = read_file(content)
    place = sheet.headers.index("dated_on")
    [row] = sheet.rows
    given = [DateCell(datetime.date(2018, 4, 9)) if at == place else cell for at, cell in enumerate(row.cells)]
    assert (
        judge_rows("meetings.document", [dict(zip(sheet.headers, given, strict=True))]).rows[0].verdict == "unchanged"
    )
