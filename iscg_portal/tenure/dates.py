"""Civil dates of the Union, with how exactly each is known: reading and printing.

Civil dates are Geneva's (Europe/Zurich). A date is stored as a full day beside a precision; all
computing ignores the precision, all printing uses it.
"""

import calendar
import datetime
import re
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import format_skeleton
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from iscg_portal.languages import BABEL_LOCALES, format_day, in_a_row, with_commas, year_in_full

GENEVA = ZoneInfo("Europe/Zurich")
A_DAY = datetime.timedelta(days=1)
# No day of the record lies outside: the Union was founded in 1865, and no appointment reaches beyond the other.
FIRST_YEAR, LAST_YEAR = 1865, 2199
FIRST_DAY, LAST_DAY = datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31)
YEARS_AHEAD = 50
MOST_REMEMBERED = 2_000  # printed days: a page prints the same few again and again


class StartPrecision(models.TextChoices):
    """How exactly the day on which something began is known."""

    DAY = "day", pgettext_lazy("precision", "day")
    MONTH = "month", pgettext_lazy("precision", "month")
    YEAR = "year", pgettext_lazy("precision", "year")
    BY = "by", pgettext_lazy("precision", "by this day (began then or earlier)")


class EndPrecision(models.TextChoices):
    """How exactly the day on which something ended is known."""

    DAY = "day", pgettext_lazy("precision", "day")
    MONTH = "month", pgettext_lazy("precision", "month")
    YEAR = "year", pgettext_lazy("precision", "year")
    AFTER = "after", pgettext_lazy("precision", "after (in office the day before, ended then or later)")


def today():
    """Today's civil date in Geneva. Call it late: never at import, never as a default argument."""
    return timezone.now().astimezone(GENEVA).date()


def midnight(day):
    """The moment at which the day begins in Geneva."""
    return datetime.datetime.combine(day, datetime.time(), GENEVA)


def is_of_record(day):
    """Whether the record can hold the day, and pages can print and compute with it."""
    return FIRST_DAY <= day <= LAST_DAY


def refuse_day(day, has_happened=False):
    """What nobody means: a day before the Union, far ahead, or to come where something `has_happened` on it.

    Errors: ValidationError with a sentence.
    """
    if day < FIRST_DAY:
        message = _("The Union was founded in %(year)s; nothing on record can be older.")
        raise ValidationError(message % {"year": FIRST_YEAR})
    now = today()
    if has_happened and day > now:
        raise ValidationError(_("This day has not come yet; give the day on which it happened."))
    if day.year > now.year + YEARS_AHEAD or day > LAST_DAY:
        message = _("This day is more than %(years)d years ahead; look at the year.")
        raise ValidationError(message % {"years": YEARS_AHEAD})


def end_of_period(day, precision):
    """The last day of the month or year of `day`; `day` itself for the other precisions."""
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == "year":
        return day.replace(month=12, day=31)
    return day


_SHAPES = (
    (re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), "day"),
    (re.compile(r"([0-9]{4})-([0-9]{2})"), "month"),
    (re.compile(r"([0-9]{4})"), "year"),
)
_MONTH_IN_WORDS = re.compile("M{3,}")  # in a pattern of CLDR
_EXACTNESS = {"year": 1, "month": 2, "day": 3, "by": 3, "after": 3}


