"""Study units by Sector and period (A1)."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import Sector
from iscg_portal.fixed_terms import initials
from iscg_portal.history import tracked
from iscg_portal.sourced import Sourced
from iscg_portal.tables.addresses import record_address
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.models import Period, PeriodQuerySet
from iscg_portal.text_fields import AddressField, LineField, WebAddressField
from iscg_portal.translated import Translated
from studies import rules

STUDYING = [choice for choice in Sector.choices if choice[0] != Sector.GS]


class StudyPeriod(Period, Sourced):
    """A study period of a Sector, from its assembly or conference to the next."""

    sector = models.CharField(_("Sector"), max_length=2, choices=STUDYING)
    name = LineField(
        _("name"),
        max_length=9,
        validators=[RegexValidator(r"^[0-9]{4}-[0-9]{4}\Z", _("Two years, as in 2022-2025."))],
        help_text=_("As the Union names it: 2022-2025."),
    )

    history = tracked()

    class Meta(Period.Meta):
        verbose_name = _("study period")
        verbose_name_plural = _("study periods")
        ordering = ["sector", "-name"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                name="studies_period_once",
                fields=["sector", "name"],
                violation_error_message=_("This Sector already has a study period of this name."),
            ),
            models.CheckConstraint(
                name="studies_period_begins",
                condition=Q(starts_on__isnull=False),
                violation_error_message=_("Say when the study period begins."),
            ),
            NoOverlap(
                name="studies_period_alone",
                partition=["sector"],
                violation_error_message=_("This Sector already has a study period on a day of this one."),
            ),
            rules.SetOnce(
                name="studies_period_set_once",
                fields=["sector"],
                violation_error_message=_("The Sector of a study period is set once."),
            ),
            rules.PeriodKeepsItsPlaceInLives(
                name="studies_period_keeps_place",
                violation_error_message=_("With these days a unit would not begin before its successor."),
            ),
            rules.PeriodKeepsItsUnits(
                name="studies_period_keeps_units",
                violation_error_message=_("With these days a unit would lie outside this study period."),
            ),
            rules.PeriodKeepsItsLinks(
                name="studies_period_keeps_links",
                violation_error_message=_(
                    "With these days a link would lie outside those of its units; end or move the link first."
                ),
            ),
        ]

    def __str__(self):
        return f"{initials(f'ITU-{self.sector}')} {self.name}"

    @property
    def code(self):
        """How files and addresses name it: “d-2022-2025”."""
        return f"{self.sector.lower()}-{self.name}"


class StudyUnitQuerySet(PeriodQuerySet):
    """Units, with what their names need."""

    def with_period(self):
        """Each with its period."""
        return self.join_public("period")

    def in_printed_order(self):
        """By Sector, study group and number."""
        return self.order_by("sector", F("parent__sort_key").asc(nulls_first=True), "sort_key", "pk")


class StudyUnit(Period, Translated, Sourced):
    """A study group, a working party, a Question, or a group of one or several Sectors, in one period.

    The days are those of its period, unless it has its own. What it becomes in the next period is another unit.
    """

    TRANSLATED = ("title",)

    class Kind(models.TextChoices):
        """From the widest to the narrowest; regional groups stand below study groups, joint ones below none."""

        GROUP = "study group", _("study group")
        PARTY = "working party", _("working party")
        QUESTION = "question", _("Question")
        REGIONAL = "regional group", _("regional group")
        JOINT = "joint group", _("joint group")

    sector = models.CharField(
        _("Sector"), max_length=2, choices=Sector, blank=True, help_text=_("Blank for a joint group of several.")
    )
    period = models.ForeignKey(
        StudyPeriod,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("study period"),
        help_text=_("Blank only for a joint group that no period ends."),
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    number = LineField(_("number"), max_length=40, help_text=_("As it is printed: Q7/2, SG 1, WP 1C, IRG-AVA."))
    slug = AddressField(
        _("web address"),
        max_length=70,
        unique=True,
        blank=True,
        help_text=_("Set once; made from Sector, period and number if blank."),
    )
    title = LineField(_("title"), max_length=400)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("stands below"),
        help_text=_("The study group or working party of the same period to which it belongs."),
    )
    url = WebAddressField(_("web page"), max_length=500, blank=True)
    in_force_unrecorded = models.BooleanField(
        _("whether it is in force is not recorded"),
        default=False,
        help_text=_("Of a Question whose text is known, while no source says whether it is studied in this period."),
    )
    sort_key = models.CharField(max_length=60, editable=False, default="")

    objects = StudyUnitQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = _("study unit")
        verbose_name_plural = _("study units")
        ordering = ["sector", "period", "sort_key"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                name="studies_unit_once",
                fields=["period", "number"],
                condition=Q(period__isnull=False),
                violation_error_message=_("There is already a unit with this number in this period."),
            ),
            models.UniqueConstraint(
                name="studies_joint_once",
                fields=["number"],
                condition=Q(period__isnull=True),
                violation_error_message=_("There is already a joint group of this name."),
            ),
            models.CheckConstraint(
                name="studies_unit_sector_and_period",
                condition=Q(kind="joint group") | Q(sector__in=["R", "T", "D"], period__isnull=False),
                violation_error_message=_("Only a joint group is without Sector and study period."),
            ),
            models.CheckConstraint(
                name="studies_unit_not_below_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("A unit cannot stand below itself."),
            ),
            rules.SetOnce(
                name="studies_unit_set_once",
                fields=["sector", "period", "kind"],
                violation_error_message=_(
                    "Sector, study period and kind of a unit are set once: in another period it is another unit."
                ),
            ),
            rules.PeriodOfItsSector(
                name="studies_unit_period_of_sector",
                violation_error_message=_("This study period is one of another Sector."),
            ),
            rules.DaysInItsPeriod(
                name="studies_unit_in_period",
                violation_error_message=_("The days of the unit lie outside its study period."),
            ),
            rules.BelowAWiderUnit(
                name="studies_unit_below_wider",
                violation_error_message=_(
                    "A unit stands below a study group, or a Question below a working party, of its Sector and period."
                ),
            ),
            rules.UnitKeepsItsPlaceInLives(
                name="studies_unit_keeps_place",
                violation_error_message=_("With these days a unit would not begin before its successor."),
            ),
            rules.UnitKeepsItsLinks(
                name="studies_unit_keeps_links",
                violation_error_message=_(
                    "With these days a link would lie outside those of its units; end or move the link first."
                ),
            ),
        ]

    def __str__(self):
        return " ".join(filter(None, (self.name, self.period.name if self.period_id else "")))

    def get_absolute_url(self):
        return record_address("studies:unit-detail", self.slug)

    @property
    def name(self):
        """“ITU-D Q7/2”, “UIT-D Q7/2” in the active language; of a joint group its number alone."""
        return f"{initials(f'ITU-{self.sector}')} {self.number}" if self.sector in dict(STUDYING) else self.number

    @property
    def letters(self):
        """The letter of its Sector, for the mark on a page; none where it is of several."""
        return [self.sector] if self.sector else []

    @property
    def days(self):
        """The span that it stands: its own days, else those of its period."""
        return self.span.when

    @property
    def span(self):
        """What has its days: itself, else its period."""
        return self if self.starts_on or self.ends_on or not self.period_id else self.period

    def stands_on(self, day):
        """Whether a day is one of its own and of its period."""
        return self.covers(day) and (not self.period_id or self.period.covers(day))

    def address_made(self):
        """The address that Sector, period and number make."""
        period = self.period.name if self.period_id else ""
        parts = " ".join(filter(None, (self.sector if period else "", period, self.number.replace("/", "-"))))
        return slugify(parts)[:70]

    def clean_fields(self, exclude=None):
        """The address is made once; what it is sorted by follows from the number."""
        self.slug = self.slug or self.address_made()
        self.sort_key = sort_key_of(self.number)
        super().clean_fields(exclude=exclude)


def sort_key_of(number):
    """A text that sorts by the numbers in it: “Q7/2” before “Q10/2”, and what stands in a group by the group."""
    head, _slash, group = number.upper().partition("/")
    padded = ["".join(c if c.isdigit() else f" {c} " for c in part).split() for part in (group, head)]
    words = [word.zfill(4) if word.isdigit() else word for part in padded for word in part]
    return " ".join(words)[:60]
