"""The desk on the admin's front page."""

from django import template

from secretariat.desk import desk as desk_of

register = template.Library()


@register.simple_tag
def desk(user):
    """`{% desk request.user as desk %}`: what waits for the secretariat today."""
    return desk_of(user)
