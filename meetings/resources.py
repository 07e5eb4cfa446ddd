"""Meetings with their agendas, deadlines and attendance, documents and liaison statements as files.

The files of documents themselves are uploaded in the admin.
"""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy

from iscg_portal.bodies import MeetingBody
from iscg_portal.history import save_with_reason
from iscg_portal.importing.cells import Choice, Day, Reference, Text, Whole
from iscg_portal.importing.columns import FileColumn, ShownColumn
from iscg_portal.importing.days import FirstDay, PrecisionOfFirstDay
from iscg_portal.importing.registry import handles
from iscg_portal.importing.resource import RecordResource, TranslatedResource, in_six_languages, original_language
from meetings.acts import register
from meetings.decision_tables import decisions_table
from meetings.models import (
    AgendaItem,
    AgendaSubject,
    Attendance,
    Deadline,
    Decision,
    Document,
    DocumentSubject,
    LiaisonStatement,
    Meeting,
    Presence,
)
from meetings.resource_columns import Addressees, AgendaNumber, Hour, PrintedNumberCell
from meetings.tables import documents_table, meetings_table
from members.resources import country_column
from subjects.resource_columns import subjects_column


def meeting_cell(**where):
    """A meeting by its code."""
    return Reference("meetings.Meeting", "code", lambda meeting: [meeting.title_en or ""], where=where)


def meeting_column():
    """The meeting of a row, by its code."""
    return FileColumn("meeting", meeting_cell(), gettext_lazy("The meeting's code."), required=True, example="25-1")


@handles(Meeting, "code")
class MeetingResource(TranslatedResource):
    """Meetings by their code."""

    table = staticmethod(meetings_table)
    companions = (
        "meetings.agendaitem",
        "meetings.deadline",
        "meetings.decision",
        "meetings.presence",
        "meetings.attendance",
    )

    code = FileColumn("code", Text(), gettext_lazy("As in 25-1; it is the address."), required=True, example="26-1")
    body = FileColumn("body", Choice(MeetingBody), required=True, example="ISCG")
    unit = FileColumn("unit")
    subject = FileColumn("subject", Reference("subjects.Subject", "code", lambda subject: [subject.title_en or ""]))
    vars().update(in_six_languages("title", gettext_lazy("Its title in this language.")))
    starts_on = FirstDay()
    precision = PrecisionOfFirstDay()
    ends_on = FileColumn("ends_on", Day(), example="2026-03-05")
    opens_at = FileColumn("opens_at", Hour(), example="09:30")
    closes_at = FileColumn("closes_at", Hour(), example="17:30")
    time_zone = FileColumn("time_zone", example="Europe/Zurich")
    place = FileColumn("place", example="Geneva")
    mode = FileColumn("mode", Choice(Meeting.Mode), example="hybrid")
    state = FileColumn("state", Choice(Meeting.State), example="confirmed")
    state_note = FileColumn("state_note", Text(), gettext_lazy("Why it does not take place, or until when; public."))
    together_with = FileColumn("together_with", meeting_cell())
    web_url = FileColumn("web_url")
    registration_url = FileColumn("registration_url")
    webcast_url = FileColumn("webcast_url")
    captions_url = FileColumn("captions_url")
    remote_url = FileColumn("remote_url", Text(), gettext_lazy("Remote participation; never public."))
    vars().update(in_six_languages("result", gettext_lazy("Its result in short, in this language.")))

    select_related = ("subject", "together_with")


@handles(AgendaItem, "meeting", "number")
class AgendaItemResource(RecordResource):
    """Points of agendas by meeting and number."""

    meeting = meeting_column()
    number = FileColumn("number", Text(), gettext_lazy("As printed."), required=True, example="3.1")
    vars().update(in_six_languages("title", gettext_lazy("Its title in this language.")))
    original_language = original_language()
    subjects = subjects_column()

    select_related = ("meeting",)
    prefetch_related = (Prefetch("subject_links", AgendaSubject.objects.select_related("subject")),)


@handles(Deadline, "meeting", "kind")
class DeadlineResource(RecordResource):
    """Deadlines by meeting and kind."""

    meeting = meeting_column()
    kind = FileColumn(
        "kind", Choice(Deadline.Kind), gettext_lazy("What is due."), required=True, example="contributions"
    )
    days_before = FileColumn(
        "days_before", Whole(999), gettext_lazy("Calendar days before the first day."), required=True, example="12"
    )
    hour = FileColumn("hour", Hour(), gettext_lazy("Geneva time."), example="23:59")

    select_related = ("meeting",)


@handles(Attendance, "meeting", "country", "capacity")
class AttendanceResource(RecordResource):
    """How many took part, by meeting, country and capacity."""

    meeting = meeting_column()
    country = country_column()
    capacity = FileColumn(
        "capacity",
        Choice(Attendance.Capacity),
        gettext_lazy("In what capacity."),
        required=True,
        example="Member State",
    )
    count = FileColumn("count", Whole(), gettext_lazy("How many."), required=True, example="3")

    select_related = ("meeting", "country")


