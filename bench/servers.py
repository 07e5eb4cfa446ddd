"""The databases and servers of one run, all of them ours and ended with it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent


def environment(database_url="", port=0):
    """What a process of the portal sees: no cache for pages or anything else, everything else as delivered."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "iscg_portal.settings",
        "DATABASE_URL": database_url,
        "CACHE_URL": "dummycache://",
        "PORT": str(port or 8000),
        "PYTHONPATH": str(ROOT),
    }


def run(*arguments, database_url=""):
    """Run one of our modules to its end and give what it prints."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment(database_url), stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed.")
    return done.stdout


def new_database(server_url, name, template="template1"):
    """Make an empty database, or a copy of one, and give its DATABASE_URL."""
    address, _, host = server_url.partition("?host=")
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
def serving(application, database_url=""):
    """gunicorn with two sync workers on the loopback; yields its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--workers=2", "--worker-class=sync"]
    command += [f"--bind=127.0.0.1:{port}", "--log-level=error", "--timeout=60"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(database_url, port))
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(port, process):
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("gunicorn does not start.")
