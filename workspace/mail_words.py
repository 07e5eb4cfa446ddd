"""What every mail of the portal needs to say."""

from django.conf import settings


def address(path):
    """A page of the portal as a mail names it."""
    return f"{settings.SITE_URL}{path}"
