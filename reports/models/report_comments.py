"""What the Chair says of a report before it is approved (clause F3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import with_colon
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.text_fields import LongTextField
from reports.models.annual_reports import AnnualReport

MOST_OF_A_COMMENT = 5_000


class ReportCommentQuerySet(models.QuerySet):
    """Questions about comments on drafts."""

    def waiting(self):
        """Those that nobody has answered; they stand on the desk."""
        return self.filter(answered_at__isnull=True)


class ReportComment(models.Model):
    """A comment of the Chair on a draft. Never changed, answered once; it goes with a draft opened by mistake."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="comments", verbose_name=_("report"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    text = LongTextField(_("comment"), max_length=MOST_OF_A_COMMENT, validators=[no_personal_address])

    answer = LongTextField(_("answer"), max_length=MOST_OF_A_COMMENT, blank=True, validators=[no_personal_address])
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = ReportCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a report")
        verbose_name_plural = _("comments on reports")
        ordering = ["report_id", "pk"]

    def __str__(self):
        return with_colon(self.report, self.text[:60])
