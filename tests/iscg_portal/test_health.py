"""What machines ask."""

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from iscg_portal.web import health


@pytest.fixture(autouse=True)
def no_verdict_from_the_test_before():
    health.verdict.forget()
    yield
    health.verdict.forget()


def test_process_answers_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_database_and_migrations_answer(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readiness_is_tried_with_a_write_that_leaves_nothing(client):
    with CaptureQueriesContext(connection) as queries:
        client.get("/readyz")
    written = [query["sql"] for query in queries if query["sql"].startswith("INSERT")]
    assert len(written) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM django_session")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_the_verdict_is_kept_for_ten_seconds(client, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(health.time, "monotonic", lambda: now[0])
    asked = []
    for now[0] in (1000.0, 1009.9, 1010.1):
        with CaptureQueriesContext(connection) as queries:
            client.get("/readyz")
        asked.append(bool(len(queries)))
    assert asked == [True, False, True]


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
def test_not_ready_while_nothing_can_be_written(client):
    def full(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise DatabaseError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"The database takes no write.\n")


def test_robots_may_read_everything_but_the_admin(client):
    """Without asking a database."""
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert lines[:2] == ["User-agent: *", "Disallow: /admin/"]
    assert lines[2].endswith("/sitemap.xml")
    assert response["Cache-Control"].startswith("public")
    assert response["ETag"]
