"""A table of the mapping as a matrix: the units of one Sector by study group, against those of another."""

from dataclasses import dataclass, field

from studies.models import StudyUnit
from studies.models.links import CONTESTED, STATES

# Above so many units a matrix opens one study group at a time.
MOST_UNITS = 300
# More columns than this are cut into several tables, so that on a sheet of paper each can be read.
MOST_COLUMNS = 50
MARKS = {"confirmed": "●", "to-be-confirmed": "○", CONTESTED: "✕"}


@dataclass
class StudyGroup:
    """A study group with the units below it; `bands` are its tables, side by side in one matrix."""

    unit: StudyUnit | None
    units: list = field(default_factory=list)
    bands: list = field(default_factory=list)
    number: int = 0
    is_open: bool = True


@dataclass(frozen=True)
class MatrixCell:
    """The links of two units: the mark of the most doubtful one, how many there are, and both in words."""

    state: str
    number: int

    @property
    def mark(self):
        return MARKS[self.state]

    @property
    def words(self):
        return STATES[self.state]


@dataclass(frozen=True)
class MatrixTable:
    """One table: units of the other Sector by study group, each as (unit, address, title), and lines of (unit, cells).

    The heads are those of every study group, so they are made once.
    """

    heads: list
    columns: list
    lines: list


@dataclass(frozen=True)
class Matrix:
    """Lines by study group, under the units of the other Sector by study group."""

    groups: list
    heads: list


def by_group(units):
    """Units as `StudyGroup`s, each study group first among its own."""
    groups, above = {}, {unit.pk: unit.parent_id for unit in units}
    for unit in units:
        top = unit.pk
        while above.get(top):
            top = above[top]
        groups.setdefault(top, StudyGroup(None)).units.append(unit)
    for top, group in groups.items():
        group.unit = next((unit for unit in group.units if unit.pk == top), group.units[0])
    return [groups[key] for key in sorted(groups, key=lambda key: groups[key].unit.sort_key)]


def matrix_of(rows, columns, links, opened="") -> Matrix:
    """The matrix of two lists of units and (first, second, state) of their links, either way round.

    One study group is asked for by its address, or those with links stand open. With many units only the open one has
    lines: the first where none is asked for.
    """
    found = {}
    for first, second, state in links:
        for pair in ((first, second), (second, first)):
            found.setdefault(pair, []).append(state)
    groups, heads = by_group(rows), by_group(columns)
    many = len(rows) + len(columns) > MOST_UNITS
    opened = opened or (groups[0].unit.slug if many and groups else "")
    across = {unit.pk for group in heads for unit in group.units}
    _count_links(groups, across, found)
    cuts = [(cut, [_column(unit) for head in cut for unit in head.units]) for cut in _cut(heads)]
    for group in groups:
        group.is_open = group.unit.slug == opened if opened else group.number > 0
        if group.is_open or not many:
            group.bands = [_band(group, cut, columns, found) for cut, columns in cuts]
    return Matrix(groups, heads)


def _cut(heads):
    """The heads in lists of at most MOST_COLUMNS units; a study group is cut only where it alone has more."""
    cut, room = [], 0
    for head in heads:
        for start in range(0, len(head.units), MOST_COLUMNS):
            units = head.units[start : start + MOST_COLUMNS]
            if len(units) > room:
                cut.append([])
                room = MOST_COLUMNS
            cut[-1].append(StudyGroup(head.unit, units))
            room -= len(units)
    return cut


def _column(unit):
    return unit, unit.get_absolute_url(), unit.title_shown


def _band(group, heads, columns, found):
    def cells(unit):
        return [_cell(found.get((unit.pk, other.pk))) for other, *_head in columns]

    return MatrixTable(heads, columns, [(unit, cells(unit)) for unit in group.units])


def _count_links(groups, across, found):
    """How many links each group has. Most pairs have none, so the links are counted and not the pairs."""
    of_unit = {unit.pk: group for group in groups for unit in group.units}
    for (one, other), states in found.items():
        if one in of_unit and other in across:
            of_unit[one].number += len(states)


def _cell(states):
    """The most doubtful state is what a reader has to know."""
    if not states:
        return None
    worst = max(states, key=list(STATES).index)
    return MatrixCell(worst, len(states))
