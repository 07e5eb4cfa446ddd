"""What a meeting has: the points of its agenda, its deadlines, how many took part; what its documents are about."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.languages import with_colon, with_commas
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.dates import GENEVA, NO_SUCH_HOUR, hour_exists, print_date, with_hour
from iscg_portal.text_fields import LineField
from iscg_portal.translated import Translated
from iscg_portal.visibility import PublicQuerySet
from meetings.models.meetings import Meeting
from members.models import Country
from members.models.countries import LISTED
from subjects.models import Subject

_DIGITS = re.compile("[0-9]{1,4}")

LAST_POSITION = 32_767


class AgendaItem(Translated):
    """A point of a meeting's agenda, with the subjects it is about."""

    TRANSLATED = ("title",)

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name=_("meeting"))
    number = LineField(_("number"), max_length=10, help_text=_("As printed: 3 or 3.1."))
    title = LineField(_("title"), max_length=300, validators=[no_personal_address])
    position = models.PositiveSmallIntegerField(
        _("order"), blank=True, help_text=_("Set from the number; change it only where that is wrong.")
    )
    subjects = models.ManyToManyField(
        Subject, through="AgendaSubject", blank=True, related_name="agenda_items", verbose_name=_("subjects")
    )

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_agendaitem_once",
                fields=["meeting", "number"],
                violation_error_message=_("This meeting's agenda already has an item with this number."),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.text('title')}"

    @property
    def anchor(self):
        """Where it stands on the page of its meeting."""
        return f"item-{self.pk}"

    def clean_fields(self, exclude=None):
        """The place on the agenda follows from the number: 3, then 3.1, then 4; a number in words comes last."""
        if self.position is None:
            self.position = min(self._place_of_number(), LAST_POSITION)
        super().clean_fields(exclude=exclude)

    def _place_of_number(self):
        parts = [int(digits) for digits in _DIGITS.findall(self.number)]
        if parts:
            return parts[0] * 100 + (parts[1] if len(parts) > 1 else 0)
        items = type(self).objects.filter(meeting=self.meeting_id)
        return (items.aggregate(last=Max("position"))["last"] or 0) + 1


class AgendaSubject(models.Model):
    """Says that a point of an agenda is about a subject."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="subject_links", verbose_name=_("agenda item"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="agenda_links", verbose_name=_("subject"))

    history = tracked()

    class Meta:
        verbose_name = _("subject of an agenda item")
        verbose_name_plural = _("subjects of agenda items")
        ordering = ["item_id", "subject__code"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_agendasubject_once",
                fields=["item", "subject"],
                violation_error_message=_("The agenda item is already about this subject."),
            )
        ]

    def __str__(self):
        return with_colon(self.item.number, self.subject.code)


class Deadline(models.Model):
    """A deadline counted back from the first day of its meeting, so that it moves with it. Geneva time.

    That of the summary is counted from the last day on.
    """

    class Kind(models.TextChoices):
        """What is due."""

        CONTRIBUTIONS = "contributions", _("contributions")
        TRANSLATION = "translation", _("contributions to be translated")
        CAPTIONING = "captioning", _("requests for captioning")
        INTERPRETATION = "interpretation", _("requests for interpretation")
        REGISTRATION = "registration", _("registration")
        AGENDA = "agenda", _("agenda")
        SUMMARY = "summary", _("summary of the meeting")

    OF_THE_SECRETARIAT = (Kind.AGENDA, Kind.SUMMARY)  # what participants wait for, and do not send

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="deadlines", verbose_name=_("meeting"))
    kind = models.CharField(_("for"), max_length=14, choices=Kind)
    days_before = models.PositiveSmallIntegerField(
        _("days before"),
        validators=[MaxValueValidator(999)],
        help_text=_("Calendar days before the first day of the meeting; for the summary, after its last day."),
    )
    hour = models.TimeField(_("hour"), default=datetime.time(23, 59), help_text=_("Geneva time."))

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["meeting_id", "-days_before", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_deadline_once",
                fields=["meeting", "kind"],
                violation_error_message=_("This meeting already has a deadline of this kind."),
            )
        ]

    def __str__(self):
        return with_colon(self.meeting, self.get_kind_display())

    @property
    def due_on(self):
        """The day, in Geneva; None while the meeting's day is not exactly known."""
        if self.meeting.precision != Meeting.Precision.DAY:
            return None
        days = datetime.timedelta(days=self.days_before)
        return self.meeting.last_day + days if self.is_after else self.meeting.starts_on - days

    @property
    def is_after(self):
        """Whether it is counted from the last day on."""
        return self.kind == self.Kind.SUMMARY

    @property
    def binding_on(self):
        """The day on which it binds, in Geneva; None while the meeting has no day on which it takes place."""
        return self.due_on if self.meeting.takes_place else None

    @property
    def when(self):
        """As the public reads it: “3 March 2027, 23:59 Geneva time”; without a day while the meeting has none."""
        hour = gettext("%(hour)s Geneva time") % {"hour": f"{self.hour:%H:%M}"}
        if self.binding_on:
            return with_hour(print_date(self.binding_on), hour)
        if not self.meeting.takes_place:
            return self.meeting.get_state_display()
        days = {"days": self.days_before, "hour": hour}
        if self.is_after:
            return gettext("%(days)s days after the meeting, whose day is not known yet, at %(hour)s") % days
        return gettext("%(days)s days before the meeting, whose day is not known yet, at %(hour)s") % days

    @property
    def has_its_hour(self):
        """Whether the hour exists in Geneva on the day on which the deadline falls."""
        return self.due_on is None or hour_exists(self.due_on, self.hour, GENEVA)

    def clean(self):
        """The hour must exist on the day of the deadline."""
        is_complete = self.meeting_id and self.meeting.starts_on and self.hour and self.days_before is not None
        if is_complete and not self.has_its_hour:
            raise ValidationError({"hour": NO_SUCH_HOUR})


