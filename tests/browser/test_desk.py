"""The admin's front page in a real browser: no barrier, nothing that the policy refuses, nothing too wide."""

import pytest

from tests import world as w
from tests.admin.conftest import page_of
from tests.browser.conftest import DESK, PHONE


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_desk_has_no_barrier(transactional_db, world, open_as_staff, barriers, viewport, color_scheme):
    page = open_as_staff("/admin/", viewport=viewport, color_scheme=color_scheme)
    for summary in page.locator("details > summary").all():
        summary.click()
    assert barriers(page) == []
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_lines_of_clauses_are_told_whole_on_a_phone(transactional_db, world, open_as_staff):
    page = open_as_staff("/admin/", viewport=PHONE)
    lines = page.locator(".clause-line .text")
    assert lines.count() > 0
    shown = "all => all.map(one => getComputedStyle(one)).map(one => [one.whiteSpace, one.overflowX, one.textOverflow])"
    assert all(one == ["normal", "visible", "clip"] for one in lines.evaluate_all(shown))


def test_groups_of_findings_open_without_javascript(transactional_db, world, open_as_staff):
    for number in range(6):
        w.listing(w.subject(f"S{number}", "RT"), None)
    page = open_as_staff("/admin/not-in-order/?clause=A0", java_script_enabled=False)
    group = page.locator("details", has_text="subjects with no Coordinator recorded")
    finding = group.get_by_text("S3: who coordinates it is not recorded.")
    assert not finding.is_visible()
    group.locator("summary").click()
    assert finding.is_visible()


# What has the focus: its name or words, and whether something else covers it.
FOCUSED = """() => { const one = document.activeElement, box = one.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + Math.min(box.width / 2, 10), box.y + box.height / 2);
  return [one.name || one.textContent.trim(), at === null || !(one.contains(at) || at.contains(one))]; }"""


def keys_to(page, *keys):
    """Press these keys one after the other; what has the focus then."""
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate(FOCUSED)[0]


@pytest.mark.walk
def test_lists_first_field_and_any_record_are_few_keys_away(transactional_db, world, open_as_staff):
    page = open_as_staff("/admin/", viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollHeight") <= 2 * PHONE["height"]
    assert keys_to(page, "Tab") == "Skip to all lists"
    assert keys_to(page, "Tab", "Enter", "Tab") == "q"
    page.keyboard.type("Ada Testperson")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/person/{world.ada.pk}/change/")
    assert keys_to(page, "Tab") == "Skip to all lists"
    assert keys_to(page, "Tab", "Enter", "Tab") == "honorific"


@pytest.mark.walk
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_covers_what_has_the_focus(transactional_db, world, open_as_staff, viewport):
    term = world.seats["RAG1"].tenures()[0]
    page = open_as_staff(page_of(term, "replace"), viewport=viewport)
    page.locator("#form-start").focus()
    covered = []
    while not covered or covered[-1][0] != "_act":
        page.keyboard.press("Tab")
        covered.append(page.evaluate(FOCUSED))
    assert len(covered) > 10 and [name for name, is_covered in covered if is_covered] == []
