"""Pictures of the composition: the table of seven, and the regional balance (clause C1)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from iscg_portal.bodies import CouncilRegion, RegionalOrganization
from iscg_portal.fixed_terms import initials
from iscg_portal.languages import with_colon, with_commas
from iscg_portal.tenure.dates import print_unbroken
from iscg_portal.tenure.models import Tenure
from iscg_portal.tenure.office_on import OfficeState
from iscg_portal.web.drawing import SPACED, Drawing, TextLine, stacked

NAME, COUNTRY, ROLE, LABEL = 15, 13, 12, 13


class SeatMark(NamedTuple):
    """One of the seven seats as it stands on a day. The Chair's has no group and no Sector."""

    label: str
    state: str
    name: str = ""
    country: str = ""
    url: str = ""
    group: str = ""
    sector: str = ""
    since: str = ""
    evidence: str = ""  # that it is old, where it is


@dataclass(frozen=True)
class PlacedSeat:
    """A seat with its place: the middle of its mark and the lines of text beside it."""

    seat: SeatMark
    x: float
    y: float
    anchor: str
    lines: list[TextLine]

    @property
    def css(self):
        """Its classes: the Sector's hue and shape, and the state."""
        return f"{self.seat.sector.lower() or 'chair'} {OfficeState(self.seat.state).css}"

    @property
    def spoken(self):
        """The seat as a sentence, for those who do not see the picture."""
        if self.seat.state != OfficeState.HELD:
            return with_colon(self.seat.label, f"{OfficeState(self.seat.state).label} {self.seat.since}".strip())
        parts = (self.seat.label, self.seat.name, self.seat.country, self.seat.evidence)
        return with_commas(parts)


@dataclass(frozen=True)
class TablePicture:
    """The table seen from above: `x`, `y`, `across`, `down` are the table itself; `codes` stand upon it."""

    shape: str
    width: int
    height: int
    x: float
    y: float
    across: float
    down: float
    codes: list[TextLine]
    seats: list[PlacedSeat]


def draw_composition(composed, *, rtl: bool = False) -> Drawing:
    """The management team as it stands on the day of the composition."""
    return draw_table([_mark(seat, composed.on) for seat in composed.seats], rtl=rtl)


def _mark(seat, on):
    office, term = seat.office, seat.office.tenure
    place = {"label": seat.seat_name, "state": office.state, "group": seat.group, "sector": seat.sector}
    if term:
        who = {"name": str(term.person), "country": term.for_whom, "url": term.person.get_absolute_url()}
        return SeatMark(**place, **who, evidence=term.old_evidence(on, print_unbroken))
    return SeatMark(**place, since=office.since)


def draw_table(seats: Sequence[SeatMark], *, rtl: bool = False) -> Drawing:
    """The management team for wide and for narrow screens.

    `seats`: the Chair first, then two for each of RAG, TSAG, TDAG. Two of one group face each other.
    """
    return Drawing("components/_svg_table.html", lay_out_table(seats, rtl))


def lay_out_table(seats: Sequence[SeatMark], rtl: bool) -> tuple[TablePicture, TablePicture]:
    """The geometry of `draw_table`, wide and narrow."""
    chair, pairs = seats[0], list(zip(seats[1::2], seats[2::2], strict=True))
    return _wide(chair, pairs, rtl), _narrow(chair, pairs, rtl)


def _words(seat, role=""):
    parts = [(role, "role", ROLE)]
    if seat.state == OfficeState.HELD:
        evidence = (seat.evidence, "evidence", ROLE)
        return [*parts, (seat.name or seat.label, "name", NAME), (seat.country, "country", COUNTRY), evidence]
    kind = "vacancy" if seat.state == OfficeState.VACANT else "country"
    return [*parts, (str(OfficeState(seat.state).label), kind, NAME), (seat.since, "country", COUNTRY)]


def _wide(chair, pairs, rtl):
    """The Chair at the head, at the side where reading begins; the others along both sides."""
    width, table_x, table_width = 880, 226, 636
    pitch = table_width / len(pairs)
    upper = [stacked(_words(first), 0, 0, pitch - 12, rising=True) for first, _second in pairs]
    top = max(48, 16 - min(lines[0].y for lines in upper)) + 48
    middle = top + 34

    def across(x):
        return width - x if rtl else x

    placed = [
        PlacedSeat(chair, across(194), middle, "end", _beside(_words(chair, chair.label), across(164), middle, 160))
    ]
    codes = []
    for index, ((first, second), lines) in enumerate(zip(pairs, upper, strict=True)):
        x = across(table_x + pitch * (index + 0.5))
        above = [line._replace(x=x, y=round(line.y + top - 48, 1)) for line in lines]
        below = stacked(_words(second), x, middle + 93, pitch - 12)
        placed.append(PlacedSeat(first, x, top - 20, "middle", above))
        placed.append(PlacedSeat(second, x, middle + 54, "middle", below))
        codes.append(TextLine(x, middle + 5, initials(first.group), "code"))
    height = round(max(line.y for place in placed for line in place.lines)) + 12
    start = width - table_x - table_width if rtl else table_x
    return TablePicture("wide", width, height, start, top, table_width, 68, codes, placed)


