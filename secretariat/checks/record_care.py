"""What the record owes itself: a document and a source behind each office, confirmations, official lists.

A page about today that rests on old evidence says so.
"""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.db.models import BooleanField, Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.adminkit.site import admin_address
from iscg_portal.bodies import SECRETARIAT_BODIES
from iscg_portal.collation import collated, sort_key
from iscg_portal.models import ShippedRow
from iscg_portal.odd_rows import has_odd_words, odd_values
from iscg_portal.old_texts import LEFT, left_over
from iscg_portal.sourced import INDICATIVE as INDICATIVE_GRADES
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.dates import print_date, print_since, print_until
from iscg_portal.tenure.evidence import A_YEAR
from iscg_portal.visibility import PublicQuerySet
from members.models import ChairTerm, Country, Person, Representative
from members.models.countries import LISTED
from members.models.groups import CHAIR
from secretariat.findings import CARE, REMARK, Finding, topic
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
    "%(count)d office of which it is not recorded for whom its holder sits",
    "%(count)d offices of which it is not recorded for whom their holders sit",
)
UNCONFIRMED = topic(
    "", CARE, "%(count)d office not confirmed for over a year", "%(count)d offices not confirmed for over a year"
)
UNLISTED = topic(
    "",
    REMARK,
    "%(count)d country outside the list of those who may take part",
    "%(count)d countries outside the list of those who may take part",
)
ONE_NAME = topic(
    "",
    CARE,
    "%(count)d person of a name that another record has",
    "%(count)d persons of a name that another record has",
)
UNCLEAN = topic(
    "",
    CARE,
    "%(count)d entry with a text that could not be cleaned",
    "%(count)d entries with a text that could not be cleaned",
)
ODD = topic("", CARE, "%(count)d entry that pages cannot print", "%(count)d entries that pages cannot print")
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
    evidence_on: datetime.date
    decided: bool
    sourced: bool
    sits_for_somebody: bool

    def in_office(self, on):
        """Whether [starts_on, ends_on) holds the day."""
        return self.starts_on <= on and (self.ends_on is None or self.ends_on > on)

    def ends_soon(self, on):
        """Whether it is held on the day and its end, within six months, is on record."""
        return self.in_office(on) and self.ends_on is not None and self.ends_on <= on + SIX_MONTHS

    def is_unconfirmed(self, on):
        """Whether it is held on the day and its evidence is over a year old (`Evidenced.evidence_on`)."""
        return self.in_office(on) and self.evidence_on < on - A_YEAR

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
    """Every office that lacks a document, a source or for whom its holder sits, and some of the day.

    These end soon or want confirming. One query over the four tables, in the order of persons' names.
    """
    first, *others = (
        _rows(ChairTerm, "seat_id", on),
        _rows(Representative, "seat_id", on),
        _rows(Coordinator, "subject__code", on),
        _rows(FocalPoint, Concat("subject__code", Value(" ("), "body", Value(")"), output_field=CharField()), on),
    )
    offices = (OfficeRow(*values) for values in first.union(*others, all=True))
    return sorted(offices, key=lambda office: (sort_key(office.name), office.starts_on, office.kind))


def _rows(model, place, on):
    decided = ~Q(starts_decision="")
    if model is Coordinator:  # one to three groups appoint, each by a decision of its own
        decided |= Exists(Appointment.objects.filter(coordinator=OuterRef("pk")).exclude(document=""))
    in_office = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    evidence_on = Coalesce("last_confirmed_on", "source_dated_on", "starts_on")
    unconfirmed = Q(evidence_day__lt=on - A_YEAR)
    rows = model.objects.annotate(evidence_day=evidence_on)
    sits_for_somebody = Q(country__isnull=False) | ~Q(organization="")
    if model is FocalPoint:  # the secretariat's own sit for it
        sits_for_somebody |= Q(body__in=SECRETARIAT_BODIES)
    lacks = Q(source="") | ~decided | ~sits_for_somebody
    rows = rows.filter(lacks | (in_office & (Q(ends_on__lte=on + SIX_MONTHS) | unconfirmed)))
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
        _yes(decided),
        _yes(~Q(source="")),
        _yes(sits_for_somebody),
    )


