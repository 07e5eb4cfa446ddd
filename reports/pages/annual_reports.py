"""Public pages of the annual reports, and their files: what anyone may see, and nothing else (clause F3)."""

import json
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.collation import sort_key
from iscg_portal.files import stored as stored_files
from iscg_portal.files.whole import FileDiffers
from iscg_portal.integrity.findings import finding, note
from iscg_portal.languages import HTML_LANG, LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE
from iscg_portal.tables import Column, Table, file_of, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.tenure.dates import GENEVA
from iscg_portal.web.public_page import public_file, public_page, takes
from reports.composing import title_of
from reports.corrections import heading_of
from reports.covers import sentences, standing_revision
from reports.integrity import DIFFERS, is_frozen_as_published
from reports.models import AnnualReport, Rendition, ReportFile, ReportStep
from reports.models.annual_reports import WHOLE
from reports.models.report_files import COVERED
from reports.renditions.page import anchor, sections_html
from reports.renditions.words import heading

MADE = Rendition.State.MADE  # what is made anew says less than is so until then


@public_page
@takes("on", "sort", "page")
def report_list(request, format=None):
    """The annual reports, newest first (clause F3), or the same as a file."""
    read_day(request)  # a day changes nothing here, but must be one, as in the address of every table
    described = reports_table(public_reports())
    if format:
        return file_of(request, described, format)
    table = shown(request, described)
    rows = [(report, files_by_language(report, get_language()), corrigenda(report)) for report in table.rows]
    return render(request, "reports/report_list.html", {"table": table, "rows": rows})


@public_page
def report_detail(request, code):
    """One report as it was frozen, in the page's language where it was written in it, with its files.

    At its top it says what corrects it.
    """
    report = public_reports(with_content=True).filter(code=code).first()
    if report is None:
        raise Http404(_("No report with this code was published."))
    if report.content and not is_frozen_as_published(report):
        note(finding(DIFFERS, report=report.code))
        raise FileDiffers(report.content_sha256)
    standing = (AnnualReport.State.PUBLISHED, AnnualReport.State.SUPERSEDED)
    variants = AnnualReport.objects.filter(base_id=report.base_id or report.pk, state__in=standing)
    context = {
        "report": report,
        "files": files_by_language(report, get_language()),
        "withdrawn_on": withdrawn_on(report),
        "waits": bool(report.content) and not any(file.kind == "pdf" for file in report.files.all()) and _waits(report),
        "variants": [(one, heading_of(one)) for one in variants.exclude(pk=report.pk).defer("content").order_by("pk")],
        "base_title": title_of(report.base) if report.base else "",
        "corrected_by": corrigenda(report),
        "replaced_by": report.state == AnnualReport.State.SUPERSEDED and standing_revision(report),
        "covers": covers_of(report),
        **_text_of(report),
    }
    return render(request, "reports/report_detail.html", context)


def _waits(report):
    """Whether a PDF of it is still to come; one that could not be made is promised to nobody."""
    return report.renditions.filter(kind=Rendition.Kind.PDF).exclude(state=Rendition.State.FAILED).exists()


def corrigenda(report):
    """Pairs of what corrects it and its heading, “Corrigendum 1”. For a report of `with_corrections`."""
    return [(one, heading_of(one)) for one in corrected_by(report)]


def _text_of(report):
    """Title, contents and sections in the page's language, else in the original one; no text for one of the archive."""
    if not report.content:
        return {"heading": "", "title": title_of(report), "sections": "", "contents": [], "lang": ""}
    trees = json.loads(report.content)["languages"]
    prefix = PREFIX_OF_LANGUAGE[get_language()]
    prefix = prefix if prefix in trees else PREFIX_OF_LANGUAGE[report.original_language]
    language = LANGUAGE_OF_PREFIX[prefix]
    return {
        "heading": trees[prefix].get("heading", ""),
        "title": trees[prefix]["title"],
        "contents": [(anchor(section), heading(section, prefix)) for section in trees[prefix]["sections"]],
        "sections": mark_safe(sections_html(trees[prefix], prefix)),  # every part of it is escaped or cleaned
        "lang": "" if language == get_language() else HTML_LANG[language],
    }


@public_file
def report_file(request, code, language, kind):
    """A stored file of a published report; 404 for what may not be seen. Nothing is made for the asking."""
    of_public = ReportFile.objects.filter(report__in=AnnualReport.objects.public(), report__code=code, kind=kind)
    if kind != "json":
        of_public = of_public.filter(language=LANGUAGE_OF_PREFIX.get(language))
    elif language not in LANGUAGE_OF_PREFIX:  # the data is one file, for all the languages
        of_public = of_public.none()
    file = of_public.select_related("report", "stored").defer("report__content").first()
    if file is None:
        raise Http404(_("No such file is public."))
    return stored_files.answer(request, file.stored, file.name)


