"""The tables of meetings, documents and liaison statements: one description each for page, JSON, CSV and XLSX.

A page prints the columns that have a label, through its template; the files print those that are explained. What only
the files print is read by `meetings_in_full` and `documents_in_full` alone.
"""

from django.db.models import F, Prefetch, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from iscg_portal.bodies import MeetingBody
from iscg_portal.collation import in_labels
from iscg_portal.scheduled import in_order_of_places
from iscg_portal.sourced import SOURCED_FIELDS
from iscg_portal.tables import Column, Table
from iscg_portal.tables.fields import sheet_columns
from iscg_portal.translated import TITLE
from meetings.models import Attendance, Deadline, Document, Meeting, Presence
from studies.tables import columns_of_days, state_column
from subjects.models import Subject


def meetings_in_full(meetings):
    """The meetings with their subjects, deadlines, attendance and presence. Four queries."""
    deadlines = Deadline.objects.order_by("-days_before", "hour", "kind")
    attendance = Attendance.objects.order_by("country_id", "capacity")
    presence = Presence.objects.order_by("seat_id")
    related = (Prefetch("deadlines", deadlines), Prefetch("attendance", attendance), Prefetch("presence", presence))
    return meetings.join_public("subject", "together_with").prefetch_related(*related)


def meetings_table(meetings=(), on=None) -> Table:
    """One row a meeting, the latest first. With `when`, the rows depend on the day."""
    return Table(
        "meetings",
        [
            Column("code", _("Meeting"), _("the last part of the address of its page, as in 25-1"), sort=("code",)),
            Column(
                "body",
                _("Body"),
                pgettext("code", "ISCG, RAG, TSAG, TDAG, Council, Coordinators or study unit"),
                sort=(_in_order_of_bodies(),),
            ),
            Column("unit", explanation=_("the study group or working party")),
            TITLE.in_table(_("Title")),
            *columns_of_days(_("last day on which it sits; empty where it was not found")),
            _hour("opens_at", _("hour at which it opens, in the time zone of the meeting")),
            _hour("closes_at", _("hour at which it closes on the last day")),
            Column("time_zone", explanation=_("as in Europe/Zurich")),
            Column("place", _("Place"), _("where it is held"), sort=(in_order_of_places(),)),
            Column(
                "mode",
                "",
                _("physical, electronic or hybrid; empty where that is not recorded"),
                lambda row: row.mode or None,
            ),
            state_column(),
            Column("state_note", "", _("why, or until when"), lambda row: row.note_shown),
            *_columns_beside_a_meeting(),
            Column("registration_url", explanation=_("where to register")),
            Column("web_url", explanation=_("its page elsewhere")),
            Column("webcast_url", explanation=_("the webcast, or its recording")),
            Column("captions_url", explanation=_("the captions")),
            *sheet_columns(SOURCED_FIELDS),
        ],
        meetings,
        as_on=on,
        sort="-starts_on",
    )


def _in_order_of_bodies():
    """The order of `whose`."""
    by_body = [(body, Meeting(body=body).whose) for body in MeetingBody]
    return in_labels("body", by_body, When(unit__gt="", then=F("unit")))


def _columns_beside_a_meeting():
    return [
        _code_of("subject", _("code of the subject, of a meeting of Coordinators")),
        _code_of("together_with", _("code of the meeting beside which it is held")),
        Column(
            "deadlines",
            "",
            _("what is due when, in Geneva time; counted from the first day, so that they move with it"),
            lambda row: list(map(deadline_text, row.deadlines.all())),
        ),
        Column(
            "attendance",
            "",
            _("how many took part, by the code of the country and the capacity; no names"),
            lambda row: list(map(attendance_text, row.attendance.all())),
        ),
        Column(
            "presence",
            "",
            _("the seven seats, each present, excused or represented; without names"),
            lambda row: [f"{one.seat_id}: {one.state}" for one in row.presence.all()],
        ),
    ]


def _hour(key, explanation):
    def value(row):
        hour = getattr(row, key)
        return hour and f"{hour:%H:%M}"

    return Column(key, "", explanation, value)


def _code_of(key, explanation):
    def value(row):
        record = getattr(row, key)
        return record and record.code

    return Column(key, "", explanation, value)


def deadline_text(deadline) -> str:
    """“contributions: 2027-02-17 23:59 Geneva time”; without a day while the meeting has none."""
    side = "after" if deadline.is_after else "before"
    day = deadline.binding_on or f"{deadline.days_before} days {side},"
    return f"{deadline.kind}: {day} {deadline.hour:%H:%M} Geneva time"


