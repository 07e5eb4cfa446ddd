"""What can be done with a row on the page of a record."""

from django import template

register = template.Library()


@register.filter
def acts_in(row, inline):
    """(label, address) of the acts on a row, in the inline that shows it."""
    return inline.acts_of(row)
