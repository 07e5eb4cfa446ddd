"""What changed in the composition or on a subject between two days, as the public may know it, for those who follow.

Beginnings and ends are told as the public pages tell them: a *by* start is no appointment, an *after* end no
departure (`members.changes`), and of a name that is not public only the body is read.
"""

import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iscg_portal.tenure.dates import print_date
from meetings.models import Document, DocumentSubject
from members.change_rows import words_of_events
from members.changes import kind_of_end, kind_of_start
from members.corrections import corrections
from members.models import ChairTerm, Representative
from members.models.groups import group_of
from members.public_terms import FIELDS, public_term
from subjects.holders import COORDINATOR_FIELDS, FOCAL_POINT_FIELDS, public_coordinator, public_focal_point
from subjects.models import Coordinator, FocalPoint, Listing, Mandate
from workspace.recorded import A_DAY, newly_known, recorded_between, recorded_since

PERIOD = ("starts_on", "ends_on")


class News(NamedTuple):
    """One change: on which day it happened (None where that is not known), and what `say` puts into words."""

    on: datetime.date | None
    say: callable
    said: tuple

    def __str__(self):
        return self.say(*self.said)


def news_of_composition(from_on, to_on) -> list[News]:
    """What was recorded of the seven seats after the first day and up to the second, the oldest first."""
    found = [
        News(day, _term_words, (term.seat_id, *_event(term, field)))
        for model in (ChairTerm, Representative)
        for field, day, term in _of_tenures(model, FIELDS, public_term, {}, from_on, to_on)
    ]
    removed = [News(row.removed_on, _removed_words, (row,)) for row in corrections(from_on, to_on)]
    return _in_order(found + removed)


def news_of_subject(subject, from_on, to_on) -> list[News]:
    """What was recorded of a subject's offices, times on the list, mandates and documents; the oldest first."""
    of_it = {"subject": subject}
    found = []
    for model, fields, public in (
        (Coordinator, COORDINATOR_FIELDS, public_coordinator),
        (FocalPoint, FOCAL_POINT_FIELDS, public_focal_point),
    ):
        for field, day, office in _of_tenures(model, fields, public, of_it, from_on, to_on):
            found.append(News(day, _office_words, (subject.code, office.body, *_event(office, field))))
    for rows, say in (
        (Listing.objects.filter(**of_it), _listing_words),
        (Mandate.objects.filter(**of_it).select_related("resolution"), _mandate_words),
    ):
        known = newly_known(rows, PERIOD, from_on, to_on)
        changed = rows.in_bulk([new.pk for new, _day in known])
        found += [News(day, say, (changed[new.pk], new.field)) for new, day in known]
    return _in_order(found + _of_documents(subject, from_on, to_on))


def _in_order(news):
    return sorted(news, key=lambda one: one.on or datetime.date.min)


def _of_tenures(model, fields, public, of_what, from_on, to_on):
    """(field, its day, the term as the public may see it) for each beginning and end that is news."""
    rows = model.objects.filter(**of_what)
    known = newly_known(rows, PERIOD, from_on, to_on)
    of_rows = rows.filter(pk__in={new.pk for new, _day in known}).order_by()
    terms = {pk: public(values) for pk, *values in of_rows.values_list("pk", *fields)} if known else {}
    return [(new.field, day, terms[new.pk]) for new, day in known if new.pk in terms]


def _event(term, field):
    """(kind, day, precision, name and country): what a sentence needs of a beginning or an end."""
    begins = field == "starts_on"
    kind = kind_of_start(term.starts_precision) if begins else kind_of_end(term.ends_precision)
    day, precision = (term.starts_on, term.starts_precision) if begins else (term.ends_on, term.ends_precision)
    return kind, day - A_DAY if kind == "last recorded" else day, precision, term


def _of_documents(subject, from_on, to_on):
    """Public documents that came to be public and about the subject."""
    links = DocumentSubject.objects.filter(subject=subject)
    public = Document.objects.visible_to(AnonymousUser()).in_force().filter(pk__in=links.values("document"))
    touched = recorded_between(Document, from_on, to_on)
    linked = links.filter(recorded_between(DocumentSubject, from_on, to_on)).values("document")
    found = public.filter(touched) | public.filter(pk__in=linked)
    candidates = {document.pk: document for document in found}
    if not candidates:
        return []
    public_since = recorded_since(Document, ["visibility", "withdrawn_on"], found)
    about_since = recorded_since(DocumentSubject, ["document_id"], links.filter(document__in=candidates))
    link_of = dict(links.filter(document__in=candidates).values_list("document", "pk"))
    news = []
    for pk, document in candidates.items():
        days = [public_since.get((pk, "visibility")), public_since.get((pk, "withdrawn_on"))]
        day = max(filter(None, [*days, about_since.get((link_of[pk], "document_id"))]), default=to_on)
        if from_on < day <= to_on:
            news.append(News(day, _document_words, (document,)))
    return news


def _term_words(seat_id, kind, day, precision, term):
    group = group_of(seat_id)
    office = _("Representative of %(group)s") % {"group": group} if group else _("Chair")
    return _holder_words(office, kind, day, precision, term)


def _office_words(code, body, kind, day, precision, office):
    names = {"subject": code, "body": body}
    if not body:
        label = _("Coordinator of %(subject)s") % names
    elif office.is_secretariat:
        label = _("Secretariat focal point for %(body)s: %(subject)s") % names
    else:
        label = _("Focal Point for %(body)s: %(subject)s") % names
    return _holder_words(label, kind, day, precision, office)


def _holder_words(office, kind, day, precision, term):
    who = f"{term.person} ({term.sits_for})" if str(term.person) and term.sits_for else str(term.person)
    names = {"day": print_date(day, precision), "what": words_of_events()[kind], "office": office, "who": who}
    if who:
        return _("%(day)s: %(what)s: %(who)s, %(office)s") % names
    return _("%(day)s: %(what)s: %(office)s") % names


def _removed_words(row):
    group = group_of(row.seat_id)
    names = {
        "day": print_date(row.removed_on),
        "who": row.person or _("a person whose name is not public"),
        "office": _("Representative of %(group)s") % {"group": group} if group else _("Chair"),
        "said": row.said,
    }
    return _("%(day)s: removed as a mistake: %(who)s, %(office)s, %(said)s") % names


def _listing_words(listing, field):
    if field == "starts_on" and listing.starts_on is None:
        return _("On the list of subjects; since when is not recorded")
    if field == "starts_on":
        return _("%(day)s: on the list of subjects") % {"day": print_date(listing.starts_on, listing.starts_precision)}
    day = listing.ends_on - A_DAY if listing.ends_precision == "after" else listing.ends_on
    if listing.ends_precision == "after":
        return _("%(day)s: last recorded on the list of subjects") % {"day": print_date(day)}
    return _("%(day)s: taken off the list of subjects") % {"day": print_date(day, listing.ends_precision)}


def _mandate_words(mandate, field):
    names = {"resolution": mandate.resolution.citation}
    if field == "starts_on" and mandate.starts_on is None:
        return _("%(resolution)s is among the mandates") % names
    day = mandate.starts_on if field == "starts_on" else mandate.ends_on
    names["day"] = print_date(day, mandate.starts_precision if field == "starts_on" else mandate.ends_precision)
    if field == "starts_on":
        return _("%(day)s: %(resolution)s is among the mandates") % names
    return _("%(day)s: %(resolution)s is no longer among the mandates") % names


def _document_words(document):
    return _("Document %(number)s: %(title)s") % {"number": document.number, "title": document.text("title")}
