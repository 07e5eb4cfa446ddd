"""What is held on days: meetings and activities, their states, and the questions about when and whether (W3, F2)."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from iscg_portal.collation import in_labels
from iscg_portal.fixed_terms import cities
from iscg_portal.tenure.dates import end_of_period, print_days, today
from iscg_portal.tenure.typed_dates import read_date
from iscg_portal.visibility import PublicQuerySet

LAST_DAY = Coalesce("ends_on", "starts_on")
UNRESOLVED = "announced"  # how files and filters name the state of what was announced and never recorded as held
STATE_OF_UNRESOLVED = _("announced; whether held is not recorded")


class State(models.TextChoices):
    """Whether it takes place."""

    PLANNED = "planned", _("planned")
    CONFIRMED = "confirmed", pgettext_lazy("meeting", "confirmed")
    HELD = "held", pgettext_lazy("meeting", "held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")
    POSTPONED = "postponed", _("postponed")


class Precision(models.TextChoices):
    """How exactly the dates are known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


ANNOUNCED = (State.PLANNED, State.CONFIRMED)
CALLED_OFF = (State.CANCELLED, State.POSTPONED)
STATES = {**dict(State.choices), UNRESOLVED: STATE_OF_UNRESOLVED}  # what a reader can ask for


def read_first_day(text, precision=""):
    """The first day and how exactly it is known: a day, a month or a year. Errors: ValidationError."""
    day, precision = read_date(text, precision)
    if precision not in Precision.values:
        raise ValidationError(gettext("Write the day, the month or the year: 15 March 2026, March 2026 or 2026."))
    return day, precision


def in_order_of_states():
    """In a query of what is held on days: the order of `state_in_words`, today."""
    unresolved = Q(state__in=ANNOUNCED) & LessThan(LAST_DAY, today())
    return in_labels("state", State.choices, When(unresolved, then=Value(str(STATE_OF_UNRESOLVED))))


def in_order_of_places():
    """The same by the place, as the active language calls it."""
    return in_labels("place", cities(), default=F("place"))


class ScheduledQuerySet(PublicQuerySet):
    """Questions about what is held on days. `on` is a date; None means today in Geneva."""

    def not_called_off(self):
        """Without those that were cancelled or postponed."""
        return self.exclude(state__in=CALLED_OFF)

    def held(self):
        """Those that are recorded as held: no other one was, as far as the record knows (rule 17)."""
        return self.filter(state=State.HELD)

    def to_come_or_unresolved(self):
        """Those that were announced and are neither held nor called off."""
        return self.filter(state__in=ANNOUNCED)

    def unresolved(self, on=None):
        """Those whose days are past on the day and of which nobody recorded whether they were held."""
        return self.to_come_or_unresolved().alias(last_day=LAST_DAY).filter(last_day__lt=on or today())

    def in_state(self, state):
        """Those of which the public reads this state today: one of `State`, or `UNRESOLVED`."""
        if state == UNRESOLVED:
            return self.unresolved()
        found = self.filter(state=state)
        return found.not_over() if state in ANNOUNCED else found

    def not_over(self, on=None):
        """Those whose last day is not before the day, whether they will take place or not."""
        return self.alias(last_day=LAST_DAY).filter(last_day__gte=on or today())

    def coming(self, on=None):
        """Those that are not over on the day and are not called off, the next one first."""
        return self.not_over(on).not_called_off().order_by("starts_on", "code")

    def over(self, on=None):
        """Those whose last day is before the day, the latest first; whether they took place or not."""
        on = on or today()
        return self.alias(last_day=LAST_DAY).filter(last_day__lt=on).order_by("-starts_on", "-code")

    def in_year(self, year):
        """Those with a day in the year."""
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return self.not_over(first).filter(starts_on__lte=last)


class Scheduled:
    """Mixin of a model with `starts_on`, `ends_on`, `precision`, `state` and `state_note`.

    `ends_on` is the last day; blank where it was not found. Dates may be known by month or year only: then the first
    and the last day of that are stored, and only the month or year is printed. What is *cancelled* does not take
    place. What is *postponed* does not take place on the days that were announced, and the new ones are not known;
    once they are, it is planned or confirmed again.
    """

    State = State
    Precision = Precision

    @property
    def takes_place(self):
        """False once cancelled or postponed."""
        return self.state not in CALLED_OFF

    def is_unresolved(self, on=None):
        """Whether its days are past on the day (today in Geneva) and nobody recorded whether it was held (rule 16)."""
        return self.state in ANNOUNCED and self.last_day < (on or today())

    @property
    def state_shown(self):
        """The state as files have it, today: that of the record, or `UNRESOLVED`."""
        return UNRESOLVED if self.is_unresolved() else self.state

    @property
    def state_in_words(self):
        """The same in words, as every page, calendar and report says it."""
        return str(STATE_OF_UNRESOLVED) if self.is_unresolved() else self.get_state_display()

    @property
    def note_shown(self):
        """The note beside the state."""
        return self.state_note

    def in_words(self, name):
        """What a column of the record says, where that depends on the day: of the state, whether its days are past."""
        return self.state_in_words if name == "state" else None

    @property
    def last_day(self):
        """The last day known; the first one where the end was not found."""
        return self.ends_on or self.starts_on

    @property
    def dates(self):
        """The dates in the active language as exactly as they are known: “May 2017”, “3–5 April 2019”."""
        return print_days(self.starts_on, self.last_day, self.precision)

    def lengthen_to_its_period(self):
        """What is known by a month or a year alone lasts to the last day of it."""
        if self.starts_on and self.precision in (Precision.MONTH, Precision.YEAR):
            self.ends_on = end_of_period(self.ends_on or self.starts_on, self.precision)

    @property
    def is_to_come(self):
        """Whether it cannot have been held yet; of what is known by month or year alone, whether that has not begun."""
        day = self.last_day if self.precision == Precision.DAY else self.starts_on
        return day is not None and day > today()
