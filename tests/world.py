"""A small standing ISCG for the tests: plain builders, and a cast of plainly made-up persons.

Ask it on `DAY`. Every builder checks what it makes with `full_clean()` and saves it; `on` is always passed.
"""

import io
from datetime import date
from types import SimpleNamespace

from django.db import IntegrityError, transaction

from iscg_portal.bodies import GroupCode
from iscg_portal.files.checks import KINDS
from iscg_portal.files.stored import keep
from iscg_portal.history import Reason
from iscg_portal.name_keys import name_key
from iscg_portal.tenure.dates import A_DAY, today
from meetings.acts import register
from meetings.acts.register import link_subjects
from meetings.models import (
    Addressee,
    AgendaItem,
    Attendance,
    Deadline,
    Decision,
    Document,
    DocumentFile,
    LiaisonStatement,
    Meeting,
    Presence,
)
from members.models import (
    Account,
    AdvisoryGroup,
    ChairTerm,
    ClauseText,
    Conference,
    ContactData,
    Country,
    FormerName,
    Nomination,
    Person,
    RegionalMembership,
    Representative,
    Seat,
    TermsOfReference,
)
from members.models.countries import SHORT_NAMES
from members.shipped import FILES
from reports.acts import annual_reports as report_acts
from reports.models import CoordinatorReport, KeyIssue
from studies.models import (
    Activity,
    ActivityPartner,
    ActivitySubject,
    Confirmation,
    Ending,
    FindingDecision,
    MappingLink,
    StudyFinding,
    StudyPeriod,
    StudyUnit,
)
from studies.models.activity_words import REGIONS
from subjects.models import (
    Appointment,
    Coordinator,
    FocalPoint,
    Listing,
    Mandate,
    MandateLook,
    Partner,
    Partnership,
    Resolution,
    Revision,
    Subject,
)
from workspace.models import Participant

NAMES_OF_STATES = ("standing", *SHORT_NAMES, "names_source")
SHIPPED_NAMES = {row["code"]: {name: row[name] for name in NAMES_OF_STATES} for row in FILES[0].rows()}

# The day on which the standing ISCG is usually asked.
DAY = date(2025, 2, 12)

# key: (honorific, name, country), and why this person exists
CAST = {
    "ada": ("Ms", "Ada Testperson", "FR"),  # holds RAG1, her dates fully known: the plain case
    "ben": ("Mr", "Ben Madeup", "MX"),  # held RAG2 until the handover of 1 March 2024
    "cleo": ("Ms", "Cleo Invented", "CM"),  # took RAG2 over from Ben on that day
    "dan": ("Mr", "Dan Fictional", "CN"),  # holds TSAG1, known only as in office by 23 January 2025
    "eve": ("Ms", "Eve Pretended", "BR"),  # left TSAG2 in June 2024 (only the month is known): it is vacant
    "fay": ("Dr", "Fay Imaginary", "KE"),  # takes TDAG1 on 1 January 2027: a row of the future, vacant till then
    "gus": ("Mr", "Gus Example", "IT"),  # Chair since March 2019 (only the month is known)
    "hal": ("Mr", "Hal Placeholder", "CH"),  # Chair before Gus, in office by 1 January 2015
    "ina": ("Ms", "Ina Sample", "JP"),  # Coordinator of EMF, appointed by RAG and TSAG
    "jon": ("Mr", "Jon Dummy", None),  # secretariat focal point of EMF for BR, whose name is not public
    "kim": ("", "Kim Mockup", "LT"),  # Focal Point of EMF for RAG, printed without an honorific
    "lea": ("Ms", "Lea Nobody", "DE"),  # holds no office at all
    "max": ("Mr", "Max Formerly", "ES"),  # was Coordinator of ACC until 2023: ACC is vacant
}


def saved(record):
    """Check a record as a form would, save it, and give it back.

    The database keeps the rules; they are asked where it refuses, which then says why in a sentence.
    """
    record.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        record.full_clean()
        raise
    return record


def country(code="CH", **fields):
    """A country by its ISO code, made once, with the names and the standing that the portal ships."""
    return Country.objects.filter(pk=code).first() or saved(Country(code=code, **SHIPPED_NAMES.get(code, {}) | fields))


