"""What was looked for in vain: counted by the words alone, for staff. Nobody who asked is kept, no address, no moment.

The record does not change by it, so no page gets a new token; and the reader never waits for it.
"""

import datetime
from contextlib import nullcontext

from django.db import DatabaseError, connection, transaction

from front.models import SearchMiss
from iscg_portal.search.folding import words_of
from iscg_portal.tenure.dates import today
from iscg_portal.web.health import waiting

MOST = 500  # kept; while there are so many, no new ones are
LONGEST = 60  # characters
FEWEST_LETTERS = 2
PATIENCE = 0.1  # seconds; whoever waits here waits for the page
# One statement, since a search has few; Django would need three for words that are new.
COUNT = """
INSERT INTO front_searchmiss (words, language, count, last_on) SELECT %(words)s, %(language)s, 1, %(on)s
WHERE (SELECT count(*) FROM front_searchmiss) < %(most)s
OR EXISTS (SELECT 1 FROM front_searchmiss WHERE words = %(words)s AND language = %(language)s)
ON CONFLICT (words, language) DO UPDATE SET count = front_searchmiss.count + 1, last_on = excluded.last_on
"""
KEPT_FOR = datetime.timedelta(days=180)


def count_miss(typed, language) -> None:
    """Count the words once more. What may be a mailbox or a telephone number is not kept."""
    words = " ".join(words_of(typed))
    if len(words) > LONGEST or len(words) < FEWEST_LETTERS or "@" in typed or sum(map(str.isdigit, words)) > 6:
        return
    try:
        # A failed statement must not spoil a transaction that is open, which is so in tests alone.
        with waiting(PATIENCE), transaction.atomic() if connection.in_atomic_block else nullcontext():
            _count(words, language)
    except DatabaseError:  # read-only, or busy: the reader gets the page all the same
        pass


def _count(words, language):
    with connection.cursor() as cursor:
        on = connection.ops.adapt_datefield_value(today())
        cursor.execute(COUNT, {"words": words, "language": language, "on": on, "most": MOST})


def forget_old_misses(on=None) -> int:
    """Remove what nobody looked for in half a year, and the rarest while the list is nearly full. How many."""
    old = SearchMiss.objects.filter(last_on__lt=(on or today()) - KEPT_FOR)
    gone = old.delete()[0]
    surplus = SearchMiss.objects.count() - MOST * 4 // 5
    if surplus > 0:
        rarest = SearchMiss.objects.order_by("count", "last_on", "pk").values_list("pk", flat=True)[:surplus]
        gone += SearchMiss.objects.filter(pk__in=list(rarest)).delete()[0]
    return gone
