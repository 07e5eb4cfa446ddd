"""What an account can do now, by day: what waits for it, what begins and ends, what is due, what did not go."""

import datetime
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from iscg_portal import record_version
from secretariat.to_do.lines import DeskLine
from secretariat.to_do.rows import FEW, read
from secretariat.to_do.sorts import RIGHTS, SORTS


@dataclass(frozen=True)
class Waiting:
    """What waits of one sort: the first few lines, and how many there are."""

    name: str
    heading: object
    count: int
    lines: list[DeskLine]

    @property
    def more(self):
        """How many there are beside the lines."""
        return self.count - len(self.lines)


def sorts_of(user):
    """The names of the sorts on which the account can act."""
    return [name for name, sort in SORTS.items() if any(user.has_perm(right) for right in sort.rights)]


def to_do(user, on: datetime.date, names=None, most=FEW, token="") -> list[Waiting]:
    """What waits for the account on a day, of every sort that has any, or of those named.

    One query, and one more where the record has changed; `token` is that of the record, asked where it is blank.
    """
    names = [name for name in names or SORTS if name in sorts_of(user)]
    of_record = tuple(name for name in names if not SORTS[name].is_beside)
    user = copy(user)  # that of a request holds the request, and would be kept with it
    state = (token or record_version.current(), *map(user.has_perm, RIGHTS))
    rows = _in_the_state(state, user, on, of_record, most)
    rows = rows + _rows_of([name for name in names if SORTS[name].is_beside], user, on, most)
    found = []
    for name in names:
        mine = [row for row in rows if row.sort == name]
        lines = sorted(SORTS[name].tell(mine, on), key=_by_day)
        counted = sum({row.model: row.found for row in mine}.values())
        whole = len(mine) == counted  # then what is told together, or left out, counts as it is told
        if lines:
            found.append(Waiting(name, SORTS[name].heading, len(lines) if whole else counted, lines[:most]))
    return found


@lru_cache(maxsize=64)
def _in_the_state(_state, user, on, names, most):
    """The rows of the record, which each worker keeps; the state is its token and what the account may."""
    return _rows_of(names, user, on, most)


forget = _in_the_state.cache_clear


def _rows_of(names, user, on, most):
    return read([queryset for name in names for queryset in SORTS[name].rows(user, on, most)])


def _by_day(line):
    return line.day or datetime.date.max
