"""What happened to subjects and editions of their list: times on it, mandates, offices, documents (F1, B1, A0, F2).

The feed of a subject asks for it in few queries, since a page may ask eight. Its events are those of the mails; of a
document it is told when it was first public and first about the subject.
"""

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from changes.activities import activities_of_subject
from changes.events import (
    DAYS,
    Event,
    between,
    first_said,
    in_order,
    moment_of,
    on_one_of,
    recorded_since,
    sides_of,
    written_between,
    written_last,
)
from changes.offices import MODELS as OFFICES
from changes.offices import (
    OF_SUBJECTS,
    events_with_moments,
    news_of_offices,
    offices_between,
    offices_on,
    terms_written,
)
from changes.papers import FIRST_PUBLIC, documents_of_subject, published
from iscg_portal.languages import with_colon
from iscg_portal.tenure.dates import GENEVA, holds_day, print_date
from meetings.models import Document, DocumentSubject
from subjects.models import Edition, Listing, Mandate, Subject

MODELS = {"listing": Listing, "mandate": Mandate}
# In a query of editions: when the history first said that it is adopted, and why it is withdrawn.
STORED_AT = first_said(Edition, "adopted_on")
WITHDRAWN_AT = first_said(Edition, "adopted_on", withdrawn_because=OuterRef("withdrawn_because"))


class ListingEvent(Event):
    """A subject came onto the list of subjects, or was taken off it."""

    topic = "listings"
    WHAT = {
        "began": _("listed"),
        "ended": _("taken off the list"),
        "first recorded": _("first recorded"),
        "last recorded": _("last recorded"),
        "stands": _("on the list"),
    }
    LINES = {
        "began": _("%(day)s: on the list of subjects"),
        "ended": _("%(day)s: taken off the list of subjects"),
        "first recorded": _("%(day)s: on the list of subjects"),
        "last recorded": _("%(day)s: last recorded on the list of subjects"),
        "long ago": _("On the list of subjects; since when is not recorded"),
    }

    @property
    def where(self):
        return self.about.subject.code

    @property
    def what(self):
        return self.WHAT[self.kind]

    @property
    def who(self):
        return self.about.subject.text("title")

    @property
    def line(self):
        names = {"resolution": self.about.resolution.cited} if self.topic == "mandates" else {}
        return self.LINES[self.kind if self.on else "long ago"] % {**names, "day": self.on and self.printed}

    @property
    def title(self):
        return with_colon(self.where, self.line)

    @property
    def details(self):
        return (self.who,)

    @property
    def url(self):
        return self.about.subject.get_absolute_url()


class MandateEvent(ListingEvent):
    """A resolution became, or ceased to be, a mandate of a subject."""

    topic = "mandates"
    WHAT = ListingEvent.WHAT | {"began": _("became a mandate"), "ended": _("ceased to be a mandate")}
    LINES = {
        "began": _("%(day)s: %(resolution)s is among the mandates"),
        "ended": _("%(day)s: %(resolution)s is no longer among the mandates"),
        "first recorded": _("%(day)s: %(resolution)s is among the mandates"),
        "last recorded": _("%(day)s: %(resolution)s last recorded among the mandates"),
        "long ago": _("%(resolution)s is among the mandates"),
    }

    @property
    def who(self):
        return self.about.resolution


def subjects_between(from_on, to_on):
    """What happened between the days to all subjects, their Coordinators and Focal Points. Four queries."""
    found = [event for rows, kind in _rows(between(from_on, to_on)) for event in sides_of(rows, kind)]
    offices = [event for table in OF_SUBJECTS for event in offices_between((table,), from_on, to_on)]
    return [*offices, *(event for event in found if event.is_between(from_on, to_on))]


def subjects_on(days, said=()):
    """Which subjects are on the list on each of the days, with their Coordinators and Focal Points. Three queries.

    `said` are keys of events of which reports said so: where no first day is recorded, nothing speaks against that.
    """
    listings = on_one_of(days)(Listing.objects.public().dated().join_public("subject"))
    pairs = [
        (row, day)
        for row in listings
        for day in days
        if row.covers(day)
        or (row.starts_on is None and holds_day(None, row.ends_on, day) and _stands(row, day) in said)
    ]
    listed = {(row.subject.code, day) for row, day in pairs}
    offices = [event for table in OF_SUBJECTS for event in offices_on((table,), days)]
    return [
        *(ListingEvent(_stands(row, day), "stands", row, day) for row, day in pairs),
        *(event for event in offices if (event.where, event.on) in listed),
    ]


