"""A portal in processes of its own, which a test gives a database, a Redis and a disk, and takes them away."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.processes import COLD

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = "tests.back_ends.bare_settings"
EMAIL, PASSWORD = "staff@example.org", "correct horse battery staple"
FILL = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0); call_command("createcachetable")
from members.models import Account
Account.objects.create_superuser({email!r}, {password!r})
"""


def environment(database_url, **variables):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"DJANGO_SETTINGS_MODULE": SETTINGS, "DATABASE_URL": database_url} | variables


def fill(database_url):
    """Make the tables, and an account of staff."""
    code = FILL.format(email=EMAIL, password=PASSWORD)
    if database_url.startswith("postgres"):
        code = code.replace("call_command(", "from django.db import connection\n" + EXTENSION + "call_command(", 1)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(database_url), check=True)


EXTENSION = 'connection.cursor().execute("CREATE EXTENSION IF NOT EXISTS btree_gist")\n'


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Portal:
    """What a test asks the portal."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}"

    def get(self, path, **headers):
        return requests.get(self.address + path, headers=headers, timeout=30, allow_redirects=False)

    def sign_in(self, password=PASSWORD):
        """A new browser that asks for the form of signing in and sends it; its last answer."""
        browser, place = requests.Session(), f"{self.address}/en/accounts/login/"
        page = browser.get(place, timeout=30)
        if page.status_code != 200:
            return page
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        form = {"login": EMAIL, "password": password, "csrfmiddlewaretoken": token}
        return browser.post(place, form, timeout=30, allow_redirects=False, headers={"Referer": place})

    def becomes(self, status, path, seconds=20):
        """Wait until the path answers so."""
        end = time.monotonic() + seconds
        while (answer := self.get(path)).status_code != status:
            assert time.monotonic() < end, f"{path} still answers {answer.status_code}: {answer.text}"
            time.sleep(0.2)


@contextmanager
def serving(database_url, **variables):
    """gunicorn with one worker, for which the rights of files hold, even if it is root."""
    port = free_port()
    bound = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    command = [*bound, sys.executable, "-m", "gunicorn", "iscg_portal.wsgi", "--workers=1", "--log-level=error", *COLD]
    own = {"PORT": str(port), "SECRET_KEY": "made-up-for-a-test-" * 4} | variables
    process = subprocess.Popen(command, cwd=ROOT, env=environment(database_url, **own))
    try:
        wait_for(port)
        yield Portal(port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def wait_for(port, seconds=60):
    """Until somebody listens there."""
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end, "it does not start"
            time.sleep(0.2)


def assert_unavailable(answer, sentence):
    """503 with the sentence and when to come again; nothing of attempts, and no bare error."""
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30"), answer.text
    assert sentence in answer.text
    assert "Too many" not in answer.text
    if answer.headers["Content-Type"] == "application/json":
        assert json.loads(answer.text)["status"] == 503
    else:
        assert "<h1>" in answer.text


def assert_machines_answer(portal):
    """What rests on nothing."""
    for path in ("/healthz", "/robots.txt", "/static/css/base.css"):
        assert portal.get(path).status_code == 200, path
