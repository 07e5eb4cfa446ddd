"""Every public page in a browser: no barrier, nothing that the policy refuses, nothing wider than the window.

`make walk` looks at each page in six languages, light and dark, on a phone and on a desk, and leaves its pictures in
var/walk. `make test` looks at each page on a phone, light, the pages dealt out among five languages, and at every other
one on a desk, dark, in English. There axe looks for barriers at these on the desk, at the rest on the phone.
"""

import io
from datetime import date
from itertools import product

import pytest
from django.conf import settings
from django.utils.translation import override
from pypdf import PdfReader

from bench.addresses import public_pages
from subjects.acts import adopt_edition
from tests import walks
from tests import world as build
from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.walk]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
OTHERS = [code for code in LANGUAGES if code != "en"]
WINDOWS = {"phone": PHONE, "desk": DESK}
SAMPLE = [("desk", "dark", ["en"]), ("phone", "light", OTHERS)]
WHOLE = [(*seen, [language]) for seen in product(WINDOWS, ["light", "dark"]) for language in LANGUAGES]

# Cells of a short entry that touch, captions that end outside the window, and what should not be seen, in sentences.
CROWDED = """() => {
    const box = element => element.getBoundingClientRect()
    const words = element => { const range = new Range(); range.selectNodeContents(element); return box(range) }
    const beside = (one, other) => one.width && other.width && one.top < other.bottom && other.top < one.bottom
    const gap = (one, other) => Math.max(one.left, other.left) - Math.min(one.right, other.right)
    const touch = (one, other) => beside(box(one), box(other)) && gap(words(one), words(other)) < 8
    const cells = [...document.querySelectorAll(".table.stacked td + td")].filter(
        cell => innerWidth < 700 && touch(cell, cell.previousElementSibling))
    const captions = [...document.querySelectorAll("caption:not(.unseen)")].filter(
        caption => words(caption).left < 0 || words(caption).right > innerWidth)
    const shown = [...document.querySelectorAll(".unseen")].filter(each => box(each).width > 2)
    return [
        ...cells.map(each => `cells touch: ${each.textContent}`),
        ...captions.map(each => `cut: ${each.textContent}`),
        ...shown.map(each => `not hidden: ${each.textContent}`)]
}"""


def words(part):
    return part if isinstance(part, str) else " ".join(part)


@pytest.fixture
def pages(world):
    """`pages(language)`: {name: address} of every public page of a record on which each has something to show."""
    build.document(build.meeting("25-7"))
    build.key_issue(published_on=build.DAY)
    build.published_report()
    adopt_edition(date(2025, 1, 23), "ISCG/99-1/05")

    def named(language):
        with override(language):
            found = public_pages()
        return {
            name: address
            for name, address in found.items()
            if not name.endswith(("calendar", "feed", "sheet", "card", "person-data"))
        }

    return named


def faults(page):
    """What is wrong with the page that is open, beside barriers, in sentences."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*page.complaints, *(["wider than the window"] if wide else []), *page.evaluate(CROWDED)]


@pytest.mark.parametrize(("window", "scheme", "languages"), WHOLE if walks.whole else SAMPLE, ids=words)
def test_no_public_page_has_a_barrier_or_runs_off_the_window(open_page, barriers, pages, window, scheme, languages):
    dealt = [pages(language) for language in languages]
    page, found = open_page("/en/", WINDOWS[window], color_scheme=scheme), {}
    for turn, name in enumerate(dealt[0]):
        has_axe = walks.whole or turn % 2 == (window == "desk")
        if window == "desk" and not has_axe:
            continue
        language, address = languages[turn % len(languages)], dealt[turn % len(languages)][name]
        page.complaints.clear()
        page.goto(address)
        found[address] = faults(page)  # axe complains of its own
        if has_axe:
            found[address] += barriers(page)
        walks.picture(page, f"{window}-{scheme}", f"{language}-{name}")
    assert {address: said for address, said in found.items() if said} == {}


@pytest.mark.parametrize("language", ["en", "ar", "zh"] if walks.whole else ["ar"])
def test_printed_pages_have_their_text_and_a_matrix_lies_on_its_side(open_page, pages, language):
    for path, is_wide in (("composition", False), ("subjects", False), ("mapping/d-r", True)):
        page = open_page(f"/{language}/{path}/?on=2025-02-12")
        printed = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
        width, height = printed.pages[0].mediabox[2:]
        text = "".join(sheet.extract_text() for sheet in printed.pages)
        assert (width > height) == is_wide, path
        assert "ISCG" in text and "2025" in text and len(text) > 300, path
