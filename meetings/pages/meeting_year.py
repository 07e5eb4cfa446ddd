"""A year month by month: what the ISCG holds, beside the meetings and conferences around it (clause W3)."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from babel.dates import get_month_names
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from iscg_portal.bodies import MeetingBody
from iscg_portal.fixed_terms import initials
from iscg_portal.languages import BABEL_LOCALES, with_commas
from iscg_portal.tenure.dates import FIRST_YEAR, LAST_YEAR, print_date, print_days, today
from iscg_portal.translated import TextShown
from iscg_portal.web.drawing import SPACED, Drawing, from_the_right, text_width, width_of_names, wrapped
from iscg_portal.web.public_page import public_page
from meetings.models import Meeting
from members.models import Conference
from members.pictures.lanes import LABEL, LEAST_WIDTH, Label, Scale, Span

NAMES, NAME = 116, 13  # pixels: the column of names at least, and its letters
MOST = 150  # meetings of one year that are shown; the list has them all
CONFERENCES = "conferences"
LANES = (*MeetingBody.values, CONFERENCES)
CSS_OF_LANE = {MeetingBody.ISCG: "chair", MeetingBody.COORDINATORS: "chair"}


@public_page
def meeting_year(request, year):
    """The months of the year with what begins in them, and the year as a picture."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("There is no such year on record."))
    now = today()
    meetings, conferences = meetings_of(year), conferences_of(year)
    events = [*map(_of_meeting, meetings[:MOST]), *map(_of_conference, conferences)]
    events.sort(key=lambda event: (event.starts_on, event.name))
    day = now if now.year == year else None
    context = {
        "year": year,
        "months": _months(year, events, day),
        "picture": draw_year(year, _lanes(events), day, rtl=get_language_bidi()) if events else None,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "left_out": len(meetings) > MOST,
    }
    return render(request, "meetings/meeting_year.html", context)


def meetings_of(year):
    """The meetings of a year, at most one more than are shown; the group's own are never among those left out."""
    nearest = Case(
        *(When(body=body, then=Value(place)) for place, body in enumerate(MeetingBody.values)),
        output_field=IntegerField(),
    )
    return list(Meeting.objects.public().in_year(year).order_by(nearest, "starts_on", "code")[: MOST + 1])


def conferences_of(year):
    """The assemblies and conferences with a day in the year."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return Conference.objects.public().filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on")


class YearEvent(NamedTuple):
    """A meeting or a conference of the year. `lane` is the body whose it is."""

    lane: str
    sector: str
    starts_on: datetime.date
    last_day: datetime.date
    precision: str
    name: str
    title: TextShown
    place: str
    url: str = ""
    called_off: str = ""
    unresolved: str = ""

    @property
    def dates(self):
        """As exactly as they are known: “12 February 2025”."""
        return print_days(self.starts_on, self.last_day, self.precision)


def _of_meeting(meeting):
    return YearEvent(
        meeting.body,
        meeting.sector,
        meeting.starts_on,
        meeting.last_day,
        meeting.precision,
        meeting.name,
        meeting.title_shown,
        meeting.place,
        meeting.get_absolute_url(),
        "" if meeting.takes_place else meeting.get_state_display(),
        meeting.state_in_words if meeting.is_unresolved() else "",
    )


def _of_conference(held):
    name = held.text("name")
    return YearEvent(CONFERENCES, "", held.starts_on, held.ends_on, "day", str(held), name, held.place)


@dataclass
class Month:
    """A month with what begins in it; without a number the place of what is known by the year alone."""

    name: str
    number: int | None = None
    current: bool = False
    events: list[YearEvent] = field(default_factory=list)


def _months(year, events, day):
    months = [Month(print_date(datetime.date(year, month, 1), "month"), month) for month in range(1, 13)]
    if day:
        months[day.month - 1].current = True
    whole_year = Month(str(year))
    for event in events:
        begins_here = max(event.starts_on, datetime.date(year, 1, 1))
        (whole_year if event.precision == "year" else months[begins_here.month - 1]).events.append(event)
    return [whole_year, *months] if whole_year.events else months


def _lanes(events):
    """(name, class that colours it, bars) of each body that has something in the year; the group's own always."""
    for lane in LANES:
        bars = tuple(_bar(event) for event in events if event.lane == lane)
        if bars or lane == MeetingBody.ISCG:
            sector = next((event.sector for event in events if event.lane == lane), "")
            yield lane_name(lane), CSS_OF_LANE.get(lane) or sector.lower() or "gs", bars


def lane_name(lane):
    """What the lane is called in the picture."""
    names = {
        MeetingBody.COORDINATORS: _("Coordinators"),
        MeetingBody.COUNCIL: _("Council"),
        MeetingBody.STUDY_UNIT: _("Study groups"),
        CONFERENCES: _("Conferences"),
    }
    return names.get(lane) or initials(lane)


