"""Which liaison statements wait for an answer whose day is past: the secretariat reminds their addressees (S1)."""

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from iscg_portal.tenure.dates import print_date
from meetings.models import Addressee, Document, LiaisonStatement
from secretariat.findings import OPEN, Finding, Topic, admin_address

LIAISON_OVERDUE = Topic(
    "S1",
    OPEN,
    ngettext_lazy(
        "%(count)d liaison statement waits for an overdue answer",
        "%(count)d liaison statements wait for an overdue answer",
        "count",
    ),
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
        names = {"number": number, "to": ", ".join(row[3] for row in group), "day": print_date(day)}
        sentence = _("%(number)s: no answer of %(to)s, who were asked for it by %(day)s.") % names
        yield Finding(LIAISON_OVERDUE, sentence, admin_address(LiaisonStatement, pk))
