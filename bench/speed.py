"""Requests per second of every public page, as ratios to what was measured beside it in the same rounds."""

import json
import subprocess
import sys
from statistics import median

from bench.asking import fetch
from bench.servers import ROOT, environment

ROUNDS, SECONDS = 5, 0.4


def ask_in_turns(targets, rounds=ROUNDS, seconds=SECONDS):
    """{name: [requests per second of each round]}, asked by a process of its own."""
    order = json.dumps({"rounds": rounds, "seconds": seconds, "targets": targets})
    done = subprocess.run(
        [sys.executable, "-m", "bench.asking"],
        cwd=ROOT,
        env=environment(),
        input=order,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise SystemExit("The client failed.")
    return json.loads(done.stdout)["rates"]


def measure_page(ports, path, tenfold_path):
    """Length, rate, and three ratios of one page: to the bare view, of ten times the data, of an unchanged page."""
    page = {"port": ports["once"], "path": path}
    status, headers, body = fetch(page)
    if status != 200:
        raise SystemExit(f"{path} answers {status}.")
    rates = ask_in_turns(
        {
            "bare": {"port": ports["bare"], "path": f"/{len(body)}/"},
            "page": page,
            "tenfold": {"port": ports["tenfold"], "path": tenfold_path},
            "unchanged": page | {"headers": {"If-None-Match": headers["etag"]}},
        }
    )
    return {
        "bytes": len(body),
        "rate": median(rates["page"]),
        "to bare": _ratio(rates["page"], rates["bare"]),
        "tenfold cost": _ratio(rates["page"], rates["tenfold"]),
        "unchanged cost": _ratio(rates["page"], rates["unchanged"]),
    }


def _ratio(ones, others):
    """The median of the ratios of pairs that were measured one after the other."""
    return median(one / other for one, other in zip(ones, others, strict=True))
