"""A new worker is warm before it answers: its first request takes about as long as a later one."""

import re
import time
from statistics import median

import pytest
import requests
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections

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


def seconds_of_requests(pages):
    """How long each request to a worker that has just started takes."""
    took = []
    with serving(workers=1) as (address, _process), requests.Session() as reader:
        for page in pages:
            began = time.monotonic()
            assert reader.get(f"{address}/en/subjects/{page}/", timeout=60).ok
            took.append(time.monotonic() - began)
    return took


@pytest.mark.django_db(transaction=True)
def test_the_first_request_costs_at_most_thrice_a_later_one():
    pages = [w.subject(f"S{number}").slug for number in range(LATER)]
    times = min(ratio(seconds_of_requests(pages)) for _try in range(2))  # another process may have had its turn
    assert times <= MOST, f"{times:.1f} times"


def ratio(took):
    return took[0] / median(took[1:])
