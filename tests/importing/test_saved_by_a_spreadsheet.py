"""A CSV export that a spreadsheet program opened and saved comes back unchanged, or is refused cell by cell.

Each way is what such a program does, as tried with LibreOffice: it takes texts for values and shows them in its own
way, and writes the file with the separators, quotes and letters of its country.
"""

import csv
import io
import re

import pytest

from bench.rows import judge_rows
from iscg_portal.importing.formats import FORMATS, export_file, read_file
from iscg_portal.importing.mangled import has_lost_letters, is_taken_for_value, marked, unmarked, why_not_as_meant
from iscg_portal.importing.registry import all_resources, resource_for
from iscg_portal.importing.rows import judge
from iscg_portal.importing.sheet import FileRefused
from iscg_portal.tables import guarded
from tests.importing.test_meetings_and_documents import full_register
from tests.importing.test_round_trip import fill_every_column
from tests.walks import cases, part_of

VALUES = [
    *("3.10", "007", "1/2", "25-1", "(5)", "1E5", "TRUE", "wahr", "Mar 2016", "12 mars", "1. Mai 2016", "2016-03-01"),
    *("12:30", "9:30 PM", "5%", "1,000", "1 000,50", "123456789012345", "€ 5", "12/05/2016 10:00", "5.", "1e-3"),
]
WORDS = [
    *("", "x", "2016", "0", "191", "RAG 1", "PP-26", "ISCG/25-1/03", "Annex 2", "12 papers", "Res. 59", "March", "?"),
    *("May be 2 or 3", "A/1", "une 1re fois", "3.10 and more", "2025-01-23 to 2025-01-25 in Geneva, as announced"),
]


@pytest.mark.parametrize("text", VALUES)
def test_what_is_taken_for_a_value_is_marked(text):
    assert is_taken_for_value(text)
    assert unmarked(marked(guarded(text))) == text


@pytest.mark.parametrize("text", [*WORDS, "=1", "'", "'5", "''5", "-5", "'-5", "+3.10", "@1"])
def test_other_texts_are_not_and_come_back(text):
    assert marked(guarded(text)) == guarded(text)
    assert unmarked(marked(guarded(text))) == text


def values_in_texts():
    """Every table with rows, and in each text of one row what a spreadsheet program would take for a value."""
    fill_every_column(full_register())
    for name in all_resources():
        resource = resource_for(name)()
        values = dict(zip(texts_of(resource), VALUES * 3, strict=False))
        if values:
            first = resource.model().objects.order_by("pk").first()
            resource.model().objects.filter(pk=first.pk).update(**values)


@pytest.fixture(scope="session")
def kept_values(kept):
    return kept(values_in_texts)


@pytest.fixture
def tables(db, kept_values):
    """The names of the tables, which are filled with `values_in_texts`."""
    kept_values.put_back()
    return sorted(all_resources())


FREE = ("title_", "summary_", "result_", "note", "source", "activities", "guidance", "honorific", "place", "document")


def texts_of(resource):
    """The attributes of free texts: no keys, which other tables name, and no address."""
    for name, column in resource.fields.items():
        if name.startswith(FREE) and not name.endswith(("_url", "_on")) and name not in resource.key_columns():
            if type(column.widget).__name__ == "Text":
                yield column.attribute


def shown(cell, comma=","):
    """The cell as a program shows it that takes it for a value; a text stays as it is."""
    if re.fullmatch(r"\d+(\.\d+)?", cell):
        return f"{float(cell):.10g}".replace(".", comma)
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        return f"{found[3]}.{found[2]}.{found[1]}"
    if found := re.fullmatch(r"(\d{4})-(\d\d)", cell):
        return f"{int(found[2])}. {found[1][2:]}"
    if re.fullmatch(r"\d\d:\d\d", cell):
        return f"{cell}:00".lstrip("0")
    return "" if is_taken_for_value(cell) and not cell.isdigit() else cell


def again(content, change=lambda cell: cell, encoding="utf-8-sig", **dialect):
    """The file as a program saves it: each cell below the names of the columns changed, and blank rows at the end."""
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    text = io.StringIO()
    lines = [head, *([change(cell) for cell in row] for row in rows), *[[""] * len(head)] * 3]
    csv.writer(text, **dialect).writerows(lines)
    return text.getvalue().encode(encoding, "replace")


