"""The mapping of studies with much in it: `python -m bench.mapping` fills an empty database and prints what it took.

3,000 units of two Sectors, 20,000 links with what their sides say: for each page the seconds of making it first, its
queries and its bytes, compressed; for the files the seconds; and the import of 2,000 links as a preview and in writing.
"""

import json
import time
from datetime import date
from gzip import compress

UNITS, LINKS, IMPORTED = 3_000, 20_000, 2_000
PAGES = {
    "mapping": "/en/mapping/",
    "mapping of a subject": "/en/mapping/?subject=MADE-UP-0",
    "Table 3": "/en/mapping/d-t/",
    "Table 3, contested": "/en/mapping/d-t/?state=contested",
    "Table 3, a group": "/en/mapping/d-t/?group=made-up-d-sg100",
    "a study group": "/en/units/made-up-d-sg100/",
    "a Question": "/en/units/made-up-d-q0-100/",
    "a subject": "/en/subjects/made-up-0/",
    "changes": "/en/mapping/changes/",
    "changes of a year": "/en/mapping/changes/?from=2026-01-01&to=2026-11-30",
    "feed": "/en/mapping/changes.atom",
    "all changes": "/en/changes.atom",
    "help us verify": "/en/help-us-verify/",
}
FILES = {
    "Table 3 JSON": "/en/mapping/d-t.json",
    "Table 3 CSV": "/en/mapping/d-t.csv",
    "Table 3 XLSX": "/en/mapping/d-t.xlsx",
    "Table 3 in its own form": "/en/mapping/d-t/table.xlsx",
    "mapping JSON": "/en/mapping.json",
}


def fill():
    """Units, links, and for every third link what one side says, for every fifth both."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from bench.record import fill_mapping, made_up_subjects, save_all
    from studies.models import Confirmation, MappingLink

    with transaction.atomic():
        call_command("load_iscg", verbosity=0)
        fill_mapping(made_up_subjects(200), UNITS, LINKS)
        links = MappingLink.objects.filter(topic_key__startswith="topic ").order_by("pk")
        said = []
        for number, link in enumerate(links.values_list("pk", flat=True)):
            sides = "DT" if number % 5 == 0 else "D" if number % 3 == 0 else ""
            for turn, side in enumerate(sides, start=1):
                contests = turn == 2 and number % 10 == 0
                words = {"stance": "contested", "because": "Made up"} if contests else {"stance": "confirmed"}
                said.append(Confirmation(link_id=link, sector=side, said_on=date(2026, 5, 1), turn=turn, **words))
        save_all(said)
    connection.cursor().execute("ANALYZE")


def made(address):
    """Seconds of making a page first, its queries, and its bytes as they are and compressed."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from iscg_portal.web.page_cache import kept_pages

    kept_pages.clear()
    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        response = Client().get(address)
        seconds = time.perf_counter() - started
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    return {"seconds": seconds, "queries": len(queries), "bytes": len(compress(response.content, 6))}


def imported():
    """Seconds of the preview of 2,000 links, and of writing them."""
    from django.db import transaction

    from bench.rows import judge_rows, write_rows
    from studies.models import MappingLink, StudyUnit

    units = {
        letter: list(
            StudyUnit.objects.filter(slug__startswith=f"made-up-{letter.lower()}-q").values_list("slug", flat=True)
        )
        for letter in "DT"
    }
    rows = [
        {
            "first": units["D"][n % len(units["D"])],
            "second": units["T"][n * 7 % len(units["T"])],
            "subject": f"MADE-UP-{n % 200}",
            "topic_en": f"Imported {n}",
            "kind": "related",
        }
        for n in range(IMPORTED)
    ]
    found = {}
    for name, act in (("preview", judge_rows), ("write", write_rows)):
        started = time.perf_counter()
        with transaction.atomic():
            counts = act(MappingLink, rows).counts
        found[name] = time.perf_counter() - started
        if counts["added"] != IMPORTED:
            raise SystemExit(f"The import says {counts}.")
    return found


def main():
    fill()
    made("/en/")  # the first page of a process loads what the others need
    pages = {name: made(address) for name, address in PAGES.items()}
    files = {name: made(address) for name, address in FILES.items()}
    print(json.dumps({"pages": pages, "files": files, "imports": imported()}))


if __name__ == "__main__":
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    main()
