"""An XLSX file is read by its values only, and never unpacked beyond the limits."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from iscg_portal.importing.formats import read_file
from iscg_portal.importing.sheet import EXPLANATIONS, BadCell, DateCell, FileRefused

HEADERS = ["slug", "name"]


def book(*rows, headers=HEADERS, edit=None):
    """The bytes of a workbook."""
    made = openpyxl.Workbook()
    for row in (headers, *rows):
        made.active.append(row)
    if edit:
        edit(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def repacked(content, parts):
    """The same archive with parts replaced or added, by their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return packed.getvalue()


def cells(content):
    return [list(row.cells) for row in read_file(content).rows]


def refusal(content):
    with pytest.raises(FileRefused) as refused:
        read_file(content)
    return " ".join(refused.value.messages)


def test_values_become_texts():
    row = ["x", 191, 2016.0, 1.5, True, None]
    headers = ["slug", *"bcdef"]
    [[*texts]] = cells(book(row, headers=headers))
    assert [str(text) for text in texts] == ["x", "191", "2016", "1.5", "yes", ""]


def test_true_dates_stay_dates_for_their_column_to_judge():
    day = datetime.date(2016, 3, 1)
    assert cells(book(["x", day])) == [["x", DateCell(day)]]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("=1+1", "formula"),
        (datetime.datetime(2016, 3, 1, 9, 30), "time of day"),
        (datetime.time(9, 30), "time of day"),
        ("#N/A", "the error #N/A"),
    ],
)
def test_cells_without_a_plain_value_are_kept_as_bad(value, words):
    [[_slug, bad]] = cells(book(["x", value]))
    assert isinstance(bad, BadCell) and words in bad.reason


def test_only_the_first_sheet_is_read_and_the_others_are_named():
    def add(made):
        made.create_sheet(EXPLANATIONS).append(["Column"])
        made.create_sheet("Old names").append(["x"])
        made.create_sheet("Blank")

    assert read_file(book(["x", "Ada"], edit=add)).remarks == [
        "Only the worksheet “Sheet” is read; not read: Old names."
    ]


def test_blank_rows_keep_the_numbers_of_the_others():
    sheet = read_file(book([None, None], ["x", "Ada"]))
    assert [row.number for row in sheet.rows] == [3]


def test_file_cut_off_is_refused():
    content = book(["x", "Ada"])
    for length in (4, 100, len(content) // 2, len(content) - 30):
        assert "damaged or cut off" in refusal(content[:length])


def test_damaged_part_is_refused():
    content = bytearray(book(["x", "Ada"]))
    start = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[start : start + 40] = b"\x00" * 40
    assert "damaged or cut off" in refusal(bytes(content))


def test_macros_are_refused():
    assert "macros" in refusal(repacked(book(["x", "Ada"]), {"xl/vbaProject.bin": b"macro"}))


def test_archive_that_is_no_spreadsheet_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("letter.txt", "slug,name")
    assert "not a spreadsheet" in refusal(packed.getvalue())
    assert "not a spreadsheet" in refusal(b"PK\x05\x06" + b"\x00" * 18)


@pytest.mark.parametrize(("name", "words"), [("word/document.xml", "text document"), ("mimetype", "not an XLSX file")])
def test_other_office_files_are_named(name, words):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "x")
    assert words in refusal(packed.getvalue())


def test_old_and_encrypted_files_are_named():
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    assert "old kind (.xls)" in refusal(compound)
    assert "password" in refusal(compound + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (b"<x>" + b" " * 50_000_000 + b"</x>", "the limit is 40 MB"),
        (b"<x>" + b" " * 20_000_000 + b"</x>", "packed more tightly"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "declares a document type"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode("utf-16"), "declares a document type"),
        (b"no xml at all", "damaged or cut off"),
    ],
)
def test_packed_bombs_are_refused(part, words):
    assert words in refusal(repacked(book(["x", "Ada"]), {"xl/worksheets/sheet1.xml": part}))


def test_archive_of_many_parts_is_refused():
    parts = {f"xl/more{number}.xml": b"<x/>" for number in range(300)}
    assert "far too many" in refusal(repacked(book(["x", "Ada"]), parts))


def test_worksheet_that_claims_a_million_rows_has_the_filled_ones():
    def far(made):
        made.active.cell(1_000_000, 1).value = "y"

    assert [row.number for row in read_file(book(["x", "Ada"], edit=far)).rows] == [2, 1_000_000]
