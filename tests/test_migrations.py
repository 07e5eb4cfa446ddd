"""A filled database is migrated to today's state: no row is lost, and its tables are those of the tests.

`filled_before/` holds the rows of portals as they were: before the first migration that followed the initial ones,
before the loop with the advisory groups, and before the texts in six languages. They are made-up persons and a few
shipped facts, as `dumpdata` writes them, without what is the default.
"""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.core.management.sql import emit_pre_migrate_signal
from django.db import IntegrityError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import QuerySet
from django.test import override_settings

from iscg_portal import apps as apps_of_the_portal
from iscg_portal.name_keys import words_of
from meetings.models import Document, Meeting, RegisterNumber
from members.models import Account, Country, Person, RegionalMembership, Representative
from reports.models import AnnualReport, GroupAnswer
from subjects.models import Coordinator, FocalPoint, Resolution, Subject

ROOT = Path(__file__).resolve().parent.parent
ROWS_BEFORE = Path(__file__).parent / "filled_before"
OTHER = "migrated"  # the alias of the database that is migrated
# What the migrations take away, and what they call otherwise now.
GONE = {"indicative", "regional_organizations"}
RENAMED = {"official_name_en": "short_name_en"}
POSTGRESQL = {
    "columns": """
        SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,
            is_identity, is_generated, generation_expression, collation_name
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0""",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(t.oid), prosrc
        FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal""",
}
SQLITE = {"everything": "SELECT tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL"}
RIGHTS = {
    "rights": """
        SELECT 'auth_permission', app_label, model, codename, p.name
        FROM auth_permission p JOIN django_content_type c ON c.id = p.content_type_id""",
}

# {state: {app: its last migration there}}; an app that is not named has no tables yet. The initial state has the first.
STATES = {
    "before_the_loop": {
        "iscg_portal": "0006_search",
        "members": "0015_texts_of_clauses",
        "subjects": "0013_mandates_after_a_conference",
        "studies": "0008_days_of_findings",
        "meetings": "0008_language_of_public_reasons",
        "reports": "0007_language_of_public_reasons",
        "workspace": "0008_mapping_links",
        "front": "0001_search",
    },
    "before_six_languages": {
        "iscg_portal": "0006_search",
        "members": "0017_identifiers",
        "subjects": "0014_identifiers",
        "studies": "0008_days_of_findings",
        "meetings": "0010_identifiers",
        "reports": "0012_comments_of_the_chair",
        "workspace": "0011_handover_files",
        "front": "0001_search",
    },
}
INITIAL = dict.fromkeys(("iscg_portal", "members", "subjects", "meetings", "reports", "workspace"), "0001_initial")

# On SQLite, where each new column makes its table anew, this takes half a minute.
upgrades = pytest.mark.long(on="sqlite")


@contextmanager
def another_database(folder):
    """Its address, and a connection to an empty database of the kind that the tests use; removed afterwards."""
    other = connection.copy(OTHER)
    if connection.vendor == "sqlite":
        file = other.settings_dict["NAME"] = str(folder / "migrated.sqlite3")
        yield f"sqlite:///{file}", other
        other.close()
        return
    name = other.settings_dict["NAME"] = f"{connection.settings_dict['NAME']}_migrated"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl(), other
        other.close()
        cursor.execute(f'DROP DATABASE "{name}"')


@pytest.fixture(scope="module")
def done(django_db_setup, django_db_blocker, tmp_path_factory):
    """The upgrade, made once: the rows before, what is said of a day out of bounds, and a migrated database."""
    with django_db_blocker.unblock(), another_database(tmp_path_factory.mktemp("migrated")) as (url, other):
        setattr(connections._connections, OTHER, other)
        before = fill(url, other)
        with pytest.raises(CommandError) as refused, override_settings(MIGRATION_MODULES={}):
            emit_pre_migrate_signal(0, False, OTHER, plan=[(Migration("none", "iscg_portal"), False)])
        with other.cursor() as cursor:
            cursor.execute("DELETE FROM meetings_meeting WHERE code = '9999'")
        migrated = run_migrate(url)
        assert migrated.returncode == 0, migrated.stderr
        yield SimpleNamespace(before=before, refused=str(refused.value), other=other)
        delattr(connections._connections, OTHER)


@pytest.fixture
def upgrade(db, done):
    """The upgrade, for a test that asks databases."""
    return done


# In a process of its own, since what a migration moves it moves in the default database.
BRING = """
import json, sys, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from iscg_portal.management.commands.migrate import few_models_made_anew
with few_models_made_anew():
    MigrationExecutor(connection).migrate([tuple(one) for one in json.loads(sys.argv[1])])
"""


def fill(url, other, state="initial"):
    """Brings an empty database to a state and enters its rows; {(model, key): values}.

    In the initial state one meeting more is in the year 9999.
    """
    with override_settings(MIGRATION_MODULES={}):  # the tests run without migrations
        loader = MigrationExecutor(other).loader
    ours, last = {app.label for app in apps_of_the_portal.our_apps()}, STATES.get(state, INITIAL)
    newest = loader.graph.leaf_nodes()
    there = [(label, last.get(label, name)) for label, name in newest if label in last or label not in ours]
    command, where = [sys.executable, "-c", BRING, json.dumps(there)], os.environ | {"DATABASE_URL": url}
    subprocess.run(command, cwd=ROOT, env=where, check=True)
    registry = loader.project_state(there).apps
    rows = (ROWS_BEFORE / f"{state}.json").read_text(encoding="utf-8")
    with transaction.atomic(using=OTHER), mock.patch("django.core.serializers.python.apps", registry):
        for row in serializers.deserialize("json", rows, using=OTHER):
            row.save(using=OTHER)
    with other.cursor() as cursor:
        for statement in other.ops.sequence_reset_sql(no_style(), registry.get_models()):
            cursor.execute(statement)
        if other.vendor == "postgresql":  # where the number of a removed row was given out too
            cursor.execute("SELECT nextval(pg_get_serial_sequence('members_representative', 'id'))")
    values = values_of(registry)
    if state == "initial":
        far = date(9999, 12, 31)
        registry.get_model("meetings.Meeting").objects.using(OTHER).create(code="9999", starts_on=far, ends_on=far)
    return values


def values_of(registry):
    """{(model, key): values} of every row of the portal's tables."""
    ours = {app.label for app in apps_of_the_portal.our_apps()}
    models = [model for model in registry.get_models(include_auto_created=True) if model._meta.app_label in ours]
    rows = [(model, row) for model in models for row in QuerySet(model, using=OTHER).values()]
    return {(model._meta.label, row[model._meta.pk.attname]): row for model, row in rows}


def run_migrate(url):
    """`manage.py migrate` on this database."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True)


def description(of):
    """{(what, table, ...)}: a line for each part of each table of ours, whatever the order of the columns."""
    queries = (SQLITE if of.vendor == "sqlite" else POSTGRESQL) | RIGHTS
    ours = [config for config in apps.get_app_configs() if Path(config.path).parent == ROOT]
    tables = {model._meta.db_table for config in ours for model in config.get_models(include_auto_created=True)}
    tables.add("auth_permission")
    found = set()
    with of.cursor() as cursor:
        for what, query in queries.items():
            cursor.execute(query)
            rows = [row for row in cursor.fetchall() if row[0] in tables]
            found |= {(what, *part) for table, *rest in rows for part in parts(table, rest)}
    return found


def parts(table, row):
    """The row; or, where it is the SQL of a table, a row for each of its columns and constraints."""
    inner = re.fullmatch(r"CREATE TABLE \S+ \((.*)\)", str(row[-1]), re.DOTALL)
    if inner is None:
        return [(table, *row)]
    depth, said = 0, [""]
    for character in inner[1]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and not depth:
            said.append("")
        else:
            said[-1] += character
    return [(table, one.strip()) for one in said]


@pytest.mark.long
@pytest.mark.parametrize("state", STATES)
def test_every_row_and_value_of_a_later_state_is_there_after_an_upgrade(state, db, tmp_path):
    with another_database(tmp_path) as (url, other):
        setattr(connections._connections, OTHER, other)
        before = fill(url, other, state)
        migrated = run_migrate(url)
        assert migrated.returncode == 0, migrated.stderr
        after = values_of(apps)
        delattr(connections._connections, OTHER)
    changed = {
        (key[0], name) for key, row in before.items() for name, value in row.items() if after[key][name] != value
    }
    assert changed == set()
    new = {label for label, key in after.keys() - before.keys()}
    assert new == {"iscg_portal.ShippedRow"}  # the rights that the staff groups were asked about


@upgrades
def test_the_tables_of_the_tests_are_those_that_the_migrations_make(upgrade):
    made, expected = description(connection), description(upgrade.other)
    assert {"only in the tests": made - expected, "only after `migrate`": expected - made} == {
        "only in the tests": set(),
        "only after `migrate`": set(),
    }


def test_database_of_gone_migrations_is_refused_and_left_as_it_is(tmp_path):
    file = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(file)) as old:
        old.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app TEXT, name TEXT, applied TEXT)")
        old.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('members', '0009_gone', '2026-11-01')")
        old.commit()
    refused = run_migrate(f"sqlite:///{file}")
    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    assert "migrations are gone (members.0009_gone); nothing was changed" in refused.stderr
    with closing(sqlite3.connect(file)) as old:
        assert old.execute("SELECT name FROM sqlite_master").fetchall() == [("django_migrations",)]


@pytest.mark.django_db
def test_a_release_is_the_way_back_from_one_with_more_migrations_while_it_has_none_to_add(monkeypatch):
    later = {("members", "9999_of_a_later_release"): None}
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda recorder: later)
    apps_of_the_portal.refuse_older_database(using="default", plan=[])
    with pytest.raises(CommandError, match="9999_of_a_later_release"):
        apps_of_the_portal.refuse_older_database(using="default", plan=["something"])


@pytest.mark.django_db
def test_days_are_looked_at_in_every_table_before_anything_is_migrated(world):
    apps_of_the_portal.refuse_days_outside(using="default", plan=["something"])


@upgrades
def test_a_day_out_of_bounds_is_named_and_nothing_is_migrated(upgrade):
    assert re.search(r"nothing was changed.* meetings\.Meeting \d+ \(starts_on\), ", upgrade.refused)


@upgrades
def test_every_row_and_value_is_there_after_an_upgrade(upgrade):
    after, changed = values_of(apps), set()
    for key, row in upgrade.before.items():
        for name, value in row.items():
            if name not in GONE and after[key][RENAMED.get(name, name)] != value:
                changed.add((key[0], name))
    confirmed = {"members.Representative", "subjects.Coordinator"}
    assert changed == {(model, name) for model in confirmed for name in ("last_confirmed_on", "note")}
    new = {label for label, key in after.keys() - upgrade.before.keys()}
    assert new == {
        *("members.RegionalMembership", "members.HistoricalRegionalMembership", "iscg_portal.RecordVersion"),
        *("meetings.RegisterNumber", "meetings.HistoricalRegisterNumber"),
        *("reports.GroupAnswer", "reports.HistoricalGroupAnswer"),
        "iscg_portal.ShippedRow",  # the rights that the staff groups were asked about
    }
    assert len(upgrade.before) > 450


@upgrades
def test_marks_become_grades_in_the_record_and_its_history(upgrade):
    grades = {one.code: one.grade for one in Subject.objects.using(OTHER)}
    assert (grades["IOT"], grades["GKN"], grades["EMF"]) == ("inferred", "general knowledge", "")
    past = Subject.history.using(OTHER).filter(code="GKN")
    assert [one.grade for one in past] == ["general knowledge"]


@upgrades
def test_lists_of_organizations_become_memberships_with_who_listed_them(upgrade):
    rows = RegionalMembership.objects.using(OTHER).filter(country="FR")
    assert [(one.organization, one.starts_on, one.ends_on) for one in rows] == [("CEPT", None, None)]
    staff = Account.objects.using(OTHER).get(email="staff@example.org").pk
    past = RegionalMembership.history.using(OTHER).filter(country="FR").order_by("history_id")
    assert [(one.organization, one.history_type, one.history_change_reason, one.history_user_id) for one in past] == [
        ("CEPT", "+", "Put on the list", staff),
        ("RCC", "+", "Put on the list", staff),
        ("RCC", "-", "RCC was a mistake", staff),
    ]


@upgrades
def test_a_confirmation_that_cannot_be_goes_into_the_note(upgrade):
    ada = Representative.objects.using(OTHER).get(person__name="Ada Testperson")
    said = "Was entered as last confirmed on 2100-01-01, which cannot be."
    assert (ada.last_confirmed_on, ada.note) == (None, f"A note, made up\n{said}")
    ina = Coordinator.objects.using(OTHER).get(person__name="Ina Sample")
    assert (ina.last_confirmed_on, ina.note) == (
        None,
        "Was entered as last confirmed on 2022-03-01, which cannot be.",
    )
    assert FocalPoint.objects.using(OTHER).get(person__name="Kim Mockup").last_confirmed_on == date(2024, 3, 1)


@upgrades
def test_names_have_their_keys_after_an_upgrade(upgrade):
    person = Person.objects.using(OTHER).get(name="Łukasz Øverås-Madeup")
    assert person.name_key == "lukasz madeup overas"
    assert set(words_of("лукаш madeup")) <= set(person.search_key.split())
    for model in (Person, Country, Subject):
        assert all(row.sorts_zh_hans for row in model.objects.using(OTHER) if row.collated_text("zh-hans"))


@upgrades
def test_reports_keep_what_was_printed_and_what_was_frozen(upgrade):
    reports = {one.code: one for one in AnnualReport.objects.using(OTHER)}
    assert [one.public_reason for one in reports["2023"].steps.filter(state="withdrawn")] == [
        "Printed by mistake, made up"
    ]
    assert reports["2024"].state == "published"
    with pytest.raises(IntegrityError), transaction.atomic(using=OTHER):
        AnnualReport.objects.using(OTHER).filter(code="2024").update(content="another")


@upgrades
def test_what_a_group_answered_becomes_a_row_that_no_report_has_told(upgrade):
    answer = GroupAnswer.objects.using(OTHER).get()
    assert (answer.text, answer.said_on, answer.told_by) == ("More, made up", date(2025, 3, 4), None)
    past = GroupAnswer.history.using(OTHER).get(id=answer.pk)
    assert (past.history_type, past.text) == ("+", "More, made up")


@upgrades
def test_a_number_on_two_papers_stays_and_is_given_no_third_time(upgrade):
    number = AnnualReport.objects.using(OTHER).get(code="2025").number
    documents = Document.objects.using(OTHER)
    assert documents.filter(number=number).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic(using=OTHER):
        documents.exclude(number=number).filter(number__startswith="ISCG/25-7").update(number=number)


@upgrades
def test_a_number_typed_for_a_report_is_taken_in_the_register(upgrade):
    given = RegisterNumber.objects.using(OTHER).exclude(given_to="")
    assert [(str(one), one.given_to) for one in given] == [("ISCG/25-7/30", "annual report 2022")]
    past = RegisterNumber.history.using(OTHER).filter(id=given[0].pk)
    assert [(one.history_type, one.given_to) for one in past] == [("+", "annual report 2022")]


@upgrades
def test_the_number_of_a_removed_row_is_not_given_to_another(upgrade):
    removed = Representative.history.using(OTHER).get(history_type="-").id
    with transaction.atomic(using=OTHER):
        ada = Representative.objects.using(OTHER).get(person__name="Ada Testperson")
        new = {"seat_id": ada.seat_id, "person_id": ada.person_id, "starts_on": date(1990, 1, 1)}
        added = QuerySet(Representative, using=OTHER).bulk_create(
            [Representative(**new, ends_on=date(1991, 1, 1), ends_precision="day")]
        )
        transaction.set_rollback(True, using=OTHER)
    assert added[0].pk > removed


@upgrades
def test_the_rules_of_today_bind_a_database_that_was_upgraded(upgrade):
    upgrade.other.check_constraints()
    far = date(9999, 12, 31)
    for rows, value in ((Meeting.objects, {"ends_on": far}), (Coordinator.objects, {"last_confirmed_on": far})):
        with pytest.raises(IntegrityError), transaction.atomic(using=OTHER):
            rows.using(OTHER).update(**value)
    titles = Resolution.objects.using(OTHER).exclude(revisions=None)
    assert titles and not any(text.title for one in titles for text in one.revisions.all())
