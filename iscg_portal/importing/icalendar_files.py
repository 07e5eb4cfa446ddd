"""iCalendar files (RFC 5545): events as rows of cells, for resources that take calendars.

Taken are UID, titles, first and last day, place, state, web address, and the day on which the calendar said so: no
organizer, no attendee and no description, since those are full of personal addresses. What an event does not say
leaves the record as it is (`IfNew`).
"""

import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from iscg_portal.importing.sheet import ROWS, BadCell, FileRefused, IfNew, Sheet, SheetRow, checked_cell
from iscg_portal.languages import LANGUAGE_OF_PREFIX
from iscg_portal.personal_addresses import personal_in
from iscg_portal.tenure.dates import A_DAY, GENEVA, is_of_record, today

BEGINS, ENDS, EVENT = b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"BEGIN:VEVENT"
STATES = {"TENTATIVE": "planned", "CONFIRMED": "confirmed", "CANCELLED": "cancelled"}
TITLES = [f"title_{prefix}" for prefix in LANGUAGE_OF_PREFIX]
HEADERS = ["code", "uid", *TITLES, "original_language", "starts_on", "precision", "ends_on", "place", "state"]
HEADERS += ["web_url", "source", "source_dated_on"]
MOST_REMARKS = 20
NOT_SAID = IfNew("")


def is_calendar(content) -> bool:
    """Whether the bytes are those of an iCalendar file."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[: len(BEGINS)].upper() == BEGINS


def read_icalendar(content) -> Sheet:
    """The events as a `Sheet`; a row's number is the place of its event. Errors: FileRefused."""
    number = content.upper().count(EVENT)
    if number > ROWS:
        message = _("The calendar has %(count)d events; the limit is %(limit)d. Split it.")
        raise FileRefused(message % {"count": number, "limit": ROWS})
    if not content.rstrip().upper().endswith(ENDS):
        raise FileRefused(_("The calendar is cut off: its last line, END:VCALENDAR, is missing."))
    calendars = _parsed(content)
    rows, remarks = [], []
    for calendar in calendars:
        zone, source = _zone_of(calendar), _name_of(calendar)
        for event in calendar.walk("VEVENT"):
            place = len(rows) + len(remarks) + 1
            if "recurrence-id" in event:
                message = _("Event %(number)d, “%(title)s”: one date of an event that recurs; it is not read.")
                remarks.append(message % {"number": place, "title": _title(event)[:80]})
                continue
            row = _row_of(event, zone, source)
            rows.append(SheetRow(place, tuple(row[name] for name in HEADERS)))
    remarks += _of_recurring(calendars)
    if not rows:
        raise FileRefused([_("The calendar has no event that could be read."), *remarks[:MOST_REMARKS]])
    return Sheet(list(HEADERS), rows, _few(remarks), is_calendar=True)


def _parsed(content):
    from icalendar import Calendar

    try:
        return Calendar.from_ical(content.decode("utf-8-sig"), multiple=True)
    except UnicodeDecodeError:
        raise FileRefused(_("The calendar is not written in UTF-8.")) from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise FileRefused(_("The calendar cannot be read: it does not keep to the form of iCalendar.")) from None


def _few(remarks):
    others = len(remarks) - MOST_REMARKS
    return remarks[:MOST_REMARKS] + ([_("… and %(count)d more.") % {"count": others}] if others > 0 else [])


def _of_recurring(calendars):
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            if "recurrence-id" not in event and ("rrule" in event or "rdate" in event):
                message = _("“%(title)s” recurs: it is read once, with its first days. Enter the others by hand.")
                yield message % {"title": _title(event)[:80]}


def _zone_of(calendar):
    """The zone in which the calendar prints moments that are written in universal time; Geneva's where it has none."""
    try:
        return ZoneInfo(_said(calendar.get("x-wr-timezone")))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return GENEVA


def _name_of(calendar):
    """The calendar's name, which becomes the source; blank where it is somebody's address, as of many calendars."""
    name = _said(calendar.get("x-wr-calname"))
    return "" if personal_in(name) else name


def _said(value):
    """A property as text; the first where it is repeated, blank where it is missing or broken."""
    value = value[0] if isinstance(value, list) and value else value
    return "" if value is None or isinstance(value, list) else str(value)


