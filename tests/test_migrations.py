"""The tables of the tests are those that `migrate` makes: columns, indexes, constraints, triggers and first rows."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection

from iscg_portal import apps as apps_of_the_portal

ROOT = Path(__file__).resolve().parent.parent
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
ROWS = {
    "rights": """
        SELECT 'auth_permission', app_label, model, codename, p.name
        FROM auth_permission p JOIN django_content_type c ON c.id = p.content_type_id""",
    "groups": "SELECT 'auth_group', name FROM auth_group",
}


@pytest.fixture
def migrated(db, tmp_path):
    """A connection to a database that `migrate` made."""
    other = connection.copy("migrated")
    if connection.vendor == "sqlite":
        other.settings_dict["NAME"] = str(tmp_path / "migrated.sqlite3")
        yield migrate(other, f"sqlite:///{other.settings_dict['NAME']}")
    else:
        name = other.settings_dict["NAME"] = f"{connection.settings_dict['NAME']}_migrated"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
            yield migrate(other, urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl())
            other.close()
            cursor.execute(f'DROP DATABASE "{name}"')
    other.close()


def migrate(other, url):
    """Fills an empty database as an installation does."""
    done = run_migrate(url)
    assert done.returncode == 0, done.stderr
    return other


def run_migrate(url):
    """`manage.py migrate` on this database."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True)


def description(of):
    """{(what, table, ...)}: a line for each part of each table of ours, whatever the order of the columns."""
    queries = (SQLITE if of.vendor == "sqlite" else POSTGRESQL) | ROWS
    ours = [config for config in apps.get_app_configs() if Path(config.path).parent == ROOT]
    tables = {model._meta.db_table for config in ours for model in config.get_models(include_auto_created=True)}
    tables |= {"auth_permission", "auth_group"}
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


def test_the_tables_of_the_tests_are_those_that_the_migrations_make(migrated):
    made, expected = description(connection), description(migrated)
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
def test_days_are_looked_at_in_every_table_before_anything_is_migrated(world):
    apps_of_the_portal.refuse_days_outside(using="default", plan=["something"])
