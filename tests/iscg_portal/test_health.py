"""What machines ask."""

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor


def test_process_answers_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_database_and_migrations_answer(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one", "two"])
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"2 migrations are not applied.\n")


@pytest.mark.django_db
def test_not_ready_while_the_database_is_silent(client, monkeypatch):
    def silent(self, connection):
        raise OperationalError("password of nobody's business")

    monkeypatch.setattr(MigrationExecutor, "__init__", silent)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"The database does not answer.\n")


@pytest.mark.django_db
def test_robots_may_read_everything_but_the_admin(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[:2] == ["User-agent: *", "Disallow: /admin/"]
    assert lines[2].endswith("/sitemap.xml")
