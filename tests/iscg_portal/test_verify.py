"""`manage.py verify`: what is kept is read again, and what is not as it was stored is named."""

from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from iscg_portal.archive.database import without_triggers
from iscg_portal.files import whole
from iscg_portal.files.whole import path_of
from iscg_portal.integrity.findings import (
    KEPT,
    file_differs,
    file_is_gone,
    finding,
    is_too_old,
    keep,
    last_verification,
    note,
    words,
)
from iscg_portal.integrity.verifying import verify
from iscg_portal.models import StoredFile, Verification
from iscg_portal.web.page_cache import kept_pages
from members.models import Representative
from reports.models import AnnualReport, ReportFile
from subjects.models import Coordinator
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(world):
    """A published report, with its file."""
    return w.published_report("2024")


@contextmanager
def unwatched():
    """As somebody writes who goes around the portal and its rules."""
    connection.check_constraints()
    with transaction.atomic(), connection.cursor() as cursor, without_triggers(cursor, connection):
        yield


def said():
    return [words(one) for one in verify()]


def test_a_filled_portal_has_no_findings(roles, capsys):
    call_command("verify", "--repair-index")
    assert "as it was stored" in capsys.readouterr().out


def test_it_says_one_line_a_finding_and_ends_with_1(report, capsys):
    first, second = (w.document_file(w.document(w.meeting(code))) for code in ("25-7", "25-8"))
    path_of(first.stored_id).write_bytes(b"%PDF-1.4 made up %%EO")
    with pytest.raises(CommandError, match="Findings: 1"):
        call_command("verify")
    assert first.stored_id == second.stored_id
    assert capsys.readouterr().out.splitlines() == [words(file_differs(first.stored_id))]


def test_a_file_that_is_gone_or_of_another_size_is_found(report):
    stored = w.document_file(w.document(w.meeting("25-7"))).stored
    StoredFile.objects.filter(pk=stored.pk).update(size=1)
    assert said() == [f"ISCG-25-7-01-E.pdf has another size (SHA-256 {stored.pk})."]
    path_of(stored.pk).unlink()
    assert said() == [f"ISCG-25-7-01-E.pdf is not in its place (SHA-256 {stored.pk})."]


def test_what_a_disk_changed_without_a_mark_is_not_sent_once_it_is_found(report, client):
    """A worker read it when it was whole; nothing that the disk says of the file has changed since."""
    file = w.document_file(w.document(w.meeting("25-7")))
    path_of(file.stored_id).write_bytes(b"%PDF-1.4 made up %%EO")
    status = path_of(file.stored_id).stat()
    client.raise_request_exception = False
    of_the_worker = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns), True
    whole._found[file.stored_id] = of_the_worker
    assert client.get(file.address).status_code == 200
    verify()
    whole._found[file.stored_id] = of_the_worker
    assert client.get(file.address).status_code == 503


def test_a_frozen_text_that_was_changed_is_found_and_not_shown(report, client):
    address = report.get_absolute_url()
    assert client.get(address).status_code == 200
    with unwatched():
        AnnualReport.objects.filter(pk=report.pk).update(
            content=report.content.replace("ISCG", "ISGC", 1), place="Other"
        )
    client.raise_request_exception = False
    kept_pages.clear()
    assert client.get(address).status_code == 503
    assert "frozen text of report 2024" in words(last_verification().findings[0])
    assert "The frozen text of report 2024 is not what was published; it is not shown." in said()


@pytest.mark.parametrize(("field", "value"), [("place", "Elsewhere"), ("number", "ISCG/99-1/99"), ("variant", "Rev")])
def test_a_row_that_says_something_else_than_the_frozen_text_is_found(report, field, value):
    with unwatched():
        AnnualReport.objects.filter(pk=report.pk).update(**{field: value})
    (one,) = (line for line in said() if line.startswith("Report 2024: the frozen text says"))
    assert value in one


def test_a_json_file_that_is_not_the_frozen_text_is_found(report):
    other = w.document_file(w.document(w.meeting("25-7"))).stored
    ReportFile.objects.filter(report=report, kind="json").update(stored=other)
    assert said() == [f"Report 2024: the JSON file {other.pk} is not the frozen text."]


def test_rows_that_break_a_rule_are_found(world):
    row = Representative.objects.filter(ends_on__isnull=True).first()
    with suppress(IntegrityError), unwatched(), without_the_exclusion():  # it is refused once it is judged again
        Representative.objects.filter(pk=row.pk).update(seat=other_seat_held(row))
        found = said()
    assert any("break the rule members_representative" in one for one in found)


def other_seat_held(row):
    others = Representative.objects.filter(ends_on__isnull=True, starts_on__lte=w.DAY).exclude(seat=row.seat)
    return others.first().seat


@contextmanager
def without_the_exclusion():
    """On PostgreSQL the rule is no trigger."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for rule in Representative._meta.constraints:
                if hasattr(rule, "partition"):
                    cursor.execute(f"ALTER TABLE members_representative DROP CONSTRAINT {rule.name}")
    yield


def test_a_rule_that_the_database_lost_is_found(world):
    (rule,) = (rule for rule in AnnualReport._meta.constraints if "stays_frozen" in rule.name)
    table = f" ON {AnnualReport._meta.db_table}" if connection.vendor == "postgresql" else ""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {rule.name}{table}")
    assert said() == [f"The database does not keep the rule {rule.name}."]


@pytest.mark.django_db(transaction=True)
def test_a_row_that_points_to_nothing_is_found(world):
    with unchecked():
        Coordinator.objects.filter(pk=Coordinator.objects.first().pk).update(person_id=10**6)
    assert "1 rows of subjects_coordinator have a person_id that is not there." in said()


@contextmanager
def unchecked():
    """Foreign keys are not looked at; the temporary server of the tests is our own."""
    postgresql = connection.vendor == "postgresql"
    off, on = (
        ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT")
        if postgresql
        else ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON")
    )
    with connection.cursor() as cursor:
        cursor.execute(off)
        yield
        cursor.execute(on)


def test_findings_stand_until_the_next_time_in_the_language_of_the_reader():
    for _time in range(2):
        note(file_is_gone("x"))
    with override("en"):
        assert [words(one) for one in last_verification().findings] == ["sha256/x… is not in its place (SHA-256 x)."]
    assert verify() == [] == last_verification().findings


def test_more_findings_than_help_are_not_kept():
    keep([finding("x", number=number) for number in range(KEPT + 1)])
    assert len(last_verification().findings) == KEPT


def test_after_a_fortnight_it_is_too_long_ago(db):
    now = timezone.now()
    assert is_too_old(Verification())
    assert not is_too_old(Verification(finished_at=now - timedelta(days=13)), now)
    assert is_too_old(Verification(finished_at=now - timedelta(days=15)), now)
