"""What is no page of the public, as tables: imports, reports, mapping, finder, rollover, searching, files, the desk."""

import tempfile
from pathlib import Path

from bench import targets
from bench.servers import json_of, run
from bench.table import at_least, at_most, noted


def measure_imports(report, url):
    """Seconds and memory of importing 1,000 rows."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "rows.xlsx")
        run("-m", "bench.imports", "file", path)
        for what in ("preview", "write"):
            found = json_of("-m", "bench.imports", what, path, database_url=url)
            seconds = at_most(found["seconds"], targets.MOST_SECONDS_OF_AN_IMPORT, ".1f")
            rows.append([what, seconds, at_most(found["megabytes"], targets.MOST_MEGABYTES_OF_AN_IMPORT, ",.0f")])
    report.table("Import of 1,000 rows", ["", "seconds (≤ 30)", "MB (≤ 500)"], rows)


def measure_composing(report, url):
    """Seconds and queries of composing a report on a large record, and seconds of each further language."""
    found = json_of("-m", "bench.composing", database_url=url)
    seconds = targets.MOST_SECONDS_OF_A_REPORT
    row = [
        at_least(found["subjects"], 2_000, ",d"),
        at_least(found["events"], 5_000, ",d"),
        at_least(found["meetings"], 500, "d"),
        at_least(found["documents"], 5_000, ",d"),
        at_least(found["reports"], 500, "d"),
        at_most(found["queries"], targets.MOST_QUERIES_OF_A_REPORT, "d"),
        *(at_most(found[name], seconds, ".1f") for name in ("seconds", "another")),
        noted(found["processor"], ".1f"),
    ]
    columns = ["subjects (≥ 2,000)", "events (≥ 5,000)", "meetings (≥ 500)", "documents (≥ 5,000)", "reports (≥ 500)"]
    columns += ["queries (≤ 40)", "seconds (≤ 6)", "another language (≤ 6)", "of the processor"]
    report.table("Composing a report", columns, [row])


def measure_finder(report, url):
    """Seconds of looking for overlaps and gaps in 3,000 units, 20,000 links and 5,000 further titles."""
    found = json_of("-m", "bench.finder", database_url=url)
    row = [
        at_least(found["units"], 100, "d"),
        at_least(found["further"], 100, "d"),
        noted(found["found"], ",d"),
        at_most(found["first"], targets.MOST_SECONDS_OF_THE_FINDER, ".1f"),
        at_most(found["again"], targets.MOST_SECONDS_OF_THE_FINDER, ".1f"),
        noted(found["processor"], ".1f"),
    ]
    columns = ["planted units (≥ 100)", "planted others (≥ 100)", "findings", "first seconds (≤ 30)", "again (≤ 30)"]
    columns.append("first, of our processor")
    report.table("Looking for overlaps and gaps", columns, [row])


def measure_mapping(report, url):
    """The pages and files of a mapping of 3,000 units and 20,000 links, and the import of 2,000 links."""
    found = json_of("-m", "bench.mapping", database_url=url)
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


def measure_files_of_a_report(report):
    """Seconds by the clock and memory of making all files of a report of 60 pages, in six languages, each by itself."""
    found = json_of("-m", "bench.renditions")
    row = [
        at_least(found["pages"], 60, "d"),
        noted(found["files"], "d"),
        noted(found["longest"], ".1f"),
        at_most(found["seconds"], targets.MOST_SECONDS_OF_THE_FILES, ".1f"),
        noted(found["processor"], ".1f"),
        at_most(found["megabytes"], targets.MOST_MEGABYTES_OF_THE_FILES, ",.0f"),
    ]
    columns = ["pages (≥ 60)", "files", "longest of one, seconds", "seconds (≤ 90)", "of the processor", "MB (≤ 400)"]
    report.table("A report of 60 pages in six languages: PDF, DOCX and JSON", columns, [row])


def measure_sending(report, url):
    """Seconds of two `send_due` at once, and whether each mail arrived once."""
    found = json_of("-m", "bench.sending", database_url=url)
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
        archive = json_of("-m", "bench.files", "archive")
        header = json_of("-m", "bench.files", "header", path)
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


def measure_rollover(report, url):
    """Rolling 300 units over in a mapping of 3,000 units and 20,000 links."""
    found = json_of("-m", "bench.rollover", database_url=url)
    rows = []
    for name, work in found["work"].items():
        most = targets.MOST_SECONDS_OF_A_ROLLOVER
        if name.startswith("page"):
            most = targets.MOST_SECONDS_OF_A_FIRST_MAKING
        elif name == "proposing":
            most = targets.MOST_SECONDS_OF_PROPOSALS
        seconds, processor = at_most(work["seconds"], most), noted(work["processor"], ".2f")
        rows.append([name, seconds, f"≤ {most}", processor, noted(work["queries"])])
    title = f"Rolling 300 units over, of which {found['links']:,} links follow"
    report.table(title, ["", "seconds", "", "of the processor", "queries"], rows)


def measure_searching(report, url):
    """Searching among 5,000 documents of 20 pages, and making the index from nothing."""
    found = json_of("-m", "bench.searching", database_url=url)
    rows = [
        [
            name,
            at_most(page["seconds"], targets.MOST_SECONDS_OF_A_SEARCH, ".3f"),
            noted(page["processor"], ".3f"),
            at_most(page["queries"], targets.MOST_QUERIES_OF_A_SEARCH, "d"),
        ]
        for name, page in found["searches"].items()
    ]
    columns = ["what is searched", "seconds (≤ 0.15)", "of the processors", "queries (≤ 5)"]
    report.table(f"Searching {found['entries']:,} entries, on {found['kind']}", columns, rows)
    row = ["index", at_most(found["index"], targets.MOST_SECONDS_OF_AN_INDEX, ".0f"), noted(found["processor"], ".0f")]
    report.table("Making their index from nothing", ["", "seconds (≤ 300)", "of our processor"], [row])


def measure_desk(report, url):
    """Desk, log, search, pickers, lists and forms beside a change list of Django's own, and an import of persons."""
    found = json_of("-m", "bench.desk", database_url=url)
    desk = found["pages"]["the desk"]
    row = [
        "the desk",
        at_most(desk["seconds"], targets.MOST_SECONDS_OF_THE_DESK),
        at_most(desk["bytes"], targets.MOST_BYTES_OF_THE_DESK, ",d"),
    ]
    report.table("The desk on 20,000 documents", ["", "seconds (≤ 0.3)", "bytes (≤ 100,000)"], [row])
    rows = [
        [
            name,
            noted(page["seconds"], ".3f"),
            at_most(page["ratio"], targets.MOST_TIMES_DJANGOS_OWN),
            noted(page["of the processor"], ".2f"),
            at_most(page["queries"], targets.MOST_QUERIES_OF_A_LIST, "d"),
        ]
        for name, page in found["pages"].items()
    ]
    columns = ["page", "seconds", "to Django’s own list of 100 rows (≤ 2)", "of our processor", "queries (≤ 15)"]
    report.table("Pages of the admin on 20,000 documents", columns, rows)
    both = [sum(each) for each in zip(*found["import"].values(), strict=True)]
    rows = [[name, noted(took, ".1f"), noted(worked, ".1f")] for name, (took, worked) in found["import"].items()]
    rows.append(["together", at_most(both[0], targets.MOST_SECONDS_OF_IMPORTED_PERSONS, ".1f"), noted(both[1], ".1f")])
    report.table("Import of 2,000 persons beside as many", ["", "seconds (≤ 10)", "of our processor"], rows)
