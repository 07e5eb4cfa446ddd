"""A browser in words, so that owners know their sessions again."""

from django import template

register = template.Library()

# The first that is found counts: most browsers also name those that they resemble.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@register.filter
def browser(said):
    """`Firefox, Windows`, from what the browser says of itself; its own words where nothing is known in them."""
    named = (next((name for sign, name in known.items() if sign in said), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, named)) or said
