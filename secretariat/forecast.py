"""The forecast: which terms end and which appointments the Terms of Reference ask for, quarter by quarter.

Only what is on record is told: an end or a beginning with its day, a conference, a vacancy. A term without an end on
record is no end to come; staff see those apart. The days that are not exactly known stand in the quarter of their day.
"""

import datetime
from collections import Counter, defaultdict
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.bodies import CouncilRegion
from iscg_portal.collation import sort_key
from iscg_portal.fixed_terms import body_in_words, place_name
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.office_on import OfficeState
from members.composition import SEVEN, Composition, composition
from members.models import Conference, RegionalMembership, chair_rules
from members.models.groups import CHAIR
from members.models.offices import terms_of_seats
from secretariat.forecast_words import said_of_beginning, said_of_end, said_of_seat, said_of_vacancy
from subjects.models import Coordinator, FocalPoint, Subject
from subjects.models.subjects import VACANT

QUARTERS = 9  # the one that is running, and the eight of two years after it
NAMES = (
    gettext_lazy("First quarter of %(year)d"),
    gettext_lazy("Second quarter of %(year)d"),
    gettext_lazy("Third quarter of %(year)d"),
    gettext_lazy("Fourth quarter of %(year)d"),
)


class ForecastEntry(NamedTuple):
    """One thing to come, or asked for: its day in words, what it is, where it is told, and what the balance becomes."""

    on: datetime.date
    printed: str
    sentence: str
    url: str = ""
    effects: tuple[str, ...] = ()


class Quarter(NamedTuple):
    """Three months, with what comes in them in the order of the days."""

    name: str
    entries: list[ForecastEntry]


class Forecast(NamedTuple):
    """What is asked for on the day, and what comes in the quarters from then on. `composed` is the team of the day."""

    on: datetime.date
    now: list[ForecastEntry]
    quarters: list[Quarter]
    composed: Composition
    belonging: dict[str, list[str]]

    @property
    def with_entries(self):
        """The quarters of which something is told."""
        return [quarter for quarter in self.quarters if quarter.entries]

    @property
    def without_entries(self):
        """The others."""
        return [quarter for quarter in self.quarters if not quarter.entries]


def forecast(on=None) -> Forecast:
    """The public forecast from a day (today in Geneva if none is given). Seven queries."""
    on = on or today()
    until = first_day_of_quarter(on, QUARTERS)
    latest, following = _terms(on)
    composed = composition(on, latest)
    belonging = RegionalMembership.objects.by_country(on)
    conferences = list(Conference.objects.plenipotentiary().filter(starts_on__lt=until))
    coming = [
        *_of_seats(latest, following, on, belonging),
        *_of_conferences(conferences, on),
        *_of_subjects(Coordinator, on),
        *_of_subjects(FocalPoint, on),
    ]
    entries = sorted(
        (entry for entry in coming if entry.on < until), key=lambda entry: (entry.on, sort_key(entry.sentence))
    )
    return Forecast(on, [*_asked_now(composed, conferences, on)], _by_quarter(entries, on), composed, belonging)


