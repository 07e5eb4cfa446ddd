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
    """Length, rate, and ratios of one page: to the bare view, of ten times the data, of an unchanged page.

    The last is given twice: of the whole answer, and of what the portal adds to the cost of a bare answer.
    """
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
        "unchanged of all": _ratio(rates["page"], rates["unchanged"]),
        "unchanged cost": _added(rates["unchanged"], rates["page"], rates["bare"]),
    }


def _added(unchanged, page, bare):
    """What an unchanged page adds to the cost of a bare answer, as a part of what the page adds to it.

    The costs of the connection, of gunicorn, of Django's own request and of this client are in all three.
    """
    rounds = zip(unchanged, page, bare, strict=True)
    return median(max(0, 1 / one - 1 / none) / (1 / made - 1 / none) for one, made, none in rounds)


def _ratio(ones, others):
    """The median of the ratios of pairs that were measured one after the other."""
    return median(one / other for one, other in zip(ones, others, strict=True))
