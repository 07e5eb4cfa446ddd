"""The page of what changed in the management team between two days, and the feed of all changes."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from changes.feed import changes_feed
from changes.offices import ChangesOfSeats, removed_between
from iscg_portal.tables import Column, Table, shown
from iscg_portal.tenure.as_on import a_year_before, read_date
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page


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


@public_page
def feed(request):
    """What changed in the public record, as an Atom feed."""
    return HttpResponse(changes_feed(today()), content_type="application/atom+xml; charset=utf-8")
