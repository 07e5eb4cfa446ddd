"""A cover sheet before the frozen PDF of a report that was withdrawn, superseded or corrected.

The frozen file stays as it is, at its own address. Whoever downloads the report anew as one file gets the sheet that
says what became of it, and behind it the pages as they were published.
"""

import re
from functools import partial

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.files.stored import opened
from iscg_portal.history import print_public
from iscg_portal.languages import HTML_LANG, direction_of_language
from iscg_portal.mail.outbox import absolute_url
from iscg_portal.tenure.dates import GENEVA, print_date
from reports.composing import title_of
from reports.corrections import heading_of
from reports.models import AnnualReport, Rendition, ReportFile
from reports.models.annual_reports import WHOLE
from reports.prose.sentences import linked, said
from reports.renditions import RenditionError
from reports.renditions.pdf import before, say_languages

State = AnnualReport.State
STYLE = "@page { size: A4; margin: 30mm } body { font: 12pt/1.5 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK SC' }"

_LINK = re.compile(r"</?a\b[^<>]*>")


def ask_for_covers(report):
    """Let a cover be made, or made anew, for each PDF of the report and of its revisions that something corrects.

    Within the act that withdraws, supersedes or corrects it.
    """
    base = report.base_id or report.pk
    for one in AnnualReport.objects.filter(pk=base) | AnnualReport.objects.filter(base=base):
        if not sentences(one):
            continue
        for file in ReportFile.objects.filter(report=one, kind="pdf"):
            cover = {"report": one, "language": file.language, "kind": Rendition.Kind.COVERED}
            again = {"state": Rendition.State.TO_MAKE, "error": "", "progress": 0}
            Rendition.objects.update_or_create(**cover, defaults=again)


def maker_of_cover(rendition):
    """What makes the cover sheet in the language of the rendition, before the frozen PDF; it reads no database.

    Errors: RenditionError, when it is asked for and when it is called.
    """
    report = rendition.report
    file = ReportFile.objects.filter(report=report, language=rendition.language, kind="pdf").first()
    if file is None:
        raise RenditionError(_("The report has no PDF in this language, before which a cover could stand."))
    try:
        with opened(file.stored) as frozen:
            return partial(covered_pdf, _sheet(report, file), frozen.read(), title_of(report))
    except OSError as error:
        raise _unreadable(error) from error


def covered_pdf(sheet, frozen, title, tell=lambda percent: None) -> bytes:
    """The sheet, as HTML, before the pages of the frozen PDF. Errors: RenditionError."""
    from pypdf.errors import PyPdfError

    try:
        from weasyprint import CSS, HTML  # loads Pango, which only the making of reports needs
    except OSError as error:
        raise RenditionError(_("The PDF cannot be made: the system library Pango is missing.")) from error
    say_languages()
    cover = HTML(string=sheet).write_pdf(stylesheets=[CSS(string=STYLE)], pdf_variant="pdf/ua-1")
    tell(50)
    try:
        return before(cover, frozen, title)
    except PyPdfError as error:
        raise _unreadable(error) from error


def _unreadable(error):
    return RenditionError(_("The frozen PDF cannot be read: %(why)s") % {"why": error})


def _sheet(report, file):
    lang = HTML_LANG[get_language()]
    became = format_html_join("", "<p><strong>{}</strong></p>", ((_without_links(one),) for one in sentences(report)))
    behind = _("The pages behind this sheet are those that were published, unchanged. SHA-256 of that file:")
    return format_html(
        '<html lang="{}" dir="{}"><head><title>{}</title></head><body><h1>{}</h1>{}<p>{}</p><p>{}</p>'
        '<p dir="ltr"><small>{}</small></p></body></html>',
        lang,
        direction_of_language(lang),
        title_of(report),
        title_of(report),
        became,
        absolute_url(report.get_absolute_url()),
        behind,
        file.stored_id,
    )


def _without_links(html):
    """On paper the address stands in words; a link would want a place in the tags of the whole file."""
    return mark_safe(_LINK.sub("", html))


def sentences(report) -> list[str]:
    """What became of the published report, as HTML in the active language; none where it stands as it is."""
    written = []
    if report.state == State.WITHDRAWN:
        step = report.steps.filter(state=State.WITHDRAWN).order_by("-pk").first()
        why = {"day": print_date(step.at.astimezone(GENEVA).date())}
        why["reason"] = print_public(step.public_reason, step.public_language)
        written.append(said(_("This report was withdrawn on %(day)s: %(reason)s"), **why))
    if report.state == State.SUPERSEDED:
        written.append(_superseded(report))
    if report.is_public and report.is_whole:
        written += [
            said(_("It was changed by %(heading)s: %(address)s"), **_named(one)) for one in _later_lists(report)
        ]
    return written


def standing_revision(report):
    """The revision that takes the place of a superseded report; None once it was withdrawn."""
    revisions = AnnualReport.objects.filter(base=report.base_id or report.pk, variant=AnnualReport.Variant.REVISION)
    return revisions.filter(state=State.PUBLISHED).defer("content").order_by("-pk").first()


def _superseded(report):
    newest = standing_revision(report)
    if newest is None:
        return _("This report was superseded by a revision, which was withdrawn since.")
    return said(_("This report was superseded. %(heading)s takes its place: %(address)s"), **_named(newest))


def _later_lists(report):
    """The corrigenda and addenda that were published after it."""
    published = report.steps.filter(state=State.PUBLISHED).order_by("-pk").first()
    lists = AnnualReport.objects.filter(base=report.base_id or report.pk, state=State.PUBLISHED)
    after = {"steps__state": State.PUBLISHED, "steps__pk__gt": published.pk if published else 0}
    return lists.exclude(variant__in=WHOLE).filter(**after).defer("content").distinct().order_by("pk")


def _named(one):
    address = one.get_absolute_url()
    return {"heading": heading_of(one), "address": linked(absolute_url(address), address)}
