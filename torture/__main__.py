"""`python -m torture [PART...] [--scale 0.01] [--minutes 5]`: every part, or those named; exit status 1 for a fault.

The parts: hostile, races, kills, readers, memory, writers. Without a scale each goes as far as was asked for, but no
part longer than its minutes on one database; what was not reached is said.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.servers import run
from bench.table import Report, at_least, at_most, noted
from tools import postgres
from torture.portal import Portals, inside

HOSTILE, RACES, KILLS, READERS = 200_000, 1_000, 200, 10_000
FIRST, LAST, MOST_GROWTH = 5_000, 50_000, 5  # requests, requests, megabytes
SECONDS_OF_WRITING, MOST_SLOW = 60, 0.01
ACTS_RACED = ("seat", "Coordinator", "number", "publishing", "link", "import")
ACTS_KILLED = ("import", "publishing", "rendering", "sending", "backup", "restore")
MINUTES = 30


class Run:
    """One run: its scale and time, its portals on both databases, and what it found."""

    def __init__(self, portals, folder, scale, minutes):
        self.portals, self.folder, self.scale, self.seconds = portals, folder, scale, minutes * 60
        self.report, self.short = Report(), False

    def scaled(self, count, least=1):
        return max(least, round(count * self.scale))

    def reached(self, done, asked):
        """A cell: how far it came; noted where that is less than asked, and no fault of the portal."""
        self.short |= done < asked
        return noted(done)

    def tell(self, found):
        """What is wrong, one line each, so that it can be tried again."""
        for fault in found["told"]:
            print(f"    {fault}")


def hostile(run):
    """Hostile requests on each database."""
    asked, rows, found = run.scaled(HOSTILE), [], []
    for kind, portals in run.portals.items():
        found.append(portals.new("hostile", "record").run("hostile", asked, run.seconds))
        statuses = ", ".join(f"{many:,} × {status}" for status, many in found[-1]["statuses"].items())
        rows.append([kind, run.reached(found[-1]["asked"], asked), at_most(found[-1]["faults"], 0, ",d"), statuses])
    run.report.table(f"Hostile requests, {asked:,} asked for", ["", "asked", "5xx or none (0)", "answered"], rows)
    for each in found:
        run.tell(each)


def of_acts(run, part, names, asked, done, title):
    """A table of acts on both databases: how often each was done, and what went wrong."""
    rows, found = [], []
    for name in names:
        for kind, portals in run.portals.items():
            one = portals.new(f"{part}-{name}", "tables").run(part, name, asked, run.seconds / len(names))
            found.append(one)
            faults, pace = at_most(one["faults"], 0, ",d"), noted(one["seconds"], ",.0f")
            rows.append([name, kind, run.reached(one[done], asked), faults, pace])
    total = sum(one[done] for one in found)
    run.report.table(title, ["", "", f"{done} ({asked:,})", "faults (0)", "seconds"], rows)
    print(f"    {total:,} in all")
    for each in found:
        run.tell(each)


def races(run):
    """Two at once for each thing that one can have."""
    of_acts(run, "races", ACTS_RACED, run.scaled(RACES), "races", "Races of two: one wins, the other is told so")


def kills(run):
    """Acts killed at random steps; the kills are shared out among them."""
    share = -(-run.scaled(KILLS) // len(ACTS_KILLED))
    of_acts(run, "kills", ACTS_KILLED, share, "kills", "Kills at random steps: nothing half done, lost or doubled")


def readers(run):
    """Readers behind nginx, and nobody behind it."""
    asked = run.scaled(READERS, 40)
    found = inside("readers", str(run.folder / "readers"), asked, run.seconds)
    row = ["nginx", noted(found["pages"]), run.reached(found["asked"], asked), at_most(found["faults"], 0, ",d")]
    columns = ["", "pages and forms", f"asked ({asked:,})", "other than 200 (0)"]
    run.report.table("Readers while application and database are stopped", columns, [row])
    run.tell(found)


def memory(run):
    """What a worker weighs."""
    first, last = run.scaled(FIRST), run.scaled(LAST)
    found = run.portals["SQLite"].new("memory", "record").run("memory", last, first, run.seconds)
    rows = [[f"{asked:,}", noted(weight, ".1f")] for asked, weight in found]
    run.report.table("A worker’s megabytes after so many requests", ["requests", "MB"], rows)
    grown = found[-1][1] - found[0][1]
    row = ["grown", at_most(grown, MOST_GROWTH, ".1f"), run.reached(found[-1][0], last)]
    run.report.table(f"From {found[0][0]:,} requests on", ["", f"MB (≤ {MOST_GROWTH})", f"requests ({last:,})"], [row])


def writers(run):
    """Eight writers on SQLite."""
    seconds = min(run.scaled(SECONDS_OF_WRITING, 2), run.seconds)
    found = run.portals["SQLite"].new("writers", "record").run("writers", seconds)
    row = [
        f"{seconds:.0f} s",
        at_least(found["writes"], 8, ",d"),
        noted(found["reads"]),
        at_most(100 * found["slow"], 100 * MOST_SLOW),
        noted(found["slowest"], ".1f"),
        at_most(found["faults"], 0, ",d"),
    ]
    columns = ["", "writes", "reads", "% over 2 s (≤ 1)", "slowest, s", "“locked” or 5xx (0)"]
    run.report.table("Eight writers and two readers on one SQLite file", columns, [row])
    run.tell(found)


PARTS = {part.__name__: part for part in (hostile, races, kills, readers, memory, writers)}


def main(arguments):
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--scale", type=float, default=1, help="of the numbers that were asked for")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="that a part may take on one database")
    given = parser.parse_args(arguments)
    if unknown := set(given.parts) - {*PARTS}:
        parser.error(f"There is no part {', '.join(sorted(unknown))}.")
    sys.stdout.reconfigure(line_buffering=True)  # each part is told when it is over, also into a file
    run("manage.py", "collectstatic", "--noinput", "--verbosity=0", database_url="sqlite://:memory:")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="iscg-torture-")))
        places = {"SQLite": folder, "PostgreSQL": stack.enter_context(postgres.temporary_server())}
        portals = {kind: Portals(place, folder / kind) for kind, place in places.items()}
        one = Run(portals, folder, given.scale, given.minutes)
        for name in given.parts or PARTS:
            PARTS[name](one)
    print("\nSome parts did not come as far as asked for, in their time." if one.short else "")
    print(
        f"{one.report.missed} figures are not as they should be (marked with !)." if one.report.missed else "No fault."
    )
    return 1 if one.report.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
