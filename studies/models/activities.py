"""Joint activities and events: workshops, seminars, symposia and joint studies of the Sectors (clause F2)."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.bodies import CouncilRegion
from iscg_portal.fixed_terms import lazy_initials
from iscg_portal.languages import LANGUAGE_NAMES
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.scheduled import LAST_DAY, Scheduled
from iscg_portal.sourced import Sourced
from iscg_portal.tables.addresses import record_address
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.evidence import A_YEAR
from iscg_portal.text_fields import LineField, WebAddressField
from iscg_portal.translated import Translated
from studies.models.activity_rows import ActivityQuerySet
from studies.models.activity_words import (
    COUNCIL,
    INTERESTS,
    LANGUAGES_SHAPE,
    REGION_LABELS,
    REGIONS,
    SECTORS,
    Interest,
)
from subjects.models import Partner, Subject


class Activity(Scheduled, Translated, Sourced):
    """A workshop, seminar, symposium or joint study: about what, where, when, by whom and for whom (clause F2).

    `Scheduled` says what its dates and states mean. No region ticked means that none is recorded.
    """

    TRANSLATED = ("title",)
    HELD_ALREADY = _("This activity was held; it cannot be cancelled or moved.")

    class Kind(models.TextChoices):
        """What it is."""

        WORKSHOP = "workshop", _("workshop")
        SEMINAR = "seminar", _("seminar")
        SYMPOSIUM = "symposium", _("symposium")
        STUDY = "joint study", _("joint study")
        OTHER = "other", pgettext_lazy("activity", "other event")

    code = LineField(
        _("code"),
        max_length=40,
        unique=True,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\Z", _("Letters, digits and single hyphens."))],
        help_text=_("As in 2026-3. It is the address, set once; made from the year if blank."),
    )
    uid = LineField(
        _("UID of its calendar"),
        max_length=255,
        blank=True,
        help_text=_("By which a calendar file finds it again. An activity that came from no calendar has none."),
    )
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.WORKSHOP)
    title = LineField(_("title"), max_length=300, validators=[no_personal_address])
    subjects = models.ManyToManyField(
        Subject, through="ActivitySubject", related_name="activities", verbose_name=_("subjects")
    )
    in_r = models.BooleanField(lazy_initials("ITU-R"), default=False)
    in_t = models.BooleanField(lazy_initials("ITU-T"), default=False)
    in_d = models.BooleanField(lazy_initials("ITU-D"), default=False)
    in_gs = models.BooleanField(_("General Secretariat"), default=False)
    office = LineField(
        _("regional office"),
        max_length=200,
        blank=True,
        validators=[no_personal_address],
        help_text=_("Where one of the Union holds it, its name."),
    )
    starts_on = DayField(_("first day"))
    ends_on = DayField(_("last day"), null=True, blank=True)
    precision = models.CharField(
        _("how exactly"), max_length=5, choices=Scheduled.Precision, default=Scheduled.Precision.DAY
    )
    place = LineField(_("place"), max_length=200, blank=True, validators=[no_personal_address])
    region_a = models.BooleanField(CouncilRegion.A.label, default=False)
    region_b = models.BooleanField(CouncilRegion.B.label, default=False)
    region_c = models.BooleanField(CouncilRegion.C.label, default=False)
    region_d = models.BooleanField(CouncilRegion.D.label, default=False)
    region_e = models.BooleanField(CouncilRegion.E.label, default=False)
    org_apt = models.BooleanField("APT", default=False)
    org_asmg = models.BooleanField("ASMG", default=False)
    org_atu = models.BooleanField("ATU", default=False)
    org_cept = models.BooleanField("CEPT", default=False)
    org_citel = models.BooleanField("CITEL", default=False)
    org_rcc = models.BooleanField("RCC", default=False)
    languages = LineField(
        _("languages"),
        max_length=80,
        blank=True,
        validators=[LANGUAGES_SHAPE],
        help_text=_("In which it is held: codes of languages, as in en; fr; pt."),
    )
    partners = models.ManyToManyField(
        Partner, through="ActivityPartner", related_name="activities", verbose_name=_("partner organizations")
    )
    for_ldc = models.BooleanField(Interest.LDC.label, default=False)
    for_sids = models.BooleanField(Interest.SIDS.label, default=False)
    for_lldc = models.BooleanField(Interest.LLDC.label, default=False)
    for_transition = models.BooleanField(Interest.TRANSITION.label, default=False)
    state = models.CharField(_("state"), max_length=9, choices=Scheduled.State, default=Scheduled.State.PLANNED)
    state_note = LineField(
        _("why, or until when"),
        max_length=300,
        blank=True,
        validators=[no_personal_address],
        help_text=_("Public; shown beside the state, as for a cancelled or postponed activity."),
    )
    web_url = WebAddressField(_("web page"), max_length=500, blank=True)
    source_dated_on = DayField(
        _("day of the source"),
        has_happened=True,
        null=True,
        blank=True,
        help_text=_("The day on which the source said so: how old the information is counts from it."),
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                name="studies_activity_end_not_before_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.UniqueConstraint(
                Lower("code"),
                name="studies_activity_code_once",
                violation_error_message=_("There is already an activity with this code."),
            ),
            models.UniqueConstraint(
                name="studies_activity_uid_once",
                fields=["uid"],
                condition=~Q(uid=""),
                violation_error_message=_("There is already an activity with this UID."),
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_on", "code"], name="studies_activity_dates"),
            models.Index(LAST_DAY, name="studies_activity_last_day"),
        ]

    def __str__(self):
        return f"{self.code} {self.text('title')}".strip()

    def get_absolute_url(self):
        return record_address("studies:activity-detail", self.code)

    @property
    def event_key(self):
        """What names its event in calendars among all events of the portal, for ever."""
        return f"activity/{self.code}"

    @property
    def sectors(self):
        """The letters of the Sectors that hold it, with GS."""
        return self._ticked(SECTORS)

    @property
    def sectors_shown(self):
        """The same as names: ITU-R, General Secretariat."""
        return [str(self._meta.get_field(SECTORS[letter]).verbose_name) for letter in self.sectors]

    @property
    def regions(self):
        """The codes of its Council regions and regional organizations."""
        return self._ticked(REGIONS)

    @property
    def regions_shown(self):
        """The same in words: Council regions by name, organizations by their initials."""
        return [str(REGION_LABELS[code]) if code in COUNCIL else code for code in self.regions]

    @property
    def interests(self):
        """For which developing countries it is of interest, by their codes."""
        return self._ticked(INTERESTS)

    @property
    def interests_shown(self):
        """The same in words."""
        return [str(Interest(code).label) for code in self.interests]

    @property
    def languages_shown(self):
        """The six languages of the Union by name, any other by its code."""
        return [str(LANGUAGE_NAMES.get(code, code)) for code in self.languages.split("; ") if code]

    def _ticked(self, columns):
        return [code for code, column in columns.items() if getattr(self, column)]

    @cached_property
    def subject_codes(self):
        """The codes of its subjects; for rows read `with_names` or `with_codes`."""
        return [link.subject.code for link in self.subject_links.all()]

    @cached_property
    def partner_names(self):
        """The abbreviations of its partners; for rows read `with_names` or `with_codes`."""
        return [link.partner.abbreviation for link in self.partner_links.all()]

    @property
    def age(self):
        """How old the information is, in words; of what is to come also that it is old, where it is."""
        if self.source_dated_on is None:
            return str(_("day of the source not recorded"))
        said = _("as in a source of %(day)s, over a year old") if self.is_old() else _("as in a source of %(day)s")
        return said % {"day": print_date(self.source_dated_on)}

    def is_old(self, on=None):
        """Whether it is still to come while what is known of it is over a year old, or of a day that is not known."""
        on = on or today()
        told_on = self.source_dated_on
        return self.last_day >= on and (told_on is None or told_on < on - A_YEAR)

    def clean_fields(self, exclude=None):
        """A month or a year lasts to its last day; a blank code is made from the year."""
        self.lengthen_to_its_period()
        self.languages = "; ".join(
            part for part in self.languages.replace(",", ";").replace(" ", "").split(";") if part
        )
        if not self.code and self.starts_on:
            self.code = self._next_code()
        super().clean_fields(exclude=exclude)

    def _next_code(self):
        """`2026-3`, after the last one of the year."""
        year, activities = self.starts_on.year, type(self).objects
        lately = activities.filter(code__startswith=f"{year}-").order_by("-pk").values_list("code", flat=True)[:20]
        numbers = [int(number) for _year, _dash, number in (code.partition("-") for code in lately) if number.isdigit()]
        number = max(numbers, default=0) + 1
        while activities.filter(code=f"{year}-{number}").exists():
            number += 1
        return f"{year}-{number}"

    def clean(self):
        """What is held lies in the past; a code is never changed; its source is public, as all of it."""
        problems = {}
        try:
            no_personal_address(self.source)
        except ValidationError as error:
            problems["source"] = error
        if self.state == self.State.HELD and self.is_to_come:
            problems["state"] = _("An activity is recorded as held once its last day has come.")
        if self.pk and type(self).objects.filter(pk=self.pk).exclude(code=self.code).exists():
            problems["code"] = _("The code is the activity's address and cannot be changed.")
        if problems:
            raise ValidationError(problems)
