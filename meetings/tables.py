"""The tables of meetings and of the register: one description each for page, JSON, CSV and XLSX.

Neither remote participation nor notes are among what `MeetingRow` and `DocumentRow` read.
"""

from django.utils.translation import gettext as _

from iscg_portal.tables import Column, Table


def meetings_table(meetings, on) -> Table:
    """One row a meeting, the latest first. With `when`, the rows depend on the day."""
    return Table(
        "meetings",
        [
            Column("code", _("Meeting"), lambda row: row.code, sort=("code",)),
            Column("body", _("Body"), lambda row: row.body, sort=("body", "unit")),
            Column("unit", value=lambda row: row.unit),
            Column("title", _("Title"), lambda row: row.title),
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
            Column("subject", value=lambda row: row.subject__code),
            Column("together_with", value=lambda row: row.together_with__code),
            Column("deadlines", value=lambda row: [deadline_text(each) for each in row.deadlines]),
            Column("attendance", value=lambda row: [attendance_text(each) for each in row.attendance]),
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
    day = deadline.due_on or f"{deadline.days_before} days before,"
    return f"{deadline.kind}: {day} {deadline.hour:%H:%M} Geneva time"


def attendance_text(counted) -> str:
    """“FR, Member State: 2”; without a country where there is none, or where it is not known."""
    return f"{', '.join(filter(None, (counted.country, counted.capacity)))}: {counted.count}"


def documents_table(documents, sort="-number") -> Table:
    """One row a document, the latest number first unless another order is said."""
    return Table(
        "documents",
        [
            Column("number", _("Number"), lambda row: row.number, sort=("sort_key",)),
            Column("slug", value=lambda row: row.slug),
            Column("title", _("Title"), lambda row: row.title),
            Column("type", _("Type"), lambda row: row.type, sort=("type", "sort_key")),
            Column("purpose", value=lambda row: row.purpose or None),
            Column("submitted_by", _("Source"), lambda row: row.submitted_by),
            Column("dated_on", _("Date"), lambda row: row.dated_on, sort=("dated_on", "sort_key"), kind="date"),
            Column("meeting", value=lambda row: row.meeting__code),
            Column("original_language", value=lambda row: row.original_language),
            Column("subjects", value=lambda row: list(row.subjects)),
            Column("files", _("Files"), lambda row: row.addresses),
            Column("belongs_to", value=lambda row: row.belongs_to),
            Column("withdrawn_on", value=lambda row: row.withdrawn_on),
            Column("withdrawn_because", value=lambda row: row.withdrawn_because),
            Column("source", value=lambda row: row.source),
            Column("indicative", value=lambda row: row.indicative),
        ],
        documents,
        sort=sort,
    )