def _beside(parts, x, middle, width):
    """Lines of text whose block is centred on the height `middle`."""
    lines = stacked(parts, x, 0, width)
    drop = middle + 5 - (lines[0].y + lines[-1].y) / 2
    return [line._replace(y=round(line.y + drop, 1)) for line in lines]


def _narrow(chair, pairs, rtl):
    """The Chair at the top, the table below it, one of each pair on either side."""
    width, middle, text_width = 320, 160, 102
    tallest = max(stacked(_words(seat), 0, 0, text_width)[-1].y for pair in pairs for seat in pair)
    pitch = max(104, round(tallest) + 32)
    lines = stacked(_words(chair, chair.label), middle, 14, 260)
    top = lines[-1].y + 48
    placed = [PlacedSeat(chair, middle, lines[-1].y + 26, "middle", lines)]
    codes = []
    for index, (first, second) in enumerate(pairs):
        y = top + pitch * (index + 0.5)
        for seat, anchor, side in ((first, "end", 1 if rtl else -1), (second, "start", -1 if rtl else 1)):
            words = _beside(_words(seat), middle + side * 58, y, text_width)
            placed.append(PlacedSeat(seat, middle + side * 36, y, anchor, words))
        codes.append(TextLine(middle, y + 4, initials(first.group), "code"))
    height = round(top + pitch * len(pairs) + 8)
    return TablePicture("narrow", width, height, middle - 19, top, 38, pitch * len(pairs), codes, placed)


class BalanceCount(NamedTuple):
    """How many of the representatives come from a region or belong to a regional organization."""

    label: str
    count: int
    recorded: bool = True
    terms: tuple[Tenure, ...] = ()  # of those who are counted, as far as they are on record


@dataclass(frozen=True)
class Balance:
    """How many representatives come from each Council region, and from each organization's countries.

    A country may belong to several organizations, so those counts may add up to more than six.
    """

    by_region: list[BalanceCount]
    by_organization: list[BalanceCount]


def balance(representatives, organizations=None, unrecorded=0) -> Balance:
    """The balance of these terms, by the countries for which the persons sit. Costs no query.

    `organizations` are those of each country on the day (`RegionalMembership.objects.by_country`). Where no country is
    recorded, or the country's regions are not, a row “not recorded” counts it; `unrecorded` more are of seats whose
    holders are not on record.
    """
    regions, belonging = defaultdict(list), defaultdict(list)
    for tenure in representatives:
        country = tenure.country
        regions[country.council_region if country else ""].append(tenure)
        for organization in (organizations or {}).get(country.pk if country else "") or [""]:
            belonging[organization].append(tenure)
    return Balance(_counts(CouncilRegion, regions, unrecorded), _counts(RegionalOrganization, belonging, unrecorded))


def _counts(choices, found, unrecorded):
    counts = [BalanceCount(_label(one), len(found[one.value]), terms=tuple(found[one.value])) for one in choices]
    unknown = BalanceCount(_("not recorded"), len(found[""]) + unrecorded, False, tuple(found[""]))
    return [*counts, *([unknown] if unknown.count else [])]


def _label(choice):
    return choice.value if isinstance(choice, RegionalOrganization) else str(choice.label)


@dataclass(frozen=True)
class BalanceRow:
    """One row of squares: filled for each representative, open up to the number of seats."""

    entry: BalanceCount
    y: int
    number: TextLine
    lines: list[TextLine]
    squares: list[tuple[float, str]]


@dataclass(frozen=True)
class BalancePicture:
    """Rows of squares with their numbers and names."""

    width: int
    height: int
    rows: list[BalanceRow]


def draw_balance(counts: Sequence[BalanceCount], *, seats: int = 6, rtl: bool = False) -> Drawing:
    """Small bars of squares, one square a representative; `recorded=False` marks the row “not recorded”."""
    return Drawing("components/_svg_balance.html", lay_out_balance(counts, seats, rtl))


def lay_out_balance(counts: Sequence[BalanceCount], seats: int, rtl: bool) -> BalancePicture:
    """The geometry of `draw_balance`."""
    width, side, pitch = 336, 10, 12
    number_x = max([seats, *(entry.count for entry in counts)]) * pitch + 14
    text_x = number_x + 9
    rows, y = [], 4
    for entry in counts:
        filled = "filled" if entry.recorded else "unsure"
        squares = []
        for place in range(max(seats, entry.count)):
            x = 0.5 + place * pitch
            squares.append((width - x - side if rtl else x, filled if place < entry.count else "open"))
        number = TextLine(width - number_x if rtl else number_x, y + 10, str(entry.count))
        lines = stacked(
            [(entry.label, "", LABEL)], width - text_x if rtl else text_x, y + 10, (width - text_x) / SPACED
        )
        rows.append(BalanceRow(entry, y, number, lines, squares))
        y = round(lines[-1].y) + 13
    return BalancePicture(width, y, rows)