def _yes(condition):
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def count_grades():
    """{model: {grade: how many rows}} of everything that has a source; one query. A blank grade is not stated."""
    models = {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Sourced)}
    first, *others = (
        QuerySet(model)
        .order_by()
        .values_list(Value(label, output_field=CharField()), "grade")
        .annotate(found=Count("pk"))
        for label, model in models.items()
    )
    counts = {model: {} for model in models.values()}
    for label, grade, found in first.union(*others, all=True):
        counts[models[label]][grade] = found
    return counts


def to_count():
    """The rows that the checks below want counted (see `secretariat.findings`)."""
    found = {"unlisted countries": Country.objects.exclude(**LISTED), "one name": Person.objects.not_told_apart()}
    found["unclean"] = ShippedRow.objects.filter(key__startswith=LEFT)
    return found | _odd_rows()


def ask_names(count):
    """A finding for each person whose name another record has too; no query where there is none."""
    if count["one name"]:
        for person in Person.objects.not_told_apart().order_by(collated(), "pk"):
            sentence = _("%(person)s (%(slug)s): merge the records, or say that they are two persons.")
            named = {"person": person, "slug": person.slug}
            yield Finding(ONE_NAME, sentence % named, admin_address(Person, person.pk))


def ask_countries(count):
    """A remark on each country that nobody can choose (rule 21); no query where there is none."""
    if count["unlisted countries"]:
        for country in Country.objects.exclude(**LISTED):
            sentence = _("%(code)s (%(country)s): without a standing, so nobody can choose it.")
            named = {"code": country.pk, "country": country.name}
            yield Finding(UNLISTED, sentence % named, admin_address(Country, country.pk))


def ask_unclean(count):
    """A finding for each row that `clean_texts` could not clean; no query where there is none."""
    for row in left_over() if count["unclean"] else ():
        sentence = _(
            "%(kind)s “%(row)s”: an invisible mark or an odd space in a text; another entry has the clean text."
        )
        named = {"kind": capfirst(row._meta.verbose_name), "row": row}
        yield Finding(UNCLEAN, sentence % named, admin_address(type(row), row.pk))


def _odd_rows():
    """Rows with a word that no page knows."""
    public = (
        model
        for model in apps.get_models()
        if issubclass(model, Sourced) or isinstance(model._default_manager.all(), PublicQuerySet)
    )
    conditions = ((model, has_odd_words(model)) for model in public)
    return {f"odd {model._meta.label_lower}": model._base_manager.filter(odd) for model, odd in conditions if odd}


def ask_odd_rows(count):
    """A finding for each row that pages may not be able to print; a query for each kind that has any."""
    for name, rows in _odd_rows().items():
        for row in rows[: count[name]]:
            odd = "; ".join(f"{field.verbose_name}: {value}" for field, value in odd_values(row).items())
            named = {"kind": capfirst(row._meta.verbose_name), "key": row.pk, "odd": odd}
            sentence = _("%(kind)s %(key)s (%(odd)s): pages that cannot print this leave the entry out.") % named
            yield Finding(ODD, sentence, admin_address(type(row), row.pk))


def care(on, offices, grades):
    """Findings on the record itself, from `offices_to_care_for` and `count_grades`; costs no query."""
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
            yield Finding(UNCONFIRMED, f"{office}: {last_word(office)}.", office.url)
    for model, counted in grades.items():
        entries = sum(counted.get(grade, 0) for grade in INDICATIVE_GRADES)
        if entries:
            sentence = ngettext("%(kind)s: %(count)d entry.", "%(kind)s: %(count)d entries.", entries)
            names = {"kind": capfirst(model._meta.verbose_name_plural), "count": entries}
            yield Finding(INDICATIVE, sentence % names, admin_address(model, grade__in=",".join(INDICATIVE_GRADES)))


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
    return f"{office.since}: {', '.join(absent)}" if absent else ""
