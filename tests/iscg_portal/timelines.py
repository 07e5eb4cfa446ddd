"""Periods drawn as timelines: each column is a month from January 2020 on.

`|==|` begins in the column of the first bar and ends in that of the second (the first day after it);
`|==>` is open; `<==|` began before anyone knows. `....` is nothing.
"""

from datetime import date

ORIGIN = date(2020, 1, 1)


def month(column):
    """The first day of the column's month."""
    return date(ORIGIN.year + column // 12, column % 12 + 1, 1)


def period(drawing):
    """The fields of a period as drawn."""
    drawn = drawing.strip(".")
    first = drawing.index(drawn)
    last = first + len(drawn) - 1
    ends_on = None if drawn[-1] == ">" else month(last)
    return {
        "starts_on": None if drawn[0] == "<" else month(first),
        "ends_on": ends_on,
        "ends_precision": ends_on and "day",
    }
