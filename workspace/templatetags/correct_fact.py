"""The way to suggest a correction of one fact of a page, beside its source."""

from django import template

from iscg_portal.languages import with_commas

register = template.Library()


@register.inclusion_tag("components/_correct_fact.html")
def correct_fact(page_address, *parts):
    """`{% correct_fact page_address office.office_name office.for_whom office.when %}`: what is told, as one line."""
    return {"address": page_address, "fact": with_commas(map(_on_one_line, parts))}


def _on_one_line(part):
    return " ".join(str(part or "").split())
