"""What the search finds of the reports: annual reports with their text, published key issues, Coordinators' reports."""

import json
import re

from django.db.models import Prefetch, Q
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from iscg_portal.languages import LANGUAGE_OF_PREFIX
from iscg_portal.search.sources import Content, Source, in_each_language, joined, texts_of
from iscg_portal.tenure.dates import FIRST_DAY, print_date
from meetings.models import Meeting
from members.models import Person
from reports.composing import title_of
from reports.models import AnnualReport, CoordinatorReport, KeyIssue, ReportFile, ReportStep
from reports.pages.annual_reports import corrected_by, with_corrections
from subjects.models import Subject

LONGEST_TITLE = 160
NOT_READ = {"svg", "key", "kind", "anchor"}
_ENDS_OF_BLOCKS = re.compile(r"</(?:p|li|h[1-6]|td|th|div)>")


def _reports(keys):
    steps = ReportStep.objects.filter(state=AnnualReport.State.WITHDRAWN)
    rows = with_corrections(AnnualReport.objects.public())
    rows = rows.prefetch_related("files__stored", Prefetch("steps", steps, "withdrawals"))
    return rows if keys is None else rows.filter(pk__in=keys)


def _report(report):
    trees = json.loads(report.content)["languages"] if report.content else {}
    trees = {LANGUAGE_OF_PREFIX[prefix]: tree for prefix, tree in trees.items() if prefix in LANGUAGE_OF_PREFIX}
    titles = {code: tree["title"] for code, tree in trees.items()} or in_each_language(lambda: title_of(report))
    files = () if trees else [(file.language, file.stored_id) for file in report.files.all()]
    State = AnnualReport.State
    withdrawal = next(iter(report.withdrawals), None)
    return Content(
        address=f"reports/{report.code}/",
        titles=titles,
        lines=in_each_language(lambda: _line(report)),
        texts={code: "\n".join(_texts_in(tree.get("sections", ()))) for code, tree in trees.items()},
        original=report.original_language,
        exact=[report.code, report.number],
        keywords=["report rapport informe отчет تقرير 报告"],
        files=files,
        made_of=list(report.files.all()),
        year=report.period_to.year,
        day=report.period_to,
        ended_on=FIRST_DAY if report.state in (State.SUPERSEDED, State.WITHDRAWN) else None,
        withdrawn=(withdrawal.public_reason, withdrawal.public_language or "") if withdrawal else None,
        languages=list(trees) or sorted({file.language for file in report.files.all()}),
    )


def _line(report):
    corrected = _("Corrected") if corrected_by(report) else ""
    return joined(report._meta.verbose_name, report.code, report.number, report.period, corrected)


def _texts_in(value):
    """Every text that a reader sees in a part of a report."""
    if isinstance(value, str):
        yield strip_tags(_ENDS_OF_BLOCKS.sub("\n", value))
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_READ:
                yield from _texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts_in(part)


def _key_issues(keys):
    rows = KeyIssue.objects.public().join_public("subject")
    return rows if keys is None else rows.filter(pk__in=keys)


def _key_issue(issue):
    statements, answers = texts_of(issue, "statement"), texts_of(issue, "answer")
    about = [issue.subject] if issue.subject_id else []
    return Content(
        address=f"key-issues/?issue={issue.pk}",
        titles={code: text.partition("\n")[0][:LONGEST_TITLE] for code, text in statements.items()},
        lines=in_each_language(
            lambda: joined(issue._meta.verbose_name, issue.get_addressee_display(), print_date(issue.raised_on))
        ),
        texts={code: "\n".join(filter(None, (statements[code], answers[code]))) for code in statements},
        original=issue.original_language,
        subjects=[subject.code for subject in about],
        made_of=about,
        year=issue.raised_on.year,
        day=issue.raised_on,
        ended_on=issue.closed_on,
    )


def _coordinator_reports(keys):
    rows = CoordinatorReport.objects.public().join_public("subject", "meeting", "person")
    return rows if keys is None else rows.filter(pk__in=keys)


def _coordinator_report(report):
    about = {"subject": report.subject.code, "meeting": report.meeting.name}
    said = "\n".join(text for _heading, text in report.public_texts())
    return Content(
        address=f"coordinators-reports/{report.key}/",
        titles=in_each_language(lambda: _("Coordinator’s report on %(subject)s to %(meeting)s") % about),
        lines=in_each_language(lambda: joined(report.person, report.meeting.dates)),
        texts={"": said},
        subjects=[report.subject.code],
        keywords=["coordinator report"],
        made_of=[report.subject, report.meeting, report.person],
        year=report.meeting.starts_on.year,
        day=report.received_on,
    )


def _family(step):
    """The report of the step, and those that it corrects, which say so."""
    base = step.report.base_id
    corrects = AnnualReport.objects.filter(Q(pk=base) | Q(base=base)) if base else AnnualReport.objects.none()
    return {step.report_id, *corrects.values_list("pk", flat=True)}


OF_REPORTS = {ReportFile: lambda file: [file.report_id], ReportStep: _family}
SOURCES = [
    Source("report", 10, AnnualReport, _reports, _report, OF_REPORTS),
    Source("key issue", 11, KeyIssue, _key_issues, _key_issue, {Subject: lambda _row: []}),
    Source(
        "coordinators report",
        12,
        CoordinatorReport,
        _coordinator_reports,
        _coordinator_report,
        dict.fromkeys((Subject, Meeting, Person), lambda _row: []),
    ),
]
