"""The news of a subject for its feed, asked in few queries: a page may ask eight.

The events are those of the mails. Of a document it is told when it was first public and first about the subject.
"""

from django.db.models import F, OuterRef, Subquery

from changes.activities import activities_of_subject
from changes.events import DAYS, recorded_since, sides_of, written_between
from changes.offices import MODELS as OFFICES
from changes.offices import OF_SUBJECTS, events_with_moments, terms_written
from changes.papers import first_public, published
from changes.subjects import MODELS, ListingEvent, MandateEvent
from meetings.models import Document, DocumentSubject
from subjects.models import Listing, Mandate, Subject

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
    for document in found.annotate(published_at=first_public(), linked_at=Subquery(linked.values("history_date")[:1])):
        yield published(document, max(filter(None, (document.published_at, document.linked_at)), default=None))
