"""Who was asked and has not answered: addressees of liaison statements (S1), office holders about their own entries."""

from itertools import groupby

from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.languages import in_a_row, with_colon, with_full_stop
from iscg_portal.tenure.dates import print_date
from meetings.models import Addressee, Document, LiaisonStatement
from secretariat.findings import CARE, OPEN, Finding, topic
from workspace.models import EntryLink
from workspace.proposals.entries import how_it_stands, unanswered

LIAISON_OVERDUE = topic(
    "S1",
    OPEN,
    "%(count)d liaison statement waits for an overdue answer",
    "%(count)d liaison statements wait for an overdue answer",
)
NOT_ANSWERED = topic(
    "",
    CARE,
    "%(count)d office holder has not confirmed the entry",
    "%(count)d office holders have not confirmed the entry",
)


def ask_liaison(on, user=None):
    """One finding a statement, the one due first before others; of those that the account may see, if one is given.

    One query.
    """
    late = LiaisonStatement.objects.overdue(on)
    if user:
        late = late.filter(document__in=Document.objects.visible_to(user))
    asked = late.filter(addressees__purpose__in=(Addressee.Purpose.ACTION, Addressee.Purpose.COMMENT))
    rows = asked.order_by("deadline_on", "document__sort_key", "pk", "addressees__body")
    rows = rows.values_list("deadline_on", "document__number", "pk", "addressees__body")
    for (day, number, pk), group in groupby(rows, key=lambda row: row[:3]):
        names = {"number": number, "to": in_a_row(row[3] for row in group), "day": print_date(day)}
        sentence = _("%(number)s: no answer of %(to)s, who were asked for it by %(day)s.") % names
        yield Finding(LIAISON_OVERDUE, sentence, admin_address(LiaisonStatement, pk))


def ask_entries(on):
    """A finding for each, leading to where a new link is sent; one query, and six more once a meeting is announced."""
    for person, link in unanswered(on):
        url = admin_address(EntryLink, page="add", person=person.pk)
        yield Finding(NOT_ANSWERED, with_full_stop(with_colon(person, how_it_stands(link, on))), url)
