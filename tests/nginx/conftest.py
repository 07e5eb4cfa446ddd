"""A real nginx with the files of deploy/nginx, one a session, before an application that can be stopped."""

import http.client
import ssl
import struct
import time
from contextlib import contextmanager
from threading import Thread
from typing import NamedTuple

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from tests import world as build
from tools.nginx import free_port, temporary_server

BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept": "text/html,*/*;q=0.8"}
NAMELESS = ssl._create_unverified_context()  # the certificate is of nobody
VALID_UNTIL = struct.Struct("=q")  # of a kept page, in seconds, behind the eight bytes of the format's version


class Answer(NamedTuple):
    """What came back: status, headers in lower case, and the whole body."""

    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()


class Site:
    """nginx as a reader meets it, and the application behind it."""

    def __init__(self, server, port):
        self.server, self.port, self.running, self.lines = server, port, None, 0

    def ask(self, path, method="GET", body=None, source="127.0.0.1", **headers):
        """One request over a connection of its own; `accept_encoding="br"` is a header."""
        connection = http.client.HTTPSConnection(
            "localhost", self.server.port, timeout=30, context=NAMELESS, source_address=(source, 0)
        )
        connection.connect()  # by now nginx has written what it answered before
        self.lines = len(self.server.logs.splitlines())
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, BROWSER | {name.title(): value for name, value in given.items()})
        answer = connection.getresponse()
        found = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return found

    def start(self, application=None):
        """The portal, or another WSGI application, behind nginx."""
        self.stop()
        self.running = ThreadedWSGIServer(("127.0.0.1", self.port), Quiet)
        self.running.daemon_threads = True
        self.running.set_app(application or WSGIHandler())
        Thread(target=self.running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self):
        """Nobody answers nginx any more."""
        if self.running:
            self.running.shutdown()
            self.running.server_close()
        self.running = None

    @contextmanager
    def stopped(self):
        """While the portal is down."""
        self.stop()
        yield
        self.start()

    def after(self, seconds):
        """So much time passes for what is kept: it is to be renewed so much earlier."""
        for path in self.server.kept:
            with path.open("r+b") as file:
                file.seek(8)
                until = VALID_UNTIL.unpack(file.read(8))[0]
                file.seek(8)
                file.write(VALID_UNTIL.pack(until - seconds))

    @property
    def how(self):
        """How nginx came by its last answer: HIT, MISS, EXPIRED, REVALIDATED, STALE, or “-”."""
        for _ in range(100):
            if len(self.server.logs.splitlines()) > self.lines:
                break
            time.sleep(0.01)
        return self.server.logs.split()[-1]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Says nothing."""


@pytest.fixture(scope="session")
def portal_port():
    return free_port()


@pytest.fixture(scope="session")
def public(tmp_path_factory):
    """What nginx reads from the disk."""
    public = tmp_path_factory.mktemp("public")
    call_command("make_error_pages", public / "errors", verbosity=0)
    (public / "static" / "css").mkdir(parents=True)
    for name in ("base.css", "base.0123456789ab.css"):
        (public / "static" / "css" / name).write_text("body { color: black }")
    return public


@pytest.fixture(scope="session")
def nginx(portal_port, public):
    with temporary_server(portal_port, public) as server:
        yield server


@pytest.fixture
def front(nginx, portal_port):
    """nginx with nothing kept and nobody behind it."""
    for kept in nginx.kept:
        kept.unlink(missing_ok=True)
    for path in (nginx.folder / "log").iterdir():
        path.write_text("")
    site = Site(nginx, portal_port)
    yield site
    site.stop()


@pytest.fixture
def site(transactional_db, world, front):
    """The portal with the standing ISCG behind nginx."""
    front.start()
    return front


@pytest.fixture
def paper(site):
    """A public document with a file; its page, its file, the ZIP, and what lists it."""
    made = build.document(build.meeting("25-7"), "Vanishing, made up")
    made.own = ["/en/documents/iscg-25-7-01/", build.document_file(made).address, "/en/meetings/25-7.zip"]
    made.lists = ["/en/documents/", "/en/meetings/25-7/", "/en/changes.atom", "/en/documents.json"]
    return made
