"""Keys of the rows of one page, for the queries that fetch what belongs to them."""

AT_ONCE = 50  # as many as a page shows; files are put together in as many steps as that takes


def whole_sets(pks):
    """The keys filled up with 0, which no row has, so that one prepared query serves every number of keys."""
    return [*pks, *[0] * (-len(pks) % AT_ONCE)]
