"""The databases and servers of one run, all of them ours and ended with it."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
EMPTY = "template1"  # the database that PostgreSQL copies where nothing else is said
BROWSER = {"Accept-Encoding": "br, gzip"}


def environment(database_url="", port=0, **variables):
    """What a process of the portal sees: everything as delivered, but for what each run has of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    own = {
        "DJANGO_SETTINGS_MODULE": "iscg_portal.settings",
        "DATABASE_URL": database_url,
        "CACHE_URL": "dummycache://",
        "PORT": str(port or 8000),
        "PYTHONPATH": str(ROOT),
    }
    return kept | own | variables


def run(*arguments, database_url="", **variables):
    """Run one of our modules to its end and give what it prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(database_url, **variables),
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed.")
    return done.stdout


def json_of(*arguments, **options):
    """As `run`; gives what the module prints last, which is JSON."""
    return json.loads(run(*arguments, **options).splitlines()[-1])


def new_database(place, name, template=EMPTY):
    """The DATABASE_URL of an empty database: a file where `place` is a folder, else one of a PostgreSQL server.

    `template` names a database of this run that is copied.
    """
    if isinstance(place, Path):
        if template != EMPTY:
            shutil.copy(place / f"{template}.sqlite3", place / f"{name}.sqlite3")
        return f"sqlite:///{place / name}.sqlite3"
    address, _, host = place.partition("?host=")
    connection = psycopg2.connect(host=host, user="iscg", dbname="postgres")
    connection.autocommit = True
    connection.cursor().execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    connection.close()
    return f"{address.rpartition('/')[0]}/{name}?host={host}"


def free_port():
    """A port on the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(application, database_url="", workers=2, **variables):
    """gunicorn with sync workers on the loopback; yields its port and its process id."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, f"--workers={workers}", "--worker-class=sync"]
    command += [f"--bind=127.0.0.1:{port}", "--log-level=error", "--timeout=60"]
    command += ["--config=bench/bare_gunicorn.py"] if application == "bench.bare" else []
    process = subprocess.Popen(command, cwd=ROOT, env=environment(database_url, port, **variables))
    try:
        _wait_for(port, process)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(port, process):
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            fetch(port, "/", status=None)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("gunicorn does not start.")


def fetch(port, path, headers=None, status=200):
    """(headers in lower case, body) of one whole answer; ends the run where it has another status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if status and answer.status != status:
        raise SystemExit(f"{path} answers {answer.status}.")
    return {name.lower(): value for name, value in answer.getheaders()}, body
