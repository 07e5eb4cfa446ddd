"""What the processes of the portal weigh when many different addresses are asked for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from importlib import import_module
from itertools import count
from pathlib import Path

import psycopg2

from bench.servers import BROWSER, fetch, serving
from bench.targets import ADDRESSES_TRIED, PAGES_KEPT

PAGES = ("/en/", "/ar/composition/", "/en/subjects/", "/fr/coordinators/", "/en/meetings/?when=over")
FIRST_DAY = date(2020, 6, 15)
TO_WARM_UP = 2_000
AT_ONCE = 4
MEGABYTE = 1_000_000
SMALL_CACHE = 2_000_000  # bytes: its bound is reached while warming up


def portal_with_a_small_cache():
    """The WSGI application whose page cache is full at once: what grows then, grows for ever."""
    from iscg_portal.wsgi import application  # makes Django ready

    kept_pages = import_module("iscg_portal.web.page_cache").kept_pages
    kept_pages.most_bytes = SMALL_CACHE
    return application


def addresses():
    """Addresses that never repeat: page by page, another day each time round."""
    for number in count():
        page = PAGES[number % len(PAGES)]
        day = FIRST_DAY + timedelta(days=number // len(PAGES))
        yield f"{page}{'&' if '?' in page else '?'}on={day}"


def ask_for(port, asked):
    """Ask for every address, a few at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _answer in pool.map(lambda address: fetch(port, address, BROWSER), asked):
            pass


def memory_of(pid):
    """The megabytes that a process holds for itself, without what it shares with others."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) * 1024 / MEGABYTE


def workers_of(server):
    """The process ids of a server's workers."""
    return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def backends_of(database):
    """The process ids of the PostgreSQL backends that serve a database; none on SQLite."""
    if database.startswith("sqlite"):
        return []
    with psycopg2.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def weigh_kept_pages(database):
    """Megabytes that a worker weighs more for keeping 2,000 pages."""
    asked = addresses()
    with serving("iscg_portal.wsgi", database, workers=1) as (port, server):
        ask_for(port, (next(asked) for _ in range(200)))
        (worker,) = workers_of(server)
        before = memory_of(worker)
        ask_for(port, (next(asked) for _ in range(PAGES_KEPT)))
        return memory_of(worker) - before


def watch_growth(database):
    """Megabytes by which the worker and the backend that grow most do so, beyond the bound of a small cache."""
    asked = addresses()
    with serving("bench.growth:portal_with_a_small_cache()", database) as (port, server):
        ask_for(port, (next(asked) for _ in range(TO_WARM_UP)))
        kinds = (workers_of(server), backends_of(database))
        before = [{pid: memory_of(pid) for pid in pids} for pids in kinds]
        ask_for(port, (next(asked) for _ in range(ADDRESSES_TRIED)))
        return [max((memory_of(pid) - held for pid, held in kind.items()), default=0.0) for kind in before]
