"""Pictures for those who space their texts wide, choose their own colours, or have no mouse."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests import walks
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
SPACED = """() => {  // as WCAG 1.4.12 lets a reader set it
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
# Texts beyond the window, where nothing scrolls there, and texts one upon another.
UNREADABLE = """() => {
  for (const frame of document.querySelectorAll(".picture-scroll")) frame.scrollLeft = 0;  // no seat lies upon a term
  const words = [...document.querySelectorAll("svg text")]
    .filter((text) => text.textContent.trim() && text.checkVisibility())
    .map((text) => ({ said: text.textContent, box: text.getBoundingClientRect(), frame: framed(text) }));
  function framed(text) {
    const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    let frame = text.closest("svg").parentElement;
    while (frame && !scrolls(frame)) frame = frame.parentElement;
    if (!frame) return [0, innerWidth];
    const begin = frame.getBoundingClientRect().left - frame.scrollLeft;
    return document.dir === "rtl" ? [-Infinity, Infinity] : [begin, begin + frame.scrollWidth];
  }
  const cut = words.filter(({ box, frame }) => box.left < frame[0] - 1 || box.right > frame[1] + 1);
  const upon = words.flatMap((one, at) => words.slice(at + 1).filter((other) => {
    const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    return across > 2 && down > Math.min(one.box.height, other.box.height) * 0.6;
  }).map((other) => ({ said: `${one.said} upon ${other.said}` })));
  return [...cut, ...upon].map(({ said }) => said);
}"""
KEYS = """() => [...document.querySelectorAll(".picture-key span, .state")].map((key) => {
  const mark = getComputedStyle(key, "::before");
  return [key.className, mark.backgroundColor, mark.borderTopColor, mark.borderTopStyle];
})"""
ADDRESSES = [f"{language}/composition/" for language in ("ru", "ar", "fr")]
ADDRESSES += ["en/composition/history/", "fr/composition/history/", "fr/subjects/", "es/about/"]


@pytest.mark.walk
@pytest.mark.parametrize("address", walks.part_of(ADDRESSES, 3))
def test_labels_of_pictures_fit_a_phone_with_the_spacing_that_a_reader_may_set(world, open_page, address):
    page = open_page(f"/{address}", PHONE)
    assert page.evaluate(UNREADABLE) == []
    page.evaluate(SPACED)
    assert page.evaluate(UNREADABLE) == []


@pytest.mark.walk
def test_the_keys_of_pictures_keep_their_colours_where_a_reader_forces_others(world, open_page):
    plain, forced = (open_page("/en/subjects/", forced_colors=colours).evaluate(KEYS) for colours in ("none", "active"))
    assert len(plain) >= 3 and plain == forced


@pytest.mark.walk
def test_arrow_keys_move_the_slider_of_days_and_the_button_alone_asks(world, open_page):
    page = open_page("/en/composition/history/?on=2025-02-12")
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    later = (date(2025, 2, 12) + timedelta(days=1)).isoformat()
    expect(page.locator("[data-day-form] [name=on]")).to_have_value(later)
    expect(slider).to_have_attribute("aria-valuetext", "13 February 2025")
    assert page.url.endswith("?on=2025-02-12")
    page.locator("[data-day-form] button").first.click()
    expect(page).to_have_url(re.compile(rf"\?on={later}$"))
