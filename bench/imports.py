"""Importing 1,000 rows: `python -m bench.imports preview|write FILE` prints seconds and peak memory as JSON."""

import json
import resource
import sys
import time
from datetime import date, timedelta

ROWS = 1_000


def make_file(path):
    """A workbook of 1,000 new Coordinators of the past: five for each made-up subject."""
    from openpyxl import Workbook

    from bench.targets import PERSONS, SUBJECTS

    book = Workbook()
    book.active.append(["subject", "person", "starts_on", "starts_precision", "ends_on", "ends_precision", "source"])
    for n in range(ROWS):
        turn, subject = divmod(n, SUBJECTS)
        first = date(1990, 1, 1) + timedelta(days=1000 * turn)
        person = f"testperson-{(n * 7) % (PERSONS // 2)}"
        last = (first + timedelta(days=1000)).isoformat()
        book.active.append([f"MADE-UP-{subject}", person, first.isoformat(), "day", last, "day", "ISCG/99-1/01"])
    book.save(path)


def main(what, path):
    from iscg_portal.importing.formats import read_file
    from iscg_portal.importing.rows import judge, write
    from subjects.models import Coordinator

    started = time.perf_counter()
    with open(path, "rb") as file:
        sheet = read_file(file.read())
    act = judge if what == "preview" else write
    preview = act(Coordinator, sheet)
    seconds = time.perf_counter() - started
    if preview.counts["added"] != ROWS:
        raise SystemExit(f"The import says {preview.counts}: {preview.rows[0].problems}")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000
    print(json.dumps({"seconds": seconds, "megabytes": megabytes}))


if __name__ == "__main__":
    import django

    django.setup()
    make_file(sys.argv[2]) if sys.argv[1] == "file" else main(*sys.argv[1:])
