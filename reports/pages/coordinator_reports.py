"""Public pages of the Coordinators' reports: the list, and one report with its five public parts (clause A4)."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.collation import collated
from iscg_portal.tables import Column, Table, file_of, shown
from iscg_portal.tables.questions import first_and_last, read_year, year_question
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from reports.models import CoordinatorReport
from reports.prose.sentences import rendered
from reports.renditions.harmless import with_its_lines
from subjects.codes import subject_codes

NAMES = ("subject", "meeting", "person")


@public_page
@takes("on", "year", "subject", "sort", "page")
def coordinator_report_list(request, format=None):
    """The accepted reports, those to the latest meeting first, or the same as a file."""
    read_day(request)  # a day changes nothing here, but must be one, as in the address of every table
    year, subjects = read_year(request), subject_codes()
    subject = subjects.read(request)
    reports = public_reports()
    reports = reports.filter(meeting__starts_on__year=year) if year else reports
    reports = reports.filter(subject__code=subject) if subject else reports
    if format:
        return file_of(request, coordinator_reports_table(reports), format)
    years = first_and_last(CoordinatorReport.objects.public(), "meeting__starts_on")
    context = {
        "questions": [year_question(years, year), subjects.question(_("Subject"), subject)],
        "table": shown(request, coordinator_reports_table(reports.defer(*CoordinatorReport.TEXTS))),
    }
    return render(request, "reports/coordinator_report_list.html", context)


@public_page
def coordinator_report(request, key):
    """One report, by the meeting's code and the subject's slug. Errors: 404 with a sentence."""
    code, _slash, slug = key.partition("/")
    may_be = key.isascii() and key.isprintable()  # PostgreSQL refuses to look for some others
    report = public_reports().filter(meeting__code=code, subject__slug=slug).first() if may_be else None
    if report is None:
        raise Http404(_("No public Coordinator’s report has this address."))
    parts = [(heading, rendered(with_its_lines(text), text.lang)) for heading, text in report.public_texts()]
    return render(request, "reports/coordinator_report.html", {"report": report, "parts": parts})


def public_reports():
    """What anyone may read, those to the latest meeting first."""
    reports = CoordinatorReport.objects.public().join_public(*NAMES)
    return reports.order_by("-meeting__starts_on", "subject__code", "pk")


def coordinator_reports_table(reports) -> Table:
    """One row a report; its texts are in the files alone."""
    headings = [(name, CoordinatorReport._meta.get_field(name).verbose_name) for name in CoordinatorReport.PUBLIC_TEXTS]
    return Table(
        "coordinators-reports",
        [
            Column(
                "meeting",
                _("Meeting"),
                _("code of the meeting that received it"),
                lambda one: one.meeting.code,
                sort=("meeting__starts_on",),
            ),
            Column(
                "subject", _("Subject"), _("code of the subject"), lambda one: one.subject.code, sort=("subject__code",)
            ),
            Column(
                "coordinator",
                _("Coordinator"),
                _("name as printed"),
                lambda one: str(one.person),
                sort=(collated("person__"),),
            ),
            Column(
                "coordinator_slug",
                "",
                _("the last part of the address of the person’s page"),
                lambda one: one.person.slug,
            ),
            Column("starts_on", "", _("the day of the meeting before; the period ends with this meeting")),
            Column(
                "received_on", _("Received"), _("the day on which it was received"), sort=("received_on",), kind="date"
            ),
            Column("language", explanation=_("code of the language in which it was written")),
            *(Column(name, "", heading) for name, heading in headings),
        ],
        reports,
        sort="-meeting",
    )