def former_name(of, ends_on=date(2022, 6, 1), name="Oldland", **fields):
    """What a country was called up to a day: in each language the name with the code of the language."""
    names = {column: f"{name} {column.removeprefix('short_name_')}" for column in SHORT_NAMES}
    return saved(FormerName(country=of, ends_on=ends_on, **names | fields))


def membership(of, organization, **fields):
    """That a country belongs to a regional organization."""
    return saved(RegionalMembership(country=of, organization=organization, **fields))


def person(name="Test Person", honorific="", **fields):
    """A person, with address and sort key made from the name; a second one of the name is another person."""
    made = Person(name=name, honorific=honorific, told_apart=name_key(name), **fields)
    made.fill_in()
    return saved(made)


def contact_data(who, email="someone@example.org", phone="+41 00 000 00 00", **fields):
    """How staff reach a person; never public."""
    return saved(ContactData(person=who, email=email, phone=phone, **fields))


def account(email="reader@example.org", **fields):
    """An account that is not staff."""
    return Account.objects.create_user(email, "a long test password", **fields)


def staff_account(email="staff@example.org", name="Sam Staff", **fields):
    """A secretariat account with every right."""
    return Account.objects.create_superuser(email, "a long test password", name=name, **fields)


def advisory_group(code="RAG", **fields):
    """One advisory group, made once."""
    sector, bureau = {"RAG": ("R", "BR"), "TSAG": ("T", "TSB"), "TDAG": ("D", "BDT")}[code]
    given = {"name": GroupCode(code).label, "sector": sector, "bureau": bureau} | fields
    return AdvisoryGroup.objects.filter(pk=code).first() or saved(AdvisoryGroup(code=code, **given))


def seat(code="RAG1", recorded_from=None):
    """A seat by its code (CHAIR, RAG1, TSAG2), made once, with its group."""
    found = Seat.objects.filter(pk=code).first()
    if found is not None:
        return found
    if code == "CHAIR":
        return saved(Seat(code=code, recorded_from=recorded_from))
    group = advisory_group(code[:-1])
    return saved(Seat(code=code, group=group, number=int(code[-1]), recorded_from=recorded_from))


def ended(ends_on, ends_precision="day"):
    """The two fields of an end; none of them while the office is open."""
    return {"ends_on": ends_on, "ends_precision": ends_precision if ends_on else None}


def representative(where, who, starts_on, ends_on=None, *, ends_precision="day", **fields):
    """A term in a seat of an advisory group; `where` is a seat or its code."""
    where = seat(where) if isinstance(where, str) else where
    return saved(
        Representative(seat=where, person=who, starts_on=starts_on, **ended(ends_on, ends_precision), **fields)
    )


def chair_term(who, starts_on, ends_on=None, *, ends_precision="day", **fields):
    """A Chair's term."""
    seat("CHAIR")
    return saved(ChairTerm(person=who, starts_on=starts_on, **ended(ends_on, ends_precision), **fields))


def conference(code="PP-22", body="PP", starts_on=date(2022, 9, 26), ends_on=date(2022, 10, 14), **fields):
    """An assembly or conference, made once."""
    given = {"name": code, "place": "Testville"} | fields
    made = Conference(code=code, body=body, starts_on=starts_on, ends_on=ends_on, **given)
    return Conference.objects.filter(code=code).first() or saved(made)


def nomination(who, after, nominated_on=date(2022, 6, 1), **fields):
    """A candidate for the Chair after a Plenipotentiary Conference."""
    return saved(Nomination(person=who, conference=after, nominated_on=nominated_on, **fields))


def terms_of_reference(effective_on, document="ISCG/99-1/01"):
    """The day from which clause C2 binds."""
    return saved(TermsOfReference(effective_on=effective_on, document=document))


def clause_text(clause="C2", dated_on=date(2025, 1, 23), wording="A made-up clause of some words.", **fields):
    """The words of a clause, as a document has them; a proposal."""
    return saved(ClauseText(clause=clause, dated_on=dated_on, wording=wording, **fields))


def resolution(body="PP", number=191, title="A made-up title", **fields):
    """A resolution by body and number, made once."""
    found = Resolution.objects.filter(body=body, number=number).first()
    return found or saved(Resolution(body=body, number=number, title=title, **fields))


