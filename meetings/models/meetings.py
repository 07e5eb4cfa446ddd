"""Meetings of the ISCG and those around it (clauses W1, W3, W4)."""

import zoneinfo
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.bodies import GroupCode, MeetingBody
from iscg_portal.fixed_terms import initials, with_initials
from iscg_portal.name_keys import romanized
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.scheduled import LAST_DAY, Scheduled, ScheduledQuerySet
from iscg_portal.sourced import Sourced
from iscg_portal.tables.addresses import record_address
from iscg_portal.tenure.dates import NO_SUCH_HOUR, hour_exists, known_time_zones, today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField, LongTextField, WebAddressField
from iscg_portal.translated import Translated
from subjects.models import Subject

MOST_ANNOUNCED = 20
BESIDE = timedelta(days=7)  # between meetings that are held together
# The note of meetings that were shipped before the state itself said so.
SHIPPED_BEFORE = "as announced; whether it was held is not on record"


class MeetingQuerySet(ScheduledQuerySet):
    """Questions about meetings. `on` is a date; None means today in Geneva."""

    def of_the_group(self):
        """The ISCG's own meetings, under all three names that the group has had."""
        return self.filter(body=MeetingBody.ISCG)

    def announced(self, on=None) -> list:
        """What the group has announced for the day or later, up to its next meeting that takes place (W3).

        The last one is the next meeting; those before it are called off. Where no meeting takes place, all are.
        """
        # In the order of the index that also holds the condition, so that those of the past are not even read.
        announced = list(self.of_the_group().not_over(on).order_by(LAST_DAY, "starts_on", "code")[:MOST_ANNOUNCED])
        next_one = next((place for place, meeting in enumerate(announced, 1) if meeting.takes_place), None)
        return announced[:next_one]