def _bar(event):
    label = from_the_right(with_commas((event.name, event.called_off)))
    exact = event.precision == "day"
    spoken = with_commas((label, event.dates, event.unresolved))
    return YearBar(event.starts_on, event.last_day, not exact, label, spoken, event.url, bool(event.called_off))


TOP, LINE, BAR, GAP = 44, 26, 18, 10
LEAST_BAR = 1.1  # per cent: a meeting of one day is still seen
UPON, AFTER, BEFORE = "upon", "after", "before"
TEMPLATE = "components/_svg_year.html"


class YearBar(NamedTuple):
    """A meeting or conference; `soft` where its days are not exactly known, `off` where it does not take place."""

    starts_on: datetime.date
    last_day: datetime.date
    soft: bool
    label: str
    spoken: str
    url: str = ""
    off: bool = False


@dataclass
class PlacedMeeting:
    """A bar in its place, with its label where there is room beside it."""

    bar: YearBar
    span: Span
    label: Label | None = None


@dataclass
class YearLane:
    """A body with its bars."""

    name: str
    css: str
    y: float
    height: float
    bars: list[PlacedMeeting] = field(default_factory=list)

    @property
    def lines(self):
        """The name in the lines that its column has room for, each with where it stands."""
        lines = wrapped(self.name, NAMES, NAME, most=2)
        return [(line, self.y + 23 + (index * 2 - len(lines) + 1) * 8) for index, line in enumerate(lines)]


@dataclass
class YearPicture:
    """Everything the template draws."""

    height: float
    foot: float
    rtl: bool
    bands: list[Span]
    lanes: list[YearLane]
    day: Label | None
    bar_height: int = BAR

    @property
    def names(self):
        """The width of the column of names, in pixels."""
        return width_of_names([line for lane in self.lanes for line, _y in lane.lines], NAME, NAMES)


def draw_year(year, lanes, now, *, rtl=False) -> Drawing:
    """The picture of a year. `lanes` are (name, class, bars); `now` is a day in it or None."""
    return Drawing(TEMPLATE, lay_out_year(year, lanes, now, rtl, get_language()))


def lay_out_year(year, lanes, now, rtl, language) -> YearPicture:
    """The geometry of `draw_year`."""
    scale = Scale(datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1), rtl)
    placed, y = [], TOP
    for name, css, bars in lanes:
        lane = _lane(name, css, y, bars, scale)
        placed.append(lane)
        y += lane.height
    day = scale.day_at(scale.along(now) + 50 / scale.days, now) if now else None
    return YearPicture(y + 4, y, rtl, list(_bands(scale, year, language)), placed, day)


def _lane(name, css, y, bars, scale):
    """The bars in as few lines as keep them and their labels apart."""
    lane, ends = YearLane(name, css, y, 0), []
    for bar in bars:
        start = scale.along(bar.starts_on)
        end = min(max(scale.along(bar.last_day + datetime.timedelta(days=1)), start + LEAST_BAR), 100.0)
        start = min(start, end - LEAST_BAR)
        need = (SPACED * text_width(bar.label, LABEL) + 14) * 100 / LEAST_WIDTH
        side = _side(start, end, need)
        left, right = start - (need if side == BEFORE else 0), end + (need if side == AFTER else 0)
        line = next((number for number, taken in enumerate(ends) if taken <= left), len(ends))
        ends[line : line + 1] = [right]
        top = y + GAP / 2 + line * LINE + (LINE - BAR) / 2
        lane.bars.append(PlacedMeeting(bar, scale.span(start, end, y=top), _label(bar, scale, start, end, side, top)))
    lane.height = max(len(ends), 1) * LINE + GAP
    return lane


def _side(start, end, need):
    """Where the name of a bar has room: upon it, else after it, else before it."""
    if need <= end - start:
        return UPON
    return AFTER if end + need <= 100 else BEFORE


def _label(bar, scale, start, end, side, top):
    along, anchor, step = {UPON: (start, "start", 7), AFTER: (end, "start", 6), BEFORE: (start, "end", -6)}[side]
    return Label(scale.x(along), top + BAR / 2 + 4.5, bar.label, anchor, -step if scale.rtl else step, side)


def _bands(scale, year, language):
    names = get_month_names("abbreviated", context="stand-alone", locale=BABEL_LOCALES.get(language, "en_GB"))
    for month in range(1, 13):
        start = scale.along(datetime.date(year, month, 1))
        end = 100.0 if month == 12 else scale.along(datetime.date(year, month + 1, 1))
        span = scale.span(start, end, kind="even" if month % 2 else "odd")
        span.label = Label(round(span.x + span.width / 2, 3), TOP - 9, names[month], "middle")
        yield span
