"""What an archive took comes back row by row and file by file, and the database goes on from there."""

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import InternalError
from django.utils import timezone

from iscg_portal import record_version
from iscg_portal.archive.backup import backup
from iscg_portal.archive.contents import LEFT_OUT, every_model, kept_models
from iscg_portal.archive.restore import restore
from iscg_portal.mail.models import Mail
from meetings.models import Document
from members.models import Account, Person, Representative
from reports.models import AnnualReport
from tests import world as w
from tests.archive.conftest import files, rows, spoil
from workspace.models import ReportDraft

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_table_of_the_filled_portal_has_a_row(filled):
    assert [model._meta.label for model in kept_models() if not model._base_manager.exists()] == []
    assert files()


def test_what_is_left_out_is_there_and_has_its_reason(filled):
    assert set(LEFT_OUT) <= {model._meta.label for model in every_model()}
    assert all(LEFT_OUT.values())


def test_no_json_may_be_null_beside_its_own_null(db):
    """In JSON None is `null`; a column that could be NULL too would need a mark."""
    fields = [field for model in kept_models() for field in model._meta.local_fields]
    assert [field for field in fields if isinstance(field, models.JSONField) and field.null] == []


def test_every_row_and_file_comes_back(archive):
    before = rows(), files()
    spoil()
    restore(archive, replace=True)
    assert rows() == before[0]
    assert files() == before[1]


def test_two_archives_of_one_record_have_the_same_sha256(archive, tmp_path):
    restored = restore(archive, replace=True)
    assert backup(tmp_path / "again").sha256 == restored.sha256


def test_an_account_signs_in_with_the_password_that_it_had(archive, client):
    spoil()
    restore(archive, replace=True)
    assert Account.objects.get(email="lea@example.org").check_password("a long test password")


def test_the_token_is_a_new_one_and_sessions_are_gone(archive):
    Session.objects.create(session_key="x" * 32, session_data="-", expire_date=timezone.now())
    before = record_version.current()
    restore(archive, replace=True)
    assert record_version.current() not in ("", before)
    assert not Session.objects.exists()


def test_no_number_is_given_a_second_time(filled, tmp_path):
    removed = w.person("Removed Beforehand")
    number = removed.pk
    removed.delete()
    backup(tmp_path / "archive")
    after = [w.person(f"Made Later {letter}").pk for letter in "AB"]
    restore(tmp_path / "archive", replace=True)
    assert w.person("Made Afterwards").pk > max(number, *after)


def test_the_rules_of_the_database_hold_again(archive):
    restore(archive, replace=True)
    report = AnnualReport.objects.filter(state="published").first()
    held = Representative.objects.filter(ends_on__isnull=True).first()
    rival = {"seat": held.seat, "person": held.person, "starts_on": held.starts_on, "starts_precision": "day"}
    for breaking in (
        lambda: AnnualReport.objects.filter(pk=report.pk).update(content="{}"),
        lambda: Representative.objects.bulk_create([Representative(**rival)]),
        lambda: AnnualReport.objects.filter(state="draft").update(number=Document.objects.first().number),
        lambda: ReportDraft.objects.update(subject_id=10**6),
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            breaking()
            connection.check_constraints()


def test_a_number_from_before_its_rule_comes_back(filled, tmp_path):
    """It is no fault of the archive that a document and a draft had the same number before that was a rule."""
    number = Document.objects.first().number
    without_its_rule(AnnualReport, number)
    backup(tmp_path / "archive")
    before = rows()
    restore(tmp_path / "archive", replace=True)
    assert rows() == before


def without_its_rule(model, number):
    (rule,) = (one for one in model._meta.constraints if one.name.endswith("number_given_once"))
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in rule.uninstall_sql(model, connection):
            cursor.execute(statement)
        model.objects.filter(state="draft").update(number=number)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in rule.install_sql(model, connection):
            cursor.execute(statement)


@pytest.mark.parametrize(("options", "state"), [({}, "waiting"), ({"hold_mail": True}, "unknown")])
def test_mails_of_the_queue_go_or_wait_for_staff(filled, tmp_path, options, state):
    mail = Mail.objects.create(to="nobody@example.org", subject="Made up", text="Made up")
    backup(tmp_path / "archive")
    Mail.objects.filter(pk=mail.pk).update(state="sent", sent_at=timezone.now())
    assert restore(tmp_path / "archive", replace=True, **options).mails
    assert Mail.objects.get(pk=mail.pk).state == state


def test_the_shipped_record_is_not_loaded_a_second_time(shipped_record, tmp_path, transactional_db):
    backup(tmp_path / "archive")
    restore(tmp_path / "archive", replace=True)
    before = rows()
    call_command("load_iscg", verbosity=0)
    assert rows() == before


def test_the_commands_say_what_they_did(filled, tmp_path, capsys):
    path = tmp_path / "archive"
    call_command("backup", str(path))
    said = capsys.readouterr().out
    call_command("restore", str(path), "--replace")
    assert capsys.readouterr().out.splitlines()[0] == said.strip()
    assert Person.objects.filter(pk=filled.lea.pk).exists()
