"""The page of examples: each example of it runs as it stands there, and its answer is that of the record."""

import html
import io
import re
import urllib.request
from email.message import Message
from urllib.response import addinfourl

import pytest
from django.conf import settings
from openpyxl import load_workbook

from front.examples import IN_A_SHEET, IN_PYTHON, letter

pytestmark = pytest.mark.django_db
ADDRESS = "/en/data/examples/"


@pytest.fixture
def portal(world, client):
    """What asks for an address of the portal is answered by it, without a server."""

    class Portal(urllib.request.HTTPHandler):
        def http_open(self, asked):
            answer = client.get(asked.full_url.removeprefix(settings.SITE_URL))
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            headers = Message()
            headers["Content-Type"] = answer["Content-Type"]
            found = addinfourl(io.BytesIO(content), headers, asked.full_url, answer.status_code)
            found.msg = answer.reason_phrase
            return found

    before = urllib.request._opener
    urllib.request.install_opener(urllib.request.build_opener(Portal))
    yield client
    urllib.request.install_opener(before)


def shown_on_the_page(client):
    text = client.get(ADDRESS).content.decode()
    return [html.unescape(code) for code in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", text, re.DOTALL)]


SAID = [
    ["representative", "Ada Testperson", "held", "vacant"],
    ["Ada Testperson", "Dan Fictional"],
    ["Chair", "RAG", "count"],
    ["ACC", "vacant", "IOT", "not recorded"],
    ["csv/composition.csv': 7", "csv/subjects.csv': 4"],
]


@pytest.mark.parametrize("number", range(len(IN_PYTHON)))
def test_each_example_in_python_runs_as_it_stands_there(portal, capsys, number):
    pytest.importorskip("pandas")
    code = shown_on_the_page(portal)[number]
    assert code == IN_PYTHON[number].shown
    exec(compile(code, f"example {number}", "exec"), {})
    said = capsys.readouterr().out
    assert [words for words in SAID[number] if words not in said] == []


@pytest.mark.parametrize("formula", IN_A_SHEET, ids=lambda formula: formula.page)
def test_each_formula_counts_the_cells_that_it_names(portal, formula):
    assert formula.shown in shown_on_the_page(portal)
    sheet = load_workbook(io.BytesIO(urllib.request.urlopen(formula.address).read())).active
    asked = re.findall(r'([A-Z]+):\1, "([^"]+)"', formula.shown)
    heads = {key: sheet[f"{column}1"].value for key, (column, _word) in zip(formula.conditions, asked, strict=True)}
    assert heads == {key: key for key in formula.conditions}
    rows = range(2, sheet.max_row + 1)
    counted = sum(all(sheet[f"{column}{row}"].value == word for column, word in asked) for row in rows)
    assert counted > 0


def test_columns_beyond_z_have_two_letters():
    assert [letter(number) for number in (0, 25, 26, 51, 52, 701)] == ["A", "Z", "AA", "AZ", "BA", "ZZ"]


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_the_page_stands_in_other_languages_with_the_same_code(portal, language):
    text = portal.get(f"/{language}/data/examples/").content.decode()
    assert "/en/composition.csv" in text
