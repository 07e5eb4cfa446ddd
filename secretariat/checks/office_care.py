"""Offices that lack a document, a source, a State or a confirmation; and those that end soon.

A page about today that rests on old evidence says so.
"""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.apps import apps
from django.db.models import BooleanField, Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.bodies import SECRETARIAT_BODIES
from iscg_portal.collation import sort_key
from iscg_portal.fixed_terms import initials, with_initials
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.languages import in_a_row, in_brackets, with_colon, with_commas, with_full_stop
from iscg_portal.tenure.dates import print_date, print_since
from iscg_portal.tenure.evidence import A_YEAR
from members.models import ChairTerm, Person, Representative
from members.models.groups import CHAIR
from secretariat.findings import CARE, Finding, topic
from subjects.models import Appointment, Coordinator, FocalPoint

SIX_MONTHS = datetime.timedelta(days=183)

WITHOUT_DECISION = topic(
    "",
    CARE,
    "%(count)d office without the document of the appointment",
    "%(count)d offices without the document of the appointment",
)
WITHOUT_SOURCE = topic("", CARE, "%(count)d office without a source", "%(count)d offices without a source")
WITHOUT_STATE = topic(
    "",
    CARE,
    "%(count)d office without a recorded country or organization",
    "%(count)d offices without a recorded country or organization",
)
UNCONFIRMED = topic(
    "", CARE, "%(count)d office not confirmed for over a year", "%(count)d offices not confirmed for over a year"
)


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office of any of the four kinds, as far as its care goes."""

    kind: str
    row: int
    honorific: str
    name: str
    place: str
    starts_on: datetime.date
    starts_precision: str
    ends_on: datetime.date | None
    ends_precision: str | None
    confirmed_on: datetime.date | None
    evidence_on: datetime.date
    decided: bool
    sourced: bool
    sits_for_somebody: bool

    def in_office(self, on):
        """Whether [starts_on, ends_on) holds the day."""
        return self.starts_on <= on and (self.ends_on is None or self.ends_on > on)

    def is_unconfirmed(self, on):
        """Whether it is held on the day and its evidence is over a year old (`Evidenced.evidence_on`)."""
        return self.in_office(on) and self.evidence_on < on - A_YEAR

    @property
    def url(self):
        """Where it is mended."""
        return admin_address(apps.get_model(self.kind), self.row)

    def __str__(self):
        subject, _bracket, body = self.place.partition(" (")  # of a Focal Point
        place = f"{subject}{in_brackets(initials(body[:-1]))}" if body else with_initials(self.place)
        person = Person(honorific=self.honorific, name=self.name)
        return with_commas((person, of_holder(in_forms("Chair"), person) if self.place == CHAIR else place))

    @property
    def since(self):
        return print_since(self.starts_on, self.starts_precision)


def offices_to_care_for(on):
    """Every office that lacks a document, a source or for whom its holder sits, or that wants confirming on the day.

    One query over the four tables, in the order of persons' names.
    """
    first, *others = (
        _rows(ChairTerm, "seat_id", on),
        _rows(Representative, "seat_id", on),
        _rows(Coordinator, "subject__code", on),
        _rows(FocalPoint, Concat("subject__code", Value(" ("), "body", Value(")"), output_field=CharField()), on),
    )
    offices = (OfficeRow(*values) for values in first.union(*others, all=True))
    return sorted(offices, key=lambda office: (sort_key(office.name), office.starts_on, office.kind))


class Care(NamedTuple):
    """The offices of a kind, with conditions on them: what is recorded, and whether it is old on the day."""

    rows: QuerySet
    decided: Q
    sourced: Q
    sits_for_somebody: Q
    unconfirmed: Q


def _care_of(model, on):
    decided = ~Q(starts_decision="")
    if model is Coordinator:  # one to three groups appoint, each by a decision of its own
        decided |= Exists(Appointment.objects.filter(coordinator=OuterRef("pk")).exclude(document=""))
    in_office = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    rows = model.objects.annotate(evidence_day=Coalesce("last_confirmed_on", "source_dated_on", "starts_on"))
    sits_for_somebody = Q(country__isnull=False) | ~Q(organization="")
    if model is FocalPoint:  # the secretariat's own sit for it
        sits_for_somebody |= Q(body__in=SECRETARIAT_BODIES)
    unconfirmed = in_office & Q(evidence_day__lt=on - A_YEAR)
    return Care(rows, decided, ~Q(source=""), sits_for_somebody, unconfirmed)


def counted(on):
    """(topic, queryset) of what the database counts alone: the offices of each kind of which it is so."""
    for model in (ChairTerm, Representative, Coordinator, FocalPoint):
        care = _care_of(model, on)
        yield WITHOUT_DECISION, care.rows.filter(~care.decided)
        yield WITHOUT_SOURCE, care.rows.filter(~care.sourced)
        yield WITHOUT_STATE, care.rows.filter(~care.sits_for_somebody)
        yield UNCONFIRMED, care.rows.filter(care.unconfirmed)


def _rows(model, place, on):
    care = _care_of(model, on)
    lacks = ~care.sourced | ~care.decided | ~care.sits_for_somebody
    rows = care.rows.filter(lacks | care.unconfirmed)
    return rows.order_by().values_list(
        Value(model._meta.label_lower, output_field=CharField()),
        "pk",
        "person__honorific",
        "person__name",
        Cast(place, CharField()),
        "starts_on",
        "starts_precision",
        "ends_on",
        "ends_precision",
        "last_confirmed_on",
        "evidence_day",
        _yes(care.decided),
        _yes(care.sourced),
        _yes(care.sits_for_somebody),
    )


def _yes(condition):
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def ask_offices(on, offices):
    """Findings on offices, from `offices_to_care_for`; costs no query."""
    for office in offices:
        named = {"office": office, "since": office.since}
        if not office.decided:
            sentence = _("%(office)s, %(since)s: no document of the appointment is recorded.")
            yield Finding(WITHOUT_DECISION, sentence % named, office.url)
        if not office.sourced:
            yield Finding(WITHOUT_SOURCE, _("%(office)s, %(since)s: no source is given.") % named, office.url)
        if not office.sits_for_somebody:
            sentence = _("%(office)s, %(since)s: for which State or organization is not recorded.")
            yield Finding(WITHOUT_STATE, sentence % named, office.url)
        if office.is_unconfirmed(on):
            yield Finding(UNCONFIRMED, with_full_stop(with_colon(office, last_word(office))), office.url)


def last_word(office):
    """“last confirmed on 23 January 2025”, or that it never was, and of which day the source is."""
    if office.confirmed_on is None and office.evidence_on != office.starts_on:
        return _("as in a document of %(day)s") % {"day": print_date(office.evidence_on)}
    if office.confirmed_on is None:
        return _("never confirmed, %s") % office.since
    return _("last confirmed on %s") % print_date(office.confirmed_on)


def what_lacks(office):
    """“since April 2018: no document of the appointment, no source”; empty where nothing lacks."""
    absent = [] if office.decided else [_("no document of the appointment")]
    absent += [] if office.sourced else [_("no source")]
    absent += [] if office.sits_for_somebody else [_("no State or organization")]
    return with_colon(office.since, in_a_row(absent)) if absent else ""
