"""Everything that the page of one meeting says beside its documents (clauses W1, W3, W4), read in five queries."""

from collections import defaultdict
from typing import NamedTuple

from django.utils.translation import gettext as _

from iscg_portal.prepared import ask
from iscg_portal.translated import Text, columns_of, first_text
from meetings.acts.register import explained_gaps
from meetings.filters import DocumentFilters, chosen_documents
from meetings.meeting_rows import DEADLINE, FIELDS, DeadlineRow, MeetingRow, meeting_row
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.models.meetings import MeetingBody
from members.models.people import country_name
from members.url_base import url_base

MOST_LINKS = 300  # from the agenda to documents; the table below it has them all
OTHERS = ("code", "body", "state")
MANY = len(OTHERS) + len(DEADLINE)  # columns of what a meeting has several of


class OtherMeeting(NamedTuple):
    """A meeting beside this one."""

    code: str
    body: str
    state: str
    name = Meeting.name

    @property
    def url(self):
        """The address of its page, in the page's language."""
        return f"{url_base('meetings:meeting-detail')}{self.code}/"


class AgendaRow(NamedTuple):
    """A point of the agenda, with the codes and addresses of its subjects, and its documents."""

    number: str
    title: Text
    subjects: list[tuple[str, str]]
    documents: list[tuple[str, str]]


class AttendanceTable(NamedTuple):
    """How many took part: a row a country, a column a capacity, and sums."""

    capacities: list[str]
    rows: list[tuple[str, list[int | str], int]]
    sums: list[int]
    total: int


class MeetingDossier(NamedTuple):
    """A meeting with what stands beside it."""

    pk: int
    meeting: MeetingRow
    result: Text
    subject: tuple[str, str] | None
    together_with: OtherMeeting | None
    beside: list[OtherMeeting]
    deadlines: list[DeadlineRow]

    @property
    def has_register(self):
        """Whether documents of this meeting get numbers of the register."""
        return self.meeting.body == MeetingBody.ISCG


def meeting_dossier(code) -> MeetingDossier | None:
    """The meeting with this code, or None. One query: a row for each meeting beside it and each deadline."""
    rows = ask(_meeting, code)
    if not rows:
        return None
    (pk, slug, *values), beside, deadlines = rows[0][:-MANY], {}, {}
    for row in map(tuple, rows):
        beside[row[-MANY : -len(DEADLINE)]] = deadlines[row[-len(DEADLINE) :]] = True
    own, results = values[: len(FIELDS)], values[len(FIELDS) : -len(OTHERS)]
    with_it = values[-len(OTHERS) :]
    meeting = meeting_row(own)
    return MeetingDossier(
        pk,
        meeting,
        first_text(results, own[FIELDS.index("original_language")]),
        (meeting.subject__code, f"{url_base('subjects:subject-detail')}{slug}/") if slug else None,
        OtherMeeting(*with_it) if with_it[0] else None,
        [OtherMeeting(*other) for other in beside if other[0]],
        [DeadlineRow(meeting, *deadline) for deadline in deadlines if deadline[0]],
    )


def _meeting(code):
    others = [f"{path}__{name}" for path in ("together_with", "beside") for name in OTHERS]
    deadlines = [f"deadlines__{name}" for name in DEADLINE]
    order = ("beside__starts_on", "beside__code", "-deadlines__days_before", "deadlines__hour", "deadlines__kind")
    meetings = Meeting.objects.rewrite(False).filter(code=code).order_by(*order)
    return meetings.values_list("pk", "subject__slug", *FIELDS, *columns_of("result"), *others, *deadlines)


def agenda_links(dossier, table):
    """(key of the agenda item, (number, address)) of each document: from the table where it shows all of them."""
    if table.page.has_other_pages():
        base = url_base("meetings:document-detail")
        links = ask(_documents_of_agenda, fixed=(DocumentFilters(meeting=dossier.meeting.code),))
        return [(item, (number, f"{base}{slug}/")) for item, number, slug in links]
    return [(row.agenda_item_id, (row.number, row.url)) for row in table.rows if row.agenda_item_id]


def agenda_of(dossier, documents) -> list[AgendaRow]:
    """The agenda in its order. `documents` are pairs of an item's key and a (number, address)."""
    documents_of, rows = defaultdict(list), {}
    for item, document in documents:
        documents_of[item].append(document)
    base = url_base("subjects:subject-detail")
    for pk, number, original, *titles, code, slug in ask(_agenda, dossier.pk):
        row = rows.setdefault(pk, AgendaRow(number, first_text(titles, original), [], documents_of[pk]))
        if code:
            row.subjects.append((code, f"{base}{slug}/"))
    return list(rows.values())


def _documents_of_agenda(filters):
    documents = chosen_documents(filters).filter(agenda_item__isnull=False).order_by("sort_key", "pk")
    return documents.values_list("agenda_item_id", "number", "slug")[:MOST_LINKS]


def _agenda(pk):
    items = AgendaItem.objects.rewrite(False).filter(meeting=pk).order_by("position", "pk", "subjects__code")
    titles = ("number", "original_language", *columns_of("title"))
    return items.values_list("pk", *titles, "subjects__code", "subjects__slug")


def attendance_of(dossier) -> AttendanceTable | None:
    """How many took part by country and capacity; None where nothing is recorded."""
    counts, names = defaultdict(dict), {}
    for code, official, capacity, count in ask(_attendance, dossier.pk):
        counts[code][capacity] = count
        names[code] = country_name(code, official) if code else ""
    if not counts:
        return None
    capacities = [value for value in Attendance.Capacity.values if any(value in row for row in counts.values())]
    rows = [
        (names[code] or _("no country"), [row.get(value, "") for value in capacities], sum(row.values()))
        for code, row in sorted(counts.items(), key=lambda pair: (not names[pair[0]], names[pair[0]]))
    ]
    sums = [sum(row.get(value, 0) for row in counts.values()) for value in capacities]
    return AttendanceTable([Attendance.Capacity(value).label for value in capacities], rows, sums, sum(sums))


def _attendance(pk):
    rows = Attendance.objects.filter(meeting=pk).order_by()
    return rows.values_list("country_id", "country__official_name_en", "capacity", "count")


def gaps_of(dossier):
    """Numbers of which somebody said why they have no document: [(“ISCG/25-1/04”, why)]."""
    return explained_gaps(dossier.meeting.code) if dossier.has_register else []
