"""The tables of meetings and of the register of documents: one description each for page, JSON, CSV and XLSX.

A page prints the columns that have a label, through its template; the files print those that have a value. What only
the files print is read by `meetings_in_full` and `documents_in_full` alone.
"""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from iscg_portal.tables import Column, Table
from meetings.models import Attendance, Deadline
from subjects.models import Subject


def meetings_in_full(meetings):
    """The meetings with their subjects, deadlines and attendance. Three queries."""
    deadlines = Deadline.objects.order_by("-days_before", "hour", "kind")
    attendance = Attendance.objects.order_by("country_id", "capacity")
    related = (Prefetch("deadlines", deadlines), Prefetch("attendance", attendance))
    return meetings.join_public("subject", "together_with").prefetch_related(*related)


def meetings_table(meetings, on) -> Table:
    """One row a meeting, the latest first. With `when`, the rows depend on the day."""
    return Table(
        "meetings",
        [
            Column("code", _("Meeting"), lambda row: row.code, sort=("code",)),
            Column("body", _("Body"), lambda row: row.body, sort=("body", "unit")),
            Column("unit", value=lambda row: row.unit),
            Column("title", _("Title"), lambda row: row.title_shown),
            Column("starts_on", _("Dates"), lambda row: row.starts_on, sort=("starts_on",), kind="date"),
            Column("ends_on", value=lambda row: row.ends_on),
            Column("precision", value=lambda row: row.precision),
            Column("opens_at", value=lambda row: row.opens_at and f"{row.opens_at:%H:%M}"),
            Column("closes_at", value=lambda row: row.closes_at and f"{row.closes_at:%H:%M}"),
            Column("time_zone", value=lambda row: row.time_zone),
            Column("place", _("Place"), lambda row: row.place, sort=("place",)),
            Column("mode", value=lambda row: row.mode or None),
            Column("state", _("State"), lambda row: row.state, sort=("state",)),
            Column("state_note", value=lambda row: row.state_note),
            Column("subject", value=lambda row: row.subject.code if row.subject_id else None),
            Column("together_with", value=lambda row: row.together_with.code if row.together_with_id else None),
            Column("deadlines", value=lambda row: list(map(deadline_text, row.deadlines.all()))),
            Column("attendance", value=lambda row: list(map(attendance_text, row.attendance.all()))),
            Column("registration_url", value=lambda row: row.registration_url),
            Column("web_url", value=lambda row: row.web_url),
            Column("source", value=lambda row: row.source),
            Column("indicative", value=lambda row: row.indicative),
        ],
        meetings,
        as_on=on,
        sort="-starts_on",
    )


def deadline_text(deadline) -> str:
    """“contributions: 2027-02-17 23:59 Geneva time”; without a day while the meeting has none."""
    day = deadline.binding_on or f"{deadline.days_before} days before,"
    return f"{deadline.kind}: {day} {deadline.hour:%H:%M} Geneva time"


def attendance_text(counted) -> str:
    """“FR, Member State: 2”; without a country where there is none, or where it is not known."""
    return f"{', '.join(filter(None, (counted.country_id, counted.capacity)))}: {counted.count}"


def documents_in_full(documents):
    """The documents with their meetings, subjects and files. Three queries."""
    subjects = Prefetch("subjects", Subject.objects.order_by("code").only("code"))
    return documents.with_public_files().join_public("meeting", "base").prefetch_related(subjects)


def documents_table(documents, sort="-number") -> Table:
    """One row a document, the latest number first unless another order is said."""
    return Table(
        "documents",
        [
            Column("number", _("Number"), lambda row: row.number, sort=("sort_key",)),
            Column("slug", value=lambda row: row.slug),
            Column("title", _("Title"), lambda row: row.title_shown),
            Column("type", _("Type"), lambda row: row.type, sort=("type", "sort_key")),
            Column("purpose", value=lambda row: row.purpose or None),
            Column("submitted_by", _("Source"), lambda row: row.submitted_by),
            Column("dated_on", _("Date"), lambda row: row.dated_on, sort=("dated_on", "sort_key"), kind="date"),
            Column("meeting", value=lambda row: row.meeting.code if row.meeting_id else None),
            Column("original_language", value=lambda row: row.original_language),
            Column("subjects", value=lambda row: [subject.code for subject in row.subjects.all()]),
            Column("files", _("Files"), lambda row: [file.address for file in row.public_files]),
            Column("belongs_to", value=lambda row: row.public_base.number if row.public_base else None),
            Column("withdrawn_on", value=lambda row: row.withdrawn_on),
            Column("withdrawn_because", value=lambda row: row.withdrawn_because),
            Column("source", value=lambda row: row.source),
            Column("indicative", value=lambda row: row.indicative),
        ],
        documents,
        sort=sort,
    )
