"""The admin's front page in a real browser: no barrier, nothing that the policy refuses, nothing too wide."""

import pytest

from tests import world as w
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


def test_groups_of_findings_open_without_javascript(transactional_db, world, open_as_staff):
    for number in range(6):
        w.listing(w.subject(f"S{number}", "RT"), None)
    page = open_as_staff("/admin/not-in-order/?clause=A0", java_script_enabled=False)
    group = page.locator("details", has_text="subjects with no Coordinator recorded")
    finding = group.get_by_text("S3: who coordinates it is not recorded.")
    assert not finding.is_visible()
    group.locator("summary").click()
    assert finding.is_visible()
