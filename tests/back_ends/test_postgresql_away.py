"""PostgreSQL stopped and started again, read-only, without room: a real server, and the portal in its own process."""

import os
import signal
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.core.management import call_command

from tests.back_ends.conftest import fill_up
from tests.back_ends.portal import assert_machines_answer, assert_unavailable, fill, serving
from tests.nginx.conftest import Site
from tools import nginx, postgres

AWAY, NOTHING_TAKEN = "does not reach its record", "takes nothing in"


@pytest.fixture(scope="module")
def server():
    with postgres.own_server() as server:
        fill(server.url)
        yield server


@pytest.fixture(scope="module")
def portal(server):
    with serving(server.url) as portal:
        yield portal


def tell(server, *statements):
    connection = psycopg2.connect(host=str(server.folder), user="iscg", dbname="postgres")
    connection.autocommit = True
    for statement in statements:
        connection.cursor().execute(statement)
    connection.close()


def test_readers_are_told_when_it_is_stopped_and_served_when_it_is_back(server, portal):
    assert portal.get("/en/composition/").status_code == 200
    server.stop()
    try:
        for path in ("/en/composition/", "/en/composition/?on=2025-01-23", "/en/composition.json", "/sitemap.xml"):
            assert_unavailable(portal.get(path), AWAY)
        assert 'lang="ar" dir="rtl"' in portal.get("/ar/composition/").text
        assert_unavailable(portal.sign_in(), AWAY)
        assert_machines_answer(portal)
        assert portal.get("/readyz").status_code == 503
    finally:
        server.start()
    assert portal.get("/en/composition/").status_code == 200
    assert portal.sign_in().status_code == 302
    portal.becomes(200, "/readyz")


@pytest.mark.long
def test_readers_behind_nginx_get_what_was_seen_while_the_portal_runs_without_it(server, portal, tmp_path):
    call_command("make_error_pages", tmp_path / "errors", verbosity=0)
    (tmp_path / "static").mkdir()
    port = int(portal.address.rpartition(":")[2])
    with nginx.temporary_server(port, tmp_path) as front:
        site = Site(front, port)
        seen = site.ask("/en/composition/")
        assert seen.status == 200
        site.after(61)
        server.stop()
        try:
            copy, never = site.ask("/en/composition/"), site.ask("/ar/composition/")
        finally:
            server.start()
        assert (copy.status, copy.body) == (200, seen.body)
        assert never.status == 503 and never.headers["retry-after"] and 'dir="rtl"' in never.text
        assert [site.ask("/ar/composition/").status, site.ask("/en/composition/").status] == [200, 200]


@contextmanager
def frozen(server):
    """It neither answers nor closes a connection; the machine still takes what is sent to it."""
    pid = server.process.pid
    pids = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    for each in pids:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in pids:
            os.kill(each, signal.SIGCONT)


def test_nobody_waits_long_for_one_that_is_frozen(server, portal):
    assert portal.get("/en/composition/").status_code == 200
    with frozen(server):
        for path in ("/en/composition/", "/en/subjects/", "/en/accounts/login/"):
            answer = portal.get(path)
            assert_unavailable(answer, AWAY)
            assert answer.elapsed.total_seconds() < 20  # by itself it would not end before gunicorn kills the worker
        assert_machines_answer(portal)
    assert portal.get("/en/composition/").status_code == 200
    assert portal.sign_in().status_code == 302


def test_reading_goes_on_while_it_may_only_be_read(server, portal):
    read_only = "ALTER SYSTEM SET default_transaction_read_only = {}"
    tell(server, read_only.format("on"), "SELECT pg_reload_conf()")
    try:
        portal.becomes(503, "/readyz")
        assert portal.get("/en/subjects/").status_code == 200
        assert_unavailable(portal.sign_in(), "cannot count attempts")
        assert_machines_answer(portal)
    finally:
        tell(server, "SET default_transaction_read_only = off", read_only.format("off"), "SELECT pg_reload_conf()")
    assert portal.sign_in().status_code == 302


def test_reading_goes_on_while_its_disk_is_full(server, portal, small_disk):
    os.chown(small_disk, server.account.pw_uid, server.account.pw_gid)
    tell(server, f"CREATE TABLESPACE small LOCATION '{small_disk}'")
    tell(server, "TRUNCATE django_session", "ALTER TABLE django_session SET TABLESPACE small")
    rest = fill_up(small_disk)
    try:
        assert portal.get("/en/resolutions/").status_code == 200
        assert_unavailable(portal.sign_in(), NOTHING_TAKEN)
    finally:
        rest.unlink()
    assert portal.sign_in().status_code == 302
    tell(server, "ALTER TABLE django_session SET TABLESPACE pg_default", "DROP TABLESPACE small")