@public_file
def covered_file(request, code, language):
    """The PDF behind a cover sheet that says what became of the report; 404 where it stands as it was published."""
    made = {"kind": Rendition.Kind.COVERED, "language": LANGUAGE_OF_PREFIX.get(language), "state": MADE}
    found = Rendition.objects.filter(report__in=AnnualReport.objects.public(), report__code=code, **made)
    cover = found.select_related("report", "stored").defer("report__content").first()
    if cover is None or not sentences(cover.report):
        raise Http404(_("No such file is public."))
    return stored_files.answer(request, cover.stored, f"iscg-report-{code}-{language}{COVERED}")


def covers_of(report):
    """Pairs of a language's name and the address of the PDF behind its cover sheet. One query."""
    if report.state == AnnualReport.State.PUBLISHED and not corrected_by(report):
        return []
    made = Rendition.objects.filter(report=report.pk, kind=Rendition.Kind.COVERED, state=MADE)
    for cover in made:
        cover.report = report
    return [(cover.get_language_display(), cover.url) for cover in made]


urlpatterns = [  # outside the language prefix: a file has the same address in every language
    path(f"reports/<slug:code>/<slug:language>{COVERED}", covered_file, name="covered-report-file"),
    path("reports/<slug:code>/<slug:language>.<slug:kind>", report_file, name="report-file"),
]


def public_reports(*, with_content=False):
    """The reports that anyone may read, newest first, with their files and what corrects them. Five queries.

    `publication` is the number of the step with which a report was published, which tells the earlier from the later;
    `withdrawn_at` and `withdrawn_because` say of one that was withdrawn when, and why, `withdrawn_in_language` in which
    language that is.
    """
    withdrawal = ReportStep.objects.filter(report=OuterRef("pk"), state=AnnualReport.State.WITHDRAWN)
    withdrawn = {"withdrawn_at": Subquery(withdrawal.values("at")[:1])}
    withdrawn["withdrawn_because"] = Coalesce(Subquery(withdrawal.values("public_reason")[:1]), Value(""))
    withdrawn["withdrawn_in_language"] = Subquery(withdrawal.values("public_language")[:1])
    found = with_corrections(AnnualReport.objects.public()).annotate(**withdrawn).prefetch_related("files__stored")
    found = found.defer("base__content") if with_content else found.defer("content", "base__content")
    return found.order_by("-period_to", "-code")


def with_corrections(reports):
    """The reports with what `corrected_by` asks of them. Two more queries."""
    steps = ReportStep.objects.filter(report=OuterRef("pk"), state=AnnualReport.State.PUBLISHED).order_by("-pk")
    publication = Coalesce(Subquery(steps.values("pk")[:1]), 0)
    lists = AnnualReport.objects.filter(state=AnnualReport.State.PUBLISHED).exclude(variant__in=WHOLE)
    lists = lists.defer("content").annotate(publication=publication).order_by("publication")
    corrected = [Prefetch(f"{path}variants", lists, to_attr="lists_of_corrections") for path in ("", "base__")]
    return reports.annotate(publication=publication).select_related("base").prefetch_related(*corrected)


def corrected_by(report):
    """The corrigenda and addenda published after it. For a report of `with_corrections`."""
    if not report.is_whole:
        return []
    return [one for one in (report.base or report).lists_of_corrections if one.publication > report.publication]


def withdrawn_on(report):
    """The day in Geneva on which it was withdrawn, or None. For a report of `public_reports`."""
    return report.withdrawn_at and report.withdrawn_at.astimezone(GENEVA).date()


PUBLISHED = ReportStep.objects.filter(state=AnnualReport.State.PUBLISHED)
LISTS = PUBLISHED.filter(report__state=AnnualReport.State.PUBLISHED).exclude(report__variant__in=WHOLE)
# In a query of reports: the step with which one was published, and whether a list of corrections was after it.
OWN = PUBLISHED.filter(report=OuterRef(OuterRef("pk"))).order_by("-pk").values("pk")[:1]
LATER = LISTS.filter(report__base=Coalesce(OuterRef("base_id"), OuterRef("pk")), pk__gt=Subquery(OWN))
IS_CORRECTED = Exists(LATER)


