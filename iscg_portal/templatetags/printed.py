"""Dates in templates, as exactly as they are known and in the page's language."""

from django import template
from django.utils.html import format_html

from iscg_portal.sourced import source_cell
from iscg_portal.tenure.dates import print_date, print_moment, print_since, print_until

register = template.Library()


@register.filter
def printed(day, precision="day"):
    """`{{ term.starts_on|printed:term.starts_precision }}`: “March 2016”; nothing for no date."""
    return print_date(day, precision) if day else ""


@register.filter
def named(person):
    """The person as printed, with the name in the own script where it is recorded; nothing for nobody."""
    if not person:
        return ""
    own = person.name_in_own_script
    return format_html('{} <bdi class="own-script">{}</bdi>', person, own) if own else str(person)


@register.filter
def printed_at(moment):
    """“12 February 2025, 14:03”, Geneva time; nothing for no moment."""
    return print_moment(moment) if moment else ""


@register.filter
def since(day, precision="day"):
    """“since March 2016”, “in office by 23 January 2025”; nothing for no date."""
    return print_since(day, precision) if day else ""


@register.filter
def until(day, precision="day"):
    """“until April 2019”; nothing for no date."""
    return print_until(day, precision) if day else ""


@register.filter
def state_on(term, day):
    """`{{ term|state_on:day }}`: “in office”, “ended”, “upcoming”, or what an inexact date allows to say."""
    return term.print_state(day)


@register.filter
def source(record):
    """Where the fact stands, with links, and that it is not official where it is not; for a table's cell."""
    return source_cell(record)