def revision(of, year=2022, place="Testville", **fields):
    """One text of a resolution."""
    return saved(Revision(resolution=of, year=year, place=place, **{"revised": False} | fields))


def subject(code="EMF", scope=("R", "T"), title="", **fields):
    """A subject of mutual interest; `scope` is letters of the Sectors."""
    ticks = {f"in_{letter.lower()}": True for letter in scope}
    return saved(Subject(code=code, title=title or f"Subject {code}, made up", **ticks, **fields))


SPANS = {  # made-up study periods, each up to the next of its Sector
    "D 2018-2021": (date(2018, 1, 1), date(2022, 1, 1)),
    "D 2022-2025": (date(2022, 1, 1), date(2026, 1, 1)),
    "R 2023-2027": (date(2023, 1, 1), None),
    "T 2022-2024": (date(2022, 1, 1), date(2025, 1, 1)),
    "T 2025-2028": (date(2025, 1, 1), None),
}


def study_period(span="D 2022-2025", **fields):
    """A study period by Sector and name, made once."""
    sector, _space, name = span.partition(" ")
    starts_on, ends_on = SPANS[span]
    found = StudyPeriod.objects.filter(sector=sector, name=name).first()
    return found or saved(StudyPeriod(sector=sector, name=name, starts_on=starts_on, ends_on=ends_on, **fields))


def study_unit(number="Q7/2", span="D 2022-2025", kind="question", title="", **fields):
    """A study unit of a period; without a period (`span` blank) a joint group."""
    period = study_period(span) if span else None
    fields = {"sector": span[:1], "period": period, "title": title or f"{number}, made up"} | fields
    return saved(StudyUnit(number=number, kind=kind, **fields))


def ending(of, kind="continues", successor=None, **fields):
    """What became of a unit."""
    return saved(Ending(unit=of, kind=kind, successor=successor, **fields))


def link(first, second=None, topic="A topic, made up", **fields):
    """A link between two units, or with `subject` between a unit and a subject."""
    return saved(MappingLink(first=first, second=second, topic=topic, **fields))


def confirmation(of, sector="D", because="", said_on=date(2024, 5, 1), **fields):
    """What a side says of a link; with `because` it contests it."""
    stance = "contested" if because else "confirmed"
    return saved(Confirmation(link=of, sector=sector, stance=stance, because=because, said_on=said_on, **fields))


def activity(
    title="A workshop, made up", starts_on=date(2025, 3, 4), ends_on=None, *, subjects=(), regions="D", **fields
):
    """An activity, about `subjects`, for `regions` (letters or a tuple of codes); held once past."""
    ends_on = ends_on or starts_on
    given = {"title": title, "ends_on": ends_on, "state": "held" if ends_on <= today() else "planned"}
    ticked = {REGIONS[code]: True for code in regions}
    made = saved(Activity(starts_on=starts_on, **given | ticked | fields))
    for one in subjects:
        saved(ActivitySubject(activity=made, subject=one))
    return made


def activity_partner(of, abbreviation="TESTORG"):
    """A partner organization of an activity."""
    found = Partner.objects.filter(abbreviation=abbreviation).first()
    given = {"abbreviation": abbreviation, "name": f"{abbreviation}, made up"}
    return saved(ActivityPartner(activity=of, partner=found or saved(Partner(**given))))


def finding_without_link(unit):
    """That a unit has no link on record, as the finder keeps it."""
    about = {"kind": "no link", "key": f"no link/{unit.pk}", "facts": {"unit": unit.pk}, "is_recorded": False}
    return StudyFinding.objects.create(fingerprint="0" * 64, found_on=DAY, **about)


def decision(finding, act="accepted", **fields):
    """What was decided about an overlap or gap."""
    given = {"decided_on": DAY, "fingerprint": finding.fingerprint} | fields
    return saved(FindingDecision(finding=finding, act=act, **given))


def listing(of, starts_on=None, ends_on=None, *, ends_precision="day", **fields):
    """A subject's time on the list; the first day may be unknown."""
    return saved(Listing(subject=of, starts_on=starts_on, **ended(ends_on, ends_precision), **fields))


def mandate(of, rests_on, **fields):
    """A resolution behind a subject."""
    return saved(Mandate(subject=of, resolution=rests_on, **fields))


