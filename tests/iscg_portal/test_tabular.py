"""A table is described once: its page and its files have the same rows, in the same order."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.exceptions import BadRequest
from django.http import Http404
from openpyxl import load_workbook

from iscg_portal.importing.mangled import marked, unmarked
from iscg_portal.tables import Column, Table, file_of, guarded, read_choice, shown

TABLE = Table(
    "things",
    [
        Column("name", "Name", "what it is called", lambda row: row[0], sort=lambda row: row[0]),
        Column("begun_on", "", "its first day", lambda row: row[1]),
        Column("parts", "", "what it is made of", lambda row: row[2]),
        Column("link", "Link"),
    ],
    [("=1+1", date(2025, 1, 1), ["a", "b"]), ("Ωmega", None, []), ("plain", True, 7)],
    as_on=date(2025, 2, 12),
)


def asked(rf, query=""):
    return rf.get(f"/en/things.csv{query}")


def lines(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_csv_begins_with_the_mark_that_spreadsheets_need(rf):
    assert file_of(asked(rf), TABLE, "csv").content.startswith(b"\xef\xbb\xbfname,begun_on,parts,as_on\r\n")


def test_each_row_says_the_day(rf):
    assert {line[-1] for line in lines(file_of(asked(rf), TABLE, "csv"))[1:]} == {"2025-02-12"}


def test_formula_is_disarmed_in_a_cell(rf):
    assert lines(file_of(asked(rf), TABLE, "csv"))[1] == ["'=1+1", "2025-01-01", "a; b", "2025-02-12"]


def test_xlsx_has_the_rows_of_csv(rf):
    book = load_workbook(io.BytesIO(file_of(asked(rf), TABLE, "xlsx").content))
    found = [["" if value is None else str(value) for value in row] for row in book.active.values]
    assert found == lines(file_of(asked(rf), TABLE, "csv"))


def test_json_keeps_text_as_it_is(rf):
    found = json.loads(file_of(asked(rf), TABLE, "json").content)
    assert found["things"][0] == {"name": "=1+1", "begun_on": "2025-01-01", "parts": ["a", "b"]}


@pytest.mark.parametrize("format", ["json", "csv", "xlsx"])
def test_equal_rows_give_equal_bytes(rf, format, monkeypatch):
    first = file_of(asked(rf), TABLE, format).content
    monkeypatch.setattr("time.time", lambda: 2_000_000_000)
    assert file_of(asked(rf), TABLE, format).content == first


@pytest.mark.parametrize("character", ["\x08", "\ufffe", "\uffff"])
def test_character_that_no_spreadsheet_may_hold_is_left_out(rf, character):
    table = Table("things", TABLE.columns[:1], [(f"a{character}b",)])
    book = load_workbook(io.BytesIO(file_of(asked(rf), table, "xlsx").content))
    assert book.active["A2"].value == "ab"


@pytest.mark.parametrize(
    ("format", "kind", "name"),
    [
        ("json", "application/json", 'inline; filename="iscg-things-2025-02-12-en.json"'),
        ("csv", "text/csv; charset=utf-8", 'attachment; filename="iscg-things-2025-02-12-en.csv"'),
    ],
)
def test_file_has_a_kind_and_a_name(rf, format, kind, name):
    response = file_of(asked(rf), TABLE, format)
    assert (response["Content-Type"], response["Content-Disposition"]) == (kind, name)


def test_page_and_file_are_sorted_alike(rf):
    request = asked(rf, "?sort=-name")
    assert [row[0] for row in shown(request, TABLE).rows] == ["Ωmega", "plain", "=1+1"]
    assert [line[0] for line in lines(file_of(request, TABLE, "csv"))[1:]] == ["Ωmega", "plain", "'=1+1"]


def test_head_links_to_the_other_direction_and_keeps_the_filter(rf):
    head = shown(asked(rf, "?sort=name&group=RAG&page=1"), TABLE).heads[0]
    assert (head.href, head.sorted) == ("?group=RAG&sort=-name", "ascending")


def test_column_without_an_order_has_no_link(rf):
    assert shown(asked(rf), TABLE).heads[1].href == ""


@pytest.mark.parametrize("sort", ["begun_on", "name;", "-link", "person__contact_data"])
def test_order_that_is_not_offered_is_refused_with_a_sentence(rf, sort):
    with pytest.raises(BadRequest, match="is not a value of “sort”; it can be one of: name, -name."):
        shown(asked(rf, f"?sort={sort}"), TABLE)


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1.0", "٢", "9" * 30, "1&page=1"])
def test_page_that_does_not_exist_is_not_found(rf, page):
    with pytest.raises(Http404, match="This list has 1 pages; there is no other."):
        shown(asked(rf, f"?page={page}"), TABLE)


def test_empty_list_has_one_page(rf):
    assert shown(asked(rf), Table("things", TABLE.columns, [])).page.number == 1


def test_parameter_that_nobody_knows_is_ignored(rf):
    assert len(shown(asked(rf, "?utm_source=mail"), TABLE).rows) == 3


def test_filter_takes_what_is_offered(rf):
    assert read_choice(asked(rf, "?group=RAG"), "group", ["RAG", "TSAG"]) == "RAG"
    assert read_choice(asked(rf, "?group="), "group", ["RAG", "TSAG"]) == ""


@pytest.mark.parametrize("query", ["?group=RAG1", "?group=rag", "?group=RAG&group=RAG"])
def test_absurd_filter_is_refused(rf, query):
    with pytest.raises(BadRequest, match="“"):
        read_choice(asked(rf, query), "group", ["RAG", "TSAG"])


@pytest.mark.parametrize("text", ["=a", "+a", "-a", "@a", "'a", "'=a", "''", "a", "", "a='b"])
def test_guard_is_taken_off_again(text):
    assert unmarked(marked(guarded(text))) == text
    assert not guarded(text).startswith(("=", "+", "-", "@"))
