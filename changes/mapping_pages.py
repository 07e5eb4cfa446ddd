"""What changed in the mapping of studies between two days; the feed of that, and the feed of one unit (A1)."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from changes.events import NEWEST
from changes.pages import feed_of
from changes.studies import mapping_between, news_of_mapping, with_links
from iscg_portal.tables import Column, Table, shown
from iscg_portal.tenure.as_on import a_year_before, read_date
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page, takes
from studies.models import StudyUnit

ATOM = "application/atom+xml; charset=utf-8"


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
    return _feed("mapping", _("Changes in the mapping of studies"), page, address)


@public_page
def unit_feed(request, slug):
    """What is news of one unit since a year, as an Atom feed. Errors: 404 with a sentence for an unknown address."""
    unit = StudyUnit.objects.public().with_period().filter(slug=slug).first()
    if unit is None:
        raise Http404(_("No study unit with this address is on record."))
    title, address = _("Changes of %(unit)s") % {"unit": unit}, reverse("changes:unit-feed", args=[slug])
    return _feed(f"unit/{slug}", title, unit.get_absolute_url(), address, unit)


def _feed(key, title, page, address, unit=None):
    on = today()
    news = sorted(news_of_mapping(a_year_before(on), on, unit), key=lambda event: (event.at, event.key), reverse=True)
    subtitle = _("What began, ended, was claimed, contested and agreed, the newest first.")
    return HttpResponse(feed_of(key, title, subtitle, news[:NEWEST], page, address), content_type=ATOM)
