"""Readers behind nginx, with the files of deploy/, while application and database are stopped: each gets the page."""

import http.client
import random
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from bench.servers import ROOT, run, serving
from tests.nginx.conftest import NAMELESS, Site
from tools import nginx, postgres
from torture.bounds import Bounds
from torture.portal import Portals

FORMS = ("gzip, deflate, br", "gzip", "identity")
AT_ONCE = 4
MOST_TOLD = 5


class Reader:
    """A browser that keeps its connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPSConnection("localhost", port, timeout=30, context=NAMELESS)

    def ask(self, path, form):
        """The status and content; 0 where nothing comes."""
        try:
            self.connection.request("GET", path, headers={"Accept-Encoding": form})
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return 0, b""


def warm(port, most=None):
    """[(path, form)] of each page of the sitemap, or the first of them, in each form, all of them seen once."""
    reader = Reader(port)
    paths = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", reader.ask("/sitemap.xml", "identity")[1].decode())
    asked = list(product(list(dict.fromkeys(paths))[:most], FORMS))
    return [(path, form) for path, form in asked if reader.ask(path, form)[0] == 200]


def ask_many(port, asked, count, seconds, at_once=AT_ONCE):
    """{"asked", "statuses", "faults": other than 200, "told"} of some readers at once."""

    def play(seed):
        chance, reader, bounds = random.Random(seed), Reader(port), Bounds(count // at_once, seconds)
        return [(reader.ask(path, form)[0], path, form) for _ in bounds for path, form in [chance.choice(asked)]]

    with ThreadPoolExecutor(at_once) as pool:
        met = [one for each in pool.map(play, range(at_once)) for one in each]
    faults = [one for one in met if one[0] != 200]
    statuses = Counter(status for status, *_asked in met)
    return {"asked": len(met), "statuses": statuses, "faults": len(faults), "told": faults[:MOST_TOLD]}


def main(folder, count, seconds):
    """What readers get once gunicorn and PostgreSQL are stopped and every copy is older than its minute."""
    folder = Path(folder)
    public = folder / "public"
    public.mkdir(parents=True)
    (public / "static").symlink_to(ROOT / "var" / "static")
    run("manage.py", "make_error_pages", str(public / "errors"), DATABASE_URL="sqlite://:memory:")
    with postgres.own_server() as server, ExitStack() as stack:
        portal = Portals(server.url, folder).new("readers", "record")
        with serving("iscg_portal.wsgi", portal.url, MEDIA_ROOT=str(portal.media), CACHE_URL="") as (port, _pid):
            site = Site(stack.enter_context(nginx.temporary_server(port, public)), port)
            asked = warm(site.server.port)
        server.stop()
        site.after(61)
        return {"pages": len(asked), **ask_many(site.server.port, asked, count, seconds)}
