"""Pictures and marks in templates."""

from django import template
from django.utils.safestring import mark_safe

from iscg_portal.bodies import Sector
from iscg_portal.web.drawing import drawn

register = template.Library()
MARKS = {letter: f'<span class="sector {letter.lower()}">{letter}</span>' for letter in Sector.values}


@register.simple_tag
def drawing(picture, caption):
    """`{% drawing lanes caption %}`: the SVG of a picture that a `draw_…` function described."""
    return drawn(picture, caption)


@register.filter
def sectors(letters):
    """`{{ subject.scope|sectors }}`: the marks of Sectors, each by hue, shape and letter together."""
    return mark_safe(f'<span class="sectors">{"".join(MARKS[letter] for letter in letters)}</span>')
