"""A new worker is warm before it answers: its first request takes about as long as a later one."""

import gc
import re
import runpy
from pathlib import Path
from statistics import median
from types import SimpleNamespace

import pytest
import requests
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections

from bench.growth import workers_of
from front.warming import paths, warm
from iscg_portal.wsgi import application
from tests import world as w
from tests.processes import serving

MOST = 3  # times as long as a later one
LATER = 12


@pytest.fixture(autouse=True)
def connection_of_the_test(monkeypatch):
    """A test is one transaction, so its connection stays open at the end of a request."""
    monkeypatch.setattr("iscg_portal.web.page_cache.close_old_connections", lambda: None)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
def test_one_page_of_each_kind_is_asked_for_and_answers(world):
    asked = list(dict.fromkeys(paths()))
    assert {"/ar/", "/en/meetings/", "/en/accounts/login/"} <= set(asked)
    assert any(re.fullmatch("/en/subjects/.+/", path) for path in asked)
    assert dict(zip(asked, warm(application), strict=True)) == dict.fromkeys(asked, 200)


@pytest.mark.django_db
def test_without_a_database_the_worker_starts_all_the_same(monkeypatch):
    def away():
        raise OperationalError("made up")
        yield

    monkeypatch.setattr("front.warming.paths_of_each_kind", away)
    assert warm(application) == []


def test_gunicorn_makes_each_worker_warm(monkeypatch):
    asked = []
    monkeypatch.setattr("front.warming.warm", asked.append)
    monkeypatch.setattr("iscg_portal.web.patience.be_impatient", lambda: None)
    before = gc.get_threshold()
    try:
        runpy.run_path("gunicorn.conf.py")["post_worker_init"](SimpleNamespace(wsgi=application))
        assert gc.get_threshold()[0] > 700 and gc.get_freeze_count()
    finally:
        gc.set_threshold(*before)
    assert asked == [application]


def worked(pid):
    """How long the threads of a process have been on a processor, in nanoseconds."""
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in Path(f"/proc/{pid}/task").iterdir())


def work_of_requests(pages):
    """What each request to a worker that has just started costs it; what else the machine does counts nothing."""
    took = []
    with serving(workers=1, warm=True) as (address, process), requests.Session() as reader:
        (worker,) = workers_of(process.pid)
        for page in pages:
            before = worked(worker)
            assert reader.get(f"{address}/en/subjects/{page}/", timeout=60).ok
            took.append(worked(worker) - before)
    return took


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_the_first_request_costs_at_most_thrice_a_later_one():
    """In `make test` the two above: gunicorn makes each worker warm, and a warm one has made a page of each kind."""
    pages = [w.subject(f"S{number}").slug for number in range(LATER)]
    first, *later = work_of_requests(pages)
    assert first <= MOST * median(later), f"{first / median(later):.1f} times"
