"""Published reports as their list and pages tell them: what anyone may see, and nothing else."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iscg_portal.language_prefix import LANGUAGE_OF_PREFIX
from iscg_portal.tabular import Column, Table
from reports.models import AnnualReport, ReportFile


def public_reports():
    """The reports that anyone may read, newest first, with their files. Two queries."""
    found = AnnualReport.objects.visible_to(AnonymousUser()).select_related("base").defer("content")
    return found.prefetch_related("files__stored").order_by("-period_to", "-code")


def file_at(code, language, kind) -> ReportFile | None:
    """The file at an address, or None where the public may have none. One query."""
    reports = AnnualReport.objects.visible_to(AnonymousUser())
    language = LANGUAGE_OF_PREFIX.get(language)
    found = ReportFile.objects.filter(report__in=reports, report__code=code, language=language, kind=kind)
    return found.select_related("report", "stored").first()


def file_links(report) -> Iterable[dict]:
    """The files of a report, each with its address, format, language, size and hash."""
    for file in report.files.all():
        prefix = file.language.partition("-")[0]
        yield {
            "url": f"/reports/{report.code}/{prefix}.{file.kind}",
            "hreflang": "zh-Hans" if prefix == "zh" else prefix,
            "language": file.get_language_display(),
            "kind": file.kind.upper(),
            "size": file.stored.size,
            "sha256": file.stored_id,
        }


def reports_table(reports) -> Table:
    """One row a report, the newest first."""
    return Table(
        "reports",
        [
            Column("code", _("Report"), lambda row: row.code, sort=("code",)),
            Column("number", _("Number"), lambda row: row.number),
            Column("period_from", value=lambda row: row.period_from),
            Column("period_to", _("Closing day"), lambda row: row.period_to, sort=("period_to",), kind="date"),
            Column("state", _("State"), lambda row: row.state),
            Column("dated_on", _("Date"), lambda row: row.dated_on, sort=("dated_on",), kind="date"),
            Column("original_language", value=lambda row: row.original_language),
            Column("belongs_to", value=lambda row: row.base and row.base.code),
            Column("files", _("Files"), lambda row: [file["url"] for file in file_links(row)]),
            Column("sha256", value=lambda row: [file["sha256"] for file in file_links(row)]),
        ],
        reports,
        sort="-period_to",
    )
