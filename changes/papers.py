"""What became of meetings and documents: planned, moved, cancelled; published, withdrawn (W3).

Both are told as the history has them, for rows that are there and that everyone may see: a draft or a restricted
document is never looked at. A meeting that was over when it was entered is no news, nor is a mended title.
"""

from django.db.models import Case, DateTimeField, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from changes.events import Event, moment_of, on_days, recorded_since, written_last
from changes.removals import removed_title
from iscg_portal.odd_rows import printable
from iscg_portal.shipped import REASON
from iscg_portal.tenure.dates import GENEVA, print_date, print_days
from iscg_portal.translated import columns_of
from meetings.models import Document, DocumentSubject, Meeting

MEETING_SAYS = ("state", "starts_on", "ends_on", "precision")
OF_MEETING = (*MEETING_SAYS, "body", "code", "place", "state_note", "original_language", *columns_of("title"))
OF_REMOVAL = ("history_public_reason", "history_public_language")
TO_COME = (Meeting.State.PLANNED, Meeting.State.CONFIRMED)


class MeetingEvent(Event):
    """The days or the state of a meeting changed; `about` is the row of the history that says it."""

    TITLES = {
        "planned": _("%(meeting)s is planned: %(days)s"),
        "confirmed": _("%(meeting)s is confirmed: %(days)s"),
        "moved": _("%(meeting)s has other days: %(days)s"),
        "cancelled": _("%(meeting)s is cancelled: %(days)s"),
        "postponed": _("%(meeting)s is postponed: %(days)s"),
        "takes place": _("%(meeting)s takes place after all: %(days)s"),
    }

    @property
    def title(self):
        said = self.about
        days = print_days(said.starts_on, said.ends_on or said.starts_on, said.precision)
        return self.TITLES[self.kind] % {"meeting": said.meeting.name, "days": days}

    @property
    def details(self):
        meeting = self.about.meeting
        why = meeting.state_note if self.about.is_newest and meeting.state == self.about.state else ""
        return meeting.text("title"), meeting.place, why

    @property
    def url(self):
        return self.about.meeting.get_absolute_url()


class RemovedMeetingEvent(MeetingEvent):
    """What was told of a meeting that was removed as entered by mistake; `about.removed` is the row that says so."""

    @property
    def title(self):
        return removed_title(super().title)

    @property
    def details(self):
        on = print_date(self.about.removed.history_date.astimezone(GENEVA).date())
        removed = _("A correction: the row was entered by mistake, and removed on %(day)s.") % {"day": on}
        return self.about.meeting.text("title"), removed, self.about.removed.public_reason

    @property
    def url(self):
        return reverse("meetings:meeting-list")


def newest_of_meetings(_on):
    """The newest changes of days and state, and of what was removed that they were told. One query.

    The newest row of its history says what a meeting is now, or that it was removed; what was undone within a day is
    not asked.
    """
    history = Meeting.history.filter(id__in=written_last(Meeting), history_taken_back=False).order_by("history_id")
    rows = list(history.only("id", "history_date", "history_type", *OF_REMOVAL, *OF_MEETING))
    last, before, newest, turns = {row.id: row for row in rows}, {}, {}, []
    meetings = {meeting.pk: meeting for meeting in printable([_meeting_of(row) for row in last.values()])}
    for row in rows:
        if row.history_type == "-":
            continue
        kind = _kind_of(row, before.get(row.id)) if row.id in meetings else ""
        before[row.id] = row
        if kind in MeetingEvent.TITLES:
            turns.append((kind, row))
            newest[row.id] = row
    for kind, row in turns:
        row.meeting, row.is_newest = meetings[row.id], newest[row.id] is row
        key = f"meeting/{row.meeting.code}/{row.pk}"
        if last[row.id].history_type == "-":
            row.removed = last[row.id]
            yield RemovedMeetingEvent(key, kind, row, at=row.removed.history_date)
        else:
            yield MeetingEvent(key, kind, row, at=row.history_date)


def _meeting_of(row):
    """The meeting as a row of its history has it, as far as the feed tells it."""
    return Meeting(pk=row.id, **{name: getattr(row, name) for name in OF_MEETING})


