"""The page of what changed in the management team between two days, and the feed of all changes."""

from django.core.exceptions import BadRequest
from django.db.models import Exists, F, OuterRef, Q, Value
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from changes.events import happened
from changes.feed import changes_feed
from changes.offices import MODELS, SEATS, SINCE_EVER, OfficeEvent, newest_of_seats, removed_between
from iscg_portal.tables import Column, Table, shown
from iscg_portal.tenure.as_on import a_year_before, read_date
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page
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
        "asked": bool(request.GET),
        "table": shown(request, changes),
        "removed": removed_between(from_on, to_on),
    }
    return render(request, "changes/composition_changes.html", context)


def newest_changes(on, most):
    """What happened last in the seats by the day, the newest first, for the home page. One query."""
    found = newest_of_seats(SINCE_EVER, on, most)
    return sorted(found, key=lambda event: (event.on, event.seat_id, not event.is_end), reverse=True)[:most]


@public_page
def feed(request):
    """What changed in the public record, as an Atom feed."""
    return HttpResponse(changes_feed(today()), content_type="application/atom+xml; charset=utf-8")
