"""What machines ask: does the process answer, is it ready, where may robots go."""

import hashlib
import secrets
import time
from contextlib import contextmanager
from threading import Lock

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from iscg_portal.web.public_page import public_file

GOOD_FOR = 10  # seconds
PATIENCE = 5  # seconds


@require_safe
def healthz(request):
    """The process answers."""
    return _line("ok")


@require_safe
def readyz(request):
    """Database, migrations and a write answer; 503 with the reason otherwise. Asked again after ten seconds."""
    reason = verdict()
    return _line(reason, status=503) if reason else _line("ready")


class Readiness:
    """What keeps the portal from being ready, an empty text for nothing; kept for a while, in each worker."""

    def __init__(self):
        self.reason, self.good_until = "", 0.0
        self.lock = Lock()

    def __call__(self) -> str:
        with self.lock:
            if time.monotonic() >= self.good_until:  # no clock that can be set back
                self.reason = what_is_missing()
                self.good_until = time.monotonic() + GOOD_FOR
            return self.reason

    def forget(self):
        """Look again when asked next."""
        self.good_until = 0.0


verdict = Readiness()


def what_is_missing() -> str:
    """Why the portal is not ready; an empty text if it is."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return "The database does not answer."
    if missing:
        return f"{len(missing)} migrations are not applied."
    try:
        write_and_take_back()
    except Error:
        return "The database takes no write."
    return ""


def write_and_take_back():
    """Write a row that waits for no other one, and roll it back. Errors: those of a database that takes no write."""
    with waiting(PATIENCE), transaction.atomic():
        now = timezone.now()
        Session.objects.create(session_key=secrets.token_hex(16), session_data="", expire_date=now)
        transaction.set_rollback(True)


@contextmanager
def waiting(seconds):
    """Inside, a write waits for others so long at most; else as long as the settings say."""
    if connection.vendor != "sqlite":  # there a new row waits for nobody
        yield
        return
    connection.ensure_connection()
    before, connection.patience = connection.patience, seconds
    try:
        yield
    finally:
        connection.patience = before


@public_file
def robots(request):
    """Everything public may be read; signing in is of no use to a robot. Asks no database."""
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    response = _line("\n".join(lines))
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return response


def _line(text, status=200):
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
