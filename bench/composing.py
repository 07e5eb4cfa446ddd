"""Composing a report on the whole record of the database: `python -m bench.composing` prints the seconds as JSON."""

import json
import time

PERIOD = "1949-12-31..2025-12-31"  # holds every made-up term and meeting


def main():
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from reports.acts.annual_reports import open_report
    from reports.composing import tree_of
    from reports.facts import gather

    with transaction.atomic():
        report = open_report(PERIOD)
        with CaptureQueriesContext(connection) as queries:
            started = time.perf_counter()
            facts = gather(report)
            tree_of(report, facts, {}, "en")
            seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    counts = {"subjects": len(facts.subjects), "events": len(facts.events), "meetings": len(facts.meetings)}
    print(json.dumps({"seconds": seconds, "queries": len(queries), **counts}))


if __name__ == "__main__":
    import django

    django.setup()
    main()
