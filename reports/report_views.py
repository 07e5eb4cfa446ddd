"""Public pages of the annual reports, and their files."""

import json

from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.files import stored as stored_files
from iscg_portal.tables import file_of, shown
from iscg_portal.web.language_prefix import HTML_LANG, LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE
from iscg_portal.web.public_page import public_file, public_page
from reports.composing import title_of
from reports.models import AnnualReport
from reports.renditions.page import anchor, sections_html
from reports.renditions.words import heading
from reports.report_rows import file_at, files_by_language, public_reports, reports_table


@public_page
def report_list(request, format=None):
    """The annual reports, newest first (clause F3), or the same as a file."""
    described = reports_table(public_reports())
    if format:
        return file_of(request, described, format)
    table = shown(request, described)
    rows = [(report, files_by_language(report, get_language())) for report in table.rows]
    return render(request, "reports/report_list.html", {"table": table, "rows": rows})


@public_page
def report_detail(request, code):
    """One report as it was frozen, in the page's language where it was written in it, with its files."""
    report = public_reports().defer(None).filter(code=code).first()
    if report is None:
        raise Http404(_("No report with this code was published."))
    standing = (AnnualReport.State.PUBLISHED, AnnualReport.State.SUPERSEDED)
    variants = AnnualReport.objects.filter(base_id=report.base_id or report.pk, state__in=standing)
    context = {
        "report": report,
        "files": files_by_language(report, get_language()),
        "waits": bool(report.content) and not any(file.kind == "pdf" for file in report.files.all()),
        "variants": variants.exclude(pk=report.pk).defer("content").order_by("pk"),
        "last_step": report.steps.last(),
        **_text_of(report),
    }
    return render(request, "reports/report_detail.html", context)


def _text_of(report):
    """Title, contents and sections in the page's language, else in the original one; no text for one of the archive."""
    if not report.content:
        return {"title": title_of(report), "sections": "", "contents": [], "lang": ""}
    trees = json.loads(report.content)["languages"]
    prefix = PREFIX_OF_LANGUAGE[get_language()]
    prefix = prefix if prefix in trees else PREFIX_OF_LANGUAGE[report.original_language]
    language = LANGUAGE_OF_PREFIX[prefix]
    return {
        "title": trees[prefix]["title"],
        "contents": [(anchor(section), heading(section, prefix)) for section in trees[prefix]["sections"]],
        "sections": mark_safe(sections_html(trees[prefix], prefix)),  # every part of it is escaped or cleaned
        "lang": "" if language == get_language() else HTML_LANG[language],
    }


@public_file
def report_file(request, code, language, kind):
    """A stored file of a published report; 404 for what may not be seen. Nothing is made for the asking."""
    file = file_at(code, language, kind)
    if file is None:
        raise Http404(_("No such file is public."))
    return stored_files.answer(request, file.stored, file.name)
