"""Keys of the rows of one page or file, for the queries that fetch what belongs to them."""

from collections import defaultdict

from iscg_portal.prepared import ask
from iscg_portal.tables import ROWS_A_PAGE

AT_ONCE = ROWS_A_PAGE
IN_A_FILE = 5_000  # a longer file is put together in several steps


def whole_sets(pks):
    """The keys filled up with 0, which no row has, so that a few prepared queries serve every number of keys."""
    length = AT_ONCE
    while length < len(pks):
        length *= 2
    return [*pks, *[0] * (length - len(pks))]


def grouped(values_of, pks, *others):
    """{key: the rows that `values_of(*others, *pks)` gives for it}; the rows begin with that key. One query."""
    rows = defaultdict(list)
    for values in ask(values_of, *others, *whole_sets(pks)):
        rows[values[0]].append(tuple(values))
    return rows