def mandate_look(at, after, of=None, word="Nothing follows", **fields):
    """That somebody looked at what a conference made of a resolution."""
    given = {"looked_at_on": DAY} | fields
    return saved(MandateLook(resolution=at, conference=after, subject=of, word=word, **given))


def partner(of, abbreviation="TESTORG", **fields):
    """A partner organization that works on a subject."""
    given = {"name": f"{abbreviation}, made up"} | fields
    found = Partner.objects.filter(abbreviation=abbreviation).first()
    return saved(Partnership(subject=of, partner=found or saved(Partner(abbreviation=abbreviation, **given))))


def coordinator(of, who, starts_on, ends_on=None, *, groups=(), ends_precision="day", **fields):
    """A Coordinator of a subject, with one appointment for each of `groups`."""
    row = saved(Coordinator(subject=of, person=who, starts_on=starts_on, **ended(ends_on, ends_precision), **fields))
    for code in groups:
        saved(Appointment(coordinator=row, group=code, decided_on=starts_on, document=f"{code}/99"))
    return row


def focal_point(of, who, body, starts_on, ends_on=None, *, ends_precision="day", **fields):
    """A Focal Point of a subject for an advisory group (RAG...) or the secretariat (BR, TSB, BDT, GS)."""
    return saved(
        FocalPoint(subject=of, person=who, body=body, starts_on=starts_on, **ended(ends_on, ends_precision), **fields)
    )


def meeting(code="25-1", starts_on=date(2025, 2, 12), ends_on=None, **fields):
    """A meeting of the ISCG, or of the `body` given; one day long unless `ends_on` is given, and held once past."""
    ends_on = ends_on or starts_on
    state = "held" if ends_on <= today() else "planned"
    given = {"title": f"Meeting {code}, made up", "ends_on": ends_on, "state": state} | fields
    return saved(Meeting(code=code, starts_on=starts_on, **given))


def agenda_item(of, number="1", title="An item, made up", subjects=(), **fields):
    """A point of a meeting's agenda."""
    item = saved(AgendaItem(meeting=of, number=number, title=title, **fields))
    link_subjects(item.subject_links, subjects)
    return item


def deadline(of, kind="contributions", days_before=12, **fields):
    """A deadline, so many days before the meeting."""
    return saved(Deadline(meeting=of, kind=kind, days_before=days_before, **fields))


def attendance(of, count=2, country=None, capacity="Member State"):
    """How many took part."""
    return saved(Attendance(meeting=of, count=count, country=country, capacity=capacity))


def presence(of, seat_code="RAG1", state="present"):
    """Whether a seat was filled at a meeting."""
    return saved(Presence(meeting=of, seat=seat(seat_code), state=state))


def taken(of, wording="Decided, made up", **fields):
    """A decision of a meeting; an action where it has an owner."""
    kind = "action" if fields.get("owner") else "decision"
    return saved(Decision(meeting=of, wording=wording, **{"kind": kind} | fields))


def document(of=None, title="A document, made up", number="", subjects=(), **fields):
    """A document of a meeting: with its next number, or with the `number` given, as of the archive."""
    made = Document(meeting=of, title=title, number=number, **fields)
    return (register.enter if number else register.number_and_enter)(made, subjects=subjects)


def variant(of, kind="Rev", title="A revision, made up", **fields):
    """The next revision (Rev), corrigendum (Corr) or addendum (Add) of a document."""
    return register.enter_variant(Document(title=title, **fields), of, kind)


def document_file(of, language="en", content=b"%PDF-1.4 made up %%EOF", kind="pdf", **fields):
    """The file of a document in one language; its content is kept under MEDIA_ROOT."""
    stored = keep(io.BytesIO(content), KINDS[kind])
    return saved(DocumentFile(document=of, language=language, stored=stored, **fields))


def liaison(of, deadline_on=None, in_reply_to=None, **bodies):
    """What makes a document a liaison statement; `bodies` are lists by purpose: `action=["ITU-T SG5"]`."""
    statement = saved(LiaisonStatement(document=of, deadline_on=deadline_on, in_reply_to=in_reply_to))
    for purpose, names in bodies.items():
        for name in names:
            saved(Addressee(liaison=statement, body=name, purpose=purpose))
    return statement


