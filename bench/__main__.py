"""`python -m bench [PART...]`: measures all parts, or those named, against bench/targets.py; exit status 1 if missed.

The parts, and the databases that each needs, are in NEEDS: a file of SQLite, a PostgreSQL of the run's own. Only those
are made and filled.
"""

import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from bench import targets
from bench.growth import watch_growth, weigh_kept_pages
from bench.servers import new_database, run, serving
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
    "composing": (("PostgreSQL",), ("tenfold",)),
    "finder": (("PostgreSQL",), ("once",)),
    "mapping": ((), ()),
    "pdf": ((), ()),
    "sending": (("PostgreSQL",), ("once",)),
    "files": ((), ()),
}
OF_PAGES = ("queries", "speed", "nginx", "weight", "growth")
BY_WRK = {"speed", "nginx"}


def main(parts):
    if unknown := set(parts) - set(NEEDS):
        raise SystemExit(f"There is no part {', '.join(sorted(unknown))}.")
    report, parts = Report(), parts or tuple(NEEDS)
    if BY_WRK.intersection(parts):
        require_wrk()
    needed = needed_by(parts)
    with ExitStack() as stack:
        places = {"SQLite": Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="iscg-bench-")))}
        if any(kind == "PostgreSQL" for kind, _size in needed) or "mapping" in parts:
            places["PostgreSQL"] = stack.enter_context(postgres.temporary_server())
        databases = {(kind, size): new_database(places[kind], size) for kind, size in needed}
        fill_all(databases)
        if set(OF_PAGES).intersection(parts):
            run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
        for kind in ON_BOTH:
            measure_pages(report, parts, kind, {size: url for (of, size), url in databases.items() if of == kind})
        measure_others(report, parts, places.get("PostgreSQL"), databases.get(("PostgreSQL", "tenfold")))
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
        counts = {size: json.loads(run("-m", "bench.queries", database_url=url)) for size, url in urls.items()}
        if "queries" in parts:
            count_queries(report, kind, counts["once"], counts["tenfold"])
        if asked - {"queries"}:
            measure_served(report, parts, kind, urls, counts)
    if "growth" in parts:
        measure_growth(report, kind, urls["once"])


def measure_served(report, parts, kind, urls, counts):
    """What is asked of servers. The pages of each size are in its `counts`."""
    pages = {
        size: {name: path for name, path in count["pages"].items() if name not in targets.WHOLE}
        for size, count in counts.items()
    }
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


def measure_others(report, parts, server, tenfold):
    """Everything that is no page."""
    if "imports" in parts:
        measure_imports(report, new_database(server, "imported", template="once"))
    if "composing" in parts:
        measure_composing(report, tenfold)
    if "finder" in parts:
        measure_finder(report, new_database(server, "looked through", template="once"))
    if "mapping" in parts:
        measure_mapping(report, new_database(server, "mapping"))
    if "pdf" in parts:
        measure_pdf(report)
    if "sending" in parts:
        measure_sending(report, new_database(server, "mailed", template="once"))
    if "files" in parts:
        measure_files(report)


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
        per_second, to_bare, cost = measure_never_seen(ports, path, tenfold_pages[name])
        least = targets.LEAST_NEVER_SEEN_OF.get(name, targets.LEAST_NEVER_SEEN)
        ratios = at_least(to_bare, least, ".3f"), at_most(cost, targets.MOST_COST_OF_TENFOLD)
        rows.append([name, noted(per_second), f"{least:.3f}", *ratios])
    columns = ["page", "requests/s", "least", "to bare", "tenfold cost (≤ 1.20)"]
    report.table(f"Pages made for the request, for another day each time where they take one, on {kind}", columns, rows)


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


