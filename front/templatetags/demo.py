"""What a demonstration shows of itself: the band on every page, and the accounts on its page for signing in."""

from django import template
from django.conf import settings

from front.demo.cast import ACCOUNTS, PASSWORD

register = template.Library()


@register.inclusion_tag("components/_demo_band.html")
def demo_band(element="aside"):
    """That everything is made up; nothing on a real portal. Inside the main part of a page the element is a `p`."""
    return {"is_demo": settings.DEMO, "element": element}


@register.inclusion_tag("components/_demo_accounts.html", takes_context=True)
def demo_accounts(context):
    """The accounts of each role, with a button to sign in; nothing on a real portal."""
    accounts = ACCOUNTS if settings.DEMO else ()
    return {"accounts": accounts, "password": PASSWORD, "csrf_token": context.get("csrf_token")}
