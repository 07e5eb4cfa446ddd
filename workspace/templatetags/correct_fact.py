"""The way to suggest a correction of one fact of a page, beside its source."""

from django import template

register = template.Library()


@register.inclusion_tag("components/_correct_fact.html")
def correct_fact(page_address, *parts):
    """`{% correct_fact page_address office.office_name office.for_whom office.when %}`: what is told, as one line."""
    return {"address": page_address, "fact": ", ".join(text for text in map(_on_one_line, parts) if text)}


def _on_one_line(part):
    return " ".join(str(part or "").split())
