"""Whether and when meetings take place: their states, and the questions about them (clause W3)."""

import datetime

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.bodies import MeetingBody
from iscg_portal.tenure.dates import today
from iscg_portal.visibility import PublicQuerySet

LAST_DAY = Coalesce("ends_on", "starts_on")
UNRESOLVED = (
    "announced"  # how files and filters name the state of a meeting that was announced and never recorded as held
)
STATE_OF_UNRESOLVED = _("announced; whether held is not recorded")
MOST_ANNOUNCED = 20


class MeetingState(models.TextChoices):
    """Whether the meeting takes place."""

    PLANNED = "planned", _("planned")
    CONFIRMED = "confirmed", _("confirmed")
    HELD = "held", pgettext_lazy("meeting", "held")
    CANCELLED = "cancelled", _("cancelled")
    POSTPONED = "postponed", _("postponed")


ANNOUNCED = (MeetingState.PLANNED, MeetingState.CONFIRMED)


class MeetingQuerySet(PublicQuerySet):
    """Questions about meetings. `on` is a date; None means today in Geneva."""

    def of_the_group(self):
        """The ISCG's own meetings, under all three names that the group has had."""
        return self.filter(body=MeetingBody.ISCG)

    def not_called_off(self):
        """Without those that were cancelled or postponed."""
        return self.exclude(state__in=(MeetingState.CANCELLED, MeetingState.POSTPONED))

    def held(self):
        """Those that are recorded as held: no other one was, as far as the record knows (rule 17)."""
        return self.filter(state=MeetingState.HELD)

    def to_come_or_unresolved(self):
        """Those that were announced and are neither held nor called off."""
        return self.filter(state__in=ANNOUNCED)

    def unresolved(self, on=None):
        """Meetings whose days are past on the day and of which nobody recorded whether they were held."""
        return self.to_come_or_unresolved().alias(last_day=LAST_DAY).filter(last_day__lt=on or today())

    def in_state(self, state):
        """Those of which the public reads this state today: one of `MeetingState`, or `UNRESOLVED`."""
        if state == UNRESOLVED:
            return self.unresolved()
        found = self.filter(state=state)
        return found.not_over() if state in ANNOUNCED else found

    def not_over(self, on=None):
        """Meetings whose last day is not before the day, whether they will take place or not."""
        return self.alias(last_day=LAST_DAY).filter(last_day__gte=on or today())

    def coming(self, on=None):
        """Meetings that are not over on the day and are not called off, the next one first."""
        return self.not_over(on).not_called_off().order_by("starts_on", "code")

    def announced(self, on=None) -> list:
        """What the group has announced for the day or later, up to its next meeting that takes place (W3).

        The last one is the next meeting; those before it are called off. Where no meeting takes place, all are.
        """
        # In the order of the index that also holds the condition, so that those of the past are not even read.
        announced = list(self.of_the_group().not_over(on).order_by(LAST_DAY, "starts_on", "code")[:MOST_ANNOUNCED])
        next_one = next((place for place, meeting in enumerate(announced, 1) if meeting.takes_place), None)
        return announced[:next_one]

    def over(self, on=None):
        """Meetings whose last day is before the day, the latest first; whether they took place or not."""
        on = on or today()
        return self.alias(last_day=LAST_DAY).filter(last_day__lt=on).order_by("-starts_on", "-code")

    def in_year(self, year):
        """Meetings with a day in the year."""
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return self.not_over(first).filter(starts_on__lte=last)
