"""What changed between two days in the management team and in the mapping, and all feeds as Atom (RFC 4287).

What an entry of the feed has as its day and moment is in docs/decisions/0010-feed-of-changes.md.
"""

import datetime
import uuid

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import Exists, F, OuterRef, Q, Value
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from changes.events import NEWEST, happened, newest_of_each_kind
from changes.offices import MODELS, SEATS, OfficeEvent, newest_of_seats, newest_of_terms
from changes.removals import removed_between
from changes.studies import mapping_between, news_of_mapping, with_links
from changes.topics import ACTIVITIES, BODIES, CALENDAR, FOLLOWED_BODIES, PEOPLE, topic_of
from iscg_portal.languages import HTML_LANG
from iscg_portal.mail.outbox import isolated
from iscg_portal.plain_text import for_xml
from iscg_portal.tables import Column, Table, shown
from iscg_portal.tenure.as_on import a_year_before, read_date
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page, takes
from members.composition import SEVEN
from members.models import ChairTerm, Representative, Seat
from studies.models import StudyUnit

ATOM = "application/atom+xml; charset=utf-8"


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
    return HttpResponse(changes_feed(today()), content_type=ATOM)


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


@public_page
@takes("from", "to", "page")
def mapping_changes(request):
    """What began, ended and was said of links between two days, the newest first."""
    to_on = read_date(request, "to", today())
    from_on = read_date(request, "from", a_year_before(to_on))
    if from_on > to_on:
        raise BadRequest(_("The first day lies after the last; turn them round."))
    heads = [("day", _("Day")), ("where", _("Where")), ("what", _("What happened")), ("who", _("What it is about"))]
    events = mapping_between(from_on, to_on)[::-1]
    table = shown(request, Table("mapping-changes", [Column(key, label) for key, label in heads], events))
    with_links(table.rows)
    context = {"from_on": from_on, "to_on": to_on, "cited": f"?from={from_on}&to={to_on}", "table": table}
    return render(request, "changes/mapping_changes.html", context)


@public_page
def mapping_feed(request):
    """What is news in the mapping since a year, as an Atom feed."""
    page, address = reverse("changes:mapping"), reverse("changes:mapping-feed")
    return _feed_of_mapping("mapping", _("Changes in the mapping of studies"), page, address)


@public_page
def unit_feed(request, slug):
    """What is news of one unit since a year, as an Atom feed. Errors: 404 with a sentence for an unknown address."""
    unit = StudyUnit.objects.public().with_period().filter(slug=slug).first()
    if unit is None:
        raise Http404(_("No study unit with this address is on record."))
    title, address = _("Changes of %(unit)s") % {"unit": unit}, reverse("changes:unit-feed", args=[slug])
    return _feed_of_mapping(f"unit/{slug}", title, unit.get_absolute_url(), address, unit)


def _feed_of_mapping(key, title, page, address, unit=None):
    on = today()
    news = sorted(news_of_mapping(a_year_before(on), on, unit), key=lambda event: (event.at, event.key), reverse=True)
    subtitle = _("What began, ended, was claimed, contested and agreed, the newest first.")
    return HttpResponse(feed_of(key, title, subtitle, news[:NEWEST], page, address), content_type=ATOM)


@public_page
def subject_feed(request, slug):
    """What is news of a subject."""
    return _feed_of_topic(request, slug)


@public_page
def person_feed(request, slug):
    """What is news of a person's offices; at an address of one who was merged into another the way to that one's."""
    return _feed_of_topic(request, PEOPLE + slug)


@public_page
def body_feed(request, code):
    """What is news of a body: its representatives, Focal Points and meetings."""
    return _feed_of_topic(request, BODIES + next((body for body in FOLLOWED_BODIES if body.lower() == code), ""))


@public_page
def calendar_feed(request):
    """What is news of the days and states of meetings."""
    return _feed_of_topic(request, CALENDAR)


@public_page
def activities_feed(request):
    """What is news of the days and states of joint activities."""
    return _feed_of_topic(request, ACTIVITIES)


@public_page
def activity_feed(request, code):
    """What is news of one joint activity."""
    return _feed_of_topic(request, ACTIVITIES + code)


def _feed_of_topic(request, key):
    """What is news of a topic since a year. Errors: 404 with a sentence for what is not on record any more."""
    topic, on = topic_of(key), today()
    if topic is None:
        raise Http404(_("The subject of this feed is not on record, or no longer. No new entry will appear here."))
    if topic.feed != request.path:
        return HttpResponsePermanentRedirect(topic.feed)
    news = sorted(topic.newest(a_year_before(on), on), key=lambda event: (event.at, event.key), reverse=True)
    title = _("News of %(topic)s") % {"topic": topic.name}
    subtitle = _("What changed in the record within a year, the newest first.")
    content = feed_of(f"topic/{topic.key}", title, subtitle, news[:NEWEST], topic.page, topic.feed)
    return HttpResponse(content, content_type=ATOM)
