"""Holding an office from a day to a day: the only place that knows what "in office on" means.

All computing uses [starts_on, ends_on) and ignores precision: on the day of a handover the successor
is in office, and only the successor. All printing uses precision (`iscg_portal.tenure.dates`).
"""

from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.query import ModelIterable
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.bodies import DecisionBody
from iscg_portal.languages import in_brackets
from iscg_portal.tenure.completeness import holes_of, refuse_holes
from iscg_portal.tenure.constraints import NotToCome
from iscg_portal.tenure.dates import A_DAY, Dated, EndPrecision, StartPrecision, print_date, today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.evidence import Evidenced
from iscg_portal.text_fields import LineField, LongTextField, WebAddressField
from iscg_portal.visibility import PublicQuerySet


class SitsFor(StrEnum):
    """For whom the holder of an office sits, as the files name it."""

    COUNTRY = "country"
    ORGANIZATION = "organization"
    NOT_RECORDED = "not recorded"


def holding_day(on, prefix=""):
    """`holds_day` as a condition on rows; `prefix` leads to them from another model: "coordinator__"."""
    starts = Q((f"{prefix}starts_on__isnull", True)) | Q((f"{prefix}starts_on__lte", on))
    return starts & (Q((f"{prefix}ends_on__isnull", True)) | Q((f"{prefix}ends_on__gt", on)))


class PeriodQuerySet(PublicQuerySet):
    """Questions about a day. `on` is a date; None means today in Geneva, taken inside the call."""

    def covering(self, on=None):
        """Rows whose [starts_on, ends_on) holds the day; an unknown start counts as long ago."""
        return self.filter(holding_day(on or today()))

    def ended(self, on=None):
        """Rows whose last day lies before the day."""
        return self.filter(ends_on__lte=on or today())

    def upcoming(self, on=None):
        """Rows that begin after the day."""
        return self.filter(starts_on__gt=on or today())


class _PublicTenures(ModelIterable):
    """Of a holder whose name is not public, nothing goes on from here that could tell it: no document either."""

    named_by = [
        "organization",
        "source",
        "starts_decision",
        "starts_decision_url",
        "ends_decision",
        "ends_decision_url",
    ]

    def __iter__(self):
        for row in super().__iter__():
            if not row.has_public_name:
                row.person = row.country = None
                for name in self.named_by:
                    setattr(row, name, "")
            yield row


class TenureQuerySet(PeriodQuerySet):
    """`in_office(on)`, `ended(on)` and `upcoming(on)` put every row into exactly one class on any day."""

    def in_office(self, on=None):
        """Offices held on the day."""
        return self.covering(on)

    def last_begun(self, on=None, *, per):
        """For each seat or subject (`per`), the row that began last by the day: who holds it, or held it last.

        It is all that `office_on` needs, since rows of one keeper never overlap.
        """
        return self.filter(pk__in=self.keys_of_last_begun(on, per=per))

    def keys_of_last_begun(self, on=None, *, per):
        """The keys of these rows; one of a keeper without any is null."""
        keepers = self.model._meta.get_field(per).related_model._base_manager
        begun = self.model._base_manager.filter(**{per: OuterRef("pk")}, starts_on__lte=on or today())
        latest = begun.order_by("-starts_on").values("pk")[:1]
        return keepers.order_by().annotate(latest=Subquery(latest)).values("latest")

    def without_decision(self):
        """Offices of which no document of the appointment is recorded."""
        return self.filter(starts_decision="")

    def with_public_name(self):
        """Rows whose holder the public may know by name: all, unless the model says otherwise."""
        return self

    def named_on(self, day):
        """Each with the name that its country had on a day, where that was not today's: `sits_for` prints it.

        Of a term that is over by then it is the name of the term's last day.
        """
        country = self.model._meta.get_field("country").related_model
        rows = self.alias(next_day=Value(day + A_DAY))
        return rows.annotate(country_then=country.name_of_term("next_day"))

    def public(self, beside=("person", "country")):
        """The rows with their persons and countries; with less `beside` them where that is read apart.

        Print `holder`, which is None where the name is not public: these rows have no person then.
        """
        rows = super().public()
        rows = rows.join_public(*beside) if beside else rows
        rows._iterable_class = _PublicTenures
        return rows


