"""Annual reports: what is written, approved and frozen (clause F3), and the events that each of them told."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.files.frozen import Frozen
from iscg_portal.given_once import GivenOnce
from iscg_portal.history import tracked
from iscg_portal.languages import with_colon
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.dates import A_DAY, print_date, print_days, today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import AddressField, LineField
from iscg_portal.visibility import PublicQuerySet
from reports.block_names import name_of_block

PUBLIC_STATES = ("published", "superseded", "withdrawn")
WHOLE = ("", "Rev")
FROZEN = (
    *("code", "kind", "period_from", "period_to", "number", "original_language", "dated_on", "place"),
    *("base", "variant", "variant_number", "content", "content_sha256", "is_archive"),
)


class AnnualReportQuerySet(PublicQuerySet):
    """Questions about reports."""

    def visible_to(self, user):
        """Published reports for everyone; drafts too for staff with the right."""
        if user.is_active and user.is_staff and user.has_perm("reports.view_annualreport"):
            return self
        return self.filter(state__in=PUBLIC_STATES)

    def overlapping(self, kind, from_on, to_on):
        """Published reports of the kind whose period shares a day with (from, to]; revisions are no periods."""
        same = self.filter(kind=kind, base__isnull=True, state__in=PUBLIC_STATES[:2])
        return same.filter(period_from__lt=to_on, period_to__gt=from_on)


class AnnualReport(models.Model):
    """What the ISCG reports to the advisory groups on a period (clause F3), with the events from < day <= to.

    Published, its text and data are frozen in `content` under `content_sha256`; a change is a revision,
    corrigendum or addendum, which is a report of its own with its `base`.
    """

    is_out = True  # its steps lead to publishing; each is taken back by another step (rule 18)

    class Kind(models.TextChoices):
        """For a year, or for any other period."""

        ANNUAL = "annual", _("annual")
        SPECIAL = "special", _("on another period")

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("draft")
        IN_REVIEW = "in review", _("in review")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Variant(models.TextChoices):
        """What it is to the report on which it rests."""

        REVISION = "Rev", _("revision")
        CORRIGENDUM = "Corr", _("corrigendum")
        ADDENDUM = "Add", _("addendum")

    code = AddressField(_("code"), max_length=40, unique=True, help_text=_("In the web address: 2025."))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.ANNUAL)
    period_from = DayField(_("period from"), help_text=_("The day before the first day of the period."))
    period_to = DayField(_("period to"), help_text=_("The last day of the period."))
    number = LineField(_("document number"), max_length=60, blank=True)
    original_language = models.CharField(_("original language"), max_length=7, choices=settings.LANGUAGES, default="en")
    dated_on = DayField(_("date"), null=True, blank=True)
    place = LineField(_("place"), max_length=200, blank=True, validators=[no_personal_address])
    base = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="variants", verbose_name=_("belongs to")
    )
    variant = models.CharField(_("as"), max_length=4, choices=Variant, blank=True)
    variant_number = models.PositiveSmallIntegerField(_("number of this"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    content = models.TextField(_("frozen content"), blank=True, editable=False)
    content_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True, editable=False)
    is_archive = models.BooleanField(_("from the archive"), default=False, editable=False)

    history = tracked(excluded_fields=["content"])
    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["-period_to", "-code"]
        permissions = [
            ("publish_annualreport", _("Can approve, publish and withdraw annual reports")),
            ("approve_own_annualreport", _("Can approve and publish, with a reason, a report that one submitted")),
        ]
        constraints = [
            Frozen(
                name="reports_annualreport_stays_frozen",
                fields=FROZEN,
                moves={"published": ("superseded", "withdrawn"), "superseded": ("withdrawn",), "withdrawn": ()},
                violation_error_message=_(
                    "A published report is frozen: it can be superseded or withdrawn, not changed otherwise."
                ),
            ),
            GivenOnce(
                name="reports_annualreport_number_given_once",
                field="number",
                others=["meetings.Document", "reports.AnnualReport"],
                violation_error_message=_("This number was given to something else: the register gives each once."),
            ),
            models.CheckConstraint(
                name="reports_annualreport_period",
                condition=Q(period_to__gt=F("period_from")),
                violation_error_message=_("The period must end after it begins."),
            ),
            models.CheckConstraint(
                name="reports_annualreport_frozen_once_public",
                condition=Q(state__in=["draft", "in review", "approved"]) | Q(is_archive=True) | ~Q(content=""),
                violation_error_message=_("A published report has its frozen content."),
            ),
            models.UniqueConstraint(
                name="reports_annualreport_variant_once",
                fields=["base", "variant", "variant_number"],
                violation_error_message=_("There is already one with this number."),
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        from django.urls import reverse

        return reverse("reports:report-detail", args=[self.code])

    @property
    def is_whole(self):
        """Whether it is a whole text; a corrigendum and an addendum are lists of corrections to one."""
        return self.variant in WHOLE

    def holds_day(self, day):
        """Whether the day lies in the period."""
        return self.period_from < day <= self.period_to

    @property
    def first_day(self):
        """The first day of the period; `period_from` is the day before it."""
        return self.period_from + A_DAY

    @property
    def period(self):
        """The period with both its days inside: “1 January – 31 December 2026”, in the active language."""
        return print_days(self.first_day, self.period_to)

    def is_over(self, on=None):
        """Whether the last day of the period lies before the day, today in Geneva if none is given."""
        return self.period_to < (on or today())

    def covers_up_to(self, on=None):
        """The last day that a text of the day may tell: the closing day, or the day itself before that (rule 17)."""
        return min(self.period_to, on or today())

    def publication_problem(self, on=None):
        """The sentence that says why it cannot be public on the day, or "": nothing to come is told (rule 17)."""
        words = {"period": self.period, "day": print_date(self.period_to + A_DAY)}
        if not self.is_over(on):
            return _("The period %(period)s is not over: the report can be published from %(day)s on.") % words
        if self.dated_on and self.dated_on <= self.period_to and not self.is_archive:
            return _("The report bears a date inside its own period: give one from %(day)s on.") % words
        return ""

    @property
    def is_public(self):
        """Whether everyone may read it."""
        return self.state in PUBLIC_STATES

    def unique_error_message(self, model_class, unique_check):
        if unique_check != ("code",):
            return super().unique_error_message(model_class, unique_check)
        return ValidationError(_("There is a report %(code)s already.") % {"code": self.code}, code="unique")

    def clean(self):
        """The code is an address; what is published tells no days to come, and shares none with one of its kind."""
        stored = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if stored and stored.code != self.code:
            raise ValidationError({"code": _("The code is the report's address and cannot be changed.")})
        if self.is_public and (problem := self.publication_problem()):
            raise ValidationError(problem)
        if not (self.period_from and self.period_to) or self.base_id or self.period_to <= self.period_from:
            return
        others = AnnualReport.objects.overlapping(self.kind, self.period_from, self.period_to).exclude(pk=self.pk)
        if other := others.first():
            message = _("The period shares a day with the published report %(code)s.")
            raise ValidationError({"period_from": message % {"code": other.code}})


class ReportBlock(models.Model):
    """A generated part of a report: kept live, edited by hand in Markdown, or left out.

    `seen` is the generated block that the writer had before them; the difference to it is shown, never written
    over the text.
    """

    class Mode(models.TextChoices):
        """What stands in the report."""

        LIVE = "live", _("live, from the record")
        EDITED = "edited", _("edited by hand")
        LEFT_OUT = "left out", _("left out")

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="blocks", verbose_name=_("report"))
    key = models.CharField(_("block"), max_length=80, editable=False)
    mode = models.CharField(_("in the report"), max_length=8, choices=Mode, default=Mode.LIVE)
    texts = models.JSONField(_("texts by language"), default=dict, blank=True, editable=False)
    seen = models.JSONField(_("generated when it was edited"), default=dict, blank=True, editable=False)

    history = tracked()

    class Meta:
        verbose_name = _("block of a report")
        verbose_name_plural = _("blocks of reports")
        ordering = ["report_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="reports_reportblock_once",
                fields=["report", "key"],
                violation_error_message=_("The report already has this block."),
            )
        ]

    def __str__(self):
        return with_colon(self.report, name_of_block(self.key))


class ReportStep(models.Model):
    """One step of a report: to which state, who, when, why. Never changed; it goes with a draft opened by mistake."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="steps", verbose_name=_("report"))
    state = models.CharField(pgettext_lazy("state", "to"), max_length=10, choices=AnnualReport.State)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    reason = LineField(_("why"), max_length=1000, blank=True)
    public_reason = LineField(_("why, for the public"), max_length=1000, blank=True)
    public_language = models.CharField(max_length=7, blank=True, editable=False)

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        ordering = ["report_id", "pk"]

    def __str__(self):
        return with_colon(self.report, self.state)


class ReportedEvent(models.Model):
    """The key of an event that a report of the first form has told; later ones keep their events in the content."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="events", verbose_name=_("report"))
    kind = models.CharField(_("kind"), max_length=7, choices=AnnualReport.Kind)
    key = LineField(_("event"), max_length=250)

    class Meta:
        verbose_name = _("reported event")
        verbose_name_plural = _("reported events")
        constraints = [models.UniqueConstraint(name="reports_reportedevent_once", fields=["kind", "key"])]

    def __str__(self):
        return self.key
