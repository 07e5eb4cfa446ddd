"""The pages of import and export in a real browser, on a phone and on a desk."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from iscg_portal.importing.progress import row_read, telling
from iscg_portal.importing.queue import work_off_next
from iscg_portal.models import StagedImport
from tests.browser.conftest import DESK, PHONE
from tests.importing.conftest import as_file, exported, term

IMPORT = "/admin/members/representative/import/"


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def upload(request, open_as_staff, tmp_path):
    """Import rows as a file; the page that follows."""

    def send(rows):
        file = tmp_path / "terms.xlsx"
        file.write_bytes(as_file(rows))
        page = open_as_staff(IMPORT, viewport=request.param)
        page.get_by_label("File").set_input_files(file)
        with page.expect_navigation():
            page.get_by_role("button", name="Show what would change").click()
        return page

    return send


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["import", "export", "changelist"])
def test_pages_have_no_barriers(open_as_staff, barriers, name, scheme):
    page = open_as_staff(reverse(f"admin:members_representative_{name}"), color_scheme=scheme)
    assert page.complaints == []  # axe adds some of its own
    assert barriers(page) == []


def test_preview_of_changes_has_no_barriers_and_can_be_confirmed(world, upload, barriers):
    rows = exported("representative")
    rows[0]["note"] = "Asked again."
    page = upload([*rows, {**dict.fromkeys(rows[0], ""), **term()}])
    assert page.complaints == []  # axe adds some of its own
    assert barriers(page) == []
    page.get_by_label("Why?").fill("The group decided.")
    page.get_by_role("button", name="Write these 2 rows").click()
    expect(page.get_by_text("Written: 1 added, 1 changed, 5 left as they were.")).to_be_visible()


def test_preview_of_refusals_has_no_barriers(world, upload, barriers):
    page = upload([term(country="Frnace"), term("RAG1")])
    expect(page.get_by_text("Did you mean FR (France)?")).to_be_visible()
    assert page.complaints == []  # axe adds some of its own
    assert barriers(page) == []


def test_file_that_cannot_be_read_is_said_on_a_page_without_barriers(upload, barriers):
    page = upload([{"seet": "RAG1"}])
    expect(page.get_by_text("Did you mean seat?")).to_be_visible()
    assert page.complaints == []  # axe adds some of its own
    assert barriers(page) == []


def test_preview_does_not_run_off_a_phone(world, upload):
    page = upload([term(country="Frnace")])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_long_import_shows_how_far_it_is_and_then_its_preview(open_as_staff, barriers, tmp_path):
    file = tmp_path / "persons.csv"
    file.write_bytes(
        as_file([{"slug": f"p-{number}", "name": f"Zz{number:03} Made-up"} for number in range(150)], "csv")
    )
    page = open_as_staff("/admin/members/person/import/", viewport=PHONE)
    page.get_by_label("File").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Show what would change").click()
    assert page.complaints == []  # axe adds some of its own
    assert barriers(page) == []
    StagedImport.objects.claim(StagedImport.objects.get(), timezone.now())
    with telling(StagedImport.objects.get().token):
        row_read(60)
        expect(page.get_by_text("60 of 150 rows are read")).to_be_visible(timeout=10_000)  # it loads itself again
        assert barriers(page) == []
    StagedImport.objects.update(state="to judge")
    assert work_off_next()
    expect(page.get_by_text("Every row can stand")).to_be_visible(timeout=10_000)
