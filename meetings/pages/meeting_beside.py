"""What a meeting's page tells beside its papers: who was there, numbers without a page, decisions, timeliness."""

import datetime
from collections import defaultdict
from typing import NamedTuple

from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.bodies import MeetingBody
from iscg_portal.collation import in_order
from iscg_portal.tenure.dates import print_date, today
from meetings.models import Attendance, Deadline, Decision, Document, Presence, RegisterNumber
from members.composition import SEVEN
from members.models import Country, Person
from members.models.countries import short_name_column

TEXTS = ("what", "key", "word", "name", "slug", "own_name", "honorific")
NO_TEXT, NO_NUMBER = Value("", CharField()), Value(0, IntegerField())
COLUMNS = (*(f"as_{name}" for name in TEXTS), "as_number")
OF_HOLDER = {"name": "name", "slug": "slug", "own_name": "name_in_own_script", "honorific": "honorific"}


class AttendanceTable(NamedTuple):
    """How many took part: a row a country, a column a capacity, and sums."""

    capacities: list[str]
    countries: list[tuple[str, list[int | str], int]]
    sums: list[int]
    total: int


class Seen(NamedTuple):
    """A seat at a meeting: the person who held it on the first day, or None, and whether the seat was filled."""

    presence: Presence
    holder: Person | None


class Beside(NamedTuple):
    """What stands beside a meeting: numbers with the reason why they were not used, or are withheld."""

    attendance: AttendanceTable | None
    presence: list[Seen]
    not_used: list[tuple[str, str]]
    withheld: list[tuple[str, str]]


def beside(meeting) -> Beside:
    """All of it in one query: four tables with their columns made alike."""
    found = defaultdict(list)
    if meeting.body == MeetingBody.ISCG:
        parts = [_attendance(meeting), _presence(meeting), _not_used(meeting), _withheld(meeting)]
    else:
        parts = [_attendance(meeting), _withheld(meeting)]
    for told in parts[0].union(*parts[1:], all=True).order_by("as_what", "as_number", "as_key"):
        row = {name.removeprefix("as_"): value for name, value in told.items()}
        found[row["what"]].append(row)
    seats = sorted(found["presence"], key=lambda row: SEVEN.index(row["key"]))
    return Beside(
        _attendance_table(found["attendance"]),
        [_seen(meeting, row) for row in seats],
        [(str(RegisterNumber(meeting=meeting, serial=row["number"])), row["word"]) for row in found["not used"]],
        [(row["key"], row["word"]) for row in found["withheld"]],
    )


def _alike(rows, what, **columns):
    texts = {name: Cast(columns[name], CharField()) if name in columns else NO_TEXT for name in TEXTS}
    texts = {f"as_{name}": text for name, text in texts.items()} | {"as_what": Value(what, CharField())}
    number = Cast(columns["number"], IntegerField()) if "number" in columns else NO_NUMBER
    return rows.order_by().annotate(**texts, as_number=number).values(*COLUMNS)


def _attendance(meeting):
    short_names = (NullIf(F(f"country__{column}"), Value("")) for column in (short_name_column(), "short_name_en"))
    names = (Country.former_name(meeting.starts_on), *short_names, F("country"))
    return _alike(
        Attendance.objects.filter(meeting=meeting),
        "attendance",
        key=Coalesce(F("country"), Value("")),
        word=F("capacity"),
        name=Coalesce(*names, Value("")),
        number=F("count"),
    )


def _presence(meeting):
    rows = Presence.objects.filter(meeting=meeting).with_holder(meeting.starts_on, *OF_HOLDER.values())
    holder = {name: F(f"holder_{column}") for name, column in OF_HOLDER.items()}
    return _alike(rows.filter(seat__in=SEVEN), "presence", key=F("seat"), word=F("state"), **holder)


def _not_used(meeting):
    rows = RegisterNumber.objects.public().filter(meeting=meeting)
    return _alike(rows, "not used", word=F("unused_because"), number=F("serial"))


def _withheld(meeting):
    rows = Document.objects.withheld().filter(meeting=meeting).rewrite(False)  # the columns stay in their order
    return _alike(rows, "withheld", key=F("number"), word=F("withheld_because"))


def _seen(meeting, row):
    person = {column: row[name] for name, column in OF_HOLDER.items()}
    presence = Presence(meeting=meeting, seat_id=row["key"], state=row["word"])
    return Seen(presence, Person(**person) if row["slug"] else None)


def _attendance_table(rows):
    """How many took part by country and capacity; None where nothing is recorded."""
    counts, names = defaultdict(dict), {}
    for row in rows:
        counts[row["key"]][row["word"]] = row["number"]
        names[row["key"]] = row["name"]
    if not counts:
        return None
    capacities = [value for value in Attendance.Capacity.values if any(value in row for row in counts.values())]
    countries = [
        (names[code] or _("no country"), [row.get(value, "") for value in capacities], sum(row.values()))
        for code, row in in_order(counts.items(), lambda pair: names[pair[0]])
    ]
    sums = [sum(row.get(value, 0) for row in counts.values()) for value in capacities]
    return AttendanceTable([Attendance.Capacity(value).label for value in capacities], countries, sums, sum(sums))


MOST_CARRIED = 100


class MeetingDecisions(NamedTuple):
    """What a meeting decided, and the actions that earlier meetings left to it, each with its state today."""

    own: list
    carried: list


def decisions_of(meeting) -> MeetingDecisions:
    """One query. Of actions carried to it the newest come first."""
    carried = Decision.objects.before(meeting) if meeting.takes_place else Decision.objects.none()
    wanted = Q(meeting=meeting) | Q(pk__in=carried.order_by().values("pk"))
    rows = Decision.objects.public().join_public("meeting", "subject", "agenda_item").filter(wanted)
    now, own, others = today(), [], []
    for decision in rows.order_by("-meeting__starts_on", "meeting__code", "pk"):
        (own if decision.meeting_id == meeting.pk else others).append((decision, decision.state_on(now)))
    return MeetingDecisions(own, others[:MOST_CARRIED])


PAPERS = {
    Deadline.Kind.AGENDA: Document.Type.AGENDA,
    Deadline.Kind.CONTRIBUTIONS: Document.Type.CONTRIBUTION,
    Deadline.Kind.SUMMARY: Document.Type.REPORT,
}


def timeliness(deadline, documents, on: datetime.date | None = None) -> str:
    """Whether what is due came by its deadline, by the dates in the headers; blank while that cannot be said.

    `documents` are those of the meeting. Only documents themselves count: a revision says nothing of when the first
    text came.
    """
    day, kind = deadline.binding_on, PAPERS.get(deadline.kind)
    if kind is None or day is None or day >= (on or today()):
        return ""
    papers = [one for one in documents if one.type == kind and not one.base_id and not one.withdrawn_on]
    undated = sum(one.dated_on is None for one in papers)
    late = [one.dated_on for one in papers if one.dated_on and one.dated_on > day]
    if not papers:
        return _("none is on record")
    if undated == len(papers):
        return _("whether in time is not recorded: no date is")
    if late:
        number = {"late": len(late), "all": len(papers), "last": print_date(max(late))}
        return (
            ngettext(
                "%(late)d document of %(all)d came later, on %(last)s",
                "%(late)d documents of %(all)d came later, the last on %(last)s",
                len(late),
            )
            % number
        )
    if undated:
        number = {"number": undated}
        return (
            ngettext(
                "in time, but for %(number)d document without a date",
                "in time, but for %(number)d documents without a date",
                undated,
            )
            % number
        )
    return _("in time")
