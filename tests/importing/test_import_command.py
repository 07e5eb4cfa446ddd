"""`manage.py import_data`: the same import for scripts, with an exit status."""

import pytest
from django.core.management import CommandError, call_command

from members.models import Representative
from tests.importing.conftest import as_file, exported, term


@pytest.fixture
def run(tmp_path, capsys):
    """Import rows or bytes as a file; what was printed."""

    def import_data(model, content, *options):
        file = tmp_path / "rows.csv"
        file.write_bytes(content if isinstance(content, bytes) else as_file(content, "csv"))
        call_command("import_data", model, str(file), *options)
        return capsys.readouterr().out

    return import_data


def test_rows_are_written_and_told(world, run):
    printed = run("Representative", [term(country="CH")], "--by", "STAFF@example.org", "--reason", "Appointed.")
    assert "Row 2: added, Ms Lea Nobody, TDAG2, since 1 May 2026" in printed
    assert "0 refused, 0 changed, 1 added, 0 unchanged" in printed
    record = Representative.history.get(person=world.lea)
    assert (record.history_user, record.history_change_reason) == (world.staff, "Appointed.")


def test_reason_names_the_file_where_none_is_given(world, run):
    run("representative", [term()])
    assert Representative.history.get(person=world.lea).history_change_reason == "Imported from rows.csv"


def test_dry_run_writes_nothing(world, run):
    assert "Nothing was written: this was a dry run." in run("members.representative", [term()], "--dry-run")
    assert not Representative.objects.filter(person=world.lea).exists()


def test_changes_are_told_cell_by_cell(world, run):
    rows = exported("representative")
    rows[0]["note"] = "Asked again."
    assert "  note: (empty) -> Asked again." in run("representative", rows, "--dry-run")


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_refused_row_ends_with_status_1_and_its_reason(world, run, capsys, options):
    with pytest.raises(CommandError, match="Nothing was written") as error:
        run("representative", [term(country="Frnace")], *options)
    assert error.value.returncode == 1
    assert "  E2 country: “Frnace” is not among" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("model", "content", "options", "words"),
    [
        ("account", [term()], [], "cannot be imported. These can: .*ChairTerm, Conference, Confirmation, Coordinator"),
        ("person", b"", [], "The file is empty"),
        ("person", b"nmae\nAda\n", [], "Did you mean name"),
        ("representative", [term()], ["--by", "nobody@example.org"], "No active account"),
    ],
)
def test_what_cannot_be_read_is_said(world, run, model, content, options, words):
    with pytest.raises(CommandError, match=words):
        run(model, content, *options)


def test_missing_file_is_said(db):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_data", "person", "nowhere.csv")


def test_account_that_was_deactivated_does_not_import(world, run):
    world.staff.is_active = False
    world.staff.save()
    with pytest.raises(CommandError, match="No active account"):
        run("representative", [term()], "--by", "staff@example.org")
