"""Requests per second of public pages, by wrk, as ratios to what was asked in the same rounds.

That is a bare view for what the portal answers itself, and a static file of the same length for what nginx answers.
"""

import re
import shutil
import signal
import subprocess
import tempfile
import time
from importlib import import_module
from itertools import count
from pathlib import Path
from statistics import median

from bench.servers import BROWSER, ROOT, fetch
from tools import nginx

ROUNDS, CONNECTIONS = 3, 4
SECONDS, LONGER = 1, (5, 30)
SECONDS_OF_A_PAGE, SECONDS_OF_BARE = 0.4, 0.2  # where each page is measured; the bare view answers a thousand in that
FIRSTS = count(0, 700)  # no two rounds begin with the same day
SOME_DAY = "on=2021-02-03"


def portal_that_keeps_no_page():
    """The WSGI application without its page cache: it makes every page that is asked for."""
    from iscg_portal.wsgi import application  # makes Django ready

    import_module("iscg_portal.web.page_cache").kept_pages.most_bytes_of_a_page = 0
    return application


def rate(*asked, **options):
    """Requests answered in a second: what `answered` is given."""
    return answered(*asked, **options)[1]


def answered(port, path, headers=BROWSER, other_days=False, site="http://127.0.0.1", seconds=SECONDS):
    """(requests answered, those of a second) over four connections; each for another day, if that is asked for.

    What answers none in that time is asked for longer.
    """
    asking = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    asking += ["-s", ROOT / "bench" / "never_seen.lua"] if other_days else []
    asking += [f"{site}:{port}{path}", *(["--", str(next(FIRSTS))] if other_days else [])]
    for patience in (seconds, *LONGER):
        said = _said_by_wrk(patience, asking)
        found = re.search(r"(\d+) requests in .*Requests/sec:\s+([\d.]+)", said, re.DOTALL)
        if "Non-2xx" in said:
            break
        if found and int(found[1]):
            time.sleep(CONNECTIONS / float(found[2]))  # what was asked last is still being made
            return int(found[1]), float(found[2])
    raise SystemExit(f"{path} was not answered as it should be:\n{said}")


def _said_by_wrk(seconds, asking):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "-d1m", "--timeout=30s", *asking]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as wrk:
        time.sleep(seconds)
        wrk.send_signal(signal.SIGINT)  # it counts until then; by itself it knows whole seconds only
        return wrk.communicate()[0]


def in_turns(*asked):
    """The rates of each of the given `rate` calls, round by round: what slows the machine slows all.

    A worker is warm before it answers, and the median forgets a first round that was slow.
    """
    rounds = [[ask() for ask in asked] for _ in range(ROUNDS)]
    return list(zip(*rounds, strict=True))


def measure_seen(ports, path):
    """Bytes, and the ratios to the bare view of a page seen before: asked for without its ETag, and with it."""
    headers, body = fetch(ports["once"], path, BROWSER)
    known = BROWSER | {"If-None-Match": headers["etag"]}
    bare, seen, unchanged = in_turns(
        lambda: rate(ports["bare"], f"/{len(body)}/"),
        lambda: rate(ports["once"], path),
        lambda: rate(ports["once"], path, known),
    )
    return len(body), median(seen), _ratio(seen, bare), _ratio(unchanged, bare)


def measure_never_seen(ports, path, tenfold_path):
    """The day asked for, requests per second of a page that is made, the ratio to the bare view, the cost of tenfold.

    Where the page takes a day, each request asks for another one.
    """
    _headers, body = fetch(ports["made"], path, BROWSER)
    redirect, _none = fetch(ports["made"], f"{path}{'&' if '?' in path else '?'}{SOME_DAY}", BROWSER, status=None)
    other_days = "location" not in redirect
    options = {"other_days": other_days, "seconds": SECONDS_OF_A_PAGE}
    bare, once, tenfold = in_turns(
        lambda: rate(ports["bare"], f"/{len(body)}/", seconds=SECONDS_OF_BARE),
        lambda: rate(ports["made"], path, **options),
        lambda: rate(ports["tenfold"], tenfold_path, **options),
    )
    day = "another each time" if other_days else "none"
    return day, median(once), _ratio(once, bare), _ratio(once, tenfold)


def measure_behind_nginx(port, pages):
    """For each page: bytes, requests in a second of nginx's time once it has the page, and the ratio to its own file.

    The file has the same length. Seconds are those of the processor, since wrk works on the same machine.
    """
    with tempfile.TemporaryDirectory(prefix="iscg-static-") as public:
        (Path(public) / "static").mkdir()
        with nginx.temporary_server(port, public) as server:
            for path in pages:
                length = len(fetch(port, path, BROWSER)[1])
                (Path(public) / "static" / f"{length}.bin").write_bytes(b"0" * length)
                kept, file = in_turns(
                    lambda path=path: _rate_of_nginx(server, path),
                    lambda length=length: _rate_of_nginx(server, f"/static/{length}.bin"),
                )
                yield length, median(kept), _ratio(kept, file)


def _rate_of_nginx(server, path):
    """Requests answered in a second of the processor's time that nginx takes."""
    before = server.processor_seconds
    number, _per_second = answered(server.port, path, site="https://localhost")
    return number / (server.processor_seconds - before)


def require_wrk():
    """End with a sentence where wrk is missing."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed. As root on Debian: apt-get install wrk")


def _ratio(ones, others):
    """The median of the ratios of pairs that were measured one after the other."""
    return median(one / other for one, other in zip(ones, others, strict=True))
