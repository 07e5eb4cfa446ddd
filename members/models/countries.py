"""The States that may take part, by the Union's names and standing (C5, rule 21), and their regional organizations."""

from collections import defaultdict
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import DateField, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Least
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import CouncilRegion, RegionalOrganization
from iscg_portal.collation import SORT_KEYS, Collated, collated
from iscg_portal.history import tracked
from iscg_portal.languages import LANGUAGE_CODES, with_colon, with_commas
from iscg_portal.name_keys import NEAR, nearness
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.dates import A_DAY, holds_day
from iscg_portal.tenure.models import Period, PeriodQuerySet
from iscg_portal.text_fields import LineField
from iscg_portal.translated import columns_of
from iscg_portal.visibility import PublicQuerySet

NEAREST = 5
_MARK = {"null": True, "blank": True}
# Who may be chosen: those in the list.
LISTED = {"standing__gt": ""}
SHORT_NAMES = columns_of("short_name")


def _short_name(language):
    label = format_lazy("{} ({})", _("short name"), dict(settings.LANGUAGES)[language])
    return LineField(label, max_length=100)


def short_name_column(language=""):
    """The column of the short name in a language, else in the active one."""
    return SHORT_NAMES[LANGUAGE_CODES.index(language or get_language() or "en")]


class Named(Collated):
    """Mixin: the official short name of a State in the six languages."""

    short_name_ar = _short_name("ar")
    short_name_en = _short_name("en")
    short_name_es = _short_name("es")
    short_name_fr = _short_name("fr")
    short_name_ru = _short_name("ru")
    short_name_zh_hans = _short_name("zh-hans")

    class Meta:
        abstract = True

    def name_in(self, language):
        """The name in one of the portal's languages; in English where it is not entered in that one."""
        return getattr(self, short_name_column(language)) or self.short_name_en

    def collated_text(self, language):
        return self.name_in(language)


class CountryQuerySet(PublicQuerySet):
    """Questions about the list of those who may take part."""

    def listed(self):
        """Those in the list: the Member States, and who takes part under PP Resolution 99."""
        return self.filter(**LISTED)

    def near(self, name):
        """Those that may be meant by the name, in whichever language, the nearest first."""
        found = {row: max(nearness(name, row.name_in(code)) for code in LANGUAGE_CODES) for row in self}
        return sorted((row for row, how in found.items() if how >= NEAR), key=lambda row: -found[row])[:NEAREST]

    def groups_to_choose(self):
        """The list as the choices of a form: under the heading of each standing (code, name), in the order of names."""
        rows = list(self.listed().order_by(collated(), "pk"))
        for standing, heading in HEADINGS.items():
            yield heading, [(row.pk, row.name) for row in rows if row.standing == standing]

    def read_for(self, terms, on) -> list:
        """The terms with their countries, named as `TenureQuerySet.named_on` would; for many, or of two tables."""
        terms, columns = list(terms), ("starts_on", "ends_on", short_name_column())
        then = {f"then_{number}": F(f"former_names__{column}") for number, column in enumerate(columns)}
        rows = self.public().only("council_region", *SHORT_NAMES).annotate(**then).order_by()
        countries, names = {None: None}, defaultdict(list)
        for country in rows.filter(pk__in={term.country_id for term in terms} - {None}):
            countries.setdefault(country.pk, country)
            names[country.pk].append([getattr(country, each) for each in then])
        found = [term for term in terms if term.country_id in countries]  # without those of an odd row
        for term in found:
            term.country = countries[term.country_id]
            last = min(on, term.ends_on - A_DAY) if term.ends_on else on
            known = (name for begins, ends, name in names[term.country_id] if ends and holds_day(begins, ends, last))
            term.country_then = next(known, "")
        return found

    def names_of(self, code):
        """In a query of rows that keep the `code` of a State: its name in the page's language."""
        return Subquery(self.filter(pk=OuterRef(code)).values(short_name_column())[:1])


