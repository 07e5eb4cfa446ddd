"""Real processes of the portal for the tests, on the database of the test: gunicorn and the sender."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import requests
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
COLD = ["--config", "python:tests.cold_gunicorn"]


def database_url():
    """That of the database that the test is on."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    user = ":".join(quote(told[name], safe="") for name in ("USER", "PASSWORD") if told[name])
    host = told["HOST"] or told["OPTIONS"].get("host", "")
    if host.startswith("/"):  # the folder of a socket
        return f"postgres://{user}@/{told['NAME']}?host={host}"
    return f"postgres://{user}@{host}:{told['PORT'] or 5432}/{told['NAME']}"


def environment(**variables):
    """What a process of the portal sees. Styles and scripts are not collected for a test, hence DEBUG."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    own = {"DATABASE_URL": database_url(), "MEDIA_ROOT": str(settings.MEDIA_ROOT), "DEBUG": "on"}
    return kept | own | {"DJANGO_SETTINGS_MODULE": "iscg_portal.settings"} | variables


def free_port():
    """A port on the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(*command, log=None, **variables):
    """A process of the portal, ended with the test if it has not ended by itself. `log` is a file for its errors."""
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment(**variables), stderr=log)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


@contextmanager
def serving(workers=2, application="iscg_portal.wsgi", warm=False, **variables):
    """gunicorn as delivered, `warm` or not: the address at which it answers, and its process."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = ["-m", "gunicorn", application, f"--workers={workers}", "--log-level=error"]
    command += [] if warm else COLD
    with running(*command, PORT=str(port), **variables) as process:
        until(lambda: answers(f"{address}/healthz"), seconds=180)
        yield address, process


def answers(address):
    """Whether anything answers there."""
    try:
        return requests.get(address, timeout=30).ok
    except (requests.ConnectionError, requests.Timeout):
        return False


def until(holds, seconds=15):
    """Wait until it is so; fails where it is not in time."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)
    return found
