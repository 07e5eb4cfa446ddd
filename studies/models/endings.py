"""What became of study units, and what staff decided is to become of them: successors, or none if closed (A1)."""

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


def constraints_of_an_end(name, said_twice):
    """What the database keeps of how a unit ends, whether it did or is to; `name` begins the names of the rules."""
    return [
        models.CheckConstraint(
            name=f"{name}_successor",
            condition=Q(kind="closed", successor__isnull=True) | (~Q(kind="closed") & Q(successor__isnull=False)),
            violation_error_message=_("A unit has a successor, unless it was closed: then it has none."),
        ),
        models.CheckConstraint(
            name=f"{name}_others",
            condition=Q(kind="split") | Q(others_unrecorded=False),
            violation_error_message=_("Only of a unit that was split successors may be missing here."),
        ),
        models.CheckConstraint(
            name=f"{name}_not_itself",
            condition=Q(successor__isnull=True) | ~Q(successor=F("unit")),
            violation_error_message=_("A unit cannot be its own successor."),
        ),
        models.UniqueConstraint(name=f"{name}_once", fields=["unit", "successor"], violation_error_message=said_twice),
        models.UniqueConstraint(
            name=f"{name}_alone",
            fields=["unit"],
            condition=Q(kind__in=["continues", "renamed", "merged", "closed"]),
            violation_error_message=_("Only a unit that was split or replaced has several successors."),
        ),
        rules.SuccessorBeginsLater(
            name=f"{name}_goes_forward",
            violation_error_message=_("A successor is of the same Sector, and begins later than the unit."),
        ),
    ]


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
            *constraints_of_an_end("studies_ending", _("This successor is already on record.")),
            rules.OneKindOfEnding(
                name="studies_ending_one_kind", violation_error_message=_("A unit ends in one way only.")
            ),
        ]

    def __str__(self):
        return " ".join(filter(None, (f"{self.unit}:", self.kind, str(self.successor or ""))))


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
        constraints = constraints_of_an_end("studies_planned", _("This successor is already decided."))

    def __str__(self):
        return Ending.__str__(self)


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
