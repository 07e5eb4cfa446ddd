"""What staff decided is to become of units in the next study period, until it is carried out (A1)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from studies import rules
from studies.models.endings import Ending
from studies.models.units import StudyUnit


class PlannedEnding(models.Model):
    """One decision of a rollover, a row for each successor; carrying it out makes an `Ending` of it.

    Only staff see it: nothing public follows from it before that.
    """

    unit = models.ForeignKey(StudyUnit, models.CASCADE, related_name="planned", verbose_name=_("unit"))
    kind = models.CharField(_("how it ends"), max_length=9, choices=Ending.Kind)
    successor = models.ForeignKey(
        StudyUnit, models.CASCADE, null=True, blank=True, related_name="planned_origins", verbose_name=_("successor")
    )
    others_unrecorded = models.BooleanField(_("other successors not recorded"), default=False)

    history = tracked()

    class Meta:
        verbose_name = _("decision of a rollover")
        verbose_name_plural = _("decisions of a rollover")
        ordering = ["unit_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="studies_planned_successor",
                condition=Q(kind="closed", successor__isnull=True) | (~Q(kind="closed") & Q(successor__isnull=False)),
                violation_error_message=_("A unit has a successor, unless it was closed: then it has none."),
            ),
            models.CheckConstraint(
                name="studies_planned_others",
                condition=Q(kind="split") | Q(others_unrecorded=False),
                violation_error_message=_("Only of a unit that was split successors may be missing here."),
            ),
            models.CheckConstraint(
                name="studies_planned_not_itself",
                condition=Q(successor__isnull=True) | ~Q(successor=F("unit")),
                violation_error_message=_("A unit cannot be its own successor."),
            ),
            models.UniqueConstraint(
                name="studies_planned_once",
                fields=["unit", "successor"],
                violation_error_message=_("This successor is already decided."),
            ),
            models.UniqueConstraint(
                name="studies_planned_alone",
                fields=["unit"],
                condition=Q(kind__in=["continues", "renamed", "merged", "closed"]),
                violation_error_message=_("Only a unit that was split or replaced has several successors."),
            ),
            rules.SuccessorBeginsLater(
                name="studies_planned_goes_forward",
                violation_error_message=_("A successor is of the same Sector, and begins later than the unit."),
            ),
        ]

    def __str__(self):
        return " ".join(filter(None, (f"{self.unit}:", self.kind, str(self.successor or ""))))
