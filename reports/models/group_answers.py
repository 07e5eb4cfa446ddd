"""What an advisory group did with a report in session: each time a row with its day (clause F3)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.languages import HTML_LANG, with_commas
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LongTextField
from iscg_portal.translated import TextShown, text_in
from meetings.models import Meeting
from reports.models.annual_reports import PUBLIC_STATES, AnnualReport
from reports.models.transmissions import Transmission


class GroupAnswerQuerySet(models.QuerySet):
    """Questions about answers."""

    def to_tell(self, report, end):
        """Those up to the last day that the report tells: of its period, and earlier ones that no report has told.

        What a withdrawn report told is told again, and what the report told that this one revises.
        """
        root = report.base_id or report.pk
        family = Q(told_by=root) | Q(told_by__base=root)
        untold = Q(told_by=None) | Q(told_by__state=AnnualReport.State.WITHDRAWN) | family
        found = self.filter(untold | Q(said_on__gt=report.period_from), said_on__lte=end)
        found = found.filter(transmission__report__state__in=PUBLIC_STATES)
        found = found.select_related("transmission__report", "meeting").defer("transmission__report__content")
        return found.order_by("said_on", "transmission__group", "pk")


class GroupAnswer(models.Model):
    """That a group noted a report, or, with a text, commented on it; `told_by` is the report that told it since."""

    transmission = models.ForeignKey(
        Transmission, models.PROTECT, related_name="answers", verbose_name=_("transmission")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("meeting")
    )
    said_on = DayField(_("day"), has_happened=True)
    text = LongTextField(_("comment"), max_length=20_000, blank=True, validators=[no_personal_address])
    language = models.CharField(
        _("language"),
        max_length=7,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("In which it is written; blank where that is not known."),
    )
    told_by = models.ForeignKey(
        AnnualReport,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("told by the report"),
    )

    history = tracked()
    objects = GroupAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of an advisory group")
        verbose_name_plural = _("answers of advisory groups")
        ordering = ["transmission_id", "said_on", "pk"]

    def __str__(self):
        return with_commas([str(self.transmission), print_date(self.said_on)])

    @property
    def text_shown(self):
        """The comment as a `TextShown`; unmarked where nobody knows its language."""
        return text_in(HTML_LANG[self.language], self.text) if self.language else TextShown(self.text)

    def clean(self):
        """A group notes or comments in a meeting of its own, once that has begun."""
        if self.meeting_id and self.meeting.body != self.transmission.group_id:
            raise ValidationError({"meeting": _("Choose a meeting of this advisory group.")})
        if self.meeting_id and not self.meeting.has_begun:
            raise ValidationError({"meeting": _("A meeting decides once it has begun, and was not called off.")})
