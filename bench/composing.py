"""Composing a report on a large record: `python -m bench.composing` fills an empty database and prints what it took.

2,000 subjects, more than 5,000 terms, 500 meetings of the group with agenda and result, 5,000 documents, of which some
are liaison statements, and 500 Coordinators' reports, all in one period. Seconds by the clock, seconds of our processor
and queries of reading the record with the text in English, and the seconds of each further language.
"""

import json
import time

PERIOD = "1949-12-31..2025-12-31"  # holds every made-up term and meeting
SUBJECTS, PERSONS, MEETINGS, DOCUMENTS, REPORTS = 2_000, 2_000, 500, 5_000, 500
POINTS = ("Opening", "Reports of the Coordinators", "Subjects of mutual interest", "Any other business")
RESULT = "The made-up meeting agreed:\n\n1. to keep one list\n2. to ask **TSAG** for a Focal Point\n"
REPORTED = "Examined what was made up as number {}:\n\n- a workshop on it\n- a study of it in two Sectors\n"


def fill():
    """The whole record, in the history as staff's entries would be."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from bench import record
    from members.models import Country

    with transaction.atomic():
        call_command("load_iscg", verbosity=0)
        countries = list(Country.objects.all())
        persons, subjects = record.made_up_persons(PERSONS), record.made_up_subjects(SUBJECTS)
        record.fill_seats(persons, countries, record.TERMS_OF_SEATS)
        record.fill_mandates(subjects, record.RESOLUTIONS)
        record.fill_offices(subjects, persons, countries)
        meetings = record.fill_meetings(MEETINGS * 10, DOCUMENTS)  # one in ten is of the group
        _agendas_and_results(meetings, subjects)
        _of_subjects(subjects)
        _reports(meetings, subjects, persons)
    connection.cursor().execute("ANALYZE")


def _agendas_and_results(meetings, subjects):
    from bench.record import save_all
    from meetings.models import AgendaItem, AgendaSubject

    for meeting in meetings:
        meeting.result_en = RESULT
        meeting.save()
    items = [
        AgendaItem(meeting=meeting, number=str(n), position=n, title_en=title)
        for meeting in meetings
        for n, title in enumerate(POINTS, 1)
    ]
    save_all(items)
    about = [item for item in items if item.number == "3"]
    save_all([AgendaSubject(item=item, subject=subjects[n * 4 % SUBJECTS]) for n, item in enumerate(about)])


def _of_subjects(subjects):
    """Each document is about a subject; one in twenty is a liaison statement that asks TSAG for an action."""
    from bench.record import save_all
    from meetings.models import Addressee, Document, DocumentSubject, LiaisonStatement

    documents = list(Document.objects.filter(title_en__startswith="Document number", base=None).order_by("pk"))
    save_all([DocumentSubject(document=one, subject=subjects[n * 7 % SUBJECTS]) for n, one in enumerate(documents)])
    for one in documents[::20]:
        one.type = Document.Type.LIAISON
        one.save()
    statements = save_all([LiaisonStatement(document=one) for one in documents[::20]])
    save_all([Addressee(liaison=one, body="ITU-T TSAG", purpose="action") for one in statements])


def _reports(meetings, subjects, persons):
    from bench.record import save_all
    from reports.models import CoordinatorReport

    rows = []
    for n in range(REPORTS):
        meeting = meetings[n % len(meetings)]
        texts = {part: REPORTED.format(f"{n} {part}") for part in CoordinatorReport.TEXTS}
        days = {"starts_on": meeting.starts_on.replace(month=1, day=1), "received_on": meeting.ends_on}
        given = {"meeting": meeting, "subject": subjects[n * 3 % SUBJECTS], "person": persons[n]}
        rows.append(CoordinatorReport(**given, **texts, **days))
    save_all(rows)


def compose():
    """What composing took, and of how much."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from django.utils.translation import override

    from iscg_portal.languages import LANGUAGE_OF_PREFIX
    from reports.acts.annual_reports import open_report
    from reports.composing import tree_of
    from reports.facts import gather

    def text(facts, lang):
        with override(LANGUAGE_OF_PREFIX[lang]):
            return tree_of(report, facts, {}, lang)

    def in_english():
        facts = gather(report)
        text(facts, "en")
        return facts

    with transaction.atomic():
        report = open_report(PERIOD)
        with CaptureQueriesContext(connection) as queries:
            facts, first, processor = _timed(in_english)
            others = [_timed(lambda lang=lang: text(facts, lang))[1] for lang in LANGUAGE_OF_PREFIX if lang != "en"]
        transaction.set_rollback(True)
    counts = {
        "subjects": len(facts.subjects),
        "events": len(facts.events),
        "meetings": len(facts.meetings),
        "documents": len(facts.papers.documents),
        "reports": len(facts.received),
    }
    return {"seconds": first, "processor": processor, "another": max(others), "queries": len(queries), **counts}


def _timed(act):
    """What the act gives, its seconds by the clock, and those of our processor."""
    started, worked = time.perf_counter(), time.process_time()
    given = act()
    return given, time.perf_counter() - started, time.process_time() - worked


def main():
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    fill()
    print(json.dumps(compose()))


if __name__ == "__main__":
    import django

    django.setup()
    main()