class Attendance(models.Model):
    """How many took part, by country and capacity; no names."""

    class Capacity(models.TextChoices):
        """In what capacity they took part."""

        MEMBER_STATE = "Member State", _("Member State")
        RESOLUTION_99 = "PP Res. 99", _("under PP Resolution 99")
        SECTOR_MEMBER = "Sector Member", _("Sector Member")
        OFFICE = "office holder", _("office holder of the group")
        SECRETARIAT = "secretariat", _("secretariat")
        OTHER = "other", _("other")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance", verbose_name=_("meeting"))
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to=LISTED,
        verbose_name=_("country"),
        help_text=_("Blank where it is not known, or there is none."),
    )
    capacity = models.CharField(_("capacity"), max_length=13, choices=Capacity)
    count = models.PositiveIntegerField(_("how many"), validators=[MinValueValidator(1)])

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["meeting_id", "country_id", "capacity"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_attendance_once",
                fields=["meeting", "country", "capacity"],
                violation_error_message=_("This country and capacity are already counted; change that row."),
            ),
            models.UniqueConstraint(
                name="meetings_attendance_once_without_country",
                fields=["meeting", "capacity"],
                condition=Q(country__isnull=True),
                violation_error_message=_("This capacity is already counted without a country; change that row."),
            ),
        ]

    def __str__(self):
        return with_colon(self.meeting, with_commas([self.country_id, self.capacity, str(self.count)]))

    def clean(self):
        """A State is counted in its own standing."""
        if self.country_id:
            self.country.check_standing(self.capacity)


class DocumentSubject(models.Model):
    """Says that a document is about a subject."""

    document = models.ForeignKey(
        "meetings.Document", models.CASCADE, related_name="subject_links", verbose_name=_("document")
    )
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="document_links", verbose_name=_("subject"))

    history = tracked()

    class Meta:
        verbose_name = _("subject of a document")
        verbose_name_plural = _("subjects of documents")
        ordering = ["document_id", "subject__code"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_documentsubject_once",
                fields=["document", "subject"],
                violation_error_message=_("The document is already about this subject."),
            )
        ]

    def __str__(self):
        return with_colon(self.document, self.subject.code)
