"""What the reports alone know: that one was published or withdrawn, and the work of a period that its report tells."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from changes.events import NEWEST, Event
from iscg_portal.tenure.dates import A_DAY, print_days
from reports.models import AnnualReport, ReportStep


class ReportEvent(Event):
    """An annual report was published or withdrawn; `about` is the report."""

    TITLES = {
        "published": gettext_lazy("Annual report %(number)s is published"),
        "withdrawn": gettext_lazy("Annual report %(number)s is withdrawn"),
    }

    @property
    def title(self):
        """The event as the title of an entry of the feed."""
        return self.TITLES[self.kind] % {"number": self.about.code}

    @property
    def details(self):
        """What the feed says below the title: the period."""
        return (print_days(self.about.period_from + A_DAY, self.about.period_to),)

    @property
    def url(self):
        """The page of the report."""
        return self.about.get_absolute_url()


def newest_of_reports(_on):
    """The newest publications and withdrawals. One query."""
    reports = AnnualReport.objects.visible_to(AnonymousUser()).values("pk")
    steps = ReportStep.objects.filter(report__in=reports, state__in=list(ReportEvent.TITLES)).order_by("-pk")
    for step in steps.select_related("report").defer("report__content")[:NEWEST]:
        yield ReportEvent(f"report/{step.report.code}/{step.state}", step.state, step.report, at=step.at)


class MeetingEvent(Event):
    """A meeting of the group or of its Coordinators was held; `about` is the meeting."""

    topic = "meetings"

    @classmethod
    def of(cls, meeting):
        """On the last day of the meeting."""
        return cls(f"meeting:{meeting.pk}:held:{meeting.last_day}", "held", meeting, meeting.last_day)

    @property
    def where(self):
        """The name of the meeting."""
        return self.about.name

    @property
    def what(self):
        """What happened, in words."""
        return _("meeting held")

    @property
    def who(self):
        """The title of the meeting."""
        return self.about.text("title")


class ReceivedEvent(Event):
    """A Coordinator's report to a meeting was received; `about` is that report."""

    topic = "received"

    @classmethod
    def of(cls, report):
        """On the last day of the meeting to which it reports."""
        return cls(f"coordinatorreport:{report.pk}:received", "received", report, report.meeting.last_day)

    @property
    def where(self):
        """The code of the subject."""
        return self.about.subject.code

    @property
    def what(self):
        """What happened, in words."""
        return _("Coordinator’s report received")

    @property
    def who(self):
        """The Coordinator."""
        return self.about.person