def _stands(listing, day):
    return f"listing/{listing.pk}/stands/{day}"


def news_of_subject(subject, from_on, to_on):
    """What became news of a subject after the first day and not after the second, the oldest first."""
    found = [*documents_of_subject(subject, from_on, to_on), *activities_of_subject(subject, from_on, to_on)]
    for rows, kind in _rows(written_between(from_on, to_on), subject=subject):
        found += sides_of(rows, kind, recorded_since(MODELS, rows, *DAYS))
    for table in OF_SUBJECTS:
        found += news_of_offices((table,), from_on, to_on, subject=subject)
    return in_order(event for event in found if event.is_news(from_on, to_on))


def _rows(chosen, **which):
    yield chosen(Listing.objects.public().join_public("subject").filter(**which)), ListingEvent
    yield chosen(Mandate.objects.public().join_public("subject", "resolution").filter(**which)), MandateEvent


class EditionEvent(Event):
    """An edition was adopted, or withdrawn; `on` is the day of it, of a withdrawal that of its record."""

    TITLES = {
        "adopted": _("The list of subjects of %(day)s is adopted"),
        "withdrawn": _("The list of subjects of %(day)s is withdrawn"),
    }

    @property
    def title(self):
        return self.TITLES[self.kind] % {"day": print_date(self.about.adopted_on)}

    @property
    def details(self):
        return self.about.document, self.about.withdrawn_because if self.kind == "withdrawn" else ""

    @property
    def url(self):
        return self.about.get_absolute_url()


def newest_of_editions(_on):
    """The newest editions that were adopted, and the newest that were withdrawn. One query."""
    found = Edition.objects.public().filter(pk__in=written_last(Edition))
    for edition in found.annotate(stored_at=STORED_AT, withdrawn_at=WITHDRAWN_AT):
        key, adopted_on = f"edition/{edition.pk}", edition.adopted_on
        yield EditionEvent(
            f"{key}/adopted", "adopted", edition, adopted_on, at=moment_of(edition.stored_at, adopted_on)
        )
        if edition.withdrawn_because:
            at = moment_of(edition.withdrawn_at, adopted_on)
            yield EditionEvent(f"{key}/withdrawn", "withdrawn", edition, at.astimezone(GENEVA).date(), at=at)


OF_LISTING = ("starts_on", "starts_precision", "ends_on", "ends_precision")


def subjects_with_listings(slugs) -> dict[str, Subject]:
    """{address: subject} of those on record, each with `its_listings`. One query."""
    columns = {f"listing_{name}": F(f"listings__{name}") for name in ("pk", *OF_LISTING)}
    found = {}
    for row in Subject.objects.public().filter(slug__in=slugs).annotate(**columns):
        subject = found.setdefault(row.slug, row)
        its = subject.__dict__.setdefault("its_listings", [])
        if row.listing_pk:
            days = {name: getattr(row, f"listing_{name}") for name in OF_LISTING}
            its.append(Listing(pk=row.listing_pk, subject=subject, **days))
    return found


def feed_of_subject(subject, from_on, to_on) -> list:
    """What became news of a subject, read with its listings, after the first day and not after the second.

    Six queries.
    """
    chosen = written_between(from_on, to_on)
    mandates = list(chosen(Mandate.objects.public().join_public("subject", "resolution").filter(subject=subject)))
    terms = [term for table in OF_SUBJECTS for term in terms_written((table,), from_on, to_on, subject=subject)]
    recorded = recorded_since(MODELS | OFFICES, [*subject.its_listings, *mandates, *terms], *DAYS)
    found = [
        *sides_of(subject.its_listings, ListingEvent, recorded),
        *sides_of(mandates, MandateEvent, recorded),
        *events_with_moments(terms, recorded),
        *activities_of_subject(subject, from_on, to_on),
        *_documents(subject),
    ]
    return [event for event in found if event.is_news(from_on, to_on)]


def _documents(subject):
    """One query."""
    links = DocumentSubject.objects.filter(subject=subject).values("document")
    linked = DocumentSubject.history.filter(document_id=OuterRef("pk"), subject_id=subject.pk).order_by("history_id")
    found = Document.objects.public().in_force().filter(pk__in=links)
    for document in found.annotate(published_at=FIRST_PUBLIC, linked_at=Subquery(linked.values("history_date")[:1])):
        yield published(document, max(filter(None, (document.published_at, document.linked_at)), default=None))