def read_wrong(content):
    return content.decode("cp1252", "replace").encode("utf-8-sig")


UNTOUCHED = {
    "as it is": again,
    "semicolons": lambda content: again(content, delimiter=";", lineterminator="\n"),
    "tabs, all quoted": lambda content: again(content, delimiter="\t", quoting=csv.QUOTE_ALL),
    "what Excel says": lambda content: b"sep=;\r\n" + again(content, encoding="utf-8", delimiter=";"),
    "upper case": lambda content: again(content, lambda cell: {"yes": "YES", "no": "NO"}.get(cell, cell)),
}
TOUCHED = {
    "Swiss values": lambda content: again(content, shown),
    "German values": lambda content: again(content, lambda cell: shown(cell, ","), delimiter=";"),
    "Western letters": lambda content: again(content, encoding="cp1252", delimiter=";"),
    "few letters": lambda content: again(content, encoding="ascii"),
    "read wrong": read_wrong,
}


def verdicts_of(name, change):
    """The rows of a table that was exported, saved by a program, and judged."""
    resource = resource_for(name)()
    content = export_file(resource, resource.model().objects.all(), FORMATS["csv"])
    return judge(name, read_file(change(content))).rows


def dealt(tables, way):
    """On a walk all; in `make test` every sixth table, and the next ones with the next way."""
    return part_of(tables, 6, [*UNTOUCHED, *TOUCHED].index(way))


@pytest.mark.walk
@pytest.mark.parametrize("way", cases(UNTOUCHED))
def test_a_file_that_is_only_written_otherwise_comes_back_unchanged(tables, way):
    for name in dealt(tables, way):
        rows = verdicts_of(name, UNTOUCHED[way])
        assert {row.verdict for row in rows} == {"unchanged"}, (name, [row.problems or row.changes for row in rows])


@pytest.mark.walk
@pytest.mark.parametrize("way", cases(TOUCHED))
def test_no_table_is_changed_in_silence(tables, way):
    refused = 0
    for name in dealt(tables, way):
        try:
            rows = verdicts_of(name, TOUCHED[way])
        except FileRefused as refusal:
            assert "UTF-8" in " ".join(refusal.messages), name
            refused += 1
            continue
        odd = [(row.record, row.changes) for row in rows if row.verdict not in ("unchanged", "refused")]
        assert odd == [], name
        refused += sum(bool(problem.cell) for row in rows for problem in row.problems)
        assert all(problem.cell for row in rows for problem in row.problems), name
    assert refused


@pytest.mark.walk
def test_texts_come_back_where_a_program_takes_them_for_values(tables):
    """Only days, hours and their like are shown otherwise; the words beside them are not touched."""
    rows = [row for name in part_of(tables, 4) for row in verdicts_of(name, TOUCHED["Swiss values"])]
    places = {problem.column for row in rows for problem in row.problems}
    assert places and all(place.endswith(("_on", "_from", "_at", "precision")) or place == "hour" for place in places)


LOST = [("????", "频谱频谱"), ("N?me", "Nāme"), ("Name", "Nāme"), ("??", "𠀀")]


@pytest.mark.parametrize(("given", "before"), LOST)
def test_letters_that_an_older_encoding_lacks_are_missed(given, before):
    assert has_lost_letters(given, before)


CHANGED = [("Name", "Name"), ("Nome", "Nāme"), ("R?union", "Reunion"), ("", "频"), ("Reunion", "Réunion")]


@pytest.mark.parametrize(("given", "before"), CHANGED)
def test_another_text_is_a_change(given, before):
    assert not has_lost_letters(given, before)


@pytest.mark.parametrize("text", ["RÃ©union", "é¢‘è°±", "R√©union", "????? ????", "?? 频"])
def test_a_new_row_with_a_text_that_nobody_wrote_is_refused(db, text):
    [row] = judge_rows("person", [{"name": text, "slug": "nobody"}]).rows
    assert row.verdict == "refused" and row.problems[0].cell == "A2"
    assert why_not_as_meant(text) in row.problems[0].sentence


@pytest.mark.parametrize("text", ["Réunion", "Éloïse Ãgata", "频谱", "What?", "Why? How? Who?", "نطاق", "Ноль", "?"])
def test_a_text_in_any_language_is_taken(text):
    assert why_not_as_meant(text) == ""
