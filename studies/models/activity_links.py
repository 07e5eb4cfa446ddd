"""What activities are about, and the partner organizations that take part in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.languages import with_colon
from studies.models.activities import Activity
from subjects.models import Partner, Subject


class ActivitySubject(models.Model):
    """Says that an activity is about a subject."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="subject_links", verbose_name=_("activity"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="activity_links", verbose_name=_("subject"))

    history = tracked()

    class Meta:
        verbose_name = _("subject of an activity")
        verbose_name_plural = _("subjects of activities")
        ordering = ["activity_id", "subject__code"]
        constraints = [
            models.UniqueConstraint(
                name="studies_activitysubject_once",
                fields=["activity", "subject"],
                violation_error_message=_("The activity is already about this subject."),
            )
        ]

    def __str__(self):
        return with_colon(self.activity.code, self.subject.code)


class ActivityPartner(models.Model):
    """Says that a partner organization takes part in an activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="partner_links", verbose_name=_("activity"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="activity_links", verbose_name=_("partner organization")
    )

    history = tracked()

    class Meta:
        verbose_name = _("partner organization of an activity")
        verbose_name_plural = _("partner organizations of activities")
        ordering = ["activity_id", "partner__abbreviation"]
        constraints = [
            models.UniqueConstraint(
                name="studies_activitypartner_once",
                fields=["activity", "partner"],
                violation_error_message=_("This organization is already a partner of this activity."),
            )
        ]

    def __str__(self):
        return with_colon(self.activity.code, self.partner.abbreviation)
