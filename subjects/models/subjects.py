"""Subjects of mutual interest: scope, mandates, partner organizations, and when they were listed (F1, A2)."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.models import Period, recorded_from_problem
from iscg_portal.translated import Translated
from subjects.models.resolutions import Resolution


class Subject(Translated, Sourced):
    """A subject of mutual interest of the three Sectors and the General Secretariat, or some of them."""

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9-]*\Z", _("Capital letters, digits and hyphens."))],
    )
    slug = models.SlugField(
        _("address"),
        max_length=40,
        unique=True,
        blank=True,
        help_text=_("Set once; made from the code if blank."),
    )
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    in_r = models.BooleanField("ITU-R", default=False)
    in_t = models.BooleanField("ITU-T", default=False)
    in_d = models.BooleanField("ITU-D", default=False)
    in_gs = models.BooleanField(_("General Secretariat"), default=False)
    recorded_from = models.DateField(
        _("Coordinator recorded from"),
        null=True,
        blank=True,
        help_text=_(
            "From this day on a day without a Coordinator is a vacancy; before it, or while this is blank,"
            " such a day reads “not recorded”."
        ),
    )
    mandates = models.ManyToManyField(
        Resolution, through="Mandate", related_name="subjects", verbose_name=_("mandates")
    )
    partners = models.ManyToManyField(
        "Partner", through="Partnership", related_name="subjects", verbose_name=_("partner organizations")
    )

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["code"]
        indexes = [
            # Counting the subjects of each pair of Sectors, and those without a Coordinator, reads this and no row.
            models.Index(
                fields=["in_r", "in_t", "in_d", "in_gs", "id", "recorded_from"], name="subjects_subject_counts"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="subjects_subject_concerns_two",
                condition=(
                    Q(in_r=True, in_t=True)
                    | Q(in_r=True, in_d=True)
                    | Q(in_r=True, in_gs=True)
                    | Q(in_t=True, in_d=True)
                    | Q(in_t=True, in_gs=True)
                    | Q(in_d=True, in_gs=True)
                ),
                violation_error_message=_("A subject is of mutual interest: tick at least two of R, T, D and GS."),
            )
        ]

    def __str__(self):
        return f"{self.code}: {self.text('title')}"

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("subjects:subject-detail", args=[self.slug])

    @property
    def scope(self):
        """The letters of the Sectors concerned, in the order R, T, D, GS."""
        flags = (("R", self.in_r), ("T", self.in_t), ("D", self.in_d), ("GS", self.in_gs))
        return [letter for letter, concerned in flags if concerned]

    def clean_fields(self, exclude=None):
        """The address is made from the code, once."""
        self.slug = self.slug or slugify(self.code)
        super().clean_fields(exclude=exclude)

    def clean(self):
        """The record cannot begin before a date known only as “by” or “after”."""
        problem = recorded_from_problem(self.recorded_from, self.coordinator_set.all()) if self.pk else ""
        if problem:
            raise ValidationError({"recorded_from": problem})


class Listing(Period, Sourced):
    """A subject's time on the list of subjects (F1). The day may be unknown; it may be listed again later."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="listings", verbose_name=_("subject"))
    document = models.CharField(_("document"), max_length=200, blank=True, help_text=_("The decision's number."))
    document_url = models.URLField(_("link to the document"), max_length=500, blank=True)

    history = tracked()

    class Meta(Period.Meta):
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
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


class Mandate(Period, Sourced):
    """A resolution behind a subject, and from when to when where that is known."""

    subject = models.ForeignKey(Subject, models.CASCADE, verbose_name=_("subject"))
    resolution = models.ForeignKey(Resolution, models.PROTECT, verbose_name=_("resolution"))

    history = tracked()

    class Meta(Period.Meta):
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["resolution__body", "resolution__number"]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="subjects_mandate_once",
                partition=["subject", "resolution"],
                violation_error_message=_("This resolution is already among the mandates on a day of this period."),
            ),
        ]

    def __str__(self):
        return f"{self.subject.code}: {self.resolution}"


class Partner(Translated, Sourced):
    """An external organization with which a subject is coordinated (clause A2)."""

    abbreviation = models.CharField(_("abbreviation"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("web address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("partner organization")
        verbose_name_plural = _("partner organizations")
        ordering = ["abbreviation"]

    def __str__(self):
        return self.abbreviation


class Partnership(Sourced):
    """That a partner organization works on a subject."""

    subject = models.ForeignKey(Subject, models.CASCADE, verbose_name=_("subject"))
    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("partner organization"))

    history = tracked()

    class Meta:
        verbose_name = _("partner organization of a subject")
        verbose_name_plural = _("partner organizations of subjects")
        ordering = ["partner__abbreviation"]
        constraints = [
            models.UniqueConstraint(
                name="subjects_partnership_once",
                fields=["subject", "partner"],
                violation_error_message=_("This organization is already a partner of this subject."),
            )
        ]

    def __str__(self):
        return f"{self.subject.code}: {self.partner}"