def parse_date(text, precision="", *, ends=False, starts_on=None):
    """Read `2016`, `2016-03`, `2016-03-15`, `by 2025-01-23` or `after 2025-01-23` as (date, precision).

    `precision` is the second column or field; blank means "as the text shows". A month or a year is
    stored as its first day, unless the text gives another day inside it; an end in the same month
    or year as `starts_on` becomes that period's last day.
    Errors: ValidationError with a sentence.
    """
    text, precision = " ".join(str(text).split()), str(precision or "").strip().lower()
    qualifier = "after" if ends else "by"
    allowed = EndPrecision if ends else StartPrecision
    if precision and precision not in allowed.values:
        message = _("“%(precision)s” is not a precision; use one of: %(allowed)s.")
        raise ValidationError(message % {"precision": precision[:40], "allowed": in_a_row(allowed.values)})
    if text.lower().startswith(qualifier + " "):
        if precision not in ("", qualifier):
            raise ValidationError(_("“%(text)s” and the precision disagree.") % {"text": text[:40]})
        text, precision = text[len(qualifier) + 1 :], qualifier
    day, shown = _read(text)
    precision = precision or shown
    if _EXACTNESS[shown] < _EXACTNESS[precision]:
        message = _("“%(text)s” is not exact enough for the precision “%(precision)s”.")
        raise ValidationError(message % {"text": text[:40], "precision": precision})
    if ends and shown != "day" and starts_on and day <= starts_on <= end_of_period(day, precision):
        day = end_of_period(day, precision)
    return day, precision


def _read(text):
    for shape, precision in _SHAPES:
        match = shape.fullmatch(text)
        if match:
            year, month, day = (int(part) for part in (*match.groups(), "1", "1")[:3])
            try:
                read = datetime.date(year, month, day)
            except ValueError:
                break
            if not is_of_record(read):
                refuse_day(read)
            return read, precision
    message = _("“%(text)s” is not a date; write 2025-01-23, 2025-01 or 2025.")
    raise ValidationError(message % {"text": text[:40]})


def write_date(day, precision):
    """The short text that `parse_date` reads back when the stored day is the period's own."""
    if day is None:
        return ""
    if precision in ("by", "after"):
        return f"{precision} {day.isoformat()}"
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


@lru_cache(maxsize=MOST_REMEMBERED)
def _printed(day, precision, language):
    locale = BABEL_LOCALES.get(language, "en_GB")
    if precision == "year":
        return format_skeleton("y", day, locale=locale)
    if precision == "month":
        return year_in_full(format_skeleton("yMMMM", day, locale=locale))
    return format_day(day, "long", language)


def print_date(day, precision="day"):
    """The date in the active language as exactly as it is known: “12 February 2025”, “March 2016”, “2014”."""
    return _printed(day, precision or "day", get_language() or "en")


def print_unbroken(day, precision="day"):
    """The date with no-break spaces: for texts whose lines the portal breaks itself, in pictures."""
    return print_date(day, precision).replace(" ", "\u00a0")


def print_moment(moment):
    """“12 February 2025, 14:03”, in the active language, Geneva time."""
    local = timezone.localtime(moment, GENEVA)
    return with_hour(print_date(local.date()), f"{local:%H:%M}")


def with_hour(day, hour):
    """A printed day with the hour on it: “12 February 2025, 14:03”, “2025年2月12日 14:03”; with none the day alone."""
    return " ".join(filter(None, [day, hour])) if get_language() == "zh-hans" else with_commas([day, hour])


def print_days(first, last, precision="day"):
    """From a first to a last day, as exactly as they are known: “3–5 April 2019”, “30 April – 5 May 2019”."""
    begins, ends = print_date(first, precision), print_date(last, precision)
    if begins == ends:
        return begins
    return _days(first, last, get_language() or "en") if precision == "day" else f"{begins} – {ends}"


@lru_cache(maxsize=MOST_REMEMBERED)
def _days(first, last, language):
    """As CLDR writes a stretch of days, with the months in full as in every other date."""
    locale = Locale.parse(BABEL_LOCALES.get(language, "en_GB"))
    differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    shapes = locale.interval_formats
    patterns = shapes["yMMMMd" if "yMMMMd" in shapes else "yMMMd"][differs]
    days = zip((first, last), patterns, strict=True)
    in_full = (format_day(day, _MONTH_IN_WORDS.sub("MMMM", pattern), language) for day, pattern in days)
    return "".join(in_full).replace("\u2009", " ")


