"""When subjects were on the list, and what is said of that on a day (clause F1).

A subject may be listed, taken off and listed again. A listing whose first day is not recorded covers the days from its
first evidence to its end: since when the subject is on the list is not known, and of the days before that evidence
nothing is (rule 16). The same is so before a day known only as “by”, after one known only as “after”, and of a subject
without a listing.
"""

import datetime
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, TruncDate
from django.db.models.lookups import Exact
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.history import tracked
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.dates import (
    A_DAY,
    GENEVA,
    LAST_DAY,
    EndPrecision,
    StartPrecision,
    midnight,
    print_date,
    print_since,
    today,
)
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.models import Period, PeriodQuerySet, holding_day
from iscg_portal.text_fields import LineField, WebAddressField

LISTED = "listed"
UNDATED = "day-not-recorded"
DELISTED = "delisted"
NOT_YET = "not-listed-yet"
NOT_RECORDED = "not-recorded"
TO_COME = "to-be-delisted"  # no state: how “taken off” is said of a day to come

# The states in the order in which they are offered and printed.
STATES = {
    LISTED: _("on the list"),
    UNDATED: _("on the list, since when is not recorded"),
    DELISTED: _("taken off the list"),
    NOT_YET: _("not listed yet"),
    NOT_RECORDED: _("whether on the list is not recorded"),
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
    (NOT_YET, ""): pgettext_lazy("a day", "to be listed from %(date)s"),
    (NOT_YET, "month"): pgettext_lazy("a month", "to be listed from %(date)s"),
    (NOT_YET, "year"): pgettext_lazy("a year", "to be listed from %(date)s"),
    (NOT_RECORDED, ""): _("not recorded"),
}


def _evidence(subject="subject"):
    """In a query of listings: the rows whose days are evidence that the subject was on the list, each with that day.

    They are the terms of Coordinators and Focal Points, and the editions of the list with it. That the listing was
    entered is evidence too, and so is the day of its source. In a query of others `subject` leads to the subject.
    """
    Coordinator, FocalPoint, EditionRow = (
        apps.get_model("subjects", name) for name in ("Coordinator", "FocalPoint", "EditionRow")
    )
    of_subject = {"subject": OuterRef(subject)}
    return [
        (Coordinator.objects.filter(**of_subject), "starts_on"),
        (FocalPoint.objects.filter(**of_subject), "starts_on"),
        (EditionRow.objects.filter(edition__withdrawn_because="", **of_subject), "edition__adopted_on"),
    ]


def _entered(listing="pk"):
    return Listing.history.filter(id=OuterRef(listing))


@cache  # the same whatever is asked
def _first_evidence():
    """In a query of listings: the day of the first evidence for a subject without a first day on the list."""
    days = [Subquery(rows.order_by(day).values(day)[:1]) for rows, day in _evidence()]
    entered_on = TruncDate("history_date", tzinfo=GENEVA)
    days.append(Subquery(_entered().order_by("history_date").annotate(on=entered_on).values("on")[:1]))
    known = Least(*(Coalesce(day, Value(LAST_DAY), output_field=DateField()) for day in [F("source_dated_on"), *days]))
    return Case(When(starts_on__isnull=True, then=known), output_field=DateField())


def is_evident(on, *, subject="subject", listing=""):
    """The condition that a day is not before the first evidence of a listing without a first day.

    In a query of others than listings `subject` and `listing` lead to them: "pk", "listings__".
    """
    evident = [Exists(rows.filter(**{f"{day}__lte": on})) for rows, day in _evidence(subject)]
    entered = Exists(_entered(f"{listing}pk").filter(history_date__lt=midnight(on + A_DAY)))
    return reduce(or_, evident, Q((f"{listing}source_dated_on__lte", on)) | entered)


class ListingQuerySet(PeriodQuerySet):
    """Times on the list. Of one without a first day, `known_on` is the day of its first evidence."""

    def dated(self):
        """Each with its `known_on`, so that it costs no query of its own."""
        return self.annotate(known_on=_first_evidence())

    def covering(self, on=None):
        on = on or today()
        return super().covering(on).filter(Q(starts_on__isnull=False) | is_evident(on))

    def undated_on(self, on):
        """Those that hold a day, since when is not recorded."""
        return super().covering(on).filter(is_evident(on), starts_on__isnull=True)