def measure_imports(report, url):
    """Seconds and memory of importing 1,000 rows."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "rows.xlsx")
        run("-m", "bench.imports", "file", path)
        for what in ("preview", "write"):
            found = json.loads(run("-m", "bench.imports", what, path, database_url=url))
            seconds = at_most(found["seconds"], targets.MOST_SECONDS_OF_AN_IMPORT, ".1f")
            rows.append([what, seconds, at_most(found["megabytes"], targets.MOST_MEGABYTES_OF_AN_IMPORT, ",.0f")])
    report.table("Import of 1,000 rows", ["", "seconds (≤ 30)", "MB (≤ 500)"], rows)


def measure_composing(report, url):
    """Seconds of composing a report on the tenfold record: 2,000 subjects, more than 5,000 terms, 500 meetings."""
    found = json.loads(run("-m", "bench.composing", database_url=url))
    row = [
        at_least(found["subjects"], 2_000, ",d"),
        at_least(found["events"], 5_000, ",d"),
        at_least(found["meetings"], 500, "d"),
        noted(found["queries"], "d"),
        at_most(found["seconds"], targets.MOST_SECONDS_OF_A_REPORT, ".1f"),
    ]
    columns = ["subjects (≥ 2,000)", "events (≥ 5,000)", "meetings (≥ 500)", "queries", "seconds (≤ 5)"]
    report.table("Composing a report", columns, [row])


def measure_finder(report, url):
    """Seconds of looking for overlaps and gaps in 3,000 units, 20,000 links and 5,000 further titles."""
    found = json.loads(run("-m", "bench.finder", database_url=url))
    row = [
        at_least(found["units"], 100, "d"),
        at_least(found["further"], 100, "d"),
        noted(found["found"], ",d"),
        at_most(found["first"], targets.MOST_SECONDS_OF_THE_FINDER, ".1f"),
        at_most(found["again"], targets.MOST_SECONDS_OF_THE_FINDER, ".1f"),
    ]
    columns = ["planted units (≥ 100)", "planted others (≥ 100)", "findings", "first seconds (≤ 30)", "again (≤ 30)"]
    report.table("Looking for overlaps and gaps", columns, [row])


def measure_mapping(report, url):
    """The pages and files of a mapping of 3,000 units and 20,000 links, and the import of 2,000 links."""
    found = json.loads(run("-m", "bench.mapping", database_url=url))
    rows = [
        [
            name,
            at_most(page["seconds"], targets.MOST_SECONDS_OF_A_FIRST_MAKING),
            at_most(page["queries"], targets.MOST_QUERIES_OF_THE_MAPPING, "d"),
            at_most(page["bytes"], targets.MOST_BYTES_OF_THE_MAPPING, ",d"),
        ]
        for name, page in found["pages"].items()
    ]
    columns = ["page", "first made, seconds (≤ 1.5)", "queries (≤ 10)", "bytes, compressed (≤ 300,000)"]
    report.table("A mapping of 3,000 units and 20,000 links", columns, rows)
    seconds = {name: file["seconds"] for name, file in found["files"].items()}
    rows = [[name, at_most(took, targets.MOST_SECONDS_OF_A_FILE, ".1f")] for name, took in seconds.items()]
    report.table("Its files", ["file", "seconds (≤ 10)"], rows)
    rows = [
        [name, at_most(took, targets.MOST_SECONDS_OF_IMPORTED_LINKS, ".1f")] for name, took in found["imports"].items()
    ]
    report.table("Import of 2,000 links into it", ["", "seconds (≤ 20)"], rows)


def measure_pdf(report):
    """Seconds and memory of setting a report of 60 pages."""
    found = json.loads(run("-m", "bench.renditions"))
    row = [
        "PDF",
        at_least(found["pages"], 60, "d"),
        at_most(found["seconds"], targets.MOST_SECONDS_OF_A_PDF, ".1f"),
        at_most(found["megabytes"], targets.MOST_MEGABYTES_OF_A_PDF, ",.0f"),
    ]
    report.table("A report of 60 pages as PDF", ["", "pages (≥ 60)", "seconds (≤ 20)", "MB (≤ 400)"], [row])


def measure_sending(report, url):
    """Seconds of two `send_due` at once, and whether each mail arrived once."""
    found = json.loads(run("-m", "bench.sending", database_url=url))
    row = [
        at_least(found["accounts"], targets.ACCOUNTS, ",d"),
        at_least(found["reminders"], targets.REMINDERS, ",d"),
        at_least(found["mails"], targets.DUE_MAILS, ",d"),
        at_most(found["twice"], 0, "d"),
        at_most(found["lost"], 0, "d"),
        at_most(found["seconds"], targets.MOST_SECONDS_OF_SENDING, ".1f"),
    ]
    columns = ["accounts (≥ 5,000)", "reminders (≥ 20,000)", "mails (≥ 1,000)", "twice", "lost", "seconds (≤ 60)"]
    report.table("Sending what is due, two at once", columns, [row])


def measure_files(report):
    """Memory of a large ZIP; seconds and memory of a large DOCX."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "large.docx")
        run("-m", "bench.files", "docx", path)
        archive = json.loads(run("-m", "bench.files", "archive"))
        header = json.loads(run("-m", "bench.files", "header", path))
    rows = [
        [
            f"ZIP of {targets.ARCHIVE_MEGABYTES} MB, sent (≤ 100 MB)",
            noted(archive["seconds"], ".1f"),
            at_most(archive["megabytes"], targets.MOST_MEGABYTES_OF_AN_ARCHIVE, ",.0f"),
        ],
        [
            f"header of a DOCX of {targets.DOCX_MEGABYTES} MB (≤ 2 s, 200 MB)",
            at_most(header["seconds"], targets.MOST_SECONDS_OF_A_HEADER, ".1f"),
            at_most(header["megabytes"], targets.MOST_MEGABYTES_OF_A_HEADER, ",.0f"),
        ],
    ]
    report.table("Large files", ["", "seconds", "MB above idle"], rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
