"""Import in the admin: upload, preview, confirmation, each with the right to it."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse

from iscg_portal.importing.formats import read_file
from iscg_portal.importing.queue import work_off_next
from iscg_portal.importing.registry import all_resources
from iscg_portal.models import StagedImport
from members.models import Representative
from tests.importing.conftest import as_file, exported, term
from tests.walks import cases, part_of
from tests.world import account, person, staff_account

LABELS = sorted(all_resources())
# In `make test` the pages of every fourth table, and the templates of the next ones in one format, by turns.
TEMPLATES = [(label, format) for turn, label in enumerate(LABELS) for format in part_of(["xlsx", "csv"], 2, turn)]
XLSX, CSV = "0", "1"  # the formats as the page of the export numbers them


def page(name, *args, model="members.representative"):
    return reverse(f"admin:{model.replace('.', '_')}_{name}", args=args)


def upload(browser, rows, model="members.representative", name="terms.xlsx"):
    content = rows if isinstance(rows, bytes) else as_file(rows)
    return browser.post(page("import", model=model), {"file": SimpleUploadedFile(name, content)})


def clerk(*rights):
    """A staff account with these rights and no others."""
    found = account("clerk@example.org", is_staff=True)
    found.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    return found


@pytest.mark.walk
@pytest.mark.parametrize("label", cases(part_of(LABELS, 4)))
def test_every_list_has_its_buttons_and_pages(desk, label):
    shown = desk.get(page("changelist", model=label)).content.decode()
    addresses = [page("import", model=label), page("import_template", "xlsx", model=label), page("export", model=label)]
    assert all(f'href="{address}"' in shown for address in addresses)
    assert [desk.get(address).status_code for address in addresses] == [200, 200, 200]


def test_no_table_lacks_its_pages():
    for label in LABELS:
        assert (
            page("import", model=label) and page("import_template", "csv", model=label) and page("export", model=label)
        )


def test_upload_leads_to_a_preview_that_writes_nothing(desk, world):
    preview = desk.get(upload(desk, [term(country="CH")]).url)
    assert "Every row can stand" in preview.content.decode()
    assert "Ms Lea Nobody, TDAG2, since 1 May 2026" in preview.content.decode()
    assert not Representative.objects.filter(person=world.lea).exists()


def test_confirmation_writes_and_says_so(desk, world):
    done = desk.post(upload(desk, [term()]).url, {"reason": "Appointed."}, follow=True)
    assert "Written: 1 added, 0 changed, 0 left as they were." in done.content.decode()
    assert Representative.history.get(person=world.lea).history_change_reason == "Appointed."


def test_a_confirmed_import_is_undone_as_a_whole(desk, world):
    before = set(Representative.objects.values_list("pk", "person", "starts_on", "ends_on"))
    done = desk.post(upload(desk, [term()]).url, {"reason": "Appointed."}, follow=True)
    assert set(Representative.objects.values_list("pk", "person", "starts_on", "ends_on")) != before
    (undo,) = re.findall(r'href="([^"]*/undo/[^"]*)"', done.content.decode())
    desk.post(undo, {"reason": "The wrong file"})
    assert set(Representative.objects.values_list("pk", "person", "starts_on", "ends_on")) == before


def test_confirmation_needs_a_reason(desk, lea):
    again = desk.post(upload(desk, [term()]).url, {"reason": " "})
    assert "This field is required." in again.content.decode()
    assert not Representative.objects.exists()


def test_changed_cells_are_shown_old_and_new(desk, world):
    rows = exported("representative")
    rows[0]["note"] = "<b>Asked again.</b>"
    shown = desk.get(upload(desk, rows).url).content.decode()
    assert "<ins>&lt;b&gt;Asked again.&lt;/b&gt;</ins>" in shown


def test_refused_rows_are_shown_with_their_cells_and_cannot_be_written(desk, world):
    address = upload(desk, [term(country="Frnace"), term("TSAG2", "max-formerly")]).url
    shown = desk.get(address).content.decode()
    assert "One row is refused, so nothing can be written." in shown
    assert "E2 <code>country</code>" in shown and "Did you mean FR (France)?" in shown
    assert "Write" not in shown
    desk.post(address, {"reason": "All the same."})
    assert not Representative.objects.filter(person=world.max).exists()


@pytest.mark.parametrize("content", [b"", b"%PDF", b"PK\x03\x04", "a,ä".encode("latin-1"), b"x" * 5_000_001])
def test_file_that_cannot_be_read_gets_a_sentence(desk, content):
    response = upload(desk, content)
    assert response.status_code == 200
    assert "The file was not read. Nothing was written." in response.content.decode()
    assert not StagedImport.objects.exists()


def test_form_without_a_file_gets_a_sentence(desk):
    assert "This field is required." in desk.post(page("import")).content.decode()


def test_record_that_changed_meanwhile_shows_a_new_preview(desk, world):
    address = upload(desk, [term()]).url
    Representative.objects.create(person=world.lea, seat=world.seats["TDAG2"], starts_on="2026-05-01")
    shown = desk.post(address, {"reason": "Appointed."}, follow=True).content.decode()
    assert "changed the records concerned since the preview" in shown
    assert "There is nothing to write" in shown


def test_second_confirmation_says_that_it_was_written(desk, world):
    address = upload(desk, [term()]).url
    desk.post(address, {"reason": "Appointed."})
    shown = desk.post(address, {"reason": "Again."}, follow=True).content.decode()
    assert "was written already" in shown
    assert Representative.objects.filter(person=world.lea).count() == 1


def test_preview_of_somebody_else_is_not_there(desk, client, world):
    address = upload(desk, [term()]).url
    client.force_login(staff_account("other@example.org"))
    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": "Mine now."}).status_code == 404


def test_long_preview_is_paged_and_filtered(desk):
    rows = [{"slug": f"person-{number}", "name": f"Zz{number:03} Made-up"} for number in range(102)]
    address = upload(desk, rows, model="members.person").url
    work_off_next()
    first, second = (desk.get(f"{address}?page={number}").content.decode() for number in (1, 2))
    assert "1–100 of 102" in first and "Zz101" in second and "Zz101" not in first
    assert "Zz000" not in desk.get(f"{address}?show=refused").content.decode()


def test_queries_of_the_preview_page_do_not_grow(desk, django_assert_max_num_queries):
    rows = [{"slug": f"person-{number}", "name": f"Zz{number} Made-up"} for number in range(12)]
    address = upload(desk, rows, model="members.person").url
    with django_assert_max_num_queries(10):
        desk.get(address)


@pytest.mark.parametrize("name", ["import", "import_template", "export", "import_preview"])
def test_right_to_see_is_no_right_to_files(client, db, name):
    client.force_login(clerk("view_representative", "change_representative", "add_representative"))
    args = {"import_preview": ["x"], "import": [], "export": []}.get(name, ["xlsx"])
    assert client.get(page(name, *args)).status_code == 403
    assert page("import") not in client.get(page("changelist")).content.decode()


def test_rights_to_import_and_export_are_told_apart(client, lea):
    client.force_login(clerk("view_representative", "import_representative"))
    assert client.get(page("import")).status_code == 200
    assert client.get(page("export")).status_code == 403
    assert upload(client, [term()]).status_code == 302


def test_nobody_imports_without_signing_in(client, db):
    assert client.get(page("import")).status_code == 302


def test_export_keeps_search_and_filters(desk, world):
    assert "1 row of 6" in desk.get(page("export") + "?q=Ada").content.decode().replace("One row", "1 row")
    content = desk.post(page("export") + "?q=Ada", {"format": CSV}).content
    assert [row.cells[3] for row in read_file(content).rows] == ["Ms Ada Testperson"]


def test_export_is_a_download_that_nobody_keeps(desk):
    response = desk.post(page("export"), {"format": XLSX})
    assert response["Content-Disposition"].startswith('attachment; filename="iscg-representatives-')
    assert "no-store" in response["Cache-Control"]


def test_other_formats_are_not_there(desk):
    assert desk.get(page("import_template", "exe")).status_code == 404
    assert "Content-Disposition" not in desk.post(page("export"), {"format": "7"})


def test_no_second_way_of_writing_a_file_is_open(desk):
    with pytest.raises(NoReverseMatch):
        page("process_import")


def test_text_that_no_cell_can_hold_is_said_in_an_export(desk, world):
    Representative.objects.filter(person=world.ada).update(note="a" * 40_000)
    shown = desk.post(page("export"), {"format": XLSX}).content.decode()
    assert "would hold 40000 characters" in shown


def test_name_that_begins_like_a_formula_is_guarded(desk):
    person("=cmd|'/c calc'!A0")
    assert b"'=cmd" in desk.post(page("export", model="members.person"), {"format": CSV}).content


@pytest.mark.walk
@pytest.mark.parametrize(("label", "format"), cases(part_of(TEMPLATES, 4, 1)))
def test_template_filled_in_is_read(desk, label, format):
    template = desk.get(page("import_template", format, model=label)).content
    response = upload(desk, template, model=label)
    assert "has the names of columns, but no row below them" in response.content.decode()
