"""Requests per second of public pages, by wrk, as ratios to a bare view that was asked in the same rounds."""

import re
import shutil
import subprocess
from itertools import count
from statistics import median

from bench.servers import BROWSER, ROOT, fetch

ROUNDS, SECONDS, CONNECTIONS = 3, 1, 4
FIRSTS = count(1_000_000, 1_000_000)  # no two rounds ask for the same pages


def rate(port, path, headers=BROWSER, never_seen=False):
    """Requests answered in a second over four connections; each for a page never seen, if that is asked for."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout=30s"]
    command += [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command += ["-s", ROOT / "bench" / "never_seen.lua"] if never_seen else []
    command += [f"http://127.0.0.1:{port}{path}", *(["--", str(next(FIRSTS))] if never_seen else [])]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Requests/sec" not in said:
        raise SystemExit(f"{path} was not answered as it should be:\n{said}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


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
    """Requests per second of a page never seen, as a part of the bare view's, and its cost over ten times the data."""
    _headers, body = fetch(ports["once"], path, BROWSER)
    bare, once, tenfold = in_turns(
        lambda: rate(ports["bare"], f"/{len(body)}/"),
        lambda: rate(ports["once"], path, never_seen=True),
        lambda: rate(ports["tenfold"], tenfold_path, never_seen=True),
    )
    return median(once), _ratio(once, bare), _ratio(once, tenfold)


def require_wrk():
    """End with a sentence where wrk is missing."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed. As root on Debian: apt-get install wrk")


def _ratio(ones, others):
    """The median of the ratios of pairs that were measured one after the other."""
    return median(one / other for one, other in zip(ones, others, strict=True))
