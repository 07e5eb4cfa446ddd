"""Hours of the day in a time zone, some of which do not exist: once a year the clocks jump forward."""

import datetime
import zoneinfo
from functools import cache

from django.utils.translation import gettext_lazy as _

NO_SUCH_HOUR = _("This hour does not exist on that day: the clocks are put forward over it.")


@cache
def known_zones():
    """The names of all time zones."""
    return frozenset(zoneinfo.available_timezones())


def exists(day, hour, zone):
    """Whether the clocks of the zone show this hour on this day."""
    moment = datetime.datetime.combine(day, hour)
    there_and_back = moment.replace(tzinfo=zone).astimezone(datetime.UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) == moment
