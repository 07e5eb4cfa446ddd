"""What became of study units: the successors of each, or that it was closed (A1)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.history import tracked
from iscg_portal.sourced import Sourced
from iscg_portal.text_fields import LineField
from iscg_portal.visibility import PublicQuerySet
from studies import rules
from studies.models.units import StudyUnit


class EndingQuerySet(PublicQuerySet):
    """What became of units."""

    def with_units(self):
        """Each with its units and their periods."""
        return self.join_public("unit__period", "successor__period")


class Ending(Sourced):
    """What became of a unit: one row for each successor, or one without for a unit that was closed.

    A unit that was merged has one successor, as the others that were merged into it have. One that was split has
    several: form and import ask for them, or that `others_unrecorded` be said, which pages print (rule 16).
    """

    class Kind(models.TextChoices):
        """How a unit ends."""

        CONTINUES = "continues", _("continues")
        RENAMED = "renamed", _("renamed")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        REPLACED = "replaced", pgettext_lazy("study unit", "replaced")
        CLOSED = "closed", pgettext_lazy("study unit", "closed")

    ALONE = (Kind.CONTINUES, Kind.RENAMED, Kind.MERGED, Kind.CLOSED)

    unit = models.ForeignKey(StudyUnit, models.CASCADE, related_name="endings", verbose_name=_("unit"))
    kind = models.CharField(_("how it ends"), max_length=9, choices=Kind)
    successor = models.ForeignKey(
        StudyUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="origins",
        verbose_name=_("successor"),
        help_text=_("Blank only for a unit that was closed."),
    )
    others_unrecorded = models.BooleanField(
        _("other successors not recorded"),
        default=False,
        help_text=_("Of a unit that was split: it has more successors than are on record."),
    )
    decision = LineField(_("decision"), max_length=200, blank=True, help_text=_("The number of its document."))

    objects = EndingQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("end of a unit")
        verbose_name_plural = _("ends of units")
        ordering = ["unit_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="studies_ending_successor",
                condition=Q(kind="closed", successor__isnull=True) | (~Q(kind="closed") & Q(successor__isnull=False)),
                violation_error_message=_("A unit has a successor, unless it was closed: then it has none."),
            ),
            models.CheckConstraint(
                name="studies_ending_others",
                condition=Q(kind="split") | Q(others_unrecorded=False),
                violation_error_message=_("Only of a unit that was split successors may be missing here."),
            ),
            models.CheckConstraint(
                name="studies_ending_not_itself",
                condition=Q(successor__isnull=True) | ~Q(successor=F("unit")),
                violation_error_message=_("A unit cannot be its own successor."),
            ),
            models.UniqueConstraint(
                name="studies_ending_once",
                fields=["unit", "successor"],
                violation_error_message=_("This successor is already on record."),
            ),
            models.UniqueConstraint(
                name="studies_ending_alone",
                fields=["unit"],
                condition=Q(kind__in=["continues", "renamed", "merged", "closed"]),
                violation_error_message=_("Only a unit that was split or replaced has several successors."),
            ),
            rules.OneKindOfEnding(
                name="studies_ending_one_kind", violation_error_message=_("A unit ends in one way only.")
            ),
            rules.SuccessorBeginsLater(
                name="studies_ending_goes_forward",
                violation_error_message=_("A successor is of the same Sector, and begins later than the unit."),
            ),
        ]

    def __str__(self):
        return " ".join(filter(None, (f"{self.unit}:", self.kind, str(self.successor or ""))))


SPLIT_ALONE = _(
    "A unit that was split has at least two successors: enter the others, or tick that they are not recorded."
)


def is_split_alone(endings) -> bool:
    """Whether the endings of one unit say that it was split and name one successor, as if there were no other."""
    split = [ending for ending in endings if ending.kind == Ending.Kind.SPLIT]
    return len(split) == 1 and not split[0].others_unrecorded


def is_partly_split(endings) -> bool:
    """Whether successors of a unit that was split are missing: what was entered before that was asked says so too."""
    split = [ending for ending in endings if ending.kind == Ending.Kind.SPLIT]
    return len(split) == 1 or any(ending.others_unrecorded for ending in split)
