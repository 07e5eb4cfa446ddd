"""Which of the seven seats were present at a meeting: by seat, never the name of a visitor (clause C1)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, FilteredRelation, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.bodies import MeetingBody
from iscg_portal.history import tracked
from iscg_portal.languages import with_colon, with_commas
from iscg_portal.tenure.models import holding_day
from iscg_portal.visibility import PublicQuerySet
from meetings.models.meetings import Meeting
from members.models import Seat
from members.models.groups import OfSeat


class PresenceQuerySet(PublicQuerySet):
    """Questions about who was there."""

    def with_holder(self, on, *columns):
        """Each with `holder_…` for these columns of the person who held the seat on the day; blank where nobody did."""
        kinds = {"of_group": "seat__representative", "of_chair": "seat__chairterm"}
        terms = {name: FilteredRelation(path, condition=holding_day(on, f"{path}__")) for name, path in kinds.items()}
        holders = {column: [F(f"{name}__person__{column}") for name in kinds] for column in columns}
        named = {f"holder_{column}": Coalesce(*holder, Value("")) for column, holder in holders.items()}
        return self.annotate(**terms).annotate(**named)


class Presence(OfSeat, models.Model):
    """Whether the holder of a seat was at a meeting. Who holds it on the first day, the terms say.

    Who came in the place of a holder is not named: the record keeps no names of visitors.
    """

    class State(models.TextChoices):
        """Whether and how the seat was filled."""

        PRESENT = "present", pgettext_lazy("holder of a seat", "present")
        EXCUSED = "excused", pgettext_lazy("holder of a seat", "excused")
        REPRESENTED = "represented", pgettext_lazy("holder of a seat", "represented by somebody else")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="presence", verbose_name=_("meeting"))
    seat = models.ForeignKey(Seat, models.PROTECT, verbose_name=_("seat"))
    state = models.CharField(_("presence"), max_length=11, choices=State)

    objects = PresenceQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("presence of a seat")
        verbose_name_plural = _("presence of the seven seats")
        ordering = ["meeting_id", "seat_id"]
        constraints = [
            models.UniqueConstraint(
                name="meetings_presence_once",
                fields=["meeting", "seat"],
                violation_error_message=_("The presence of this seat at the meeting is already recorded."),
            )
        ]

    def __str__(self):
        return with_colon(self.meeting, with_commas([self.seat_id, self.get_state_display()]))

    def clean(self):
        """The seven seats sit in the group's own meetings, and are there once it has begun (rule 17)."""
        if not self.meeting_id:
            return
        if self.meeting.body != MeetingBody.ISCG:
            raise ValidationError(_("The seven seats are counted at meetings of the ISCG."))
        if not self.meeting.has_begun:
            raise ValidationError(_("Who was present is recorded once the meeting has begun, and was not called off."))
