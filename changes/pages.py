"""The page of what changed in the management team between two days, and the feed of all changes as Atom (RFC 4287).

What an entry of the feed has as its day and moment is in docs/decisions/0010-feed-of-changes.md.
"""

import datetime
import uuid

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import Exists, F, OuterRef, Q, Value
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from changes.events import NEWEST, happened, newest_of_each_kind
from changes.offices import MODELS, SEATS, OfficeEvent, newest_of_seats, newest_of_terms
from changes.removals import removed_between
from iscg_portal.languages import HTML_LANG
from iscg_portal.mail.outbox import isolated
from iscg_portal.plain_text import for_xml
from iscg_portal.tables import Column, Table, shown
from iscg_portal.tenure.as_on import a_year_before, read_date
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page, takes
from members.composition import SEVEN
from members.models import ChairTerm, Representative, Seat


class ChangesOfSeats:
    """What happened in the seats between the days, the newest first: on one day in the order of the seats.

    Where something else happens in a seat on the day on which its record begins, one event says both. Three
    queries for a page, whose rows are read up to its end.
    """

    def __init__(self, from_on, to_on):
        self.days = from_on, to_on
        that_day = Q(starts_on=OuterRef("recorded_from")) | Q(ends_on=OuterRef("recorded_from"))
        nothing_else = [~Exists(MODELS[table].objects.filter(that_day, seat=OuterRef("pk"))) for table in SEATS]
        seats = Seat.objects.public().filter(happened("recorded_from", *self.days), *nothing_else)
        self.alone = [
            OfficeEvent("", "record begins", seat, seat.recorded_from)
            for seat in seats.annotate(table=Value(SEATS[1]), office=F("pk"))
        ]

    def __len__(self):
        parts = []
        for model, same in ((ChairTerm, ("person",)), (Representative, ("person", "group_code"))):
            rows = model.objects.order_by().values("pk")
            goes_on = rows.filter(starts_on=OuterRef("ends_on"), **{name: OuterRef(name) for name in same})
            parts.append(rows.filter(happened("starts_on", *self.days)))
            parts.append(rows.filter(happened("ends_on", *self.days), ~Exists(goes_on)))
        return parts[0].union(*parts[1:], all=True).count() + len(self.alone)

    def __getitem__(self, wanted):
        found = newest_of_seats(*self.days, wanted.stop) + self.alone
        found.sort(key=lambda event: (-event.on.toordinal(), SEVEN.index(event.seat_id), not event.is_end))
        return found[wanted]


@public_page
@takes("from", "to", "page")
def composition_changes(request):
    """Who came, left, was first or last recorded between two days, and which rows were removed as mistakes."""
    now = today()
    to_on = read_date(request, "to", now)
    from_on = read_date(request, "from", a_year_before(to_on))
    if from_on > to_on:
        raise BadRequest(_("The first day lies after the last; turn them round."))
    heads = [("day", _("Day")), ("seat", _("Seat")), ("person", _("Person")), ("country", _("Country"))]
    heads += [("what", _("What happened")), ("remark", _("Remark"))]
    changes = Table("changes", [Column(key, label) for key, label in heads], ChangesOfSeats(from_on, to_on))
    context = {
        "from_on": from_on,
        "to_on": to_on,
        "cited": f"?from={from_on}&to={to_on}",
        "table": shown(request, changes),
        "removed": removed_between(from_on, to_on),
    }
    return render(request, "changes/composition_changes.html", context)


def newest_changes(terms, on, most):
    """What happened last in the seats by the day, the newest first; of `newest_terms_of_seats`."""
    found = newest_of_terms(terms, on)
    return sorted(found, key=lambda event: (event.on, event.seat_id, not event.is_end), reverse=True)[:most]


@public_page
def feed(request):
    """What changed in the public record, as an Atom feed."""
    return HttpResponse(changes_feed(today()), content_type="application/atom+xml; charset=utf-8")


NAMESPACE = uuid.UUID("918eca0b-b49d-4b17-97d0-ac869709dff7")  # of the portal's feeds and their entries, for ever
BEFORE_ALL = datetime.datetime(2013, 1, 1, tzinfo=datetime.UTC)  # stands where there is no entry yet


class _Feed(Atom1Feed):
    """A feed without entries is as old as can be, so that it stays the same from one moment to the next."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)


def changes_feed(on) -> str:
    """The feed of what is news by the day, in the active language. Eight queries, nine with removals."""
    title = _("Changes in the record of the ISCG")
    subtitle = _("Who came and who left, meetings, documents and annual reports, the newest first.")
    return feed_of("changes", title, subtitle, newest_events(on), reverse("front:home"), reverse("changes:feed"))


def feed_of(key, title, subtitle, events, page, address) -> str:
    """An Atom feed of events in the active language; `key` names it for ever, `page` is what it is about."""
    lang = HTML_LANG[get_language()]
    feed = _Feed(
        title=isolated(title),
        link=settings.SITE_URL + page,
        description=None,
        subtitle=isolated(subtitle),
        language=lang,
        author_name="ISCG",
        feed_url=settings.SITE_URL + address,
        feed_guid=_name(lang, key),
    )
    for event in events:
        feed.add_item(
            title=isolated(for_xml(event.title)),
            link=settings.SITE_URL + event.url,
            description=for_xml(_paragraphs(event.details)),
            unique_id=_name(lang, event.key),
            updateddate=event.at,
        )
    return feed.writeString("utf-8")


def newest_events(on):
    """The newest of all kinds, the newest first."""
    found = [event for newest in newest_of_each_kind for event in newest(on)]
    return sorted(found, key=lambda event: (event.at, event.key), reverse=True)[:NEWEST]


def _name(lang, key):
    return uuid.uuid5(NAMESPACE, f"{lang}/{key}").urn


def _paragraphs(lines):
    """A paragraph for each line that is not blank, in its own language where it is a `Text`."""
    return format_html_join(
        "", "<p{}>{}</p>", ((_lang(line), line if _lang(line) else isolated(line)) for line in lines if line)
    )


def _lang(line):
    lang = getattr(line, "lang", "")
    return format_html(' lang="{}"', lang) if lang else ""