def attendance_text(counted) -> str:
    """“FR, Member State: 2”; without a country where there is none, or where it is not known."""
    return f"{', '.join(filter(None, (counted.country_id, counted.capacity)))}: {counted.count}"


def documents_in_full(documents):
    """The documents with their meetings, subjects and files. Three queries."""
    subjects = Prefetch("subjects", Subject.objects.order_by("code").only("code"))
    return documents.with_public_files().join_public("meeting", "base").prefetch_related(subjects)


def documents_table(documents=(), sort="-number") -> Table:
    """One row a document, the latest number first unless another order is said."""
    return Table(
        "documents",
        [
            Column(
                "number",
                _("Number"),
                _("as printed, without the letter of the language: ISCG/25-1/03 (Rev.1)"),
                sort=("sort_key",),
            ),
            Column("slug", explanation=_("the last part of the address of its page")),
            TITLE.in_table(_("Title")),
            Column(
                "type",
                _("Type"),
                _("agenda, contribution, report, liaison statement, information or temporary"),
                sort=(in_labels("type", Document.Type.choices), "sort_key"),
            ),
            Column(
                "purpose",
                "",
                _("Admin, Information, Discussion or Proposal, where the header says it"),
                lambda row: row.purpose or None,
            ),
            Column("submitted_by", _("Source"), _("whose document it is, as the header says")),
            Column("dated_on", _("Date"), _("the date in the header"), sort=("dated_on", "sort_key"), kind="date"),
            _code_of("meeting", _("code of the meeting")),
            Column("original_language", explanation=_("code of the language in which it was written")),
            *_columns_beside_a_document(),
            Column("withdrawn_on", explanation=_("day on which it was withdrawn")),
            Column("withdrawn_because", explanation=_("why it was withdrawn")),
            Column("itu_url", explanation=_("its address on the website of the Union, where it is recorded")),
            *sheet_columns(SOURCED_FIELDS),
        ],
        documents,
        sort=sort,
    )


def withheld_table(documents=()) -> Table:
    """One row a number that is withheld: number and reason, and nothing else of the document."""
    return Table(
        "withheld",
        [
            Column("number", _("Number"), _("as printed, without the letter of the language"), sort=("sort_key",)),
            _code_of("meeting", _("code of the meeting")),
            Column("withheld_because", _("Why it is withheld"), _("the reason that the public is told")),
        ],
        documents,
        sort="-number",
    )


def _columns_beside_a_document():
    return [
        Column(
            "subjects",
            "",
            _("codes of the subjects that it is about"),
            lambda row: [subject.code for subject in row.subjects.all()],
        ),
        Column(
            "files",
            _("Files"),
            _("addresses of its files, one for each language"),
            lambda row: [file.address for file in row.public_files],
        ),
        Column(
            "belongs_to",
            "",
            _("number of the document that it revises, corrects or supplements"),
            lambda row: row.public_base.number if row.public_base else None,
        ),
    ]


def liaison_table(statements=(), on=None) -> Table:
    """One row a liaison statement `in_full`, the latest number first."""
    return Table(
        "liaison-statements",
        [
            Column(
                "number",
                _("Number"),
                _("number of its document, as printed without the letter of the language"),
                sort=("document__sort_key",),
            ),
            Column("slug", "", _("the last part of the address of its page"), lambda row: row.document.slug),
            Column("title", _("Title"), TITLE.explanation, lambda row: row.document.title_shown),
            Column(
                "addressees",
                _("To, and for what"),
                _("the addressees, each for action, comment or information"),
                lambda row: [f"{one.body}: {one.purpose}" for one in row.addressees.all()],
            ),
            Column(
                "dated_on", _("Date"), _("the date in the header"), _day_of_document, ("document__dated_on",), "date"
            ),
            Column(
                "deadline_on",
                _("Deadline"),
                _("by when the addressees are asked to act or comment"),
                sort=("deadline_on",),
                kind="date",
            ),
            Column(
                "state",
                _("State"),
                _("open, due (no answer in time), answered, information, not recorded (to whom), replaced, withdrawn"),
                lambda row: row.standing,
            ),
            Column("withdrawn_because", explanation=_("why it was withdrawn"), value=_why_withdrawn),
            Column(
                "answered_by",
                _("Answered by"),
                _("numbers of the public statements that answer it"),
                lambda row: [reply.number for reply in row.public_replies],
            ),
            Column("in_reply_to", "", _("number of the statement that it answers, where that is public"), _answered),
        ],
        statements,
        as_on=on,
        sort="-number",
    )


def _day_of_document(statement):
    return statement.document.dated_on


def _why_withdrawn(statement):
    return statement.document.withdrawn_because if statement.standing == "withdrawn" else ""


def _answered(statement):
    answered = statement.public_answered
    return answered and answered.number
