"""Resolutions as records, with every revision and what replaced them (clause B1)."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, DateField, Exists, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import ConferenceBody
from iscg_portal.history import tracked
from iscg_portal.languages import with_colon
from iscg_portal.sourced import Sourced
from iscg_portal.tables.addresses import record_address
from iscg_portal.tenure.completeness import ASKS, recorded_from_problem
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.models import Period, PeriodQuerySet
from iscg_portal.text_fields import LineField, WebAddressField
from iscg_portal.translated import Translated
from iscg_portal.visibility import PublicQuerySet
from members.models import Conference
from subjects.citing import adopted, cited, cited_text
from subjects.theme_rule import CANNOT_BE_TOLD, MET, NOT_MET

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
        """Each with its texts, what replaced it, and the mandates of the day. Two queries more."""
        mandates = Mandate.objects.covering(day).select_related("subject").order_by("subject__code")
        mandates = mandates.only("resolution", "subject__code", "subject__slug")
        return self.with_texts(day).prefetch_related(Prefetch("mandate_set", mandates, to_attr="mandates_on_day"))

    def with_texts(self, day):
        """Each with its texts and what replaced it; `text_of_day` and `title_of_day` can be asked. One query more."""
        rows = self.annotate(read_on=Value(day, output_field=DateField())).join_public("replaced_by")
        rows = rows.annotate(suppressed_on=last_day_of_conference("body", "suppressed_in"))
        return rows.prefetch_related(Prefetch("revisions", Revision.objects.public().dated()))


class Resolution(Translated, Sourced):
    """A resolution by its number; number and revision are two things. Addresses name the number."""

    TRANSLATED = ("title",)

    body = models.CharField(_("body"), max_length=4, choices=ConferenceBody)
    number = models.PositiveIntegerField(_("number"), help_text=_("Without the revision: ITU-R 6-3 is number 6."))
    title = LineField(
        _("title"),
        max_length=400,
        help_text=_("Printed on a day for whose text no title of its own is recorded; see the revisions below."),
    )
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
    suppressed_in = models.PositiveSmallIntegerField(
        _("suppressed in"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1865), MaxValueValidator(2199)],
        help_text=_("The year of the assembly or conference that suppressed it. Its texts stay readable."),
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
        return self.cited

    @property
    def printed_order(self):
        """What to sort by: PP first, then the Sectors' bodies, each by number."""
        return BODY_ORDER.get(self.body, len(BODY_ORDER)), self.number

    @property
    def citation(self):
        """“PP Res. 191”, “ITU-R 75”."""
        return " ".join(filter(None, (CITED.get(self.body, self.body), str(self.number or ""))))

    @property
    def cited(self):
        """As people read it: “PP Res. 191” in English, “Résolution 191 de la Conférence de plénipotentiaires”."""
        return cited(self)

    @property
    def short_citation(self):
        """“WTSA 72”: as short as data has it."""
        return f"{'ITU-R' if self.body == 'RA' else self.body} {self.number}"

    @property
    def subjects_on_day(self):
        """The subjects that rest on it, as far as a list names them; for rows read `on` a day."""
        return [mandate.subject for mandate in self.mandates_on_day]

    def text_on(self, day):
        """The text in force on the day, or None where none is recorded; its revisions are read `dated`."""
        return next((text for text in self.revisions.all() if text.is_adopted_by(day)), None)

    @cached_property
    def text_of_day(self):
        """The text in force on the day for which the row was read, or None where none is recorded.

        Of a resolution that is suppressed by then it is the last one.
        """
        return self.text_on(self.read_on)

    @property
    def is_suppressed(self):
        """Whether it is suppressed by the day for which the row was read; without its conference, from the next year.

        The row has `suppressed_on`, as `with_texts` reads it.
        """
        if self.suppressed_in is None:
            return False
        return self.suppressed_on <= self.read_on if self.suppressed_on else self.suppressed_in < self.read_on.year

    @property
    def title_of_day(self):
        """The title of that text; the resolution's own title where that text has none, or has the same."""
        title = self.text_of_day.title_shown if self.text_of_day else ""
        return title if title and title not in self.texts("title").values() else self.title_shown

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


def last_day_of_conference(body, year):
    """In a query: the last day of the conference of a body in a year, both named as columns; null where unknown."""
    held = Conference.objects.filter(body=OuterRef(body), ends_on__year=OuterRef(year))
    return Subquery(held.order_by("-ends_on").values("ends_on")[:1])


class RevisionQuerySet(PublicQuerySet):
    """Texts, and the day from which each is in force."""

    def dated(self):
        """Each with `adopted_on`, the last day of its conference, where that is on record."""
        return self.annotate(adopted_on=last_day_of_conference("resolution__body", "year"))