class Period(Dated, models.Model):
    """A stretch of days with how exactly its ends are known; the start may be unknown."""

    starts_on = DayField(gettext_lazy("from"), null=True, blank=True)
    starts_precision = models.CharField(
        gettext_lazy("from, how exactly"), max_length=5, choices=StartPrecision, default="day"
    )
    ends_on = DayField(
        gettext_lazy("to"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The first day after it: on the day of a handover the successor is in office."),
    )
    ends_precision = models.CharField(
        gettext_lazy("to, how exactly"), max_length=5, choices=EndPrecision, null=True, blank=True
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_end_after_start",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=gettext_lazy("The end must come after the start."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_end_and_precision",
                condition=Q(ends_on__isnull=True, ends_precision__isnull=True)
                | Q(ends_on__isnull=False, ends_precision__isnull=False, ends_precision__in=EndPrecision.values),
                violation_error_message=gettext_lazy(
                    "Say how exactly the end is known when there is an end, and only then."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_start_precision",
                condition=Q(starts_precision__in=StartPrecision.values),
                violation_error_message=gettext_lazy("Say how exactly the start is known."),
            ),
        ]

    def clean_fields(self, exclude=None):
        """A form sends an empty precision as ""; the record keeps it as null."""
        self.ends_precision = self.ends_precision or None
        if self.ends_on and not self.ends_precision:
            self.ends_precision = EndPrecision.DAY
        super().clean_fields(exclude=exclude)


class Tenure(Period, Evidenced):
    """An office held by a person from a day to a day (clauses A0, A3, C1, C2).

    The country or organization is kept on the row, so that a later change of delegation does not
    rewrite the past.
    """

    PRIVATE = ("note",)

    class HowEnded(models.TextChoices):
        """How an office came to its end."""

        TERM_OVER = "term over", gettext_lazy("term over")
        RESIGNED = "resigned", gettext_lazy("resigned")
        REPLACED = "replaced", gettext_lazy("replaced")
        OTHER = "other", gettext_lazy("other")

    person = models.ForeignKey(settings.PERSON_MODEL, models.PROTECT, verbose_name=gettext_lazy("person"))
    country = models.ForeignKey(
        settings.COUNTRY_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"standing__gt": ""},
        verbose_name=gettext_lazy("country"),
        help_text=gettext_lazy("The country for which the person sits in this office."),
    )
    organization = LineField(
        gettext_lazy("organization"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("The Sector Member or body for which the person sits, where it is not a country."),
    )
    starts_on = DayField(gettext_lazy("from"))
    starts_decision_body = models.CharField(
        gettext_lazy("appointed by"), max_length=8, choices=DecisionBody, blank=True
    )
    starts_decision = LineField(
        gettext_lazy("document of the appointment"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Its number."),
    )
    starts_decision_url = WebAddressField(gettext_lazy("link to that document"), max_length=500, blank=True)
    ends_decision_body = models.CharField(gettext_lazy("ended by"), max_length=8, choices=DecisionBody, blank=True)
    ends_decision = LineField(gettext_lazy("document of the end"), max_length=200, blank=True)
    ends_decision_url = WebAddressField(gettext_lazy("link to the document of the end"), max_length=500, blank=True)
    how_ended = models.CharField(gettext_lazy("how it ended"), max_length=10, choices=HowEnded, blank=True)
    note = LongTextField(gettext_lazy("note"), blank=True, help_text=gettext_lazy("For staff; never public."))

    objects = TenureQuerySet.as_manager()

    class Meta(Period.Meta):
        abstract = True
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_confirmed_after_start",
                condition=Q(last_confirmed_on__isnull=True) | Q(last_confirmed_on__gte=F("starts_on")),
                violation_error_message=gettext_lazy("A term cannot have been confirmed before it began."),
            ),
            NotToCome(
                name="%(app_label)s_%(class)s_confirmed_by_today",
                field="last_confirmed_on",
                violation_error_message=gettext_lazy("It cannot have been confirmed on a day that has not come yet."),
            ),
            NotToCome(
                name="%(app_label)s_%(class)s_source_by_today",
                field="source_dated_on",
                violation_error_message=gettext_lazy("The source cannot be of a day that has not come yet."),
            ),
        ]

    @property
    def has_public_name(self):
        """Whether the public may know who holds this office; `with_public_name` asks the same of the database."""
        return True

    @property
    def holder(self):
        """The person, where the public may know the name; else None."""
        return self.person if self.has_public_name else None

    @property
    def printed_name(self):
        """The holder as the public reads it, “Ms Inga Example”; blank where the name is not public."""
        return str(self.holder or "")

    @property
    def printed_in_full(self):
        """The same with the country or organization: “Ms Inga Example (Japan)”."""
        name, sits_for = self.printed_name, self.sits_for
        return f"{name}{in_brackets(sits_for)}" if name and sits_for else name

    @property
    def office_name(self):
        """What the office is, without the subject that it may be for: “Coordinator”, “Representative of RAG”."""
        return str(self._meta.verbose_name)

    @property
    def office_in_full(self):
        """The same with its subject, where it has one: “Coordinator of EMF”."""
        return self.office_name

    @property
    def country_name(self):
        """The country's name in the page's language: on the day of `named_on`, else today's; blank without one."""
        return (getattr(self, "country_then", None) or self.country.name) if self.country_id else ""

    @property
    def sits_for(self):
        """The country for which the person sits, else the organization, in the page's language."""
        return self.country_name or self.organization

    @property
    def sits_for_kind(self):
        """For whom the person sits, one of `SitsFor`."""
        if self.country_id:
            return SitsFor.COUNTRY
        return SitsFor.ORGANIZATION if self.organization else SitsFor.NOT_RECORDED

    @property
    def for_whom(self):
        """The country or organization, or the words that it is not recorded, in the page's language.

        Where a term is over and its country has another name today, that is added.
        """
        if self.sits_for_kind == SitsFor.NOT_RECORDED:
            return _("State or organization not recorded")
        then = getattr(self, "country_then", None) if self.country_id else None
        if then and self.ends_on and self.ends_on <= today() and then != self.country.name:
            return _("%(then)s (today: %(now)s)") % {"then": then, "now": self.country.name}
        return self.sits_for

    @property
    def when(self):
        """“since April 2018, until April 2019 (resigned)”."""
        return f"{super().when}{in_brackets(how)}" if (how := self.how_it_ended) else super().when

    @property
    def known_end(self):
        """How it came to its end, as files have it; blank while the end is still to come (rule 17)."""
        return self.how_ended if self.ends_on and self.ends_on <= today() else ""

    @property
    def how_it_ended(self):
        """The same in words."""
        return self.get_how_ended_display() if self.known_end else ""

    def record_keeper(self):
        """The `RecordKeeper` that says from when the record of this office has no holes; None while it is unknown."""
        raise NotImplementedError

    def clean(self):
        """A date known only as *by* or *after* does not lie in a record without holes."""
        super().clean()
        keeper = self.record_keeper() if holes_of(self) else None
        if keeper is not None:
            refuse_holes(self, keeper)
