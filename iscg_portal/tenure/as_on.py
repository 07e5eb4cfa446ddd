"""The day on which a page stands: `?on=YYYY-MM-DD`, today in Geneva if it is not given.

Views pass `DayOfPage.context` to their template: `day` and `today` are what `base.html` and `_day.html` read. A page
whose address names a day is noindex with a canonical address; `base.html` sees to that.
"""

import datetime
import re
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils.translation import gettext as _

from iscg_portal.tenure.dates import FIRST_YEAR, LAST_YEAR, is_of_record, today

SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DayOfPage(NamedTuple):
    """The day on which a page stands, and today's."""

    on: datetime.date
    today: datetime.date

    @property
    def is_today(self):
        return self.on == self.today

    @property
    def query(self):
        """What links to other pages of the same day carry: nothing today."""
        return "" if self.is_today else f"?on={self.on.isoformat()}"

    @property
    def context(self):
        """What `base.html` reads, `day_query` for links, and `asked_on` for forms: None today."""
        asked_on = None if self.is_today else self.on
        return {"day": self.on, "today": self.today, "day_query": self.query, "asked_on": asked_on}


def read_day(request) -> DayOfPage:
    """The day that the address asks for, today if it asks for none. Http404 with a sentence for nonsense."""
    now = today()
    return DayOfPage(read_date(request, "on", now, refusal=Http404), now)


def read_date(request, name, default, refusal=BadRequest) -> datetime.date:
    """The parameter as a date, `default` if it is absent; `refusal` with a sentence if it is no day, or given twice."""
    values = request.GET.getlist(name)
    if not values:
        return default
    if len(values) > 1:
        raise refusal(_("The address gives “%(name)s” more than once; one day is needed.") % {"name": name})
    day = _day(values[0])
    if day is None:
        message = _("“%(value)s” is not a day from %(first)d to %(last)d; write it as in %(name)s=2025-02-12.")
        values = {"value": values[0][:40], "name": name, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise refusal(message % values)
    return day


def a_year_before(day) -> datetime.date:
    """The same day of the year before; 28 February for the 29th."""
    year = max(day.year - 1, FIRST_YEAR)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _day(text):
    if not SHAPE.fullmatch(text):
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_of_record(day) else None
