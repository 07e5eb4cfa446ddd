"""When subjects were on the list, and what is said of that on a day (clause F1).

A subject may be listed, taken off and listed again. A listing whose first day is not recorded covers every day
before its end: the subject is on the list, and since when is not known.
"""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.dates import print_date, print_since, today
from iscg_portal.tenure.models import Period
from iscg_portal.text_fields import LineField, WebAddressField

LISTED = "listed"
UNDATED = "day-not-recorded"
DELISTED = "delisted"
NOT_YET = "not-listed-yet"
TO_COME = "to-be-delisted"  # no state: how “taken off” is said of a day to come

# The states in the order in which they are offered and printed.
STATES = {
    LISTED: _("on the list"),
    UNDATED: _("on the list, since when is not recorded"),
    DELISTED: _("taken off the list"),
    NOT_YET: _("not listed yet"),
}

# What is printed beside a subject, by state and by how exactly its day is known.
PHRASES = {
    (LISTED, "by"): _("listed by %(date)s"),
    (UNDATED, ""): _("day not recorded"),
    (DELISTED, "after"): _("last recorded on the list on %(date)s"),
    (DELISTED, ""): _("taken off on %(date)s"),
    (DELISTED, "month"): _("taken off in %(date)s"),
    (DELISTED, "year"): _("taken off in %(date)s"),
    (TO_COME, ""): _("to be taken off in %(date)s"),
    (TO_COME, "day"): _("to be taken off on %(date)s"),
    (NOT_YET, ""): _("to be listed from %(date)s"),
    (NOT_YET, "none"): _("not listed yet"),
}


class Listing(Period, Sourced):
    """A subject's time on the list of subjects (F1). The day may be unknown; it may be listed again later."""

    subject = models.ForeignKey("Subject", models.PROTECT, related_name="listings", verbose_name=_("subject"))
    document = LineField(_("document"), max_length=200, blank=True, help_text=_("The decision's number."))
    document_url = WebAddressField(_("link to the document"), max_length=500, blank=True)

    history = tracked()

    class Meta(Period.Meta):
        verbose_name = _("time on the list")
        verbose_name_plural = _("times on the list")
        ordering = ["subject_id", "-starts_on"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="subjects_listing_once",
                partition=["subject"],
                violation_error_message=_("This subject is already listed on a day of this period."),
            ),
        ]

    def __str__(self):
        return f"{self.subject.code} {self.since} {self.until}".strip()

    @property
    def listed(self):
        """“since March 2016”, “day not recorded”."""
        return _phrase(LISTED if self.starts_on else UNDATED, self.starts_on, self.starts_precision)

    @property
    def taken_off(self):
        """“taken off in 2023”; blank while the subject is on the list."""
        return _phrase(DELISTED, self.ends_on, self.ends_precision) if self.ends_on else ""


@dataclass(frozen=True, slots=True)
class ListingOn:
    """A subject's state on a day, with the listing that makes it so; while it is not listed yet, the one to come."""

    state: str
    listing: Listing | None = None

    @property
    def phrase(self):
        """“since March 2016”, “taken off in 2023”, in the active language."""
        if self.listing is None:
            return _phrase(self.state, None, "none")
        if self.state == DELISTED:
            return self.listing.taken_off
        return _phrase(self.state, self.listing.starts_on, self.listing.starts_precision)

    @property
    def full_phrase(self):
        """The same for a place that does not say that it is about the list."""
        return STATES[UNDATED] if self.state == UNDATED else self.phrase

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


def in_state(state, on):
    """The condition that a subject is in one of STATES on a day. Errors: KeyError for another word."""
    listings = Listing.objects.filter(subject=OuterRef("pk"))
    covering, ended = listings.covering(on), listings.ended(on)
    return {
        LISTED: Exists(covering.filter(starts_on__isnull=False)),
        UNDATED: Exists(covering.filter(starts_on__isnull=True)),
        DELISTED: ~Exists(covering) & Exists(ended),
        NOT_YET: ~Exists(covering) & ~Exists(ended),
    }[state]


def on_the_list(on):
    """The condition that a subject is on the list on a day, since when known or not."""
    return Exists(Listing.objects.covering(on).filter(subject=OuterRef("pk")))


def _phrase(state, day, precision):
    if state == LISTED and precision != "by":
        return print_since(day, precision)
    if state == DELISTED and day > today() and precision != "after":
        state = TO_COME
    pattern = PHRASES.get((state, precision)) or PHRASES[state, ""]
    if day and precision == "after":
        day -= datetime.timedelta(days=1)
    return str(pattern) % {"date": print_date(day, precision)} if day else str(pattern)
