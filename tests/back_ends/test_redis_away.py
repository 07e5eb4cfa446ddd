"""Redis stopped, silent, full, or read-only, where attempts are counted in it: a real redis-server."""

import shutil
import signal
import subprocess
import time
from contextlib import contextmanager

import pytest
import redis

from tests.back_ends.portal import assert_machines_answer, assert_unavailable, free_port, serving, wait_for

NOT_COUNTED = "cannot count attempts"


class Redis:
    """A redis-server in memory, on the loopback."""

    def __init__(self):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self):
        command = [shutil.which("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(self.port)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)

    def tell(self, *words):
        redis.Redis(port=self.port).execute_command(*words)


@pytest.fixture(scope="module")
def server():
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    server = Redis()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def portal(server, filled, tmp_path_factory):
    database = shutil.copy(filled, tmp_path_factory.mktemp("database"))
    with serving(f"sqlite:///{database}", CACHE_URL=server.url) as portal:
        yield portal


@contextmanager
def stopped(server):
    server.stop()
    yield
    server.start()


@contextmanager
def silent(server):
    """It takes connections and never answers."""
    server.process.send_signal(signal.SIGSTOP)
    yield
    server.process.send_signal(signal.SIGCONT)


@contextmanager
def full(server):
    server.tell("CONFIG", "SET", "maxmemory", "1")
    yield
    server.tell("CONFIG", "SET", "maxmemory", "0")


@contextmanager
def read_only(server):
    """A copy of another server, as after a change of machines that went wrong."""
    server.tell("REPLICAOF", "127.0.0.1", "1")
    yield
    server.tell("REPLICAOF", "NO", "ONE")


@pytest.mark.parametrize("broken", [stopped, silent, full, read_only])
def test_reading_goes_on_and_nobody_signs_in_or_guesses_without_it(server, portal, broken):
    assert portal.sign_in().status_code == 302
    with broken(server):
        began = time.monotonic()
        assert portal.get("/en/composition/").status_code == 200
        for password in ("a guess that is wrong", "correct horse battery staple"):
            assert_unavailable(portal.sign_in(password), NOT_COUNTED)
        assert time.monotonic() - began < 15
        assert_machines_answer(portal)
        assert portal.get("/readyz").status_code == 200
    assert_signing_in_comes_back(portal)


def assert_signing_in_comes_back(portal):
    """As soon as the worker asks Redis again."""
    end = time.monotonic() + 15
    while (status := portal.sign_in().status_code) != 302:
        assert status == 503 and time.monotonic() < end
        time.sleep(0.5)


def test_a_redis_that_says_nothing_holds_a_worker_once_and_not_at_each_request(server, portal):
    with silent(server):
        portal.sign_in()
        began = time.monotonic()
        for _ in range(5):
            assert_unavailable(portal.sign_in(), NOT_COUNTED)
        assert time.monotonic() - began < 2
    assert_signing_in_comes_back(portal)


def test_guesses_are_counted_in_it(server, portal):
    server.tell("FLUSHALL")
    answers = [portal.sign_in("a guess that is wrong").text for _ in range(6)]
    assert ["Too many attempts" in answer for answer in answers] == [False] * 5 + [True]
    server.tell("FLUSHALL")
