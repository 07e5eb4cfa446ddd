"""Whether a subject is on the list on a day, told from its listings (clause F1).

A subject may be listed, taken off and listed again. A listing whose day is not recorded covers every day
before its end: the subject is on the list, and since when is not known.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy

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


@dataclass(frozen=True, slots=True)
class ListingOn:
    """A subject's state on a day, with the listing that makes it so (none while it is not listed yet)."""

    state: str
    listing: Listing | None = None

    @property
    def is_on_the_list(self):
        """Whether the subject is on the list that day, its first day known or not."""
        return self.state in (LISTED, UNDATED)


def listing_on(on, listings):
    """The state on a day from all listings of one subject; costs no query."""
    last = None
    for listing in listings:
        if listing.covers(on):
            return ListingOn(UNDATED if listing.starts_on is None else LISTED, listing)
        if listing.ends_on and listing.ends_on <= on and (last is None or listing.ends_on > last.ends_on):
            last = listing
    return ListingOn(DELISTED, last) if last else ListingOn(NOT_YET)


def on_the_list(on, subjects=None):
    """The subjects that are on the list on a day, since when known or not."""
    return _subjects(subjects).filter(Exists(_listings().covering(on)))


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