def newest_report(on):
    """The annual report that stands on the day with the last period, or None: its title, address and a file of each
    language, the PDF where there is one, and whether something corrects it. One query: a row for each file.

    A corrigendum or an addendum is no report of its own; an old one may have no date.
    """
    dated = Q(dated_on__lte=on) | Q(dated_on__isnull=True, period_to__lt=on)
    whole = Q(variant="") | Q(variant=AnnualReport.Variant.REVISION)
    of_a_year = {"kind": AnnualReport.Kind.ANNUAL, "state": AnnualReport.State.PUBLISHED}
    standing = AnnualReport.objects.filter(dated, whole, **of_a_year).order_by("-period_to", "-pk")
    rows = AnnualReport.objects.filter(pk__in=standing.values("pk")[:1]).annotate(is_corrected=IS_CORRECTED)
    columns = ("code", "period_from", "period_to", "is_corrected", "files__language", "files__kind")
    rows = list(rows.order_by(*columns[-2:]).values_list(*columns))
    if not rows:
        return None
    code, period_from, period_to, is_corrected, *_file = rows[0]
    of_language = {}
    for *_report, language, kind in rows:
        if kind in READ and (language not in of_language or kind == READ[0]):
            of_language[language] = kind
    report = AnnualReport(code=code, period_from=period_from, period_to=period_to)
    files = [link_of(code, language, kind) for language, kind in of_language.items()]
    said = {"title": title_of(report), "url": report.get_absolute_url(), "files": files}
    return said | {"is_corrected": is_corrected}


READ = ("pdf", "docx")  # the formats that are read, the first before the second


def link_of(code, language, kind) -> dict:
    """The address of a file of a report, with its language."""
    return {
        "url": f"/reports/{code}/{PREFIX_OF_LANGUAGE[language]}.{kind}",
        "hreflang": HTML_LANG[language],
        "language": dict(settings.LANGUAGES)[language],
    }


def file_links(report) -> Iterable[dict]:
    """The files of a report, each with its address, format, language, size and hash; the data is one for all."""
    seen = set()
    for file in sorted(report.files.all(), key=lambda file: file.language != report.original_language):
        if file.kind == "json" and file.stored_id in seen:
            continue
        seen.add(file.stored_id)
        yield link_of(report.code, file.language, file.kind) | {
            "kind": file.kind.upper(),
            "size": file.stored.size,
            "sha256": file.stored_id,
        }


def files_by_language(report, language):
    """Pairs of a language's name and its links (`file_links`), the page's language first, in it the PDF first."""
    order, named = ["PDF", "DOCX", "JSON"], {}
    for link in sorted(file_links(report), key=lambda link: (order.index(link["kind"]), link["hreflang"])):
        if link["kind"] == "JSON":
            named[2, _("the data, for all languages")] = [link]
            continue
        named.setdefault((link["hreflang"] != HTML_LANG[language], link["language"]), []).append(link)
    in_order = sorted(named, key=lambda each: (each[0], sort_key(each[1])))
    return [(name, named[others, name]) for others, name in in_order]


def reports_table(reports) -> Table:
    """One row a report, the newest first."""
    return Table(
        "reports",
        [
            Column(
                "code",
                _("Report"),
                _("the last part of the address of its page, as in 2025 or 2025-rev1"),
                sort=("code",),
            ),
            Column("number", _("Number"), _("the number of the document, where it has one")),
            Column("period_from", explanation=_("the day before the period: its events come after this day")),
            Column("first_day", explanation=_("the first day of the period")),
            Column("period_to", _("Period"), _("the last day of the period"), sort=("period_to",), kind="date"),
            Column("state", _("State"), _("published, superseded or withdrawn")),
            Column("dated_on", _("Date"), _("the date in the header"), sort=("dated_on",), kind="date"),
            Column("original_language", explanation=_("code of the language in which it was written")),
            Column("withdrawn_on", "", _("day on which it was withdrawn"), withdrawn_on),
            Column("withdrawn_because", explanation=_("why it was withdrawn")),
            *_columns_of_corrections_and_files(),
        ],
        reports,
        sort="-period_to",
    )


def _columns_of_corrections_and_files():
    return [
        Column(
            "belongs_to",
            "",
            _("code of the report that it revises, corrects or supplements"),
            lambda row: row.base and row.base.code,
        ),
        Column(
            "corrected_by",
            "",
            _("codes of the corrigenda and addenda that correct it"),
            lambda row: [one.code for one in corrected_by(row)],
        ),
        Column(
            "files",
            _("Files"),
            _("addresses of its files, one for each language and format"),
            lambda row: [file["url"] for file in file_links(row)],
        ),
        Column(
            "sha256",
            "",
            _("SHA-256 of each of these files, in the same order"),
            lambda row: [file["sha256"] for file in file_links(row)],
        ),
    ]