class Meeting(Scheduled, Translated, Sourced):
    """A meeting: when, where, how, and whether it takes place (clauses W1, W3; W4 for Coordinators').

    `ends_on` is the last day on which it sits; `Scheduled` says what its dates and states mean.
    """

    TRANSLATED = ("title", "result")
    PRIVATE = ("remote_url",)
    WORDS = {"time_zone": known_time_zones}
    HELD_ALREADY = _("This meeting was held; it cannot be cancelled or moved.")

    class Mode(models.TextChoices):
        """How people take part."""

        PHYSICAL = "physical", _("physical")
        ELECTRONIC = "electronic", _("electronic")
        HYBRID = "hybrid", _("hybrid")

    body = models.CharField(_("body"), max_length=12, choices=MeetingBody, default=MeetingBody.ISCG)
    unit = LineField(
        _("study group or working party"),
        max_length=40,
        blank=True,
        help_text=pgettext_lazy("code", "As in “ITU-T SG2”."),
    )
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="coordinators_meetings",
        verbose_name=_("subject"),
        help_text=_("For a meeting of the Coordinators of a subject, and only for that."),
    )
    code = LineField(
        _("code"),
        max_length=40,
        unique=True,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\Z", _("Letters, digits and single hyphens."))],
        help_text=_(
            "As in 25-1, the first meeting of 2025. It is the address, set once; made from the dates if blank."
        ),
    )
    title = LineField(_("title"), max_length=300, validators=[no_personal_address])
    starts_on = DayField(_("first day"))
    ends_on = DayField(_("last day"), null=True, blank=True)
    precision = models.CharField(
        _("how exactly"), max_length=5, choices=Scheduled.Precision, default=Scheduled.Precision.DAY
    )
    opens_at = models.TimeField(_("opens at"), null=True, blank=True, help_text=_("In the meeting's own time zone."))
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    time_zone = LineField(
        _("time zone"), max_length=50, default="Europe/Zurich", help_text=_("As in Europe/Zurich or Africa/Kigali.")
    )
    place = LineField(_("place"), max_length=200, blank=True, validators=[no_personal_address])
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=Scheduled.State, default=Scheduled.State.PLANNED)
    state_note = LineField(
        _("why, or until when"),
        max_length=300,
        blank=True,
        validators=[no_personal_address],
        help_text=_("Public; shown beside the state, as for a cancelled or postponed meeting."),
    )
    together_with = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="beside",
        verbose_name=_("together with"),
        help_text=_("The advisory group's meeting beside which it is held."),
    )
    web_url = WebAddressField(_("web page"), max_length=500, blank=True)
    registration_url = WebAddressField(_("registration"), max_length=500, blank=True, help_text=_("Public."))
    webcast_url = WebAddressField(
        _("webcast"), max_length=500, blank=True, help_text=_("Public: the webcast, or its recording.")
    )
    captions_url = WebAddressField(
        _("captions"), max_length=500, blank=True, help_text=_("Public: the captions, while it sits or afterwards.")
    )
    remote_url = WebAddressField(
        _("remote participation"),
        max_length=500,
        blank=True,
        help_text=_("Never public: only staff see it, and in the workspace office holders and participants."),
    )
    result = LongTextField(_("result in short"), blank=True, validators=[no_personal_address])

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                name="meetings_meeting_end_not_before_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                name="meetings_meeting_subject_of_coordinators",
                condition=Q(body="Coordinators", subject__isnull=False)
                | (~Q(body="Coordinators") & Q(subject__isnull=True)),
                violation_error_message=_("A meeting of Coordinators needs a subject; no other meeting has one."),
            ),
            models.CheckConstraint(
                name="meetings_meeting_hours_in_order",
                condition=Q(closes_at__isnull=True)
                | Q(opens_at__isnull=False, ends_on__isnull=False, ends_on__gt=F("starts_on"))
                | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
                violation_error_message=_("It cannot close before it opens; give the hour at which it opens too."),
            ),
            models.UniqueConstraint(
                Lower("code"),
                name="meetings_meeting_code_once",
                violation_error_message=_("There is already a meeting with this code."),
            ),
        ]
        indexes = [
            models.Index(fields=["grade"], name="meetings_meeting_grade"),
            models.Index(fields=["-starts_on", "code"], name="meetings_meeting_dates"),
            models.Index("body", LAST_DAY, name="meetings_meeting_last_day"),
            models.Index(LAST_DAY, "starts_on", name="meetings_meeting_year"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return record_address("meetings:meeting-detail", self.code)

    @property
    def name(self):
        """“ISCG 25-1”; for other bodies the code says whose it is, “RAG-2025”, with the initials of the language."""
        numbered = self.body == MeetingBody.ISCG and self.code[:1].isdigit()
        return f"ISCG {self.code}" if numbered else with_initials(self.code)

    @property
    def whose(self):
        """The body as lists print it, in the active language; the study group or working party by its name."""
        if self.unit or self.body in (MeetingBody.COORDINATORS, MeetingBody.STUDY_UNIT):
            return with_initials(self.unit) or self.get_body_display()
        return initials(self.body)

    @property
    def sector(self):
        """The Sector of an advisory group; blank for other bodies."""
        return GroupCode(self.body).sector if self.body in GroupCode.values else ""

    @property
    def result_shown(self):
        """`text("result")`, for templates."""
        return self.text("result")

    def lies_beside(self, other):
        """Whether both are held on the same days, or within `BESIDE` of each other."""
        return self.starts_on <= other.last_day + BESIDE and other.starts_on <= self.last_day + BESIDE

    def part(self):
        """Take off what its days no longer say: pairs that are not held together any more, unsaved, as (one, other)."""
        pairs = [(self, self.together_with)] if self.together_with else []
        pairs += [(one, self) for one in self.beside.all()]
        parted = [(one, other) for one, other in pairs if not one.lies_beside(other)]
        for one, _other in parted:
            one.together_with = None
        return parted

    @property
    def note_shown(self):
        """The note beside the state, where it says more than the state itself."""
        return "" if self.is_unresolved() and self.state_note == SHIPPED_BEFORE else super().note_shown

    @property
    def zone(self):
        """The meeting's time zone."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def clean_fields(self, exclude=None):
        """A month or a year lasts to its last day; a blank code is made from the dates."""
        self.lengthen_to_its_period()
        if not self.code and self.starts_on:
            self.code = self._first_free_code()
        super().clean_fields(exclude=exclude)

    def _first_free_code(self):
        """`26-2`, the second ISCG meeting of 2026; `EMF-2026-03-02`; `RAG-2026`, and `RAG-2026-2` once it is taken."""
        if self.body == MeetingBody.ISCG:
            codes = (f"{self.starts_on:%y}-{number}" for number in range(1, 100))
        else:
            of_subject = self.subject.code if self.subject_id else ""
            when = self.starts_on.isoformat() if of_subject else str(self.starts_on.year)
            named = slugify(romanized(of_subject or self.unit or self.body)).upper()[:28].strip("-")
            if not named:
                message = _("Give a code in Latin letters: none can be made from the name of the unit.")
                raise ValidationError({"code": message})
            first = f"{named}-{when}"
            codes = (first if number == 1 else f"{first}-{number}" for number in range(1, 100))
        taken = {code.lower() for code in type(self).objects.values_list("code", flat=True)}
        return next((code for code in codes if code.lower() not in taken), "")

    def clean(self):
        """The time zone and the hours must exist; what is held lies in the past; a code is never changed."""
        problems = {}
        if self.state == self.State.HELD and self.is_to_come:
            problems["state"] = _("A meeting is recorded as held once its last day has come.")
        if self.time_zone not in known_time_zones():
            problems["time_zone"] = _("There is no such time zone; write it as in Europe/Zurich.")
        elif self.starts_on:
            problems |= self._problems_of_hours()
        if self.together_with_id and self.together_with_id == self.pk:
            problems["together_with"] = _("A meeting cannot be held together with itself.")
        if self.pk and type(self).objects.filter(pk=self.pk).exclude(code=self.code).exists():
            problems["code"] = _("The code is the meeting's address and cannot be changed.")
        if problems:
            raise ValidationError(problems)
        self._judge_deadlines()

    def _problems_of_hours(self):
        if self.precision != self.Precision.DAY:
            given = next((field for field in ("opens_at", "closes_at") if getattr(self, field)), None)
            return {given: _("Give the hour once the day is known.")} if given else {}
        hours = (("opens_at", self.starts_on), ("closes_at", self.last_day))
        return {
            field: NO_SUCH_HOUR
            for field, day in hours
            if getattr(self, field) and not hour_exists(day, getattr(self, field), self.zone)
        }

    @property
    def has_begun(self):
        """Whether its first day has come, and it was not called off: then it has decisions and a presence (rule 17)."""
        return self.takes_place and self.starts_on <= today()

    def _judge_deadlines(self):
        """The deadlines move with the meeting: the hour of each must exist on its new day."""
        for deadline in self.deadlines.all() if self.pk else ():
            deadline.meeting = self
            if not deadline.has_its_hour:
                message = _("On these days the deadline “%(deadline)s” falls on an hour that does not exist.")
                raise ValidationError({"starts_on": message % {"deadline": deadline.get_kind_display()}})
