"""`python -m bench`: measures everything in bench/targets.py on a PostgreSQL of its own; exit status 1 if missed."""

import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from bench import targets
from bench.servers import new_database, run, serving
from bench.speed import measure_page
from bench.table import Report, at_least, at_most, noted
from bench.weight import weigh
from tools import postgres


def main():
    report = Report()
    with postgres.temporary_server() as server:
        once, tenfold = (new_database(server, name) for name in ("once", "tenfold"))
        print(f"Filling a record of {targets.PERSONS} persons, {targets.TERMS} terms, {targets.SUBJECTS} subjects,")
        print(f"{targets.MEETINGS} meetings and {targets.DOCUMENTS} documents…")
        with ThreadPoolExecutor() as pool:
            list(pool.map(fill, (once, tenfold), (1, targets.TENFOLD)))
        run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
        counts = [json.loads(run("-m", "bench.queries", database_url=url)) for url in (once, tenfold)]
        count_queries(report, *counts)
        measure_servers(report, once, tenfold, counts[0]["pages"], counts[1]["pages"])
        measure_imports(report, new_database(server, "imported", template="once"))
        measure_composing(report, tenfold)
        measure_pdf(report)
        measure_sending(report, new_database(server, "mailed", template="once"))
    measure_files(report)
    print(f"\n{report.missed} targets missed (marked with !)." if report.missed else "\nEvery target is met.")
    return 1 if report.missed else 0


def fill(url, times):
    run("-m", "bench.record", str(times), database_url=url)


def count_queries(report, once, tenfold):
    """Queries of every page, file and change list, once and with ten times the data."""
    for title, kind, most in (
        ("Queries of public pages and files", "of pages", targets.MOST_QUERIES),
        ("Queries of change lists in the admin", "of lists", targets.MOST_QUERIES_OF_A_LIST),
    ):
        rows = [
            [name, *(at_most(number, most, "d") for number in (few, tenfold[kind][name]))]
            for name, few in once[kind].items()
        ]
        report.table(f"{title}: at most {most}", [kind[3:], "once", "tenfold"], rows)


def measure_servers(report, once, tenfold, pages, tenfold_pages):
    """Speed and weight of every public page, on gunicorn."""
    with ExitStack() as stack:
        ports = {
            "bare": stack.enter_context(serving("bench.bare")),
            "once": stack.enter_context(serving("iscg_portal.wsgi", once)),
            "tenfold": stack.enter_context(serving("iscg_portal.wsgi", tenfold)),
        }
        pages = {name: path for name, path in pages.items() if name not in targets.WHOLE}
        measured = {name: measure_page(ports, path, tenfold_pages[name]) for name, path in pages.items()}
        weights = weigh(ports["once"], pages)
    rows = [
        [
            name,
            noted(page["bytes"]),
            noted(page["rate"]),
            at_least(page["to bare"], targets.LEAST_RATE),
            at_most(page["tenfold cost"], targets.MOST_COST_OF_TENFOLD),
            noted(page["unchanged of all"], ".2f"),
            at_most(page["unchanged cost"], targets.MOST_COST_UNCHANGED),
        ]
        for name, page in measured.items()
    ]
    columns = ["page", "bytes", "requests/s", "to bare (≥ 0.10)", "tenfold cost (≤ 1.5)", "unchanged", "added (≤ 0.20)"]
    report.table("Speed of public pages, as ratios", columns, rows)
    rows = [
        [
            name,
            at_most(first, targets.MOST_BYTES_OF_A_FIRST_VISIT, ",d"),
            at_most(following, targets.MOST_BYTES_OF_THE_NEXT_PAGE, ",d"),
        ]
        for name, (first, following) in weights.items()
    ]
    columns = ["page", "first visit (≤ 60,000)", "as next page (≤ 20,000)"]
    report.table("Bytes over the wire, compressed, with headers", columns, rows)


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
    sys.exit(main())
