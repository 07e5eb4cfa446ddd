"""How many took part in a meeting; never who."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from meetings.models.meetings import Meeting
from members.models import Country


class Attendance(models.Model):
    """How many took part, by country and capacity; no names."""

    class Capacity(models.TextChoices):
        """In what capacity they took part."""

        MEMBER_STATE = "Member State", _("Member State")
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
        verbose_name=_("country"),
        help_text=_("Blank where it is not known, or there is none."),
    )
    capacity = models.CharField(_("capacity"), max_length=13, choices=Capacity)
    count = models.PositiveIntegerField(_("how many"), validators=[MinValueValidator(1)])

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
        return f"{self.meeting}: {self.country_id or '–'}, {self.capacity}, {self.count}"
