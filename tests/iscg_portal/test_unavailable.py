"""Which errors are told as “not available at the moment”, and in what words."""

import errno
import sqlite3

import psycopg2.errors
import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError, ProgrammingError
from django.urls import path
from redis.exceptions import ConnectionError as RedisGone
from redis.exceptions import ResponseError

from iscg_portal import urls as real
from iscg_portal.signing_in.counts import CannotCount
from iscg_portal.web.unavailable import AWAY, BUSY, NO_FILES, NOT_COUNTED, NOTHING_TAKEN, reason

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class OfServer(psycopg2.OperationalError):
    pgcode = None


def of_postgresql(code):
    return type("Told", (OfServer,), {"pgcode": code})()


def of_sqlite(code):
    error = sqlite3.OperationalError("made up")
    error.sqlite_errorcode = code
    return error


def after(kind, *causes):
    """An error of this kind that came from the others."""
    error = kind()
    if causes:
        error.__cause__ = after(*causes) if isinstance(causes[0], type) else causes[0]
    return error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (after(OperationalError, of_postgresql(None)), AWAY),
        (after(OperationalError, of_postgresql("57P01")), AWAY),
        (after(OperationalError, of_postgresql("53300")), AWAY),
        (after(OperationalError, of_postgresql("53100")), NOTHING_TAKEN),
        (after(OperationalError, of_postgresql("25006")), NOTHING_TAKEN),
        (after(OperationalError, of_postgresql("55P03")), BUSY),
        (after(OperationalError, of_postgresql("40P01")), BUSY),
        (after(ProgrammingError, of_postgresql("42P01")), ""),  # no such table: ours
        (after(OperationalError, of_sqlite(sqlite3.SQLITE_BUSY)), BUSY),
        (after(OperationalError, of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED)), NOTHING_TAKEN),
        (after(OperationalError, of_sqlite(sqlite3.SQLITE_FULL)), NOTHING_TAKEN),
        (after(OperationalError, of_sqlite(sqlite3.SQLITE_CANTOPEN)), AWAY),
        (after(OperationalError, of_sqlite(sqlite3.SQLITE_ERROR)), ""),  # no such table: ours
        (after(SessionInterrupted, UpdateError, OperationalError, of_postgresql("25006")), NOTHING_TAKEN),
        (after(SessionInterrupted, UpdateError), ""),  # signed out elsewhere meanwhile
        (RedisGone(), NOT_COUNTED),
        (ResponseError("OOM command not allowed"), NOT_COUNTED),
        (CannotCount(), NOT_COUNTED),
        (OSError(errno.ENOSPC, "No space left on device"), NO_FILES),
        (OSError(errno.EROFS, "Read-only file system"), NO_FILES),
        (FileNotFoundError(errno.ENOENT, "No such file"), ""),
        (RuntimeError("ours"), ""),
    ],
)
def test_an_error_is_told_by_its_code(error, sentence):
    assert reason(error) == sentence


def broken(request):
    raise OSError(errno.ENOSPC, "No space left on device", "/secret/place")


urlpatterns = [*(path(f"{code}/broken/", broken) for code in ("ar", "fr", "admin")), *real.urlpatterns]
handler400, handler403, handler404, handler500 = real.handler400, real.handler403, real.handler404, real.handler500


@pytest.fixture
def reader(client):
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "asked_for", "language"),
    [("/ar/broken/", "fr", "ar"), ("/fr/broken/", "ar", "fr"), ("/admin/broken/", "ru-RU,en", "ru")],
)
def test_it_is_said_in_the_readers_language(reader, address, asked_for, language):
    response = reader.get(address, headers={"accept-language": asked_for})
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert f'<html lang="{language}"' in page
    assert "/secret/place" not in page
    assert response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_who_asks_for_json_gets_json(reader):
    response = reader.get("/fr/broken/", headers={"accept": "application/json"})
    assert response.status_code == response.json()["status"] == 503


def test_the_log_has_a_line_and_no_trace(reader, caplog):
    reader.get("/fr/broken/")
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == ["/fr/broken/ is not answered"]
    assert caplog.records[0].exc_info is None


@pytest.mark.parametrize(("origin", "kept"), [("http://testserver", True), ("https://elsewhere.example", False)])
def test_what_was_typed_on_a_page_of_ours_is_given_back(reader, origin, kept):
    answer = reader.post("/fr/broken/", {"text": "Typed at length", "password": "Secret"}, headers={"origin": origin})
    assert answer.status_code == 503 and "Secret" not in answer.content.decode()
    assert ("Typed at length</textarea>" in answer.content.decode()) == kept
