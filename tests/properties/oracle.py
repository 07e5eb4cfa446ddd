"""A brute-force oracle for the rules of time: it goes through the days one by one and knows no trick.

A day is a whole number. A row covers its days from `start` (None: since ever) to before `end` (None: for ever).
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

FIRST, LAST = 0, 12
# One day before and one after everything that a row can say, for unknown starts and open ends.
DAYS = range(FIRST - 1, LAST + 2)


@dataclass(frozen=True)
class Row:
    """Somebody (`who`) in something (`where`), from day to day. `kind` is the name of a model.

    `evidence` is the day of the source, where the start is not known.
    """

    kind: str
    where: str
    who: str
    start: int | None
    end: int | None = None
    evidence: int | None = None


def days_of(row):
    """Every day that the row covers, one by one."""
    begins = DAYS[0] if row.start is None else row.start
    ends = DAYS[-1] + 1 if row.end is None else row.end
    return list(range(begins, ends))


def calendar(rows):
    """Day by day, the rows that cover it."""
    found = defaultdict(list)
    for row in rows:
        for day in days_of(row):
            found[day].append(row)
    return found


def may_not_meet(one, other):
    """Whether two rows may not cover the same day (rule 2)."""
    kinds = {one.kind, other.kind}
    if kinds == {"Representative"}:
        same_group = one.where[:-1] == other.where[:-1]
        return one.where == other.where or (one.who == other.who and same_group)
    if kinds == {"Coordinator"} or kinds == {"Listing"}:
        return one.where == other.where
    if kinds == {"FocalPoint"}:
        return (one.where, one.who) == (other.where, other.who)
    if kinds == {"Coordinator", "FocalPoint"}:
        focal_point = one if one.kind == "FocalPoint" else other
        return one.who == other.who and focal_point.where.endswith(":BR")
    return False


def is_allowed(rows):
    """Whether the rows can stand together."""
    return not any(
        may_not_meet(one, other) for today in calendar(rows).values() for one, other in combinations(today, 2)
    )


def allowed_among(rows):
    """The rows that can stand together, taken as they come."""
    kept = []
    for row in rows:
        if is_allowed([*kept, row]):
            kept.append(row)
    return kept


def class_on(row, day):
    """What a row is on a day, by looking at all its days."""
    days = days_of(row)
    if day in days:
        return "in office"
    return "ended" if all(other < day for other in days) else "upcoming"


def is_known_on(listing, day, rows):
    """Whether a subject is known to be on the list that day: of one without a start, from its first evidence on.

    That is its source, or the first term in its subject among the rows; it was entered after all days.
    """
    begins = [listing.start]
    if listing.start is None:
        begins = [row.start for row in rows if row.kind != "Listing" and row.where.split(":")[0] == listing.where]
        begins.append(listing.evidence)
    return day in days_of(listing) and any(begin is not None and begin <= day for begin in begins)


def state_on(rows, recorded_from, day):
    """(state, holder's row, first day of the vacancy) of one office, by walking back from the day."""
    held = calendar(rows)
    if held[day]:
        return "held", held[day][0], None
    if recorded_from is None or recorded_from > day:
        return "not recorded", None, None
    while day > recorded_from and not held[day - 1]:
        day -= 1
    return "vacant", None, day


def asks(office, pairs, after, recorded_from):
    """Whether an act has to say from when the record of an office is complete now: it takes back a day that was held.

    `pairs` are the rows before, each with what became of it (None: removed); `after` are all rows that stand then. An
    end that is set in the record of the same office is no such thing: the vacancy after it is a fact.
    """
    if recorded_from is None:
        return False
    held = calendar(row for row in after if (row.kind, row.where) == office)
    for old, new in pairs:
        stays = new is not None and (new.kind, new.where) == office
        for day in days_of(old) if (old.kind, old.where) == office else ():
            ended = stays and new.end is not None and recorded_from < new.end <= day
            if day >= recorded_from and not held[day] and not ended:
                return True
    return False
