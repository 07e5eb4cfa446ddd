"""What the record owes itself: a document and a source behind each office, confirmations, official lists.

A page about today that rests on old evidence says so.
"""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.db.models import BooleanField, Case, CharField, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.sourced import Sourced
from iscg_portal.tenure.dates import print_date, print_since, print_until
from members.models import ChairTerm, Person, Representative
from members.models.groups import CHAIR
from secretariat.findings import CARE, Finding, admin_address, topic
from subjects.models import Appointment, Coordinator, FocalPoint

A_YEAR = datetime.timedelta(days=365)
SIX_MONTHS = datetime.timedelta(days=183)

WITHOUT_DECISION = topic(
    "",
    CARE,
    "%(count)d office without the document of the appointment",
    "%(count)d offices without the document of the appointment",
)
WITHOUT_SOURCE = topic("", CARE, "%(count)d office without a source", "%(count)d offices without a source")
UNCONFIRMED = topic(
    "", CARE, "%(count)d office not confirmed for over a year", "%(count)d offices not confirmed for over a year"
)
INDICATIVE = topic("", CARE, "Indicative entries of %(count)d kind", "Indicative entries of %(count)d kinds")


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
    decided: bool
    sourced: bool

    def in_office(self, on):
        """Whether [starts_on, ends_on) holds the day."""
        return self.starts_on <= on and (self.ends_on is None or self.ends_on > on)

    def ends_soon(self, on):
        """Whether it is held on the day and its end, within six months, is on record."""
        return self.in_office(on) and self.ends_on is not None and self.ends_on <= on + SIX_MONTHS

    def is_unconfirmed(self, on):
        """Whether it is held on the day and nothing confirmed it, or began it, within the year before."""
        return self.in_office(on) and (self.confirmed_on or self.starts_on) < on - A_YEAR

    @property
    def url(self):
        """Where it is mended."""
        return admin_address(apps.get_model(self.kind), self.row)

    def __str__(self):
        place = _("Chair") if self.place == CHAIR else self.place
        return f"{Person(honorific=self.honorific, name=self.name)}, {place}"

    @property
    def since(self):
        return print_since(self.starts_on, self.starts_precision)

    @property
    def until(self):
        return print_until(self.ends_on, self.ends_precision)


def offices_to_care_for(on):
    """Every office that lacks a document or a source, and those of the day that end soon or want confirming.

    One query over the four tables, in the order of persons' names.
    """
    first, *others = (
        _rows(ChairTerm, "seat_id", on),
        _rows(Representative, "seat_id", on),
        _rows(Coordinator, "subject__code", on),
        _rows(FocalPoint, Concat("subject__code", Value(" ("), "body", Value(")"), output_field=CharField()), on),
    )
    offices = (OfficeRow(*values) for values in first.union(*others, all=True))
    return sorted(offices, key=lambda office: (office.name, office.starts_on, office.kind))


def _rows(model, place, on):
    decided = ~Q(starts_decision="")
    if model is Coordinator:  # one to three groups appoint, each by a decision of its own
        decided |= Exists(Appointment.objects.filter(coordinator=OuterRef("pk")).exclude(document=""))
    in_office = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    unconfirmed = Q(last_confirmed_on__lt=on - A_YEAR)
    unconfirmed |= Q(last_confirmed_on__isnull=True, starts_on__lt=on - A_YEAR)
    rows = model.objects.filter(Q(source="") | ~decided | (in_office & (Q(ends_on__lte=on + SIX_MONTHS) | unconfirmed)))
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
        _yes(decided),
        _yes(~Q(source="")),
    )


def _yes(condition):
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def to_count():
    """The rows that `care` wants counted (see `secretariat.findings`): indicative entries, by their model's label."""
    models = (model for model in apps.get_models() if issubclass(model, Sourced))
    return {model._meta.label_lower: model._base_manager.filter(indicative=True) for model in models}


def care(on, offices, count):
    """Findings on the record itself, from `offices_to_care_for`; costs no query."""
    for office in offices:
        named = {"office": office, "since": office.since}
        if not office.decided:
            sentence = _("%(office)s, %(since)s: no document of the appointment is recorded.")
            yield Finding(WITHOUT_DECISION, sentence % named, office.url)
        if not office.sourced:
            yield Finding(WITHOUT_SOURCE, _("%(office)s, %(since)s: no source is given.") % named, office.url)
        if office.is_unconfirmed(on):
            yield Finding(UNCONFIRMED, f"{office}: {last_word(office)}.", office.url)
    for label in to_count():
        if count[label]:
            model = apps.get_model(label)
            sentence = ngettext("%(kind)s: %(count)d entry.", "%(kind)s: %(count)d entries.", count[label])
            names = {"kind": capfirst(model._meta.verbose_name_plural), "count": count[label]}
            yield Finding(INDICATIVE, sentence % names, admin_address(model, indicative__exact=1))


def last_word(office):
    """“last confirmed on 23 January 2025”, or that it never was."""
    if office.confirmed_on is None:
        return _("never confirmed, %s") % office.since
    return _("last confirmed on %s") % print_date(office.confirmed_on)


def what_lacks(office):
    """“since April 2018: no document of the appointment, no source”; empty where nothing lacks."""
    absent = [] if office.decided else [_("no document of the appointment")]
    absent += [] if office.sourced else [_("no source")]
    return f"{office.since}: {', '.join(absent)}" if absent else ""
