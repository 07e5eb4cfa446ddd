"""Fills an empty database with a large, plainly made-up record: `python -m bench.record TIMES`.

Once: 200 persons, 1,000 terms, 200 subjects, 500 meetings, 5,000 documents, one in fifty of them revised.
All of it goes through the history, as staff's entries would.
"""

import sys
from datetime import date, timedelta

from bench.targets import DOCUMENTS, MEETINGS, PERSONS, SUBJECTS

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2014, 1, 1)  # the shipped terms are later
SEATS = ("CHAIR", "RAG1", "RAG2", "TSAG1", "TSAG2", "TDAG1", "TDAG2")
TERMS_OF_SEATS, RESOLUTIONS = 400, 60
GROUPS = ("RAG", "TSAG", "TDAG")


def save_all(rows):
    """Save many rows with their history."""
    from simple_history.utils import bulk_create_with_history

    return bulk_create_with_history(rows, type(rows[0]), batch_size=500, default_change_reason="Made up to be measured")


def made_up_persons(number):
    """Persons with numbers for names."""
    from members.models import Person

    rows = [
        Person(honorific="Ms", name=f"Number {n} Testperson", sort_key=f"Testperson {n:05}", slug=f"testperson-{n}")
        for n in range(number)
    ]
    return save_all(rows)


def fill_seats(persons, countries, terms):
    """Terms one after the other in every seat, up to the day before the shipped ones."""
    from members.models import ChairTerm, Representative

    each = terms // len(SEATS)
    step = (LAST_DAY - FIRST_DAY) // each
    for place, code in enumerate(SEATS):
        model = ChairTerm if code == "CHAIR" else Representative
        rows = [
            model(
                seat_id=code,
                person=persons[(n * len(SEATS) + place) % len(persons)],
                country=countries[n % len(countries)],
                starts_on=FIRST_DAY + n * step,
                ends_on=FIRST_DAY + (n + 1) * step,
                ends_precision="day",
                how_ended="term over",
                source="ISCG/99-1/01",
            )
            for n in range(each)
        ]
        save_all(rows)


def made_up_subjects(number):
    """Subjects of changing scope, each on the list since 2020."""
    from subjects.models import Listing, Subject

    rows = [
        Subject(
            code=f"MADE-UP-{n}",
            slug=f"made-up-{n}",
            title=f"Subject number {n} of mutual interest, made up to be measured",
            title_en=f"Subject number {n} of mutual interest, made up to be measured",
            summary_en="What this subject is about, in as many words as such a summary has. " * 3,
            in_r=True,
            in_t=n % 2 == 0,
            in_d=n % 2 == 1,
            in_gs=n % 3 == 0,
            recorded_from=date(2010, 1, 1),
        )
        for n in range(number)
    ]
    subjects = save_all(rows)
    save_all([Listing(subject=subject, starts_on=date(2020, 5, 1)) for subject in subjects])
    return subjects


