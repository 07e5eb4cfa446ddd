"""What became of joint activities: entered, moved, cancelled, postponed, removed (clause F2).

Told as the history has it. An activity that was over when it was entered is no news, nor is a mended title.
"""

from django.utils.translation import gettext_lazy as _

from changes.events import on_days, written_last
from changes.papers import MeetingEvent
from changes.turns import TurnEvent, told
from iscg_portal.fixed_terms import place_name
from studies.models import Activity, ActivitySubject


class ActivityEvent(TurnEvent):
    """The days or the state of an activity changed."""

    model = Activity
    TITLES = {
        "planned": _("Activity planned: %(title)s, %(days)s"),
        "confirmed": _("Activity confirmed: %(title)s, %(days)s"),
        "moved": _("Activity on other days: %(title)s, %(days)s"),
        "cancelled": _("Activity cancelled: %(title)s, %(days)s"),
        "postponed": _("Activity postponed: %(title)s, %(days)s"),
        "takes place": _("Activity takes place after all: %(title)s, %(days)s"),
    }
    list_page = "studies:activity-list"

    @property
    def said(self):
        return self.TITLES[self.kind] % {"title": self.about.record.text("title"), "days": self.days}

    @property
    def details(self):
        return self.correction if self.about.removed else (place_name(self.about.record.place), self.about.note)


def newest_of_what_is_held(_on):
    """Of meetings and activities the newest changes of days and state, and what was removed after it was told.

    One query for both.
    """
    yield from told({kind: written_last(kind.model) for kind in (MeetingEvent, ActivityEvent)})


def activities_of_subject(subject, from_on, to_on):
    """What became of the activities about a subject, for those written on the days. One query."""
    about = ActivitySubject.history.filter(subject_id=subject.pk).values("activity_id")
    written = Activity.history.filter(on_days(from_on, to_on), id__in=about).values("id")
    yield from told({ActivityEvent: written})
