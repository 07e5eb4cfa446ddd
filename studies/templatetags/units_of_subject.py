"""What the page of a subject, which lies below, says of the units that study it."""

from django import template
from django.utils.translation import get_language_bidi

from studies.models import MappingLink
from studies.pictures import draw_links

register = template.Library()


@register.inclusion_tag("studies/_of_subject.html")
def units_of_subject(subject, day, day_query=""):
    """The units that the links about the subject name, by Sector, `is_off` those that the day is none of. One query."""
    about = MappingLink.objects.public().with_units().filter(subject=subject).with_state(day)
    links = list(about.in_printed_order())
    units = {unit.pk: unit for link in links for unit in link.units}
    standing = [link for link in links if link.stands_on(day)]
    on_the_day = {unit.pk for link in standing for unit in link.units}
    for unit in units.values():
        unit.is_off = unit.pk not in on_the_day
    picture = draw_links(standing, lambda unit: False, rtl=get_language_bidi())
    ordered = sorted(units.values(), key=lambda unit: (unit.sector, unit.sort_key, unit.slug))
    too_many = picture is None and any(link.second_id for link in standing)
    shown = {"units": ordered, "picture": picture, "too_many_links": too_many}
    return {"code": subject.code, "day_query": day_query, **shown}
