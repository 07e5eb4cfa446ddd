"""The newest changes in the management team, for the home page."""

import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.fragments import joined, remembered
from iscg_portal.prepared import ask
from iscg_portal.tenure.as_on import FIRST_YEAR
from iscg_portal.tenure.dates import print_date
from members.changes import RecordedSeat, changes
from members.composition import SEVEN
from members.models import ChairTerm, Representative
from members.models.groups import group_of
from members.public_terms import FIELDS, public_term
from members.url_base import url_base

FIRST_DAY = datetime.date(FIRST_YEAR, 1, 1)
NEWEST = 5
WHAT = {
    "began": gettext_lazy("took office"),
    "ended": gettext_lazy("left office"),
    "first recorded": gettext_lazy("first recorded in office"),
    "last recorded": gettext_lazy("last recorded in office"),
}


def newest_changes(on):
    """The newest events up to the day, the newest first, as entries of a list; blank for none. One query."""
    terms = [public_term(values) for values in ask(_newest, on)]
    seats = [RecordedSeat(code, None) for code in SEVEN]
    events = changes(FIRST_DAY, on, seats, terms)[::-1][:NEWEST]
    return joined(_entry(event.on, event.kind, event.seat.pk, event.tenure) for event in events)


def _newest(on):
    """Of the Chairs and of the representatives those that began last and ended last: no event is newer than theirs."""
    return _newest_of(ChairTerm, on).union(_newest_of(Representative, on), all=True)


def _newest_of(model, on):
    begun = model.objects.filter(starts_on__lte=on).order_by("-starts_on").values("pk")[:NEWEST]
    ended = model.objects.filter(ends_on__lte=on).order_by("-ends_on").values("pk")[:NEWEST]
    keys = model.objects.order_by().values("pk")
    # A union and no “or”, which would read every term; SQLite wants the slices one level down.
    newest = keys.filter(pk__in=begun).union(keys.filter(pk__in=ended))
    return model.objects.filter(pk__in=newest).order_by().values_list(*FIELDS)


@remembered
def _entry(on, kind, seat, term):
    day = on - datetime.timedelta(days=1) if kind == "last recorded" else on
    precision = term.starts_precision if kind in ("began", "first recorded") else term.ends_precision
    cells = {
        "iso": day.isoformat(),
        "day": print_date(day, precision),
        "person": str(term.person),
        "url": f"{url_base('members:person-detail')}{term.person.slug}/",
        "seat": group_of(seat) or _("Chair"),
        "what": WHAT[kind],
    }
    return render_to_string("front/_change.html", {"change": cells})
