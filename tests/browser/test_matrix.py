"""The tables of the mapping on the shipped record: page, paper, list and spreadsheet agree cell by cell."""

import io
from collections import defaultdict
from itertools import product

import openpyxl
import pytest
from pypdf import PdfReader

from tests import walks
from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.walk]
ON = "?on=2025-09-01"  # each Sector has a study period, and each table has links
TABLES, LANGUAGES = ("d-r", "t-r", "d-t"), ("en", "ar", "zh")  # in `make test` each comes once
MARKS = {"confirmed": "●", "to-be-confirmed": "○", "contested": "✕"}
# Of every cell of each matrix that is drawn: its line, its column, what stands in it, how wide it is in pixels.
DRAWN = """() => [...document.querySelectorAll(".matrix")].flatMap(table => {
    const heads = [...table.tHead.rows[1].cells].map(cell => cell.innerText.trim())
    return [...table.tBodies[0].rows].flatMap(row => [...row.cells].slice(1).map((cell, at) => [
        row.cells[0].querySelector("a").innerText, heads[at + 1], cell.innerText.trim(), cell.clientWidth]))
})"""


def cells(page):
    """{(unit of the line, unit of the column): what stands there} of the page that is open, of cells that are drawn."""
    return {(line, column): said for line, column, said, width in page.evaluate(DRAWN) if said and width}


def cells_of_list(rows, of_lines):
    """The same as the list has it: the mark of the most doubtful link, and how many there are."""
    found = defaultdict(list)
    for row in rows:
        pair = row["first"], row["second"]
        found[pair if row["first_sector"] == of_lines else pair[::-1]].append(row["state"])
    return {pair: f"{most_doubtful(states)}{len(states) if len(states) > 1 else ''}" for pair, states in found.items()}


def most_doubtful(states):
    return next(mark for state, mark in reversed(MARKS.items()) if state in states)


def numbers_of_sheet(content):
    """{(unit of the line, unit of the column): how many links} of the spreadsheet in the table's own form."""
    head, *lines = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    pairs = ((line[0], head[at], line[at]) for line in lines for at in range(2, len(head)))
    return {(line, column): len(topics.splitlines()) for line, column, topics in pairs if topics}


@pytest.mark.parametrize(("table", "language"), walks.part_of([*product(TABLES, LANGUAGES)], 4))
def test_page_paper_list_and_sheet_agree_cell_by_cell(shipped_record, open_page, client, table, language):
    address = f"/{language}/mapping/{table}"
    rows = client.get(f"{address}.json{ON}").json()[f"mapping_{table.replace('-', '_')}"]
    listed = cells_of_list(rows, table[0].upper())
    in_sheet = numbers_of_sheet(client.get(f"{address}/table.xlsx{ON}").content)
    assert listed and in_sheet == {pair: int(said[1:] or 1) for pair, said in listed.items()}
    for name, window in {"phone": PHONE, "desk": DESK}.items():
        page = open_page(f"{address}/{ON}", window)
        assert cells(page) == listed, name
        walks.picture(page, "matrix", f"{language}-{table}-{name}")
    page.emulate_media(media="print")
    assert cells(page) == listed
    for paper in ("A4", "A3"):
        sheets = PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=True))).pages
        text = "".join(sheet.extract_text() for sheet in sheets)
        assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in sheets), paper
        assert text.count("○") == len(listed) + 1, paper  # and once in the words above the matrix
