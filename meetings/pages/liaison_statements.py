"""Liaison statements: open, past their deadline, answered; by addressee, on any day (clause S1)."""

from collections import Counter, defaultdict
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Count, Prefetch
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.collation import in_order
from iscg_portal.fixed_terms import with_initials
from iscg_portal.tables import file_of, read_choice, shown
from iscg_portal.tables.questions import MOST, Question
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from meetings.models import Addressee, LiaisonStatement, Standing
from meetings.tables import liaison_table

COUNTED = (Standing.OPEN, Standing.DUE, Standing.ANSWERED)


@public_page
@takes("on", "state", "addressee", "sort", "page")
def liaison_list(request, format=None):
    """The statements of a day that the address asks for, the latest first, or the same as a file."""
    day = read_day(request)
    statements = LiaisonStatement.objects.public().sent_by(day.on).with_standing(day.on)
    counts = counts_by_addressee(statements)
    state, addressee = read_choice(request, "state", Standing.values), read_addressee(request, counts)
    chosen = chosen_statements(statements, state, addressee)
    if format:
        return file_of(request, liaison_table(in_full(chosen, day.on), day.on), format)
    offered = [(count.body, with_initials(count.body)) for count in counts] if len(counts) <= MOST else []
    context = {
        "questions": [
            Question("state", _("State"), Standing.choices, state),
            Question("addressee", _("Addressee"), offered, addressee, is_typed=len(counts) > MOST),
        ],
        "asked_day": "" if day.is_today else day.on.isoformat(),
        "counts": [count for count in counts if count.asked][:MOST],
        "table": shown(request, liaison_table(in_full(chosen, day.on), day.on)),
    }
    return render(request, "meetings/liaison_list.html", context | day.context)


def chosen_statements(statements, state, addressee):
    """Of the statements `with_standing` those in a state, and to an addressee; blank is all."""
    if state:
        statements = statements.filter(standing=state)
    if addressee:
        statements = statements.filter(addressees__body=addressee)  # each is named once
    return statements.order_by("-document__sort_key", "-document")


def in_full(statements, on):
    """The statements with their documents, addressees, and those that answer them by the day. Two more queries."""
    replies = LiaisonStatement.objects.public().sent_by(on).exclude(document__withdrawn_on__lte=on)
    replies = replies.join_public("document").order_by("document__sort_key", "document")
    related = ("addressees", Prefetch("replies", replies, to_attr="public_replies"))
    return statements.join_public("document", "in_reply_to__document").prefetch_related(*related)


class CountOfAddressee(NamedTuple):
    """How many statements to one body are open, past their deadline, and answered."""

    body: str
    open: int
    due: int
    answered: int

    @property
    def asked(self):
        """How many of them ask for action or comment and are in force."""
        return self.open + self.due + self.answered

    @property
    def query(self):
        """What the address of the page asks, for this addressee."""
        return urlencode({"addressee": self.body})


def counts_by_addressee(statements) -> list[CountOfAddressee]:
    """Of each body to which a statement goes, in the order of the language. One query."""
    rows = statements.order_by().values("addressees__body", "addressees__purpose", "standing")
    found = defaultdict(Counter)
    for row in rows.annotate(number=Count("pk")):
        if row["addressees__body"]:
            is_asked = row["addressees__purpose"] != Addressee.Purpose.INFORMATION
            found[row["addressees__body"]][row["standing"] if is_asked else ""] += row["number"]
    counts = (CountOfAddressee(body, *(number[state] for state in COUNTED)) for body, number in found.items())
    return in_order(counts, lambda count: with_initials(count.body))


def read_addressee(request, counts):
    """The addressee that the address asks for. Errors: BadRequest with a sentence where none is called so."""
    values = request.GET.getlist("addressee")
    if len(values) > 1:
        raise BadRequest(_("The address gives “%(name)s” more than once.") % {"name": "addressee"})
    asked = values[0].strip() if values else ""
    if asked and asked not in {count.body for count in counts}:
        raise BadRequest(_("No liaison statement on record goes to “%(value)s”.") % {"value": asked[:40]})
    return asked
