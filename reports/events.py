"""What the reports alone know: that one was published or withdrawn, and the work of a period that its report tells."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from changes.events import NEWEST, Event
from iscg_portal.languages import in_brackets, with_colon, with_commas
from reports.corrections import heading_of
from reports.models import AnnualReport, ReportStep
from studies.models.activity_words import region_in_words

WORK = ("meetings", "received", "activities")


class ReportEvent(Event):
    """An annual report was published or withdrawn; `about` is the report.

    `before` are the corrigenda to it; of a withdrawal it is the reason.
    """

    TITLES = {
        "published": gettext_lazy("Annual report %(number)s is published"),
        "withdrawn": gettext_lazy("Annual report %(number)s is withdrawn"),
    }

    @property
    def title(self):
        return self.TITLES[self.kind] % {"number": self.about.code}

    @property
    def details(self):
        """First what corrects it, or why it was withdrawn (`before`)."""
        if self.kind == "withdrawn":
            return self.before, self.about.period
        corrected = [self._corrected_by(one) for one in self.before]
        return *corrected, self.about.period

    def _corrected_by(self, corrigendum):
        address, heading = settings.SITE_URL + corrigendum.get_absolute_url(), heading_of(corrigendum)
        return mark_safe(
            with_colon(
                format_html("<strong>{}</strong>", _("Corrected")), format_html('<a href="{}">{}</a>', address, heading)
            )
        )

    @property
    def url(self):
        return self.about.get_absolute_url()


def newest_of_reports(_on):
    """The newest publications and withdrawals; a report that was corrected is news again. One query."""
    reports = AnnualReport.objects.visible_to(AnonymousUser()).values("pk")
    steps = ReportStep.objects.filter(report__in=reports, state__in=list(ReportEvent.TITLES)).order_by("-pk")
    found = list(steps.select_related("report").defer("report__content")[:NEWEST])
    for step in found:
        lists = [one for one in found if one.report.base_id == step.report.pk and _corrects(one)]
        at = max([step.at, *(one.at for one in lists)])
        key, corrigenda = f"report/{step.report.code}/{step.state}", [one.report for one in lists]
        before = step.public_reason if step.state == AnnualReport.State.WITHDRAWN else corrigenda
        yield ReportEvent(key, step.state, step.report, at=at, before=before)


def _corrects(step):
    return step.state == step.report.state == AnnualReport.State.PUBLISHED and not step.report.is_whole


class WorkEvent(Event):
    """A meeting was held, or a Coordinator’s report to it received: it has a table of its own.

    `about` is the meeting or the report; the kind is that of its table.
    """

    @property
    def topic(self):
        return self.kind

    @property
    def where(self):
        return self.about.name if self.kind == "meetings" else self.about.subject.code

    @property
    def what(self):
        return _("meeting held") if self.kind == "meetings" else _("Coordinator’s report received")

    @property
    def who(self):
        return self.about.text("title") if self.kind == "meetings" else self.about.person


class ActivityTold(WorkEvent):
    """An activity that is over, in the state that the record gives it; `about` is the activity."""

    @property
    def where(self):
        return self.about.code

    @property
    def what(self):
        return self.about.state_in_words

    @property
    def who(self):
        activity = self.about
        first = "" if activity.last_day == activity.starts_on else activity.dates
        said = with_commas((first, *map(region_in_words, activity.regions)))
        return f"{activity.text('title')}{in_brackets(said)}" if said else activity.text("title")