class Revision(Translated, Sourced):
    """One text of a resolution: ITU-R 6-3 is number 6, revision 3; PP 191 is (Rev. Bucharest, 2022).

    The title belongs to the text: ITU-R 50 spoke of IMT-2000, ITU-R 50-1 speaks of IMT.
    """

    TRANSLATED = ("title",)

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="revisions", verbose_name=_("resolution"))
    number = models.PositiveSmallIntegerField(
        _("revision number"), null=True, blank=True, help_text=_("ITU-R only: the 3 of ITU-R 6-3.")
    )
    revised = models.BooleanField(
        _("printed with “Rev.”"),
        null=True,
        blank=True,
        help_text=_("Yes where the Union writes “Rev. Bucharest”; unknown where no source shows how it is printed."),
    )
    place = LineField(_("place"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"))
    title = LineField(
        _("title of this text"), max_length=400, blank=True, help_text=_("Blank where it is not recorded.")
    )
    url = WebAddressField(_("link to the text"), max_length=500, blank=True)

    objects = RevisionQuerySet.as_manager()

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
        return self.cited

    @property
    def citation(self):
        """“PP Res. 191 (Rev. Bucharest, 2022)”, “ITU-R 6-3 (Sharm el-Sheikh, 2019)”: as data has it."""
        return self.citation_of(self.resolution)

    @property
    def cited(self):
        """As people read it, in the active language: “Резолюция 44 (Пересм. Хаммамет, 2016 г.) ВАСЭ”."""
        return cited_text(self.resolution, self)

    @property
    def adopted_as_read(self):
        """“Rev. Bucharest, 2022”, “Rév. Bucarest, 2022”: in the active language."""
        return adopted(self)

    @property
    def adopted_at(self):
        """“Rev. Bucharest, 2022”; of a text that may be the first one or a later one, that this is not known."""
        words = {"place": self.place, "year": self.year}
        if self.revised is None and not self.number:
            return gettext("%(place)s, %(year)s; original or revision: not known") % words
        return f"{'Rev. ' if self.revised else ''}{self.place}, {self.year}"

    def citation_of(self, resolution):
        """The citation, where the resolution is at hand."""
        number = f"-{self.number}" if self.number else ""
        return f"{resolution.citation}{number} ({self.adopted_at})"

    def is_adopted_by(self, day):
        """Whether it is in force from a day not after this one; without its conference, from the start of its year.

        For rows read `dated`.
        """
        return self.adopted_on <= day if self.adopted_on else self.year <= day.year


class MandateQuerySet(PeriodQuerySet):
    """Mandates with their resolutions."""

    def covering(self, on=None):
        """Those of the day; one without a first day is none before the first text of its resolution on record."""
        on = on or today()
        years = Revision.objects.filter(resolution=OuterRef("resolution")).order_by("year").values("year")
        is_adopted = LessThanOrEqual(Coalesce(Subquery(years[:1]), 0), on.year)
        return super().covering(on).filter(Q(starts_on__isnull=False) | Q(is_adopted))

    def citing(self):
        """Each with as much of its resolution as a list cites and the theme rule asks, in no order."""
        cited = (f"resolution__{name}" for name in ("body", "number", "slug", "calls_for_coordination"))
        return self.select_related("resolution").only("subject", "source", "grade", *cited).order_by()


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
        indexes = [models.Index(fields=["grade"], name="subjects_mandate_grade")]
        constraints = [
            *Period.Meta.constraints,
            NoOverlap(
                name="subjects_mandate_once",
                partition=["subject", "resolution"],
                violation_error_message=_("This resolution is already among the mandates on a day of this period."),
            ),
        ]

    def __str__(self):
        return with_colon(self.subject.code, self.resolution)

    def record_keeper(self):
        """What says from when all mandates of the subject are on record."""
        return self.subject.records()["mandates_recorded_from"] if self.subject_id else None

    def clean(self):
        """A date known only as *by* or *after* does not lie where the subject's mandates are complete."""
        super().clean()
        keeper = self.record_keeper()
        problem = recorded_from_problem(keeper.recorded_from, [self]) if keeper else ""
        if problem:
            raise ValidationError(f"{problem} {_('Move “mandates complete from” first.')}", ASKS, {"keeper": keeper})


def of_verdicts(on):
    """{verdict: the condition that the theme rule gives it to a subject on a day}, as `theme_rule.judge` gives it."""
    mandates = Mandate.objects.covering(on)
    of_pp = mandates.filter(resolution__body="PP").values("subject")  # read once, not for each subject
    of_sectors = mandates.filter(subject=OuterRef("subject")).exclude(resolution__body="PP")
    met = Q(pk__in=of_pp.filter(Q(resolution__calls_for_coordination=True) | Exists(of_sectors)))
    unsure = Q(pk__in=of_pp.filter(resolution__calls_for_coordination=None))
    complete = Q(mandates_recorded_from__lte=on)
    return {MET: met, NOT_MET: complete & ~unsure & ~met, CANNOT_BE_TOLD: ~met & (~complete | unsure)}
