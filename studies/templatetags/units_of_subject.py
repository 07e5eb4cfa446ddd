"""What the page of a subject, which lies below, says of the units that study it."""

from django import template

from studies.models import MappingLink

register = template.Library()


@register.inclusion_tag("studies/_of_subject.html")
def units_of_subject(subject, day):
    """The units that the links about the subject name, by Sector, those of ended periods marked. One query."""
    found = {}
    for link in MappingLink.objects.public().with_names().filter(subject=subject).in_printed_order():
        for unit in filter(None, (link.first, link.second)):
            found[unit.pk] = unit
    units = sorted(found.values(), key=lambda unit: (unit.sector, unit.sort_key, unit.slug))
    return {"units": units, "day": day}