def published_report(period="2024"):
    """A report, from draft to published once its period is over, by nobody in particular."""
    return _published(report_acts.open_report(period))


def published_correction(of, variant="Corr"):
    """A corrigendum, or another variant, of a published report, published by nobody in particular."""
    return _published(report_acts.correct(of, variant, reason=Reason("Made up", public="A wrong day, made up")))


def _published(report):
    report_acts.submit(report, is_read=False)
    report_acts.approve(report, None)
    report_acts.publish(report, None, "Made up", on=max(today(), report.period_to + A_DAY))
    return report


def key_issue(statement="A key issue, made up", raised_on=date(2025, 2, 12), addressee="BR", **fields):
    """A key issue; seen by the secretariat alone unless `published_on` is given."""
    return saved(KeyIssue(statement=statement, raised_on=raised_on, addressee=addressee, **fields))


def coordinator_report(of, to, who, starts_on=date(2024, 2, 12), received_on=date(2025, 2, 1), **texts):
    """The report of a Coordinator on a subject to a meeting."""
    given = {"results": "Results, made up"} | texts
    dates = {"starts_on": starts_on, "received_on": received_on}
    return saved(CoordinatorReport(subject=of, meeting=to, person=who, **dates, **given))


def participant(name="Una Delegate", email="una@example.org", state="takes part", **fields):
    """A delegate of a Member State who takes part; never public."""
    given = {"capacity": "Member State", "country": "CH", "affiliation": "An administration, made up"} | fields
    if given["country"]:
        country(given["country"])
    return saved(Participant(name=name, email=email, state=state, **given))


def standing_register(subject_of_item):
    """Two meetings and the documents that visitors and staff see differently; attributes say what each is for."""
    first = meeting("25-7")
    coming = meeting("27-1", date(2027, 3, 3), date(2027, 3, 5), state="confirmed", mode="hybrid")
    item = agenda_item(first, "1", "A subject, made up", subjects=[subject_of_item])
    deadline(coming)
    attendance(first)
    presence(first)
    taken(first)
    taken(
        first, "An action, made up", owner="Secretariat", subject=subject_of_item, agenda_item=item, due_on=A_DAY + DAY
    )
    public = document(first, "Public, made up", agenda_item=item, subjects=[subject_of_item])
    made = SimpleNamespace(first=first, coming=coming, item=item, public=public)
    made.revision = variant(public, "Rev", "Public as revised, made up")
    made.draft = document(first, "Secretdraft, made up", visibility="draft", agenda_item=item)
    made.restricted = document(first, "Secretrestricted, made up", visibility="restricted", agenda_item=item)
    made.withdrawn = document(first, "Withdrawn, made up", withdrawn_on=DAY, withdrawn_because="A test")
    made.asked = document(first, "A question, made up", type="liaison statement")
    made.answer = document(first, "Secretanswer, made up", type="liaison statement", visibility="draft")
    made.liaison = liaison(made.asked, deadline_on=date(2025, 3, 1), action=["ITU-T SG99"])
    made.reply = liaison(made.answer, in_reply_to=made.liaison, information=["ISCG"])
    made.files = {
        name: document_file(getattr(made, name), content=f"%PDF-1.4 {name} %%EOF".encode())
        for name in ("public", "draft", "restricted", "withdrawn", "answer")
    }
    made.files["personal"] = document_file(made.revision, content=b"%PDF-1.4 p %%EOF", addresses_found={"e-mail": 1})
    return made


def standing_iscg():
    """The whole cast in their offices; attributes are named after CAST, seats, subjects and resolutions."""
    world = SimpleNamespace(day=DAY, seats={}, subjects={}, resolutions={})
    for key, (honorific, name, code) in CAST.items():
        setattr(world, key, person(name, honorific))
        setattr(world, f"{key}_country", country(code) if code else None)
    _fill_management_team(world)
    _fill_resolutions(world)
    _fill_subjects(world)
    _fill_studies(world)
    world.staff = staff_account()
    return world


def iscg_with_register():
    """The standing ISCG; its `register` is the standing register."""
    world = standing_iscg()
    world.register = standing_register(world.subjects["EMF"])
    return world