class Listing(Period, Sourced):
    """A subject's time on the list of subjects (F1). The day may be unknown; it may be listed again later."""

    subject = models.ForeignKey("Subject", models.PROTECT, related_name="listings", verbose_name=_("subject"))
    document = LineField(_("document"), max_length=200, blank=True, help_text=_("The decision's number."))
    document_url = WebAddressField(_("link to the document"), max_length=500, blank=True)
    source_dated_on = DayField(
        _("day of the source"),
        has_happened=True,
        null=True,
        blank=True,
        help_text=_(
            "The day of the document that is the source. Where the first day on the list is not recorded, the subject"
            " is known to be on it from this day, or from an earlier term or edition."
        ),
    )

    objects = ListingQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = _("time on the list")
        verbose_name_plural = _("times on the list")
        ordering = ["subject_id", "-starts_on"]
        indexes = [models.Index(fields=["grade"], name="subjects_listing_grade")]
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

    @cached_property
    def known_on(self):
        """The day of the first evidence, None where the first day is recorded; a query, but for rows read `dated`."""
        if self.starts_on:
            return None
        found = type(self).objects.dated().filter(pk=self.pk).values_list("known_on", flat=True)
        return found.first() or self.source_dated_on or today()

    def covers(self, on):
        return super().covers(on) and (self.starts_on is not None or self.known_on <= on)

    @property
    def has_open_start(self):
        """Whether the subject may have been on the list before the first day on which that is known."""
        return self.starts_on is None or self.starts_precision == StartPrecision.BY

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
        is_last_recorded = self.state == NOT_RECORDED and self.listing is not None
        if self.state == DELISTED or is_last_recorded:
            return self.listing.taken_off
        listing = self.listing if self.state in (LISTED, NOT_YET) else None
        return _phrase(self.state, listing and listing.starts_on, listing and listing.starts_precision)

    @property
    def full_phrase(self):
        """The same for a place that does not say that it is about the list."""
        is_bare = self.state == UNDATED or (self.state == NOT_RECORDED and self.listing is None)
        return STATES[self.state] if is_bare else self.phrase

    @property
    def is_on_the_list(self):
        """Whether the subject is on the list that day, its first day known or not."""
        return self.state in (LISTED, UNDATED)


def listing_on(on, listings):
    """The state on a day from all listings of one subject; costs no query where they are read `dated`."""
    listings = sorted(listings, key=lambda one: one.starts_on or datetime.date.min)
    covering = next((one for one in listings if one.covers(on)), None)
    if covering:
        return ListingOn(LISTED if covering.starts_on else UNDATED, covering)
    ended = next((one for one in reversed(listings) if one.ends_on and one.ends_on <= on), None)
    upcoming = next((one for one in listings if one.ends_on is None or one.ends_on > on), None)
    if upcoming and upcoming.has_open_start:
        return ListingOn(NOT_RECORDED)
    if ended:
        return ListingOn(NOT_RECORDED if ended.ends_precision == EndPrecision.AFTER else DELISTED, ended)
    return ListingOn(NOT_YET, upcoming) if upcoming else ListingOn(NOT_RECORDED)


def in_state(state, on):
    """The condition that a subject is in one of STATES on a day. Errors: KeyError for another word."""
    listings = Listing.objects.filter(subject=OuterRef("pk"))
    if state == LISTED:
        return Exists(listings.filter(holding_day(on), starts_on__isnull=False))
    if state == UNDATED:
        return Exists(listings.undated_on(on))
    if state == NOT_RECORDED:
        return ~on_the_list(on) & ~off_the_list(on)
    ended = Exists(listings.ended(on))
    return off_the_list(on) & {DELISTED: ended, NOT_YET: ~ended}[state]


def off_the_list(on):
    """The condition that a subject is known not to be on the list on a day.

    One without a first day is on the list until its end, or nobody knows it.
    """
    listings = Listing.objects.filter(subject=OuterRef("pk"))
    next_start = listings.upcoming(on).order_by("starts_on").values("starts_precision")[:1]
    last_end = listings.ended(on).order_by("-ends_on").values("ends_precision")[:1]
    may_be = Exact(Coalesce(Subquery(next_start), Value("")), StartPrecision.BY.value)
    may_be |= Exact(Coalesce(Subquery(last_end), Value("")), EndPrecision.AFTER.value)
    return Exists(listings) & ~Exists(listings.filter(holding_day(on))) & ~may_be


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
