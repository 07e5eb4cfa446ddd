"""What every mail of the portal needs to say."""

from django.conf import settings
from django.utils.translation import gettext as _

from reports.delivery import MAILBOX


def address(path):
    """A page of the portal as a mail names it."""
    return f"{settings.SITE_URL}{path}"


def who_writes():
    """The last paragraph of every mail: whose it is, and where its reader can ask. In the active language."""
    return _(
        "This mail comes from the portal of the Inter-Sector Coordination Group (ISCG) of ITU: %(site)s\n"
        "Questions: %(mailbox)s"
    ) % {"site": settings.SITE_URL, "mailbox": MAILBOX}