def _title(event):
    return " ".join(_said(event.get("summary")).split()) or _said(event.get("uid"))


def _row_of(event, zone, source):
    """{header: cell} of an event."""
    starts, ends = _days(event, zone)
    uid, address = _said(event.get("uid")), _said(event.get("url"))
    state = STATES.get(_said(event.get("status")).upper())
    told_on = _told_on(event)
    row = {
        "code": NOT_SAID,
        "uid": uid or BadCell(_("The event has no UID, and without one the portal cannot find it again.")),
        "starts_on": starts,
        "precision": "day",
        "ends_on": ends,
        "place": _said(event.get("location")) or NOT_SAID,
        "state": state or NOT_SAID,
        "web_url": address if address.startswith(("http://", "https://")) else NOT_SAID,
        "source": IfNew(source),
        "source_dated_on": told_on.isoformat() if told_on else NOT_SAID,
    }
    return {name: checked_cell(cell) for name, cell in (row | _titles(event)).items()}


def _titles(event):
    """The title in each language in which the event has one; without a language it is taken as English."""
    found = event.get("summary")
    found = found if isinstance(found, list) else [found] if found is not None else []
    titles, first = {}, ""
    for one in found:
        language = str(getattr(one, "params", {}).get("LANGUAGE", "en")).partition("-")[0].lower()
        language = language if language in LANGUAGE_OF_PREFIX else "en"
        titles.setdefault(f"title_{language}", " ".join(str(one).split()))
        first = first or language
    missing = dict.fromkeys(TITLES, NOT_SAID)
    return missing | titles | {"original_language": IfNew(first or "en")}


def _days(event, zone):
    """The cells of the first and of the last day."""
    first = _moment(event, "dtstart")
    if first is None:
        return BadCell(_("The event has no first day.")), NOT_SAID
    if isinstance(first, BadCell):
        return first, NOT_SAID
    last = _moment(event, "dtend")
    if last is None:
        length = _moment(event, "duration")
        try:
            last = first + length if isinstance(length, datetime.timedelta) else length
        except OverflowError:
            last = BadCell(_("The event lasts longer than any calendar."))
    starts = _day_in(first, zone)
    if isinstance(last, BadCell):
        return starts.isoformat(), last
    return starts.isoformat(), _last_day(first, last, zone).isoformat()


def _last_day(first, last, zone):
    """The last day on which it sits: an end is the moment, or the day, after it."""
    starts = _day_in(first, zone)
    if last is None or last == first:
        return starts
    ends = _day_in(last, zone)
    at_midnight = not isinstance(last, datetime.datetime) or _in(last, zone).time() == datetime.time()
    return ends - A_DAY if at_midnight and ends > starts else ends


def _in(moment, zone):
    return moment.astimezone(zone) if moment.tzinfo is datetime.UTC or str(moment.tzinfo) == "UTC" else moment


def _day_in(moment, zone):
    """The day of a moment where the event takes place: in its own zone, or where it has none in the calendar's."""
    return _in(moment, zone).date() if isinstance(moment, datetime.datetime) else moment


def _moment(event, name):
    """A day or a moment, or the length that `duration` is; None where it is missing, a `BadCell` where it is none."""
    value = event.get(name)
    value = value[0] if isinstance(value, list) and value else value
    if value is None:
        return None
    try:
        moment = value.dt
        is_day = isinstance(moment, datetime.date) and is_of_record(_day_in(moment, GENEVA))
    except (AttributeError, ValueError, OverflowError):
        moment, is_day = None, False
    if isinstance(moment, datetime.timedelta) if name == "duration" else is_day:
        return moment
    message = _("“%(text)s” is no day that an event can have.")
    return BadCell(message % {"text": value.to_ical().decode("utf-8", "replace")[:40]})


def _told_on(event):
    """The day on which the calendar said so; None where it does not say, or says a day to come."""
    days = [_moment(event, name) for name in ("last-modified", "dtstamp")]
    days = [_day_in(day, GENEVA) for day in days if isinstance(day, datetime.date)]
    return max((day for day in days if day <= today()), default=None)