@handles(Decision, "meeting", "number")
class DecisionResource(RecordResource):
    """Decisions and actions by meeting and number."""

    table = staticmethod(decisions_table)

    meeting = meeting_column()
    number = FileColumn("number", Text(), gettext_lazy("As printed."), required=True, example="3")
    kind = FileColumn("kind", Choice(Decision.Kind), required=True, example="action")
    vars().update(in_six_languages("wording", gettext_lazy("Its text in this language.")))
    original_language = original_language()
    agenda_item = AgendaNumber()
    subject = FileColumn("subject", Reference("subjects.Subject", "code", lambda subject: [subject.title_en or ""]))
    owner = FileColumn("owner", example="Secretariat")
    due_on = FileColumn("due_on", Day(), example="2027-06-30")
    closed_on = FileColumn("closed_on", Day())
    closed_because = FileColumn("closed_because")

    select_related = ("meeting", "agenda_item", "subject")


@handles(Presence, "meeting", "seat")
class PresenceResource(RecordResource):
    """Presence of the seven seats by meeting and seat."""

    meeting = meeting_column()
    seat = FileColumn(
        "seat",
        Reference("members.Seat", "code", lambda seat: []),
        gettext_lazy("The seat's code: CHAIR, RAG1, RAG2…"),
        required=True,
        example="RAG1",
    )
    state = FileColumn(
        "state",
        Choice(Presence.State),
        gettext_lazy("Whether the holder was present, excused, or represented by somebody else."),
        required=True,
        example="present",
    )

    select_related = ("meeting", "seat")


@handles(Document, "number")
class DocumentResource(TranslatedResource):
    """Documents by their number. A row with a new number enters a document under it, or a revision of one."""

    table = staticmethod(documents_table)
    companions = ("meetings.liaisonstatement",)

    number = FileColumn(
        "number",
        PrintedNumberCell(),
        gettext_lazy("As printed: ISCG/25-1/03, ISCG/25-1/03 (Rev.1), ISCT-18/12, TDAG/ISCT/5."),
        required=True,
        example="ISCG/25-1/03",
    )
    meeting = FileColumn("meeting", meeting_cell(), keep=True, example="25-1")
    agenda_item = AgendaNumber()
    type = FileColumn("type", Choice(Document.Type), required=True, example="contribution")
    purpose = FileColumn("purpose", Choice(Document.Purpose), example="Proposal")
    vars().update(in_six_languages("title", gettext_lazy("Its title in this language.")))
    submitted_by = FileColumn("submitted_by")
    contact_role = FileColumn("contact_role", Text(), gettext_lazy("A role or its mailbox, never a person's address."))
    dated_on = FileColumn("dated_on", Day(), example="2025-01-23")
    subjects = subjects_column()
    visibility = FileColumn(
        "visibility", Choice(Document.Visibility), gettext_lazy("Who may see it."), example="public"
    )
    withheld_because = FileColumn(
        "withheld_because", Text(), gettext_lazy("Of a restricted document: why the public is told it is withheld.")
    )
    withdrawn_on = FileColumn("withdrawn_on", Day())
    withdrawn_because = FileColumn("withdrawn_because")
    itu_url = FileColumn("itu_url")
    note = FileColumn("note", Text(), gettext_lazy("For staff; never public.")).at(8)
    languages = ShownColumn(
        "languages",
        lambda document: "; ".join(file.language for file in document.files.all()) if document.pk else "",
        gettext_lazy("For reading: the languages in which it has a file. Files are uploaded in the admin."),
    ).at(9)

    select_related = ("meeting", "agenda_item", "register_number")
    prefetch_related = (Prefetch("subject_links", DocumentSubject.objects.select_related("subject")), "files")

    def in_saving_order(self, states):
        """A document comes before its revisions, corrigenda and addenda."""
        return sorted(states, key=lambda state: str(state.instance.number).count("("))

    def save_record(self, record):
        """A new document is entered through the register, which takes its number."""
        if record.pk is None:
            register.enter(record, reason=self.reason, by=self.by)
            return
        record.full_clean()
        save_with_reason(record, self.reason, self.by)
        register.put_variants_in_place(record, self.reason, self.by)


@handles(LiaisonStatement, "document")
class LiaisonStatementResource(RecordResource):
    """Liaison statements by the number of their document."""

    document = FileColumn(
        "document",
        Reference("meetings.Document", "number", lambda document: [], where={"type": Document.Type.LIAISON}),
        gettext_lazy("The number of a document of the type “liaison statement”."),
        required=True,
        example="ISCG/25-1/07",
    )
    for_action = Addressees("action", gettext_lazy("Who is asked to act, with semicolons between them."))
    for_comment = Addressees("comment", gettext_lazy("Who is asked to comment, with semicolons between them."))
    for_information = Addressees("information", gettext_lazy("Who is informed, with semicolons between them."))
    deadline_on = FileColumn("deadline_on", Day(), gettext_lazy("By when."), example="2025-06-30")
    in_reply_to = FileColumn(
        "in_reply_to",
        Reference("meetings.LiaisonStatement", "number", lambda liaison: [], related=("document",)),
        gettext_lazy("The number of the statement to which it replies."),
    )

    select_related = ("document", "in_reply_to__document")
    prefetch_related = ("addressees",)
