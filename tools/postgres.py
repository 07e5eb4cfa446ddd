"""A PostgreSQL of our own for tests and benchmarks: made in seconds, and always ended."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

FAST_AND_FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses="]
PR_SET_PDEATHSIG = 1


class NoPostgresql(RuntimeError):
    """PostgreSQL is not installed here or does not start; the text says which."""


class Server:
    """A server of our own in a new folder, on a Unix socket."""

    def __init__(self, folder: Path):
        self.folder, self.process = folder, None
        self.url = f"postgres://iscg@/postgres?host={folder}"
        self.binaries, self.account = _find_binaries(), _account_without_rights()
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        _initialise(self.binaries, folder, self.account)
        self.start()

    def start(self):
        self.process = _start(self.binaries, self.folder, self.account)

    def stop(self):
        """Whoever is connected is thrown out ("fast shutdown")."""
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)
            self.process = None


@contextmanager
def own_server():
    """Yields a `Server`; ends it afterwards, even if we are killed."""
    folder, server = Path(tempfile.mkdtemp(prefix="iscg-pg-")), None
    try:
        server = Server(folder)
        yield server
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def temporary_server():
    """Yields the DATABASE_URL of an empty server on a Unix socket; ends it afterwards, even if we are killed."""
    with own_server() as server:
        yield server.url


def _find_binaries():
    """Debian keeps them out of the path; elsewhere they are in it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    if shutil.which("initdb") and shutil.which("postgres"):
        return Path(shutil.which("initdb")).parent
    raise NoPostgresql("PostgreSQL is not installed")


def _account_without_rights():
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgresql("there is no account `postgres` or `nobody` to run PostgreSQL as")


def _as(account):
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def _initialise(binaries, folder, account):
    command = [binaries / "initdb", "-D", folder / "data", "-U", "iscg", "-A", "trust", "--no-sync"]
    command += ["--encoding=UTF8", "--locale=C"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **_as(account))
    if done.returncode:
        raise NoPostgresql(f"PostgreSQL could not be initialised: {done.stderr.strip()}")


def _start(binaries, folder, account):
    command = [binaries / "postgres", "-D", folder / "data", "-k", folder]
    command += [part for setting in FAST_AND_FORGETFUL for part in ("-c", setting)]
    with open(folder / "log", "w") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, preexec_fn=_die_with_parent, **_as(account)
        )
    for _ in range(300):
        try:
            psycopg2.connect(host=str(folder), user="iscg", dbname="postgres").close()
            return process
        except psycopg2.OperationalError:
            time.sleep(0.1)
        if process.poll() is not None:
            break
    process.kill()
    raise NoPostgresql(f"PostgreSQL does not start: {(folder / 'log').read_text()[-400:]}")


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
