"""One study unit: what it was before, what became of it, what stands below it, and its links (A1)."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.tables import Column, Table, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from studies.models import Confirmation, Ending, MappingLink, StudyUnit
from studies.models.endings import is_partly_split


@public_page
@takes("on", "page")
def unit_detail(request, slug):
    """One unit with its links. Errors: 404 with a sentence for an unknown address."""
    day = read_day(request)
    unit = StudyUnit.objects.public().join_public("period", "parent__period").filter(slug=slug).first()
    if unit is None:
        raise Http404(_("No study unit with this address is on record."))
    endings = list(Ending.objects.public().with_units().filter(Q(unit=unit) | Q(successor=unit)))
    links = MappingLink.objects.public().filter(Q(first=unit) | Q(second=unit)).with_names().with_state(day.on)
    table = shown(request, unit_links_table(links.in_printed_order(), day.on))
    said = Confirmation.objects.public().filter(link__in=[link.pk for link in table.rows], said_on__lte=day.on)
    for link in table.rows:
        link.other, link.is_off = link.other_than(unit), not link.stands_on(day.on)
        link.said = [one for one in said if one.link_id == link.pk]
    ends = [ending for ending in endings if ending.unit_id == unit.pk]
    context = {
        "unit": unit,
        "ends": ends,
        "is_partly_split": is_partly_split(ends),
        "origins": [ending for ending in endings if ending.successor_id == unit.pk],
        "below": StudyUnit.objects.public().filter(parent=unit).with_period().order_by("-kind", "sort_key", "pk"),
        "table": table,
    }
    return render(request, "studies/unit_detail.html", context | day.context)


def unit_links_table(links, on) -> Table:
    """The links of one unit. It has no files."""
    heads = [("other", _("Unit or subject")), ("topic", _("Topic")), ("subject", _("Subject"))]
    heads += [("kind", _("Kind")), ("state", _("State")), ("source", _("Source"))]
    return Table("links", [Column(key, label) for key, label in heads], links, as_on=on)
