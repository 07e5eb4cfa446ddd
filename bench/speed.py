"""Requests per second of public pages, by wrk, as ratios to what was asked in the same rounds.

That is a bare view for what the portal answers itself, and a static file of the same length for what nginx answers.
"""

import re
import shutil
import subprocess
import tempfile
from importlib import import_module
from itertools import count
from pathlib import Path
from statistics import median

from bench.servers import BROWSER, ROOT, fetch
from tools import nginx

ROUNDS, SECONDS, CONNECTIONS = 3, 1, 4
LONGER = (5, 30)  # seconds
FIRSTS = count(0, 700)  # no two rounds begin with the same day
SOME_DAY = "on=2021-02-03"


def portal_that_keeps_no_page():
    """The WSGI application without its page cache: it makes every page that is asked for."""
    from iscg_portal.wsgi import application  # makes Django ready

    import_module("iscg_portal.web.page_cache").kept_pages.most_bytes_of_a_page = 0
    return application


def rate(port, path, headers=BROWSER, other_days=False, site="http://127.0.0.1"):
    """Requests answered in a second over four connections; each for another day, if that is asked for.

    What answers none in that time is asked for longer.
    """
    asking = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    asking += ["-s", ROOT / "bench" / "never_seen.lua"] if other_days else []
    asking += [f"{site}:{port}{path}", *(["--", str(next(FIRSTS))] if other_days else [])]
    for seconds in (SECONDS, *LONGER):
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout=30s", *asking]
        said = subprocess.run(command, capture_output=True, text=True).stdout
        found = re.search(r"Requests/sec:\s+([\d.]+)", said)
        if "Non-2xx" in said or not found:
            break
        if answered := float(found[1]):
            return answered
    raise SystemExit(f"{path} was not answered as it should be:\n{said}")


def in_turns(*asked):
    """The rates of each of the given `rate` calls, round by round: what slows the machine slows all."""
    for ask in asked:
        ask()  # both workers have seen it once
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
    """Requests per second of a page that is made, as a part of the bare view's, and its cost over ten times the data.

    Where the page takes a day, each request asks for another one.
    """
    _headers, body = fetch(ports["made"], path, BROWSER)
    redirect, _none = fetch(ports["made"], f"{path}{'&' if '?' in path else '?'}{SOME_DAY}", BROWSER, status=None)
    other_days = "location" not in redirect
    bare, once, tenfold = in_turns(
        lambda: rate(ports["bare"], f"/{len(body)}/"),
        lambda: rate(ports["made"], path, other_days=other_days),
        lambda: rate(ports["tenfold"], tenfold_path, other_days=other_days),
    )
    return median(once), _ratio(once, bare), _ratio(once, tenfold)


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
    answered = rate(server.port, path, site="https://localhost") * SECONDS
    return answered / (server.processor_seconds - before)


def require_wrk():
    """End with a sentence where wrk is missing."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed. As root on Debian: apt-get install wrk")


def _ratio(ones, others):
    """The median of the ratios of pairs that were measured one after the other."""
    return median(one / other for one, other in zip(ones, others, strict=True))
