"""Tables 1, 2 and 3 in their own form: written as the page shows them, read back, and what such a sheet cannot say."""

import io
import re
from datetime import date

import openpyxl
import pytest

from iscg_portal.importing.formats import read_file
from iscg_portal.importing.rows import judge, write
from iscg_portal.importing.sheet import FileRefused
from studies.models import MappingLink
from tests import world as build

DAY = date(2024, 6, 1)
CODES = "d-2022-2025 × r-2023-2027"
pytestmark = pytest.mark.django_db


@pytest.fixture
def mapped(world):
    """Q7/2 of ITU-D and WP 1C of ITU-R with two links, Q8/2 and WP 1A with none."""
    build.link(world.link.first, world.link.second, "Monitoring", topic_fr="Surveillance")
    build.study_unit("Q8/2", parent=world.link.first.parent)
    build.study_unit("WP 1A", "R 2023-2027", "working party")
    return world


def table_of(client, address=f"/en/mapping/d-r/table.xlsx?on={DAY}"):
    response = client.get(address)
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def cells(sheet):
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def file_of(rows, edit=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if edit:
        edit(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def judged(rows, edit=None):
    return judge("mappinglink", read_file(file_of(rows, edit)))


def refusal(rows, edit=None):
    with pytest.raises(FileRefused) as refused:
        judged(rows, edit)
    return " ".join(refused.value.messages)


def test_a_table_has_units_in_lines_and_columns_and_topics_in_cells(client, mapped):
    lines = cells(table_of(client))
    assert lines[0] == [CODES, "Title", "WP 1A", "WP 1C"]
    assert [line[0] for line in lines[1:]] == ["SG2", "Q7/2", "Q8/2"]
    assert sorted(lines[2][3].splitlines()) == ["A topic, made up", "Monitoring"]


def test_equal_tables_are_equal_files(client, mapped):
    address = f"/en/mapping/d-r/table.xlsx?on={DAY}"
    assert client.get(address).content == client.get(address).content


def test_page_list_and_table_say_the_same(client, mapped):
    build.link(build.study_unit("Q9/2"), build.study_unit("WP 3J", "R 2023-2027", "working party"), "")
    rows = client.get(f"/en/mapping/d-r.json?on={DAY}").json()["mapping_d_r"]
    listed = sorted((row["first"], row["second"], row["topic"] or "●") for row in rows)
    head, *lines = cells(table_of(client))
    table = [(line[0], head[n], topic) for line in lines for n in range(2, len(head)) for topic in line[n].splitlines()]
    assert sorted(table) == listed and len(listed) == 3
    page = client.get(f"/en/mapping/d-r/?on={DAY}").content.decode()
    matrix = page.split('<table class="matrix">')
    shown = sum(int(n or 1) for part in matrix[1:] for n in numbers_in(part.split("</table>")[0]))
    assert shown == len(listed)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/en/mapping/d-r.xlsx?on={DAY}").content)).active
    assert book.max_row - 1 == len(listed)


def test_page_list_and_file_of_a_table_name_the_sector_of_its_lines_first(client, world):
    one, other = build.study_unit("Q1/5", "T 2022-2024"), build.study_unit("WP 1A", "R 2023-2027", "working party")
    build.link(other, one, kind="part of")
    build.link(other, build.study_unit("Q2/3", "T 2022-2024"), kind="related")
    address = f"/en/mapping/t-r{{}}?on={DAY}"
    told = [("Q2/3", "WP 1A", "related"), ("Q1/5", "WP 1A", "comprises")]
    rows = client.get(address.format(".json")).json()["mapping_t_r"]
    assert [(row["first"], row["second"], row["kind"]) for row in rows] == told
    assert {(row["first_sector"], row["second_sector"]) for row in rows} == {("T", "R")}
    head, *lines = cells(openpyxl.load_workbook(io.BytesIO(client.get(address.format(".xlsx")).content)).active)
    named = [[line[head.index(name)] for name in ("first", "second", "kind")] for line in lines]
    assert [tuple(line) for line in named] == told
    listed = client.get(address.format("/") + "&sort=-first").content.decode().split('id="links-caption"')[1]
    assert re.findall(r"<bdi>((?:Q|WP )[\w/]+)</bdi>", listed) == ["Q1/5", "WP 1A", "Q2/3", "WP 1A"]


def numbers_in(matrix):
    """Of each mark of a matrix how many links it stands for."""
    for mark in matrix.split('<a class="')[1:]:
        yield mark.partition("<sub>")[2].partition("</sub>")[0]


def test_a_table_imported_again_changes_nothing(client, mapped):
    preview = judged(cells(table_of(client)))
    assert [row.verdict for row in preview.rows] == ["unchanged"] * 2 and preview.is_accepted


def test_a_topic_in_a_cell_is_a_new_link_and_a_missing_one_stays(mapped):
    rows = [[CODES, "Title", "WP 1A", "wp  1c"], ["Q8/2", "", "Planning\nSharing", ""], ["q7/2", "", "", "monitoring"]]
    preview = write("mappinglink", read_file(file_of(rows)), reason="A test")
    assert [row.verdict for row in preview.rows] == ["added", "added", "unchanged"]
    assert preview.remarks == ["1 links between these periods are not in the sheet; they stay as they are."]
    assert MappingLink.objects.filter(first__number="Q8/2", second__number="WP 1A").count() == 2
    assert MappingLink.objects.count() == 4


def test_a_mark_is_a_link_whose_topic_is_not_recorded(mapped):
    rows = [[CODES, "Title", "WP 1A", "WP 1C"], ["Q7/2", "", "x", "●"]]
    assert [row.verdict for row in judged(rows).rows] == ["added", "unchanged"]


@pytest.mark.parametrize(
    "rows, sentence",
    [
        ([[CODES, "", "WP 1C"], ["Q99/2", "", "x"]], "Cell A2: “Q99/2” is no unit of ITU-D 2022-2025."),
        ([[CODES, "", "WP 9Z"], ["Q7/2", "", "x"]], "Cell C1: “WP 9Z” is no unit of ITU-R 2023-2027."),
        ([["d-1999-2002 × r-2023-2027", "", "WP 1C"], ["Q7/2", "", "x"]], "d-1999-2002 in cell A1 is not on record"),
        ([["d-2022-2025 × d-2018-2021", "", "Q7/2"], ["Q7/2", "", "x"]], "two study periods of one Sector"),
        ([["Table × 1", "", "WP 1C"], ["Q7/2", "", "x"]], "Cell A1 names the study periods"),
        ([[CODES, "", "WP 1C"], ["Q7/2", "", "x"], ["Q7/2", "", "y"]], "Cell A3 names Q7/2 a second time."),
        ([[CODES, "", "WP 1C"], ["Q7/2", "", "x"], [CODES, "", "WP 1A"]], "Cell A4 begins a second table"),
        ([[CODES, "", "WP 1C"], ["Q7/2", "", "x"], [CODES, "", "WP 1C"]], "two tables stand in the sheet"),
        ([[CODES, "", "WP 1C", CODES], ["Q7/2", "", "x", ""]], "Cell D begins a second table"),
        ([[CODES, "", "WP 1C"], ["Q7/2", "", "=1+1"]], "Cell C2: The cell holds a formula"),
        ([[CODES, "", "WP 1C"], ["Q7/2", "", ""]], "No cell of the table has a link."),
    ],
)
def test_what_a_table_cannot_say_is_refused_by_its_cell(mapped, rows, sentence):
    build.study_period("D 2018-2021")
    assert sentence.replace("A4", "A3") in refusal(rows)


def test_merged_cells_are_refused_by_their_address(mapped):
    rows = [[CODES, "", "WP 1A", "WP 1C"], ["Q7/2", "", "x", ""]]
    assert "Cells are merged: C2:D2." in refusal(rows, lambda sheet: sheet.merge_cells("C2:D2"))


def test_two_tables_below_each_other_are_refused(mapped):
    heads = ["first", "second", "subject", "topic_en"]
    link = ["d-2022-2025-q8-2", "r-2023-2027-wp-1a", "", "x"]
    assert "Row 3 names the columns again" in refusal([heads, link, heads, link])


def test_a_period_that_is_not_on_record_is_said(client, mapped):
    assert cells(table_of(client, "/en/mapping/t-r/table.xlsx"))[0][0] == "not recorded × r-2023-2027"
