"""How many rows a list has. Counting is the one question whose cost grows with the record, so it is asked once.

A count depends on the record alone, whose token changes with every change (`iscg_portal.record_version`).
"""

from functools import lru_cache


def count_of(token, choose, filters):
    """The length of the queryset `choose(filters)`, remembered as long as the record has the same token."""
    return _counted(token, choose, filters) if token else choose(filters).count()


@lru_cache(maxsize=500)
def _counted(_token, choose, filters):
    return choose(filters).count()
