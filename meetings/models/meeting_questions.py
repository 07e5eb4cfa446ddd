"""The questions about meetings that no other thing held on days is asked (clause W3)."""

from iscg_portal.bodies import MeetingBody
from iscg_portal.scheduled import LAST_DAY, ScheduledQuerySet

MOST_ANNOUNCED = 20


class MeetingQuerySet(ScheduledQuerySet):
    """Questions about meetings. `on` is a date; None means today in Geneva."""

    def of_the_group(self):
        """The ISCG's own meetings, under all three names that the group has had."""
        return self.filter(body=MeetingBody.ISCG)

    def announced(self, on=None) -> list:
        """What the group has announced for the day or later, up to its next meeting that takes place (W3).

        The last one is the next meeting; those before it are called off. Where no meeting takes place, all are.
        """
        # In the order of the index that also holds the condition, so that those of the past are not even read.
        announced = list(self.of_the_group().not_over(on).order_by(LAST_DAY, "starts_on", "code")[:MOST_ANNOUNCED])
        next_one = next((place for place, meeting in enumerate(announced, 1) if meeting.takes_place), None)
        return announced[:next_one]
