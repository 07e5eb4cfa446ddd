"""Pictures in templates."""

from django import template

from iscg_portal.web.drawing import drawn

register = template.Library()


@register.simple_tag
def drawing(picture, caption):
    """`{% drawing lanes caption %}`: the SVG of a picture that a `draw_…` function described."""
    return drawn(picture, caption)
