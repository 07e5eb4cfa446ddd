"""Published reports as their list and pages tell them: what anyone may see, and nothing else."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from iscg_portal.prepared import ask
from iscg_portal.tables import Column, Table
from iscg_portal.web.language_prefix import HTML_LANG, LANGUAGE_OF_PREFIX
from members.url_base import url_base
from reports.composing import title_of
from reports.models import AnnualReport, ReportFile


def public_reports():
    """The reports that anyone may read, newest first, with their files. Two queries."""
    found = AnnualReport.objects.visible_to(AnonymousUser()).select_related("base").defer("content")
    return found.prefetch_related("files__stored").order_by("-period_to", "-code")


def newest_report(on):
    """The annual report that stands on the day with the last period: its title and address, or None. One query."""
    for code, period_from, period_to in ask(_newest, on):
        title = title_of(AnnualReport(code=code, period_from=period_from, period_to=period_to))
        return {"title": title, "url": f"{url_base('reports:report-detail')}{code}/"}
    return None


def _newest(on):
    """A corrigendum or an addendum is no report of its own; an old one may have no date."""
    dated = Q(dated_on__lte=on) | Q(dated_on__isnull=True, period_to__lt=on)
    whole = Q(variant="") | Q(variant=AnnualReport.Variant.REVISION)
    standing = AnnualReport.objects.filter(
        dated, whole, kind=AnnualReport.Kind.ANNUAL, state=AnnualReport.State.PUBLISHED
    )  # fmt: skip
    return standing.order_by("-period_to", "-pk").values_list("code", "period_from", "period_to")[:1]


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


def files_by_language(report, language):
    """Pairs of a language's name and its links (`file_links`), the page's language first, in it the PDF first."""
    order, named = ["PDF", "DOCX", "JSON"], {}
    for link in sorted(file_links(report), key=lambda link: (order.index(link["kind"]), link["hreflang"])):
        named.setdefault((link["hreflang"] != HTML_LANG.get(language, language), link["language"]), []).append(link)
    return [(name, named[others, name]) for others, name in sorted(named)]


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
