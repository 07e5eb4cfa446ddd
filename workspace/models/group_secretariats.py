"""The secretariats of the advisory groups: which account stands for which group, from a day to a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.models import PeriodQuerySet
from members.models import AdvisoryGroup


class GroupSecretariat(models.Model):
    """That an account works for the secretariat of one advisory group: it sees that group's transmissions (F3).

    A group may have several at a time, an account one group at a time. [starts_on, ends_on) as everywhere.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="group_secretariats", verbose_name=_("account")
    )
    group = models.ForeignKey(AdvisoryGroup, models.PROTECT, related_name="+", verbose_name=_("advisory group"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("to"), null=True, blank=True, help_text=_("The first day on which it is over. Blank while it is open.")
    )

    history = tracked()
    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("advisory group’s secretariat")
        verbose_name_plural = _("advisory groups’ secretariats")
        ordering = ["group", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workspace_groupsecretariat_end_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The end must come after the start."),
            ),
            NoOverlap(
                name="workspace_groupsecretariat_one_group",
                partition=["account"],
                violation_error_message=_(
                    "This account works for an advisory group’s secretariat at that time already."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.group_id}: {self.account}"
