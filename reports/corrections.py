"""How corrections are printed: in a report, at the head of a revision, and as a corrigendum or an addendum."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.history import print_public
from iscg_portal.languages import language_in_words, with_colon
from reports.models import AnnualReport, ReportBlock
from reports.renditions.blocks import table_block, text_block
from reports.renditions.words import isolated

Variant = AnnualReport.Variant


def heading_of(report):
    """“Corrigendum 1”, in the active language; blank for a report that is none."""
    words = {
        Variant.REVISION: _("Revision %(number)d"),
        Variant.CORRIGENDUM: _("Corrigendum %(number)d"),
        Variant.ADDENDUM: _("Addendum %(number)d"),
    }
    return words[report.variant] % {"number": report.variant_number} if report.variant else ""


def title_of_list(title):
    """The title of a list of corrections to a report with this title."""
    return _("Corrections to: %(title)s") % {"title": title}


def sections_of_list():
    """The sections of a corrigendum or an addendum, as those of a report."""
    return [
        ("why", "1", _("Why this is published"), False, ["why"]),
        ("corrections", "2", _("Corrections"), False, ["corrections"]),
    ]


def why_by_itself():
    """Why a list of corrections is published, until somebody writes it by hand."""
    return _("The record of the ISCG was corrected after the report was published; the report itself stays as it is.")


def makers_of_list(facts):
    """What makes each of its blocks, as of those of a report."""
    caption, empty = _("What stood and what should stand"), _("The report agrees with the record.")
    return {
        "why": lambda: text_block("why", why_by_itself()),
        "corrections": lambda: corrections_table("corrections", caption, facts.corrections, empty),
    }


def corrections_table(key, caption, corrections, empty="", more=()):
    """What each report said, what is known now, and why; `more` are further rows."""
    rows = [_row(correction) for correction in corrections]
    columns = [_("Report"), _("The report said"), _("Now known"), _("Why")]
    return table_block(key, caption, columns, [*rows, *more], empty)


def _row(correction):
    nothing, not_so = _("Nothing of this."), _("This is not so.")
    said = correction.said.sentence if correction.said else not_so if correction.is_denied else nothing
    known = correction.known.sentence if correction.known else not_so
    return [correction.report, said, known, reason_in_words(correction.why)]


def reason_in_words(public):
    """A reason for the public as it was written, with the name of its language where that is not the text's."""
    said = print_public(public, getattr(public, "language", ""))
    if not said.lang:
        return str(said)
    text = isolated(str(said), get_language())
    return _("%(text)s (in %(language)s)") % {"text": text, "language": language_in_words(said.lang.lower())}


def changed_blocks(report, names, lang):
    """Rows for the blocks of a revision that were written by hand and are not as in the text before."""
    before = {block.key: block for block in text_before(report).blocks.all()} if report.base_id else {}
    for block in report.blocks.all():
        old, new = _written(before.get(block.key), lang), _written(block, lang)
        if (block.key in before or "/" in block.key) and old != new:  # a part has a row once it is written
            yield report.base.code, with_colon(names.get(block.key, block.key), old), new, ""


def text_before(revision):
    """The report that a revision replaces: the last revision before it that stands, or the report itself."""
    older = revision.base.variants.filter(variant=Variant.REVISION, pk__lt=revision.pk)
    standing = older.filter(state__in=[AnnualReport.State.PUBLISHED, AnnualReport.State.SUPERSEDED])
    return standing.defer("content").order_by("-pk").first() or revision.base


def _written(block, lang):
    """What stands in it, for a cell."""
    if block is None or block.mode == ReportBlock.Mode.LIVE:
        return _("as the record has it")
    if block.mode == ReportBlock.Mode.LEFT_OUT:
        return _("left out")
    return block.texts.get(lang) or next(iter(block.texts.values()), "")
