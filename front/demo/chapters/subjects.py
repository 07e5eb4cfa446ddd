"""What: subjects with their mandates, Coordinators and Focal Points, an edition of the list, activities, a proposal."""

from members.acts.succession import DecisionBehind
from studies.models import Activity, ActivitySubject
from studies.models.activity_words import REGIONS
from subjects.acts import adopt_edition, appointment, succeed_coordinator
from subjects.models import (
    Appointment,
    Coordinator,
    FocalPoint,
    Listing,
    Mandate,
    Partner,
    Partnership,
    Resolution,
    Subject,
)
from workspace.proposals import acts as proposals

# code: (title, Sectors, Coordinator)
SUBJECTS = {
    "ALPHA": ("Sample subject Alpha: signals between lighthouses", "rt", "ada"),
    "BRAVO": ("Sample subject Bravo: words that machines use for weather", "rtd", "ben"),
    "CHARLIE": ("Sample subject Charlie: training of imaginary engineers", "td", "former_rag2"),
    "DELTA": ("Sample subject Delta: counting of paper boats", "rd", ""),
    "ECHO": ("Sample subject Echo: repeaters on invented islands", "rtd", ""),
    "FOXTROT": ("Sample subject Foxtrot: steps in a made-up dance", "td", None),
}


def write(book):
    for code, (title, sectors, coordinator) in SUBJECTS.items():
        _subject(book, code, title, sectors, coordinator)
    _coordinators(book)
    _focal_points(book)
    adopt_edition(book.day(2, 14), "ISCG/99-1/02", by=book.by, reason="Adopted by the group")
    _activities(book)
    _proposal(book)


def _subject(book, code, title, sectors, coordinator):
    complete = None if coordinator is None else book.day(5, 1, years=2)
    row = Subject(code=code, title_en=title, recorded_from=complete, **{f"in_{letter}": True for letter in sectors})
    row.summary_en = f"Everything about {title.partition(': ')[2]}, made up for the demonstration."
    book.subjects[code] = book.enter(row)
    book.enter(Listing(subject=row, starts_on=book.day(5, 1, years=2)))
    for slug in ("pp-191", "itu-r-75", "wtsa-18")[: 2 if code in ("DELTA", "FOXTROT") else 3]:
        book.enter(Mandate(subject=row, resolution=Resolution.objects.get(slug=slug)))


def _coordinators(book):
    rows = {}
    for code, (_title, _sectors, key) in SUBJECTS.items():
        if key:
            facts = {"person": book.people[key], "country": book.countries[key], "starts_on": book.day(5, 1, years=2)}
            row = rows[code] = book.enter(Coordinator(subject=book.subjects[code], **facts))
            for group in ("RAG", "TSAG"):
                decision = {"decided_on": facts["starts_on"], "document": f"{group}/99"}
                book.enter(Appointment(coordinator=row, group=group, **decision))
    succeed_coordinator(
        rows["CHARLIE"],
        book.people["cleo"],
        book.day(9, 16),
        DecisionBehind("TDAG", "TDAG/98"),
        appointments=[appointment("TDAG", "TDAG/98", book.day(9, 1))],
        country=book.countries["cleo"],
        reason="Appointed by TDAG",
        by=book.by,
    )


def _focal_points(book):
    for code, key, body, facts in (
        ("ALPHA", "focal", "RAG", {"country": book.countries["focal"]}),
        ("BRAVO", "focal", "RAG", {"country": book.countries["focal"]}),
        ("ALPHA", "desk", "BR", {"organization": "BR"}),
    ):
        row = FocalPoint(subject=book.subjects[code], person=book.people[key], body=body, starts_on=book.day(1, 15))
        for name, value in facts.items():
            setattr(row, name, value)
        book.enter(row)
    partner = book.enter(Partner(abbreviation="SAMPLEORG", name_en="Sample Organization of nobody in particular"))
    book.enter(Partnership(subject=book.subjects["ALPHA"], partner=partner))


def _activities(book):
    planned = [
        ("Workshop on sample lighthouses", book.day(4, 8), "held", "ALPHA", "D"),
        ("Seminar on invented islands", book.day(10, 6), "held", "ECHO", "E"),
        ("Symposium on paper boats", book.away(60), "planned", "DELTA", "A"),
    ]
    for title, day, state, code, region in planned:
        place = {"in_d": True, REGIONS[region]: True}
        row = book.enter(Activity(title_en=title, starts_on=day, ends_on=day, state=state, **place))
        book.enter(ActivitySubject(activity=row, subject=book.subjects[code]))


def _proposal(book):
    subject, account = book.subjects["ALPHA"], book.accounts["coordinator@example.org"]
    summary = "Signals between lighthouses by day and by night; made up for the demonstration."
    changes = [proposals.change("summary", summary, subject, language="en")]
    proposals.submit(book.people["ada"], changes, language="en", account=account, subject=subject, why="Clearer words")
