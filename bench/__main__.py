"""`python -m bench [PART...]`: measures all parts, or those named, against bench/targets.py; exit status 1 if missed.

The parts, and the databases that each needs, are in NEEDS: a file of SQLite, a PostgreSQL of the run's own. Only those
are made and filled.
"""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from bench import acts, targets
from bench.growth import watch_growth, weigh_kept_pages
from bench.servers import EMPTY, json_of, new_database, run, serving
from bench.speed import measure_behind_nginx, measure_never_seen, measure_seen, require_wrk
from bench.table import Report, at_least, at_most, noted
from bench.weight import weigh
from tools import postgres

SIZES = {"once": 1, "tenfold": targets.TENFOLD}
ON_BOTH = ("SQLite", "PostgreSQL")
# What each part is measured on: kinds of databases, and how large a record is in them.
NEEDS = {
    "queries": (ON_BOTH, ("once", "tenfold")),
    "speed": (ON_BOTH, ("once", "tenfold")),
    "nginx": (("SQLite",), ("once",)),
    "weight": (("SQLite",), ("once",)),
    "growth": (ON_BOTH, ("once",)),
    "imports": (("PostgreSQL",), ("once",)),
    "composing": (("PostgreSQL",), ()),
    "finder": (("PostgreSQL",), ("once",)),
    "mapping": (("PostgreSQL",), ()),
    "rollover": (("PostgreSQL",), ()),
    "searching": (ON_BOTH, ("once",)),
    "pdf": ((), ()),
    "sending": (("PostgreSQL",), ("once",)),
    "desk": (("PostgreSQL",), ()),
    "files": ((), ()),
}
OF_PAGES = ("queries", "speed", "nginx", "weight", "growth")
BY_WRK = {"speed", "nginx"}
# What fills or changes the database: a copy of one that is filled, or an empty one.
ON_THEIR_OWN = {
    "imports": (acts.measure_imports, "once"),
    "finder": (acts.measure_finder, "once"),
    "composing": (acts.measure_composing, EMPTY),
    "mapping": (acts.measure_mapping, EMPTY),
    "rollover": (acts.measure_rollover, EMPTY),
    "searching": (acts.measure_searching, "once"),
    "sending": (acts.measure_sending, "once"),
    "desk": (acts.measure_desk, EMPTY),
}
WITH_STYLE = {*OF_PAGES, "mapping", "rollover", "searching", "desk"}


def main(parts):
    if unknown := set(parts) - set(NEEDS):
        raise SystemExit(f"There is no part {', '.join(sorted(unknown))}.")
    report, parts = Report(), parts or tuple(NEEDS)
    if BY_WRK.intersection(parts):
        require_wrk()
    needed = needed_by(parts)
    with ExitStack() as stack:
        places = {"SQLite": Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="iscg-bench-")))}
        if any("PostgreSQL" in NEEDS[part][0] for part in parts):
            places["PostgreSQL"] = stack.enter_context(postgres.temporary_server())
        databases = {(kind, size): new_database(places[kind], size) for kind, size in needed}
        fill_all(databases)
        if WITH_STYLE.intersection(parts):
            run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
        for kind in ON_BOTH:
            measure_pages(report, parts, kind, {size: url for (of, size), url in databases.items() if of == kind})
        measure_others(report, parts, places)
    print(f"\n{report.missed} targets missed (marked with !)." if report.missed else "\nEvery target is met.")
    return 1 if report.missed else 0


def needed_by(parts):
    """The (kind, size) of each database that one of the parts is measured on, in a fixed order."""
    needed = {(kind, size) for part in parts for kind in NEEDS[part][0] for size in NEEDS[part][1]}
    return [(kind, size) for kind in ON_BOTH for size in SIZES if (kind, size) in needed]


def fill_all(databases):
    """Fill each database of {(kind, size): URL}, all at once."""
    if not databases:
        return
    sizes = " and ".join(size for size in SIZES if any(size == of for _kind, of in databases))
    print(f"Filling a record of {targets.PERSONS} persons, {targets.TERMS} terms, {targets.SUBJECTS} subjects,")
    print(f"{targets.MEETINGS} meetings and {targets.DOCUMENTS} documents, {sizes}…", flush=True)
    with ThreadPoolExecutor() as pool:
        list(pool.map(fill, databases.values(), [SIZES[size] for _kind, size in databases]))


def fill(url, times):
    run("-m", "bench.record", str(times), database_url=url)


def measure_pages(report, parts, kind, urls):
    """What public pages cost on databases of one kind: `urls` by size, those that the parts need."""
    parts = [part for part in parts if part in OF_PAGES and kind in NEEDS[part][0]]
    if asked := set(parts) - {"growth"}:
        command = ["-m", "bench.queries", *(["count"] if "queries" in parts else [])]
        with ThreadPoolExecutor() as pool:
            said = pool.map(lambda url: json_of(*command, database_url=url), urls.values())
        found = dict(zip(urls, said, strict=True))
        if "queries" in parts:
            count_queries(report, kind, found["once"], found["tenfold"])
        if asked - {"queries"}:
            pages = {size: pages_and_feeds(known["pages"]) for size, known in found.items()}
            measure_served(report, parts, kind, urls, pages)
    if "growth" in parts:
        measure_growth(report, kind, urls["once"])