class Country(Named, Sourced):
    """A State for which people sit, with its regions and marks (clauses C1, F2).

    Its names are those of the Union's list (rule 21): they say what it is called today, `FormerName` what it was called
    before. A mark is blank until a source for it is given.
    """

    class Standing(models.TextChoices):
        """As what the State takes part in the work of the Union."""

        MEMBER_STATE = "Member State", _("Member State")
        RESOLUTION_99 = "PP Res. 99", _("under PP Resolution 99")

    code = LineField(
        _("ISO code"),
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Two capital letters, as in ISO 3166."))],
    )
    standing = models.CharField(
        _("standing"),
        max_length=12,
        choices=Standing,
        blank=True,
        help_text=_("Blank: not in the list of those who may take part; then nobody can choose it."),
    )
    names_source = LineField(_("source of the names"), max_length=500, blank=True)
    council_region = models.CharField(_("Council region"), max_length=1, choices=CouncilRegion, blank=True)
    is_ldc = models.BooleanField(_("least developed country (LDC)"), **_MARK)
    is_sids = models.BooleanField(_("small island developing State (SIDS)"), **_MARK)
    is_lldc = models.BooleanField(_("landlocked developing country (LLDC)"), **_MARK)
    is_transition = models.BooleanField(_("country with economy in transition"), **_MARK)
    marks_source = LineField(_("source of the marks"), max_length=500, blank=True)

    objects = CountryQuerySet.as_manager()
    history = tracked(excluded_fields=list(SORT_KEYS))

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="members_country_marks_have_a_source",
                condition=~Q(marks_source="") | Q(is_ldc=None, is_sids=None, is_lldc=None, is_transition=None),
                violation_error_message=_("Give the source of the marks, or leave every mark blank."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """Today's name in the active language."""
        return self.name_in(get_language() or "en")

    def name_in(self, language):
        """Today's name in one of the portal's languages; the code where no name is entered."""
        return super().name_in(language) or self.code

    @staticmethod
    def former_name(day, *, of="country", column=""):
        """In a query of rows with a country: the name it had on a day, in the page's language; null where that is
        today's. `day` is a date, or the name of a column with one; `column` asks for another column of `FormerName`.
        """
        column = column or short_name_column()
        return _name_on_day_of(day, of, column) if isinstance(day, str) else _former_name(day, of, column)

    @staticmethod
    def name_of_term(next_day):
        """In a query of terms: the same for the day before that in the column `next_day`; of a term that is over by
        then, for its last day.
        """
        return _name_of_term(next_day, short_name_column())

    def check_standing(self, capacity):
        """Refuse a capacity that is another State's: only a Member State is one. Errors: ValidationError."""
        if capacity in self.Standing.values and capacity != self.standing:
            message = _("%(country)s does not take part as “%(capacity)s”.")
            words = {"country": self.name, "capacity": self.Standing(capacity).label}
            raise ValidationError({"capacity": message % words})


# What stands above the States of each standing where one of them is chosen.
HEADINGS = {
    Country.Standing.MEMBER_STATE: _("Member States"),
    Country.Standing.RESOLUTION_99: _("Under Resolution 99 of the Plenipotentiary Conference"),
}


class FormerName(Named, Period, Sourced):
    """A name that a State had up to a day: a page that tells a past day prints the name of that day (rule 21)."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="former_names", verbose_name=_("country"))

    objects = PeriodQuerySet.as_manager()
    history = tracked(excluded_fields=list(SORT_KEYS))

    class Meta(Period.Meta):
        verbose_name = _("former name of a country")
        verbose_name_plural = _("former names of countries")
        ordering = ["country_id", "-ends_on"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="members_formername_is_over",
                condition=Q(ends_on__isnull=False),
                violation_error_message=_("Say up to which day the country had this name; today's name is its own."),
            ),
            NoOverlap(
                name="members_formername_one_a_day",
                partition=["country"],
                violation_error_message=_("The country had another name on a day of this one; end that first."),
            ),
        ]

    def __str__(self):
        return with_commas([self.name, self.until])

    @property
    def name(self):
        """The name in the active language."""
        return self.name_in(get_language() or "en")


def _former_name(day, of, column):
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    names = FormerName.objects.filter(begun, country=OuterRef(of), ends_on__gt=day)
    return Subquery(names.order_by().values(column)[:1])


# Each query takes a copy of what is made here, of which there are few: a day is one of its columns.
@cache
def _name_on_day_of(day, of, column):
    return _former_name(OuterRef(day), of, column)


@cache
def _name_of_term(next_day, column):
    before = Least(Coalesce(OuterRef("ends_on"), OuterRef(next_day)), OuterRef(next_day), output_field=DateField())
    begun = Q(starts_on__isnull=True) | Q(starts_on__lt=before)
    names = FormerName.objects.filter(begun, country=OuterRef("country"), ends_on__gte=before)
    return Subquery(names.order_by().values(column)[:1])


class RegionalMembershipQuerySet(PeriodQuerySet):
    """Questions about memberships."""

    def by_country(self, on=None) -> dict[str, list[str]]:
        """{code of the country: organizations to which it belongs on the day}. One query."""
        found = {}
        for country, organization in self.covering(on).order_by("organization").values_list("country", "organization"):
            found.setdefault(country, []).append(organization)
        return found


class RegionalMembership(Period, Sourced):
    """That a country belongs to a regional organization; a suspension ends it."""

    country = models.ForeignKey(
        Country, models.CASCADE, related_name="memberships", limit_choices_to=LISTED, verbose_name=_("country")
    )
    organization = models.CharField(_("regional organization"), max_length=5, choices=RegionalOrganization)

    objects = RegionalMembershipQuerySet.as_manager()
    history = tracked()

    class Meta(Period.Meta):
        verbose_name = _("membership of a regional organization")
        verbose_name_plural = _("memberships of regional organizations")
        ordering = ["country", "organization", "starts_on"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="members_regionalmembership_once",
                partition=["country", "organization"],
                violation_error_message=_("This country already belongs to this organization on a day of this period."),
            ),
            models.CheckConstraint(
                name="members_regionalmembership_organization",
                condition=Q(organization__in=RegionalOrganization.values),
                violation_error_message=_("It is one of the six regional organizations."),
            ),
        ]

    def __str__(self):
        return with_colon(self.country, self.organization)
