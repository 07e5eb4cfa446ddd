"""Resolutions as records, with every revision and what replaced them (clause B1)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Prefetch, Q, When
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import ConferenceBody
from iscg_portal.history import tracked
from iscg_portal.sourced import Sourced
from iscg_portal.tables.addresses import record_address
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.models import Period, PeriodQuerySet
from iscg_portal.translated import Translated
from iscg_portal.visibility import PublicQuerySet

# How the Union cites a resolution of each body, and how an address names it.
CITED = {"PP": "PP Res.", "RA": "ITU-R", "WRC": "WRC Res.", "WTSA": "WTSA Res.", "WTDC": "WTDC Res."}
ADDRESS = {"PP": "pp", "RA": "itu-r", "WRC": "wrc", "WTSA": "wtsa", "WTDC": "wtdc"}

# The bodies in the order in which their resolutions are printed: PP, RA, WRC, WTSA, WTDC.
BODY_ORDER = {body: place for place, body in enumerate(ConferenceBody.values)}


def place_of_body(field="body"):
    """In a query: the place of a resolution's body in the printed order."""
    places = [When(**{field: body}, then=place) for body, place in BODY_ORDER.items()]
    return Case(*places, default=len(BODY_ORDER))


class ResolutionQuerySet(PublicQuerySet):
    """Resolutions, and what stands beside them on a day."""

    def in_printed_order(self):
        """PP first, then the Sectors' bodies, each by number. `place` can be sorted by."""
        return self.alias(place=place_of_body()).order_by("place", "number")

    def on(self, day):
        """Each with its revisions, what replaced it, and the mandates of the day. Two queries more."""
        mandates = Mandate.objects.covering(day).select_related("subject").order_by("subject__code")
        mandates = mandates.only("resolution", "subject__code", "subject__slug")
        return self.join_public("replaced_by").prefetch_related(
            Prefetch("revisions", Revision.objects.public()),
            Prefetch("mandate_set", mandates, to_attr="mandates_on_day"),
        )


class Resolution(Translated, Sourced):
    """A resolution by its number; number and revision are two things. Addresses name the number."""

    TRANSLATED = ("title",)

    body = models.CharField(_("body"), max_length=4, choices=ConferenceBody)
    number = models.PositiveIntegerField(_("number"), help_text=_("Without the revision: ITU-R 6-3 is number 6."))
    title = models.CharField(_("title"), max_length=400)
    slug = models.SlugField(
        _("web address"),
        max_length=20,
        unique=True,
        editable=False,
        help_text=_("Body and number, as in pp-191."),
    )
    calls_for_coordination = models.BooleanField(
        _("calls for coordination"),
        null=True,
        blank=True,
        help_text=_("Whether this resolution calls for coordination among the Sectors; it counts for PP alone."),
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["body", "number"]
        constraints = [
            models.UniqueConstraint(
                name="subjects_resolution_once",
                fields=["body", "number"],
                violation_error_message=_("There is already a resolution of this body with this number."),
            ),
            models.CheckConstraint(
                name="subjects_resolution_not_by_itself",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=models.F("id")),
                violation_error_message=_("A resolution cannot replace itself."),
            ),
        ]

    def __str__(self):
        return self.citation

    @property
    def printed_order(self):
        """What to sort by: PP first, then the Sectors' bodies, each by number."""
        return BODY_ORDER.get(self.body, len(BODY_ORDER)), self.number

    @property
    def citation(self):
        """“PP Res. 191”, “ITU-R 75”."""
        return f"{CITED.get(self.body, self.body)} {self.number}"

    @property
    def short_citation(self):
        """“WTSA 72”, as in the theme rule."""
        return f"{'ITU-R' if self.body == 'RA' else self.body} {self.number}"

    @property
    def subjects_on_day(self):
        """The subjects that rest on it, as far as a list names them; for rows read `on` a day."""
        return [mandate.subject for mandate in self.mandates_on_day]

    @property
    def newest_revision(self):
        """The newest text, or None."""
        return next(iter(self.revisions.all()), None)

    def get_absolute_url(self):
        return record_address("subjects:resolution-detail", self.slug)

    def clean_fields(self, exclude=None):
        """The address is made from body and number, once."""
        if not self.slug and self.body in ADDRESS and self.number is not None:
            self.slug = f"{ADDRESS[self.body]}-{self.number}"
        super().clean_fields(exclude=exclude)

    def clean(self):
        """A chain of replacements must end."""
        seen, step = {self.pk}, self.replaced_by
        while step is not None and self.pk:
            if step.pk in seen:
                raise ValidationError({"replaced_by": _("These resolutions would replace each other in a circle.")})
            seen.add(step.pk)
            step = step.replaced_by


class Revision(Sourced):
    """One text of a resolution: ITU-R 6-3 is number 6, revision 3; PP 191 is (Rev. Bucharest, 2022)."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="revisions", verbose_name=_("resolution"))
    number = models.PositiveSmallIntegerField(
        _("revision number"), null=True, blank=True, help_text=_("ITU-R only: the 3 of ITU-R 6-3.")
    )
    revised = models.BooleanField(
        _("printed with “Rev.”"),
        default=False,
        help_text=_("Ticked where the Union writes “Rev. Bucharest”."),
    )
    place = models.CharField(_("place"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"))
    url = models.URLField(_("link to the text"), max_length=500, blank=True)

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="subjects_revision_once",
                fields=["resolution", "year", "place"],
                violation_error_message=_("This resolution already has a revision of this place and year."),
            )
        ]

    def __str__(self):
        return self.citation

    @property
    def citation(self):
        """“PP Res. 191 (Rev. Bucharest, 2022)”, “ITU-R 6-3 (Sharm el-Sheikh, 2019)”."""
        return self.citation_of(self.resolution)

    @property
    def adopted_at(self):
        """“Rev. Bucharest, 2022”."""
        return f"{'Rev. ' if self.revised else ''}{self.place}, {self.year}"

    def citation_of(self, resolution):
        """The citation, where the resolution is at hand."""
        number = f"-{self.number}" if self.number else ""
        return f"{resolution.citation}{number} ({self.adopted_at})"


class MandateQuerySet(PeriodQuerySet):
    """Mandates with their resolutions."""

    def citing(self):
        """Each with as much of its resolution as a list cites and the theme rule asks, in no order."""
        cited = (f"resolution__{name}" for name in ("body", "number", "slug", "calls_for_coordination"))
        return self.select_related("resolution").only("subject", *cited).order_by()


class Mandate(Period, Sourced):
    """A resolution behind a subject, and from when to when where that is known."""

    subject = models.ForeignKey("Subject", models.CASCADE, verbose_name=_("subject"))
    resolution = models.ForeignKey(Resolution, models.PROTECT, verbose_name=_("resolution"))

    objects = MandateQuerySet.as_manager()
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
