"""What clauses F3 and A4 ask of reports, to the advisory groups and of the Coordinators, and what is late on a day."""

import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.adminkit.site import admin_address
from meetings.models import Document, Meeting
from reports.coordinators_due import received_and_missing
from reports.facts import disagreements
from reports.models import AnnualReport, CoordinatorReport, Rendition
from reports.models.annual_reports import PUBLIC_STATES
from secretariat.checks.transmissions import ask_transmissions
from secretariat.findings import CARE, OPEN, Finding, topic

NO_ANNUAL_REPORT = topic(
    "F3", OPEN, "No annual report on last year is published", "No annual report on last year is published"
)
CORRIGENDUM_WANTED = topic(
    "F3",
    OPEN,
    "%(count)d published report no longer agrees with the record",
    "%(count)d published reports no longer agree with the record",
)
FILES_FAILED = topic(
    "F3",
    OPEN,
    "%(count)d report has a file that could not be made",
    "%(count)d reports have files that could not be made",
)
COORDINATOR_REPORT_MISSING = topic(
    "A4",
    OPEN,
    "%(count)d Coordinator’s report to the last meeting is missing",
    "%(count)d Coordinators’ reports to the last meeting are missing",
)


NUMBER_TWICE = topic("", CARE, "%(count)d number stands on two papers", "%(count)d numbers stand on two papers")


def to_count(on):
    """The rows that `ask_reports` wants counted (see `secretariat.findings`)."""
    closing = datetime.date(on.year - 1, 12, 31)  # the last day of the year before
    annual = AnnualReport.objects.filter(kind=AnnualReport.Kind.ANNUAL, state=AnnualReport.State.PUBLISHED)
    return {
        "reports on last year": annual.filter(period_from__lt=closing, period_to__gte=closing),
        "reports to compare": AnnualReport.objects.filter(state__in=PUBLIC_STATES, is_archive=False),
        "reports without a file": with_failed_files(),
    }


def with_failed_files():
    """The reports of which a file, or a cover sheet, could not be made; none is tried again by itself."""
    failed = Rendition.objects.filter(report=OuterRef("pk"), state=Rendition.State.FAILED)
    return AnnualReport.objects.filter(Exists(failed))


def ask_reports(on, count):
    """Findings on annual reports; one query, fifteen more where one is published, one where a file was not made."""
    if not count["reports on last year"]:
        sentence = _("No annual report on %(year)d is published.") % {"year": on.year - 1}
        yield Finding(NO_ANNUAL_REPORT, sentence, admin_address(AnnualReport))
    if count["reports to compare"]:
        yield from _disagreeing()
    if count["reports without a file"]:
        for report in with_failed_files().defer("content"):
            sentence = _("%(report)s: a file could not be made. Open the report, and have it made again.")
            yield Finding(FILES_FAILED, sentence % {"report": report.code}, admin_address(AnnualReport, report.pk))
    yield from ask_transmissions(on)


def numbers_twice():
    """Reports from before the register was the only giver that have the number of a document, its key beside them."""
    documents = Document.objects.filter(number=OuterRef("number")).values("pk")[:1]
    numbered = AnnualReport.objects.exclude(number="").annotate(document=Subquery(documents))
    return numbered.filter(document__isnull=False)


def counted(_on):
    """(topic, queryset) of what the database counts alone."""
    return [(NUMBER_TWICE, numbers_twice()), (FILES_FAILED, with_failed_files())]


def ask_numbers():
    """A finding for each. One query."""
    for code, number, document in numbers_twice().order_by("code").values_list("code", "number", "document"):
        sentence = _("%(number)s is the number of report %(code)s and of a document.")
        yield Finding(NUMBER_TWICE, sentence % {"number": number, "code": code}, admin_address(Document, document))


class Disagreement(NamedTuple):
    """A published report with how many corrections it needs, and the draft that is to tell them, if there is one."""

    code: str
    report: int
    count: int
    draft: int | None


def read_disagreements():
    """Every published report that no longer agrees with the record. Up to seventeen queries."""
    found = disagreements()
    drafts = AnnualReport.objects.filter(base__in=[report for report, _corrections in found])
    drafts = dict(drafts.exclude(state__in=PUBLIC_STATES).values_list("base", "pk")) if found else {}
    return [Disagreement(report.code, report.pk, len(told), drafts.get(report.pk)) for report, told in found]


def _disagreeing():
    """Each leads to the draft of a corrigendum, or to the page that opens one."""
    for code, report, count, draft in read_disagreements():
        sentence = ngettext(
            "Report %(code)s no longer agrees with the record: %(count)d correction was not told yet.",
            "Report %(code)s no longer agrees with the record: %(count)d corrections were not told yet.",
            count,
        )
        opens_at = admin_address(AnnualReport, report, page="correct") if draft is None else ""
        url = opens_at or admin_address(AnnualReport, draft)
        yield Finding(CORRIGENDUM_WANTED, sentence % {"code": code, "count": count}, url, opens_at)


def ask_missing(on):
    """Of the group's last meeting that is recorded as held; each leads to a draft, or to a new one. Six queries."""
    last = Meeting.objects.of_the_group().held().over(on).first()
    if last is None:
        return
    _received, missing = received_and_missing(last.last_day - datetime.timedelta(days=1), last.last_day)
    drafts = {(draft.subject_id, draft.meeting_id): draft for draft in _drafts(missing)}
    for due in missing:
        names = {"subject": due.subject.code, "person": due.person, "meeting": due.meeting.name}
        sentence = _("%(subject)s: no report of %(person)s to %(meeting)s.") % names
        draft = drafts.get((due.subject.pk, due.meeting.pk))
        yield Finding(COORDINATOR_REPORT_MISSING, sentence, _where_it_is_entered(due, draft))


def _drafts(missing):
    meetings = {due.meeting.pk for due in missing}
    return CoordinatorReport.objects.filter(meeting__in=meetings, received_on=None) if meetings else ()


def _where_it_is_entered(due, draft):
    if draft:
        return admin_address(type(draft), draft.pk)
    given = {"subject": due.subject.pk, "meeting": due.meeting.pk, "person": due.person.pk}
    return admin_address(CoordinatorReport, page="add", **given)
