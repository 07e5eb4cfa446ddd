"""Eight write into one SQLite file at once, while two read: nobody waits long, and nobody sees “locked”.

Two of the eight save pages of the admin, which cost most of their time before they write; the others only write.
"""

import re
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from multiprocessing import get_context

from django.db import DatabaseError, connections
from django.test import Client
from django.test.utils import setup_test_environment

from iscg_portal.history import save_with_reason
from tests import world
from tests.admin.conftest import as_sent, page_of

PATIENCE = 2  # seconds, in which 99 of 100 are answered
LOCKED = re.compile(rb"\blocked\b|Traceback|OperationalError")
PAGES = ("/en/composition/", "/fr/subjects/", "/en/resolutions/", "/ar/", "/en/changes.atom", "/admin/")


def write(number, ends):
    """What one of the secretariat meets, who saves the page of a person again and again until the moment."""
    browser = Client(raise_request_exception=False)
    browser.force_login(world.staff_account(f"writer{number}@example.org", name=f"Number {number} Writer"))
    page = page_of(world.person(f"Number {number} Testperson"))
    return [answer for turn in count_until(ends) for answer in _save(browser, page, turn)]


def _save(browser, page, turn):
    opened, answer = timed(browser.get, page)
    if opened.status_code != 200:
        return [answer]
    data = as_sent(opened) | {"honorific": f"No. {turn}"}
    saved, took = timed(browser.post, page, {key: value for key, value in data.items() if value is not None})
    return [answer, ("saving", took[1], f"{saved.status_code} to a saving" if saved.status_code != 302 else took[2])]


def enter(number, ends):
    """What an act meets that writes a person and its history as fast as it can, such as an import in the sender."""
    person = world.person(f"Number {number} Madeup")
    return [_write(person, turn) for turn in count_until(ends)]


def _write(person, turn):
    began, wrong = time.monotonic(), ""
    person.honorific = f"No. {turn}"
    try:
        save_with_reason(person, "Written at the same moment")
    except DatabaseError as error:
        wrong = str(error)
    return "saving", time.monotonic() - began, wrong


def read(number, ends):
    """What a reader meets, who goes from page to page until the moment."""
    browser = Client(raise_request_exception=False)
    return [timed(browser.get, PAGES[turn % len(PAGES)])[1] for turn in count_until(ends)]


def count_until(ends):
    """0, 1, 2… until the moment, at least once."""
    for turn in count():
        yield turn
        if time.time() > ends:
            return


def timed(ask, *arguments):
    """The answer, and (“reading”, seconds, what is wrong with it)."""
    began = time.monotonic()
    answer = ask(*arguments)
    seconds = time.monotonic() - began
    return answer, ("reading", seconds, fault_of(answer))


def fault_of(answer):
    """What is wrong with an answer, in words."""
    if answer.status_code >= 500:
        return f"{answer.status_code} to {answer.wsgi_request.path}"
    return "an answer that says “locked”" if LOCKED.search(answer.content) else ""


AT_ONCE = (write,) * 2 + (enter,) * 6 + (read,) * 2


def work(seconds, at_once=AT_ONCE):
    """{"writes", "reads", "slow": share that took longer than `PATIENCE`, "slowest", "faults", "told"}."""
    for number, each in enumerate({*at_once}):
        each(f"{number} to warm up", 0)  # workers are warm before they answer
    connections.close_all()  # two processes on one connection would be one too many
    ends = time.time() + seconds
    with ProcessPoolExecutor(len(at_once), mp_context=get_context("fork")) as pool:
        working = [pool.submit(each, number, ends) for number, each in enumerate(at_once)]
        met = [answer for one in working for answer in one.result()]
    took, faults = sorted(seconds for _kind, seconds, _wrong in met), [wrong for *_said, wrong in met if wrong]
    kinds = Counter(kind for kind, *_said in met)
    return {
        "writes": kinds["saving"],
        "reads": kinds["reading"],
        "slow": sum(seconds > PATIENCE for seconds in took) / len(took),
        "slowest": took[-1],
        "faults": len(faults),
        "told": sorted(set(faults))[:5],
    }


def main(seconds):
    """On the portal of the environment, by ten processes."""
    setup_test_environment()  # a page says which form it shows
    return work(seconds)