def first_day_of_quarter(on, later=0) -> datetime.date:
    """The first day of the quarter of a day, or of one so many quarters later."""
    months = on.year * 12 + (on.month - 1) // 3 * 3 + 3 * later
    return datetime.date(months // 12, months % 12 + 1, 1)


def _by_quarter(entries, on):
    found = defaultdict(list)
    for entry in entries:
        found[first_day_of_quarter(entry.on)].append(entry)
    first_days = (first_day_of_quarter(on, later) for later in range(QUARTERS))
    return [Quarter(NAMES[(day.month - 1) // 3] % {"year": day.year}, found[day]) for day in first_days]


def _terms(on):
    """Of each seat the term that began last by the day, and those that begin later. One query."""

    def chosen(rows):
        begun = rows.model.objects.keys_of_last_begun(on, per="seat")
        return rows.filter(Q(pk__in=begun) | Q(starts_on__gt=on)).named_on(on)

    latest, following = {}, defaultdict(list)
    for term in terms_of_seats(chosen, ("person", "country")):
        if term.starts_on > on:
            following[term.seat_id].append(term)
        else:
            latest[term.seat_id] = term
    return latest, {seat: sorted(terms, key=lambda term: term.starts_on) for seat, terms in following.items()}


def is_told(day, precision):
    """Whether the day is one on which something happens: a *by* or *after* day is not."""
    return day is not None and precision not in ("by", "after")


def _of_seats(latest, following, on, belonging):
    """Ends and beginnings in the seven seats, each with what it does to the balance as it stands by then."""
    team, moves = {}, []
    for seat in SEVEN:
        terms = [latest[seat]] if seat in latest and latest[seat].covers(on) else []
        if terms and seat != CHAIR:
            team[seat] = terms[0]
        terms += following.get(seat, [])
        for number, term in enumerate(terms):
            successor = next(iter(terms[number + 1 :]), None)
            if is_told(term.ends_on, term.ends_precision):
                moves.append((term.ends_on, 0, seat, term, successor))
            before = terms[number - 1] if number else None
            follows_at_once = before is not None and before.ends_on == term.starts_on
            if term.starts_on > on and not follows_at_once and is_told(term.starts_on, term.starts_precision):
                moves.append((term.starts_on, 1, seat, None, term))
    for day, _order, seat, ending, successor in sorted(moves, key=lambda move: (move[0], move[1], move[2])):
        follows = successor if successor and (ending is None or successor.starts_on == day) else None
        then = {code: term for code, term in team.items() if code != seat}
        if follows and seat != CHAIR:
            then[seat] = follows
        effects = () if seat == CHAIR else changes_of_balance(team.values(), then.values(), belonging)
        term = ending or follows
        precision = ending.ends_precision if ending else follows.starts_precision
        yield ForecastEntry(
            day, print_date(day, precision), said_of_seat(seat, ending, follows, successor), _page(term), effects
        )
        team = then


def _page(term):
    return term.holder.get_absolute_url() if term.holder else ""


def changes_of_balance(before, after, belonging) -> tuple[str, ...]:
    """What becomes of the regional balance, as sentences: of Council regions, then of regional organizations."""
    counts = [_counted(terms, belonging) for terms in (before, after)]
    said = []
    for name in sorted({*counts[0], *counts[1]}, key=lambda key: (key[0], key[1])):
        then, now = (count[name] for count in counts)
        if then != now:
            numbers = {"region": _region(name), "before": then, "after": now}
            said.append(_("%(region)s: %(before)d before, %(after)d after") % numbers)
    return tuple(said) or (_("The regional balance stays as it is."),)


def _counted(terms, belonging):
    found = Counter()
    for term in terms:
        country = term.country
        found[0, country.council_region if country else ""] += 1
        for organization in (belonging.get(country.pk) if country else None) or ():
            found[1, organization] += 1
    return found


def _region(name):
    kind, value = name
    if kind or not value:
        return value or _("Council region not recorded")
    return CouncilRegion(value).label


def _of_conferences(conferences, on):
    """The Plenipotentiary Conferences to come: shortly after each a Chair is appointed (clause C2)."""
    for conference in conferences:
        if conference.ends_on >= on and not conference.has_new_chair:
            names = {
                "code": body_in_words(conference.code),
                "place": place_name(conference.place) or _("place not recorded"),
            }
            sentence = _(
                "%(code)s (%(place)s) ends. Clause C2 asks the group to appoint its Chair shortly after it, for four"
                " years; a Chair in office is extended only if nobody else is nominated."
            )
            yield ForecastEntry(conference.ends_on, print_date(conference.ends_on), sentence % names)


def _of_subjects(model, on):
    """Ends and beginnings of Coordinators or Focal Points; by body where the name is not public. One query."""
    to_come = Q(ends_on__gt=on) | Q(ends_on__isnull=True, starts_on__gt=on)
    rows = model.objects.public().select_related("subject").filter(to_come)
    offices = defaultdict(list)
    for row in rows.order_by("starts_on", "pk"):
        offices[row.subject_id, getattr(row, "body", "")].append(row)
    for rows in offices.values():
        for row in rows:
            others = [other for other in rows if other is not row]
            if is_told(row.ends_on, row.ends_precision) and row.ends_on > on:
                following = next((other for other in others if other.covers(row.ends_on)), None)
                yield _entry(row, "ends", said_of_end(row, following))
            begins = is_told(row.starts_on, row.starts_precision) and row.starts_on > on
            if begins and not any(other.ends_on == row.starts_on for other in others):
                yield _entry(row, "starts", said_of_beginning(row))


def _entry(row, side, sentence):
    day, precision = getattr(row, f"{side}_on"), getattr(row, f"{side}_precision")
    return ForecastEntry(day, print_date(day, precision), sentence, row.subject.get_absolute_url())


def _asked_now(composed, conferences, on):
    """What the Terms of Reference ask for already: vacant seats, a Chair after a conference, vacant subjects."""
    for seat in composed.seats:
        if seat.office.state == OfficeState.VACANT:
            yield ForecastEntry(on, "", said_of_vacancy(seat))
    over = [conference for conference in conferences if conference.ends_on < on]
    if over and not over[-1].has_new_chair:
        said = chair_rules.no_appointment_after(over[-1].code, over[-1].starts_on, over[-1].ends_on)
        yield ForecastEntry(on, "", _("%(what)s. Clause C2 asks the group to appoint its Chair.") % {"what": said})
    for subject in Subject.objects.public().in_office_state(VACANT, on).on_the_list(on).order_by("code"):
        names = {"subject": subject.code, "title": subject.title_shown}
        sentence = _("%(subject)s, %(title)s: no Coordinator. Clause A0 asks the advisory groups to appoint one.")
        yield ForecastEntry(on, "", sentence % names, subject.get_absolute_url())
