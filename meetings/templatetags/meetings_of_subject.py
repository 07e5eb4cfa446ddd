"""What the page of a subject, which lies below, says of meetings and documents."""

import datetime

from django import template

from meetings.of_subject import lately

register = template.Library()


@register.inclusion_tag("meetings/_of_subject.html")
def meetings_of_subject(code, day, today):
    """The last meetings and documents of the subject; on another day than today, those up to it."""
    return {"code": code, "rows": list(lately(code, datetime.date.max if day == today else day))}
