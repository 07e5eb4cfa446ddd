"""What became of meetings and documents: planned, moved, cancelled; published, withdrawn (W3).

Both are told as the history has them, for rows that are there and that everyone may see: a draft or a restricted
document is never looked at. A meeting that was over when it was entered is no news, nor is a mended title.
"""

from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from changes.events import Event, first_said, moment_of, on_days, recorded_since, written_last
from changes.turns import TurnEvent
from iscg_portal.fixed_terms import place_name
from meetings.models import Document, DocumentSubject, Meeting

# In a query of documents: when the history first said that it is public, and that it is withdrawn.
FIRST_PUBLIC = first_said(Document, "dated_on", visibility=Document.Visibility.PUBLIC)
WITHDRAWN_AT = first_said(Document, "withdrawn_on", withdrawn_on=OuterRef("withdrawn_on"))


class MeetingEvent(TurnEvent):
    """The days or the state of a meeting changed."""

    model = Meeting
    more = ("body",)
    TITLES = {
        "planned": _("%(meeting)s is planned: %(days)s"),
        "confirmed": _("%(meeting)s is confirmed: %(days)s"),
        "moved": _("%(meeting)s has other days: %(days)s"),
        "cancelled": _("%(meeting)s is cancelled: %(days)s"),
        "postponed": _("%(meeting)s is postponed: %(days)s"),
        "takes place": _("%(meeting)s takes place after all: %(days)s"),
    }
    list_page = "meetings:meeting-list"

    @property
    def said(self):
        return self.TITLES[self.kind] % {"meeting": self.about.record.name, "days": self.days}

    @property
    def details(self):
        title = self.about.record.text("title")
        return title, *(
            self.correction if self.about.removed else (place_name(self.about.record.place), self.about.note)
        )


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
        .annotate(published_at=FIRST_PUBLIC, withdrawn_at=WITHDRAWN_AT)
    )
    for document in found:
        yield published(document, document.published_at)
        if document.withdrawn_on:
            yield _document_event(document, "withdrawn", document.withdrawn_on, document.withdrawn_at)


def published(document, at):
    """That a document came to be public at the moment, or on its day where that is None."""
    return _document_event(document, "published", document.dated_on, at)


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
        yield published(document, max(filter(None, moments), default=None))


def _document_event(document, kind, day, at):
    return DocumentEvent(f"document/{document.slug}/{kind}", kind, document, day, at=moment_of(at, day))
