"""What each side says of the links of the mapping, and when: what it said last by a day holds on that day."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.bodies import GroupCode, Sector
from iscg_portal.history import tracked
from iscg_portal.languages import with_colon
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.constraints import NotToCome
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.models import holding_day
from iscg_portal.text_fields import LineField
from iscg_portal.visibility import PublicQuerySet
from studies import rules
from subjects.models import FocalPoint

# Of two statements on one link: whether the inner one was made after, or before, the outer one.
LATER = Q(said_on__gt=OuterRef("said_on")) | Q(said_on=OuterRef("said_on"), turn__gt=OuterRef("turn"))
EARLIER = Q(said_on__lt=OuterRef("said_on")) | Q(said_on=OuterRef("said_on"), turn__lt=OuterRef("turn"))


class ConfirmationQuerySet(PublicQuerySet):
    """What the sides said, in its order."""

    def standing(self, on):
        """What each side said last by a day."""
        same_side = Confirmation.objects.filter(link=OuterRef("link"), sector=OuterRef("sector"), said_on__lte=on)
        return self.filter(~Exists(same_side.filter(LATER)), said_on__lte=on)

    def unanswered(self, on):
        """What stands on a day and waits for the other side, whose Sector is `asked`.

        The other side has said nothing yet, or something else before. Links that are over wait for nobody.
        """
        asked = Case(
            When(sector=F("link__first__sector"), then=F("link__second__sector")), default=F("link__first__sector")
        )
        found = self.standing(on).filter(holding_day(on, "link__"), link__second__isnull=False).annotate(asked=asked)
        answers = Confirmation.objects.standing(on).filter(link=OuterRef("link"), sector=OuterRef("asked"))
        answered = Exists(answers.filter(LATER | Q(stance=OuterRef("stance"))))
        return found.exclude(asked="").filter(~answered)

    def with_names(self):
        """Each with its link, the units and the subject of that."""
        return self.join_public("link__first__period", "link__second__period", "link__subject")


class Confirmation(models.Model):
    """What one side says of a link on a day: that it stands, or why it does not. What it said last holds.

    Who confirms may add a word too, as an answer to a reason.
    """

    PRIVATE = ("said_by",)

    class Stance(models.TextChoices):
        """What a side says."""

        CONFIRMED = "confirmed", pgettext_lazy("mapping link", "confirmed")
        CONTESTED = "contested", _("contested")

    link = models.ForeignKey(
        "studies.MappingLink", models.CASCADE, related_name="confirmations", verbose_name=_("link")
    )
    sector = models.CharField(_("side"), max_length=2, choices=Sector)
    stance = models.CharField(_("what it says"), max_length=9, choices=Stance)
    said_on = DayField(_("said on"), has_happened=True)
    turn = models.PositiveSmallIntegerField(
        _("turn"), default=1, help_text=_("Which statement on this link of that day: 1 is the first.")
    )
    said_by = LineField(
        _("by whom"),
        max_length=200,
        blank=True,
        help_text=_(
            "The Focal Point who said so, or where staff have it from. For staff and both sides; never public."
        ),
    )
    because = LineField(
        _("reason"),
        max_length=300,
        blank=True,
        validators=[no_personal_address],
        help_text=_("Public. Why the link is contested, or an answer to that."),
    )

    objects = ConfirmationQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("confirmation of a mapping link")
        verbose_name_plural = _("confirmations of mapping links")
        ordering = ["link_id", "said_on", "turn", "sector"]
        constraints = [
            models.UniqueConstraint(
                name="studies_confirmation_once",
                fields=["link", "sector", "said_on", "turn"],
                violation_error_message=_("This side has already said something in this turn of that day."),
            ),
            models.CheckConstraint(
                name="studies_confirmation_turn",
                condition=Q(turn__gte=1, turn__lte=99),
                violation_error_message=_("The turn is a number from 1 to 99."),
            ),
            models.CheckConstraint(
                name="studies_confirmation_reason",
                condition=Q(stance="confirmed") | (Q(stance="contested") & ~Q(because="")),
                violation_error_message=_("Who contests a link says why."),
            ),
            NotToCome(name="studies_confirmation_was_said", field="said_on"),
            rules.OfASideOfTheLink(
                name="studies_confirmation_of_a_side",
                violation_error_message=_("Only a Sector that the link joins confirms or contests it."),
            ),
        ]

    def __str__(self):
        return with_colon(self.link, f"{self.sector} {self.stance}")

    def clean(self):
        """Where the side has a Focal Point on the day, it is said who spoke: staff speak where there is none."""
        super().clean()
        if self._state.adding and not self.said_by and self.link_id and self.said_on:
            if focal_points_of(self.link.subject_id, self.sector, self.said_on).exists():
                raise ValidationError({"said_by": _("This side has a Focal Point on that day: say who spoke for it.")})


def focal_points_of(subject, sector, on):
    """The Focal Points of a Sector's advisory group for a subject, by its key, on a day; none without a subject."""
    groups = [group for group in GroupCode if group.sector == sector]
    return FocalPoint.objects.in_office(on).filter(subject=subject, body__in=groups)
