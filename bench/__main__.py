"""`python -m bench [PART...]`: measures all parts, or those named, against bench/targets.py; exit status 1 if missed.

The parts: queries, speed, nginx, weight, growth, imports, composing, pdf, sending, files. The first five are measured
on SQLite and on a PostgreSQL of the run's own (nginx and weight on SQLite alone), the others that need a database on
PostgreSQL.
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

OF_PAGES = ("queries", "speed", "nginx", "weight", "growth")
OTHERS = ("imports", "composing", "pdf", "sending", "files")


def main(parts):
    if unknown := set(parts) - {*OF_PAGES, *OTHERS}:
        raise SystemExit(f"There is no part {', '.join(sorted(unknown))}.")
    require_wrk()
    report, parts = Report(), parts or (*OF_PAGES, *OTHERS)
    with postgres.temporary_server() as server, tempfile.TemporaryDirectory(prefix="iscg-bench-") as folder:
        places = {"PostgreSQL": server, "SQLite": Path(folder)}
        print(f"Filling a record of {targets.PERSONS} persons, {targets.TERMS} terms, {targets.SUBJECTS} subjects,")
        print(f"{targets.MEETINGS} meetings and {targets.DOCUMENTS} documents, and one ten times as large…", flush=True)
        sizes = {"once": 1, "tenfold": targets.TENFOLD}
        databases = {kind: [new_database(place, name) for name in sizes] for kind, place in places.items()}
        with ThreadPoolExecutor() as pool:
            list(pool.map(fill, sum(databases.values(), []), [*sizes.values()] * len(places)))
        run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
        for kind, (once, tenfold) in databases.items():
            measure_pages(report, parts, kind, once, tenfold)
        measure_others(report, parts, server, databases["PostgreSQL"][1])
    print(f"\n{report.missed} targets missed (marked with !)." if report.missed else "\nEvery target is met.")
    return 1 if report.missed else 0


def fill(url, times):
    run("-m", "bench.record", str(times), database_url=url)


def measure_pages(report, parts, kind, once, tenfold):
    """What public pages cost, on a database of one kind and one with ten times the data."""
    counts = [json.loads(run("-m", "bench.queries", database_url=url)) for url in (once, tenfold)]
    if "queries" in parts:
        count_queries(report, kind, *counts)
    with ExitStack() as stack:
        servers = {"bare": ("bench.bare", ""), "once": ("iscg_portal.wsgi", once)}
        servers["made"] = ("bench.speed:portal_that_keeps_no_page()", once)
        servers["tenfold"] = ("bench.speed:portal_that_keeps_no_page()", tenfold)
        ports = {name: stack.enter_context(serving(*server))[0] for name, server in servers.items()}
        pages, tenfold_pages = (
            {name: path for name, path in count["pages"].items() if name not in targets.WHOLE} for count in counts
        )
        if "speed" in parts:
            measure_speed(report, kind, ports, pages, tenfold_pages)
        if "nginx" in parts and kind == "SQLite":
            measure_nginx(report, ports["once"], pages)
        if "weight" in parts and kind == "SQLite":
            measure_weight(report, ports["once"], pages)
    if "growth" in parts:
        measure_growth(report, kind, once)


def measure_others(report, parts, server, tenfold):
    """Everything that is no page."""
    if "imports" in parts:
        measure_imports(report, new_database(server, "imported", template="once"))
    if "composing" in parts:
        measure_composing(report, tenfold)
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