# Phrases for a start and an end by precision. Holes are filled with a printed date. “Since” is for the past.
# A day, a month and a year have a phrase each: many languages need another word or case before them.
SINCE = {
    "day": pgettext_lazy("a day", "since %(date)s"),
    "month": pgettext_lazy("a month", "since %(date)s"),
    "year": pgettext_lazy("a year", "since %(date)s"),
    "by": gettext_lazy("in office by %(date)s"),
}
FROM = {
    "day": pgettext_lazy("a day", "from %(date)s"),
    "month": pgettext_lazy("a month", "from %(date)s"),
    "year": pgettext_lazy("a year", "from %(date)s"),
}
UNTIL = {
    "day": pgettext_lazy("a day", "until %(date)s"),
    "month": pgettext_lazy("a month", "until %(date)s"),
    "year": pgettext_lazy("a year", "until %(date)s"),
    "after": gettext_lazy("last recorded in office on %(date)s"),
}


def print_since(day, precision):
    """“since March 2016”, “in office by 23 January 2025”; “from 1 December 2030” for what is to come (rule 17)."""
    pattern = FROM[precision] if day > today() and precision != "by" else SINCE[precision]
    return pattern % {"date": print_date(day, precision)}


def print_until(day, precision):
    """“until April 2019”, “last recorded in office on 5 April 2019” (the day before an *after* end)."""
    if precision == "after":
        day -= datetime.timedelta(days=1)
    return UNTIL[precision] % {"date": print_date(day, precision)}


def print_span(starts_on, starts_precision, ends_on, ends_precision):
    """“since April 2018, until April 2019”; the one or the other where only that is known."""
    since = print_since(starts_on, starts_precision) if starts_on else ""
    until = print_until(ends_on, ends_precision) if ends_on else ""
    return _("%(since)s, %(until)s") % {"since": since, "until": until} if since and until else since or until


def holds_day(starts_on, ends_on, on):
    """Whether [starts_on, ends_on) holds the day; an unknown start counts as long ago."""
    return (starts_on is None or starts_on <= on) and (ends_on is None or ends_on > on)


class Dated:
    """What anything with `starts_on`, `ends_on` and their precisions can say of itself."""

    __slots__ = ()

    def covers(self, on):
        """Whether [starts_on, ends_on) holds the day."""
        return holds_day(self.starts_on, self.ends_on, on)

    @property
    def since(self):
        """“since March 2016”, “from March 2030”, as exactly as it is known; empty when the start is unknown."""
        return print_since(self.starts_on, self.starts_precision) if self.starts_on else ""

    @property
    def until(self):
        """“until April 2019”; empty while open."""
        return print_until(self.ends_on, self.ends_precision) if self.ends_on else ""

    @property
    def when(self):
        """“since April 2018, until April 2019”."""
        return print_span(self.starts_on, self.starts_precision, self.ends_on, self.ends_precision)

    def state_on(self, on):
        """“in office”, “ended” or “upcoming” on the day: always exactly one of them."""
        if self.covers(on):
            return "in office"
        return "upcoming" if self.starts_on and self.starts_on > on else "ended"

    def print_state(self, on):
        """The word for it; where only *by* or *after* is known, what the record can say."""
        state = self.state_on(on)
        if state == "upcoming":
            return _("not recorded yet") if self.starts_precision == "by" else _("upcoming")
        if state == "ended":
            return _("no longer recorded") if self.ends_precision == "after" else _("ended")
        return _("in office")


NO_SUCH_HOUR = gettext_lazy("This hour does not exist on that day: the clocks are put forward over it.")


@cache
def known_time_zones():
    """The names of all time zones."""
    return frozenset(available_timezones())


def hour_exists(day, hour, zone):
    """Whether the clocks of the zone show this hour on this day: once a year they jump forward over one.

    Of a day that is refused anyway, it says yes.
    """
    if not is_of_record(day):
        return True
    moment = datetime.datetime.combine(day, hour)
    there_and_back = moment.replace(tzinfo=zone).astimezone(datetime.UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) == moment