def measure_served(report, parts, kind, urls, pages):
    """What is asked of servers. `pages` and `urls` are by size."""
    servers = {"once": ("iscg_portal.wsgi", urls["once"])}
    if "speed" in parts:
        servers["bare"] = ("bench.bare", "")
        servers["made"] = ("bench.speed:portal_that_keeps_no_page()", urls["once"])
        servers["tenfold"] = ("bench.speed:portal_that_keeps_no_page()", urls["tenfold"])
    with ExitStack() as stack:
        ports = {name: stack.enter_context(serving(*server))[0] for name, server in servers.items()}
        if "speed" in parts:
            measure_speed(report, kind, ports, pages["once"], pages["tenfold"])
        if "nginx" in parts:
            measure_nginx(report, ports["once"], pages["once"])
        if "weight" in parts:
            measure_weight(report, ports["once"], pages["once"])


def pages_and_feeds(pages):
    """Those of {name: path} that are no whole files."""
    return {name: path for name, path in pages.items() if not path.endswith(targets.WHOLE)}


def measure_others(report, parts, places):
    """Everything that is no page of the public. Each part has a database of its own, or none."""
    for part, (measure, template) in ON_THEIR_OWN.items():
        for kind in NEEDS[part][0] if part in parts else ():
            measure(report, new_database(places[kind], f"for {part}", template=template))
    if "pdf" in parts:
        acts.measure_files_of_a_report(report)
    if "files" in parts:
        acts.measure_files(report)


def count_queries(report, kind, once, tenfold):
    """Queries of every page, file and change list, once and with ten times the data."""
    for title, what, most in (
        ("public pages and files", "of pages", targets.MOST_QUERIES),
        ("change lists in the admin", "of lists", targets.MOST_QUERIES_OF_A_LIST),
    ):
        rows = [
            [name, *(at_most(number, most, "d") for number in (few, tenfold[what][name]))]
            for name, few in once[what].items()
        ]
        report.table(f"Queries of {title}, on {kind}: at most {most}", [what[3:], "once", "tenfold"], rows)


def measure_speed(report, kind, ports, pages, tenfold_pages):
    """Ratios of pages seen before and of pages never seen."""
    rows = []
    for name in targets.SEEN:
        length, per_second, seen, unchanged = measure_seen(ports, pages[name])
        ratios = at_least(seen, targets.LEAST_SEEN), at_least(unchanged, targets.LEAST_UNCHANGED)
        rows.append([name, noted(length), noted(per_second), *ratios])
    columns = ["page", "bytes", "requests/s", "to bare (≥ 0.65)", "with its ETag (≥ 0.80)"]
    report.table(f"Pages seen before, compressed, on {kind}", columns, rows)
    rows = []
    for name, path in pages.items():
        day, per_second, to_bare, cost = measure_never_seen(ports, path, tenfold_pages[name])
        least = targets.LEAST_NEVER_SEEN_OF.get(name, targets.LEAST_NEVER_SEEN)
        ratios = at_least(to_bare, least, ".3f"), at_most(cost, targets.MOST_COST_OF_TENFOLD)
        rows.append([name, day, noted(per_second), f"{least:.3f}", *ratios])
    columns = ["HTML page or Atom feed", "day asked for", "requests/s", "least", "to bare", "tenfold cost (≤ 1.20)"]
    title = f"Pages never seen, on {kind}, by workers that keep no page. Files are held to their queries alone:"
    report.table(f"{title} {', '.join(targets.WHOLE)}", columns, rows)


def measure_nginx(report, port, pages):
    """Ratios of pages that nginx has to its own static files."""
    measured = measure_behind_nginx(port, [pages[name] for name in targets.SEEN])
    rows = [
        [name, noted(length), noted(per_second), at_least(ratio, targets.LEAST_BEHIND_NGINX)]
        for name, (length, per_second, ratio) in zip(targets.SEEN, measured, strict=True)
    ]
    columns = ["page", "bytes", "requests/s of its time", "to a static file (≥ 0.80)"]
    report.table("Pages seen before, behind nginx with the files of deploy/nginx, over TLS", columns, rows)


def measure_weight(report, port, pages):
    """Bytes of a first visit and of the next page."""
    rows = [
        [
            name,
            at_most(first, targets.MOST_BYTES_OF_A_FIRST_VISIT, ",d"),
            at_most(following, targets.MOST_BYTES_OF_THE_NEXT_PAGE, ",d"),
        ]
        for name, (first, following) in weigh(port, pages).items()
    ]
    columns = ["page", "first visit (≤ 60,000)", "as next page (≤ 20,000)"]
    report.table("Bytes over the wire, compressed, with headers", columns, rows)


def measure_growth(report, kind, once):
    """Megabytes of kept pages, and of what grows beyond the bound of the page cache."""
    kept = at_most(weigh_kept_pages(once), targets.MOST_MEGABYTES_OF_KEPT_PAGES, ".1f")
    growth = [at_most(grown, targets.MOST_MEGABYTES_OF_GROWTH, ".1f") for grown in watch_growth(once)]
    columns = ["", f"{targets.PAGES_KEPT:,} pages kept (≤ 20)", "a worker (≤ 5)", "a backend (≤ 5)"]
    title = f"Megabytes of different addresses; the last two: {targets.ADDRESSES_TRIED:,} beyond the bound"
    report.table(title, columns, [[kind, kept, *growth]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
