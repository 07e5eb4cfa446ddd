"""Whether a subject is on the list on a day, told from its listings (clause F1).

A subject may be listed, taken off and listed again. A listing whose day is not recorded covers every day
before its end: the subject is on the list, and since when is not known.
"""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language, gettext_lazy

from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.models import Dated
from subjects.models import Listing, Subject

LISTED = "listed"
UNDATED = "day-not-recorded"
DELISTED = "delisted"
NOT_YET = "not-listed-yet"

# The states in the order in which they are offered and printed.
STATES = {
    LISTED: gettext_lazy("on the list"),
    UNDATED: gettext_lazy("on the list, since when is not recorded"),
    DELISTED: gettext_lazy("taken off the list"),
    NOT_YET: gettext_lazy("not listed yet"),
}


# What is printed beside a subject, by state and by how exactly its day is known.
PHRASES = {
    (LISTED, "by"): gettext_lazy("listed by %(date)s"),
    (LISTED, ""): gettext_lazy("since %(date)s"),
    (UNDATED, ""): gettext_lazy("day not recorded"),
    (DELISTED, "after"): gettext_lazy("last recorded on the list on %(date)s"),
    (DELISTED, ""): gettext_lazy("taken off on %(date)s"),
    (DELISTED, "month"): gettext_lazy("taken off in %(date)s"),
    (DELISTED, "year"): gettext_lazy("taken off in %(date)s"),
    (NOT_YET, ""): gettext_lazy("to be listed from %(date)s"),
    (NOT_YET, "none"): gettext_lazy("not listed yet"),
}


@dataclass(frozen=True, slots=True)
class ListingOn:
    """A subject's state on a day, with the listing that makes it so; while it is not listed yet, the one to come."""

    state: str
    listing: Dated | None = None

    @property
    def phrase(self):
        """“since March 2016”, “taken off in 2023”, in the active language."""
        day, precision = None, "none"
        if self.listing:
            ends = self.state == DELISTED
            day = self.listing.ends_on if ends else self.listing.starts_on
            precision = self.listing.ends_precision if ends else self.listing.starts_precision
        return _phrase(self.state, day, precision, get_language())

    @property
    def is_on_the_list(self):
        """Whether the subject is on the list that day, its first day known or not."""
        return self.state in (LISTED, UNDATED)


def listing_on(on, listings):
    """The state on a day from all listings of one subject; costs no query."""
    ended, upcoming = None, None
    for listing in listings:
        if listing.covers(on):
            return ListingOn(UNDATED if listing.starts_on is None else LISTED, listing)
        if listing.ends_on and listing.ends_on <= on:
            ended = listing if ended is None or listing.ends_on > ended.ends_on else ended
        elif upcoming is None or listing.starts_on < upcoming.starts_on:
            upcoming = listing
    return ListingOn(DELISTED, ended) if ended else ListingOn(NOT_YET, upcoming)


def period_phrases(listing):
    """(“since March 2016”, “taken off in 2023”): from when to when a subject is on the list; blank while open."""
    language = get_language()
    begun = _phrase(LISTED if listing.starts_on else UNDATED, listing.starts_on, listing.starts_precision, language)
    taken_off = listing.ends_on and _phrase(DELISTED, listing.ends_on, listing.ends_precision, language)
    return begun, taken_off or ""


@lru_cache(maxsize=4_000)
def _phrase(state, day, precision, language):
    """A phrase, kept for the next row that needs the same one."""
    pattern = PHRASES.get((state, precision)) or PHRASES[state, ""]
    if day and precision == "after":
        day -= datetime.timedelta(days=1)
    return str(pattern) % {"date": print_date(day, precision)} if day else str(pattern)


def on_the_list(on, subjects=None):
    """The subjects that are on the list on a day, since when known or not."""
    return _subjects(subjects).filter(is_listed(on))


def is_listed(on):
    """The condition under which a subject is on the list on a day."""
    return Exists(_listings().covering(on))


def in_state(state, on, subjects=None):
    """The subjects in one of STATES on a day. Errors: KeyError for another word."""
    covering, ended = _listings().covering(on), _listings().ended(on)
    condition = {
        LISTED: Exists(covering.filter(starts_on__isnull=False)),
        UNDATED: Exists(covering.filter(starts_on__isnull=True)),
        DELISTED: ~Exists(covering) & Exists(ended),
        NOT_YET: ~Exists(covering) & ~Exists(ended),
    }[state]
    return _subjects(subjects).filter(condition)


def _listings():
    return Listing.objects.filter(subject=OuterRef("pk"))


def _subjects(subjects):
    return Subject.objects.all() if subjects is None else subjects