def _fill_management_team(world):
    recorded_from = {
        "CHAIR": date(2015, 1, 1),
        "RAG1": date(2019, 1, 1),
        "RAG2": date(2019, 1, 1),
        "TSAG1": None,
        "TSAG2": date(2020, 1, 1),
        "TDAG1": date(2024, 1, 1),
        "TDAG2": None,  # never recorded
    }
    world.seats = {code: seat(code, day) for code, day in recorded_from.items()}
    world.pp18 = conference("PP-18", starts_on=date(2018, 10, 29), ends_on=date(2018, 11, 16))
    world.pp22 = conference("PP-22")
    home = {key: getattr(world, f"{key}_country") for key in CAST}
    representative("RAG1", world.ada, date(2020, 1, 1), country=home["ada"], source="ISCG/99-1/02")
    representative("RAG2", world.ben, date(2019, 1, 1), date(2024, 3, 1), country=home["ben"], how_ended="replaced")
    representative("RAG2", world.cleo, date(2024, 3, 1), country=home["cleo"])
    representative("TSAG1", world.dan, date(2025, 1, 23), starts_precision="by", country=home["dan"])
    left = {"ends_precision": "month", "how_ended": "resigned"}
    representative("TSAG2", world.eve, date(2020, 1, 1), date(2024, 6, 30), country=home["eve"], **left)
    representative("TDAG1", world.fay, date(2027, 1, 1), country=home["fay"])
    handover = {"ends_on": date(2019, 3, 1), "ends_precision": "month"}
    chair_term(world.hal, date(2015, 1, 1), starts_precision="by", country=home["hal"], **handover)
    chair_term(
        world.gus,
        date(2019, 3, 1),
        starts_precision="month",
        country=home["gus"],
        follows=world.pp18,
        last_confirmed_on=DAY,
    )


def _fill_resolutions(world):
    pp, wtsa = resolution("PP", 191, calls_for_coordination=True), resolution("WTSA", 18)
    new = resolution("RA", 75)
    old = resolution("RA", 6, replaced_by=new)
    revision(pp, 2022, revised=True)
    revision(old, 2019, number=3)
    world.resolutions = {"pp-191": pp, "wtsa-18": wtsa, "itu-r-75": new, "itu-r-6": old}


def _fill_subjects(world):
    emf = subject("EMF", "RTD")  # held: Ina coordinates it
    acc = subject("ACC", ("R", "T", "D", "GS"), recorded_from=date(2021, 1, 1))  # vacant since Max left
    iot = subject("IOT", "TD", grade="inferred", source="ISCG/99-1/03")  # not recorded, and only indicative
    old = subject("OLD", "RD")  # no longer on the list
    world.subjects = {"EMF": emf, "ACC": acc, "IOT": iot, "OLD": old}
    for each in (emf, acc, iot):
        listing(each, date(2020, 5, 1))
    listing(old, None, date(2023, 1, 1), ends_precision="year", source_dated_on=date(2018, 3, 1))
    for each, slug in ((emf, "pp-191"), (emf, "wtsa-18"), (acc, "wtsa-18")):
        mandate(each, world.resolutions[slug])
    partner(emf)
    coordinator(emf, world.ina, date(2022, 4, 1), groups=("RAG", "TSAG"), country=world.ina_country)
    coordinator(acc, world.max, date(2021, 1, 1), date(2023, 5, 1), groups=("TDAG",), country=world.max_country)
    focal_point(emf, world.kim, "RAG", date(2022, 4, 1), country=world.kim_country)
    focal_point(emf, world.jon, "BR", date(2022, 4, 1), organization="BR")


def _fill_studies(world):
    question = study_unit("Q7/2", parent=study_unit("SG2", kind="study group"))
    party = study_unit("WP 1C", "R 2023-2027", "working party")
    ending(study_unit("Q7/2", "D 2018-2021"), "renamed", question)
    world.link = link(question, party, subject=world.subjects["EMF"])
    confirmation(world.link, "D")  # to be confirmed: ITU-R has not said so
    about = {"subjects": [world.subjects["EMF"]], "in_d": True, "source": "ISCG/99-1/07"}
    world.activity = activity(code="2025-1", **about)
    activity_partner(world.activity)