def _kind_of(row, before):
    """A key of `MeetingEvent.TITLES`, or what is no news."""
    if before is None and (row.ends_on or row.starts_on) < row.history_date.astimezone(GENEVA).date():
        return "over"
    if row.state not in TO_COME:
        return row.state if before is None or before.state != row.state else "as before"
    if before is None:
        return "planned"
    if any(getattr(row, name) != getattr(before, name) for name in MEETING_SAYS[1:]):
        return "moved"
    if before.state not in TO_COME:
        return "takes place"
    return "confirmed" if before.state != row.state == Meeting.State.CONFIRMED else "as before"


class DocumentEvent(Event):
    """A document was published or withdrawn; `on` is the date that it bears, or that of its withdrawal."""

    PUBLISHED = {
        "": _("%(number)s is published"),
        Document.Variant.REVISION: _("%(number)s, a revision, is published"),
        Document.Variant.CORRIGENDUM: _("%(number)s, a corrigendum, is published"),
        Document.Variant.ADDENDUM: _("%(number)s, an addendum, is published"),
    }
    WITHDRAWN = _("%(number)s is withdrawn")

    @property
    def title(self):
        words = self.WITHDRAWN if self.kind == "withdrawn" else self.PUBLISHED[self.about.variant]
        return words % {"number": self.about.number}

    @property
    def details(self):
        document = self.about
        why = document.withdrawn_because if self.kind == "withdrawn" else ""
        return document.text("title"), document.get_type_display(), document.submitted_by, why

    @property
    def url(self):
        return self.about.get_absolute_url()

    @property
    def line(self):
        return _("Document %(number)s: %(title)s") % {"number": self.about.number, "title": self.about.text("title")}


def newest_of_documents(_on):
    """The newest documents that came to be public, and the newest that were withdrawn. One query."""
    found = (
        Document.objects.public()
        .filter(pk__in=written_last(Document))
        .annotate(
            published_at=_first_said("dated_on", visibility=Document.Visibility.PUBLIC),
            withdrawn_at=_first_said("withdrawn_on", withdrawn_on=OuterRef("withdrawn_on")),
        )
    )
    for document in found:
        yield _document_event(document, "published", document.dated_on, document.published_at)
        if document.withdrawn_on:
            yield _document_event(document, "withdrawn", document.withdrawn_on, document.withdrawn_at)


def _first_said(day, **said):
    """In a query of documents: when the history first said this; null where it was shipped with its day."""
    shipped = Q(history_change_reason=REASON, **{f"{day}__isnull": False})
    at = Case(When(shipped, then=None), default="history_date", output_field=DateTimeField())
    rows = Document.history.filter(id=OuterRef("pk"), **said).order_by("history_id")
    return Subquery(rows.annotate(at=at).values("at")[:1])


def documents_of_subject(subject, from_on, to_on):
    """The documents in force that may have come to be public, or about the subject, on the days. Five queries."""
    links = DocumentSubject.objects.filter(subject=subject)
    public = Document.objects.public().in_force().filter(pk__in=links.values("document"))
    written, linked = (
        model.history.filter(on_days(from_on, to_on)).values("id") for model in (Document, DocumentSubject)
    )
    found = public.filter(Q(pk__in=written) | Q(pk__in=links.filter(pk__in=linked).values("document")))
    links = {link.document_id: link for link in links.filter(document__in=found)}
    public_since = recorded_since({"document": Document}, found, "visibility", "withdrawn_on")
    about_since = recorded_since({"documentsubject": DocumentSubject}, links.values(), "document_id")
    for document in found:
        moments = [public_since.get(("document", document.pk, field)) for field in ("visibility", "withdrawn_on")]
        moments.append(about_since.get(("documentsubject", links[document.pk].pk, "document_id")))
        yield _document_event(document, "published", document.dated_on, max(filter(None, moments), default=None))


def _document_event(document, kind, day, at):
    return DocumentEvent(f"document/{document.slug}/{kind}", kind, document, day, at=moment_of(at, day))