def fill_mapping(subjects, units, links):
    """Questions of ITU-D and ITU-T in their study groups, ten in each, and links between them."""
    from studies.models import MappingLink, StudyPeriod, StudyUnit
    from studies.models.units import sort_key_of

    def unit(letter, number, kind, parent=None):
        made = {"title": f"{number}, made up", "title_en": f"{number}, made up"}
        made |= {"slug": f"made-up-{letter}-{number}".lower(), "sort_key": sort_key_of(number)}
        made |= {"number": number.replace("-", "/"), "parent": parent}
        return StudyUnit(sector=letter, period=periods[letter], kind=kind, **made)

    years = {"starts_on": date(2026, 1, 1), "name": "2026-2029"}
    for period in StudyPeriod.objects.filter(sector__in="DT", ends_on=None):  # those of the shipped record go on
        period.ends_on, period.ends_precision = years["starts_on"], "day"
        period.save()
    periods = {letter: StudyPeriod.objects.create(sector=letter, **years) for letter in "DT"}
    questions = {}
    for letter in periods:
        groups = save_all([unit(letter, f"SG{n}", "study group") for n in range(100, 100 + max(1, units // 20))])
        made = [(n, groups[n % len(groups)]) for n in range(units // 2)]
        questions[letter] = save_all([unit(letter, f"Q{n}-{on.number[2:]}", "question", on) for n, on in made])
    pairs = ((n % len(questions["D"]), n // len(questions["D"])) for n in range(links))
    save_all(
        [
            MappingLink(
                first=questions["D"][one],
                second=questions["T"][(one + step) % len(questions["T"])],
                subject=subjects[one % len(subjects)],
                topic_en=f"Topic {one}, made up",
                topic_key=f"topic {one} {step}",
            )
            for one, step in pairs
        ]
    )


def fill_activities(subjects, number, year=2025):
    """Activities over a year and a half from the middle of a year on, each about two subjects and for two regions."""
    from studies.models import Activity, ActivitySubject
    from studies.models.activity_words import REGIONS, SECTORS

    columns, holders = list(REGIONS.values()), list(SECTORS.values())
    made = save_all(
        [
            Activity(
                code=f"{year}-M{n}",
                title=f"Activity number {n}, made up to be measured",
                title_en=f"Activity number {n}, made up to be measured",
                starts_on=date(year, 7, 1) + timedelta(days=n * 550 // number),
                ends_on=date(year, 7, 2) + timedelta(days=n * 550 // number),
                place=f"Made-up town {n % 50}",
                source_dated_on=date(year, 6, 1),
                **{columns[n % 5]: True, columns[5 + n % 6]: True, holders[n % 4]: True},
            )
            for n in range(number)
        ]
    )
    about = [(one, subjects[(n + step) % len(subjects)]) for n, one in enumerate(made) for step in (0, 7)]
    save_all([ActivitySubject(activity=one, subject=subject) for one, subject in about])


def fill_mandates(subjects, number):
    """Resolutions with a revision each, and two of them behind every subject."""
    from subjects.models import Mandate, Resolution, Revision

    bodies = ("PP", "RA", "WTSA", "WTDC")
    rows = [
        Resolution(
            body=bodies[n % 4],
            number=1000 + n,
            slug=f"{bodies[n % 4].lower()}-{1000 + n}",
            title_en=f"Resolution number {n}, made up to be measured",
            calls_for_coordination=True if n % 8 == 0 else None,
        )
        for n in range(number)
    ]
    resolutions = save_all(rows)
    save_all([Revision(resolution=each, place="Testville", year=2022) for each in resolutions])
    behind = [(subject, resolutions[(n + k) % number]) for n, subject in enumerate(subjects) for k in (0, 1)]
    save_all([Mandate(subject=subject, resolution=resolution) for subject, resolution in behind])


def fill_offices(subjects, persons, countries):
    """A former and a present Coordinator and a Focal Point for every subject: by turns of a group or of BR.

    Of each subject the record of one body's Focal Points is complete.
    """
    from subjects.models import Appointment, Coordinator, FocalPoint, FocalPointRecord

    half = len(persons) // 2
    coordinators, focal_points = [], []
    for n, subject in enumerate(subjects):
        country = countries[n % len(countries)]
        handover = date(2016, 1, 1) + timedelta(days=n % 300)
        former = {"starts_on": date(2010, 1, 1), "ends_on": handover, "ends_precision": "day", "how_ended": "replaced"}
        coordinators += [
            Coordinator(subject=subject, person=persons[n % half], country=country, **former),
            Coordinator(subject=subject, person=persons[(n * 3 + 1) % half], country=country, starts_on=handover),
        ]
        body = "BR" if n % 4 == 0 else GROUPS[n % 3]
        given = {"person": persons[half + n % half], "body": body, "country": country}
        focal_points.append(FocalPoint(subject=subject, starts_on=date(2018, 1, 1), **given))
    save_all(focal_points)
    complete = {"body": "TSAG", "recorded_from": date(2018, 1, 1)}
    save_all([FocalPointRecord(subject=subject, **complete) for subject in subjects])
    appointed = [
        Appointment(coordinator=row, group=GROUPS[n % 3], document=f"{GROUPS[n % 3]}/99")
        for n, row in enumerate(save_all(coordinators))
    ]
    save_all(appointed)


def fill_meetings(meetings, documents):
    """Meetings, one in ten of the ISCG and the others of the groups; documents by turns on those of the ISCG.

    Gives the meetings of the ISCG.
    """
    from meetings.models import Document, RegisterNumber

    rows = [_meeting_of_a_group(n) if n % 10 else _meeting_of_the_group(n // 10) for n in range(meetings)]
    of_the_group = [meeting for meeting in save_all(rows) if meeting.body == "ISCG"]
    turns = [(of_the_group[n % len(of_the_group)], n // len(of_the_group) + 1) for n in range(documents)]
    given = save_all([RegisterNumber(meeting=meeting, serial=serial) for meeting, serial in turns])
    papers = [
        Document(
            meeting=number.meeting,
            number=str(number),
            register_number=number,
            title=f"Document number {n}, made up to be measured",
            title_en=f"Document number {n}, made up to be measured",
            submitted_by="Chair, ISCG",
            dated_on=number.meeting.starts_on,
        )
        for n, number in enumerate(given)
    ]
    _enter(papers)
    _enter([_first_revision(paper) for paper in papers[::50]])  # of papers that are saved: a number needs its document
    return of_the_group


def _enter(documents):
    for document in documents:
        document.place_in_register()
    save_all(documents)


def _first_revision(paper):
    from meetings.models import Document

    fields = {field: getattr(paper, field) for field in ("meeting", "title", "title_en", "submitted_by", "dated_on")}
    return Document(base=paper, variant=Document.Variant.REVISION, variant_number=1, **fields)


def _meeting_of_the_group(n):
    """Up to forty a year, in years of which nothing is shipped."""
    year, number = 2001 + n // 40, n % 40 + 1
    return _meeting(f"{year % 100:02}-{number}", date(year, 1, 1) + timedelta(days=9 * number), body="ISCG")


def _meeting_of_a_group(n):
    return _meeting(f"MADE-UP-{n}", date(2001, 1, 1) + timedelta(days=n * 7 % 4000), body=GROUPS[n % 3])


def _meeting(code, starts_on, **fields):
    from meetings.models import Meeting

    title = f"Meeting {code}, made up to be measured"
    days = {"starts_on": starts_on, "ends_on": starts_on + timedelta(days=2)}
    return Meeting(code=code, title=title, title_en=title, state="held", place="Testville", **days, **fields)


def fill(times):
    """The shipped data, and `times` the made-up record beside it."""
    from django.core.management import call_command

    from iscg_portal.tenure.dates import today
    from members.models import Country
    from subjects.acts import adopt_edition

    call_command("load_iscg", verbosity=0)
    countries = list(Country.objects.all())
    persons = made_up_persons(PERSONS * times)
    subjects = made_up_subjects(SUBJECTS * times)
    fill_seats(persons, countries, TERMS_OF_SEATS * times)
    fill_mandates(subjects, RESOLUTIONS * times)
    fill_offices(subjects, persons, countries)
    fill_meetings(MEETINGS * times, DOCUMENTS * times)
    adopt_edition(today(), "ISCG/99-1/05")  # on an earlier day the shipped subjects may not have been on the list


if __name__ == "__main__":
    import django
    from django.core.management import call_command
    from django.db import connection, transaction

    django.setup()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        fill(int(sys.argv[1]))
    connection.cursor().execute("ANALYZE")
