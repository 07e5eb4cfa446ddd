"""What stands in a block of a draft: the text of the record, one written by hand, or nothing."""

import difflib
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.adminkit import history as pages
from iscg_portal.files.stored import nothing_half_stored
from iscg_portal.history import save_with_reason
from iscg_portal.languages import LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE
from iscg_portal.personal_addresses import no_personal_address
from reports.acts.annual_reports import require_state
from reports.composing import WITH_PARTS, generated, sections, whole_of
from reports.facts import gather
from reports.models import AnnualReport, ReportBlock
from reports.renditions.harmless import harmless_html, refusal_of_length
from reports.renditions.markdown import escaped, markdown_of

Mode = ReportBlock.Mode
_HOSTILE = re.compile(
    r"</?(?:script|style|iframe|object|embed|form|svg|img|link|meta|base)\b|javascript:", re.IGNORECASE
)


def block_of(report, key):
    """The block of a draft, new for a part and for an older draft; None where the report has no such block."""
    keys = {one for *_section, keys in sections(report) for one in keys}
    known = (whole_of(key) or key) in keys
    return report.blocks.filter(key=key).first() or (ReportBlock(report=report, key=key) if known else None)


def version_of(block) -> str:
    """The name of the block's present state, for `opened`."""
    return pages.version_of([_history(block)])


def meant_mode(block, chosen, texts, *, shown, opened):
    """The mode that the act means: who typed a text and left the choice as it was means that text (rule 20)."""
    before = _opened(block, opened)
    left_as_it_was = chosen == (before.mode if before else block.mode)
    typed = _typed(block, texts, before, shown)
    return Mode.EDITED if left_as_it_was and any(text.strip() for text in typed.values()) else chosen


def saved_since(block, opened, mode, texts, *, shown):
    """A ValidationError that names who meanwhile wrote the same language, or chose otherwise; None if nobody did."""
    before = _opened(block, opened)
    if before is None:
        return None
    first = prefix_of(block.report)
    then, now = ({first: shown} | state.texts for state in (before, block))
    typed = _typed(block, texts, before, shown)
    same = any(now.get(prefix, "") not in (then.get(prefix, ""), text) for prefix, text in typed.items())
    otherwise = block.mode not in (before.mode, mode)
    return pages.refusal([_history(block)], opened) if same or otherwise else None


def write(block, mode, texts, *, shown, opened="", by=None, reason=""):
    """Set what a block of a draft shows. `texts`: Markdown by address prefix of the language; each is saved for itself.

    `shown` is the generated text that the writer had before them: it is kept beside a hand edit, and never comes in
    its place. `opened` is what `version_of` gave then: a language that the writer left as it was stays as it is now,
    and whoever wrote the same one since is named, and nothing is saved. A hand edit that is left for the record stays
    in the block, and in its history. Errors: ValidationError.
    """
    with nothing_half_stored():
        require_state(block.report, [AnnualReport.State.DRAFT])
        now = ReportBlock.objects.select_related("report").filter(pk=block.pk).first() or block
        first = prefix_of(now.report)
        typed = _typed(now, texts, _opened(now, opened), shown)
        for prefix, text in typed.items():
            _check(now, prefix, text)
        if refused := saved_since(now, opened, mode, texts, shown=shown):
            raise refused
        kept = now.texts | typed
        if mode == Mode.EDITED:
            if first in typed or not typed:  # who only translates leaves the original to the record
                kept = {first: texts.get(first, "")} | kept
            if first in typed or not now.seen or not typed:
                now.seen = {first: shown}
        now.mode, now.texts = mode, {prefix: text for prefix, text in kept.items() if text.strip()}
        if mode == Mode.EDITED and not now.texts:
            raise ValidationError(_("Write the text in one language at least."))
        now.full_clean()
        save_with_reason(now, reason, by)
    return now


def _typed(block, texts, before, shown):
    """The texts that differ from what the page showed: what stood in the block then, else what the record says."""
    showed = {prefix_of(block.report): shown} | (before or block).texts
    return {prefix: text for prefix, text in texts.items() if text != showed.get(prefix, "")}


def _opened(block, opened):
    """The state of the block that the page showed, from its history; None for whoever had no page open."""
    number = opened.rpartition(":")[2]
    return _history(block).filter(history_id=number).first() if number.isascii() and number.isdigit() else None


def _history(block):
    return ReportBlock.history.filter(id=block.pk)


def length_problem(block, text):
    """The sentence for a text that is too long, with what to do where the block has parts; blank for any other."""
    too_long = refusal_of_length(text)
    if not too_long or block.key not in WITH_PARTS:
        return too_long
    return f"{too_long} {_('Write its parts instead: each of them has a page of its own.')}"


def _check(block, prefix, text):
    """ValidationError for what no report may contain."""
    if prefix not in LANGUAGE_OF_PREFIX:
        raise ValidationError(_("“%(language)s” is none of the six languages.") % {"language": prefix})
    if too_long := length_problem(block, text):
        raise ValidationError(too_long)
    harmless_html(text)
    if _HOSTILE.search(text):
        raise ValidationError(
            _("The text (%(language)s) has HTML such as a script or a picture: write it in Markdown without them.")
            % {"language": prefix}
        )
    no_personal_address(text)


def generated_texts(report, facts=None) -> dict[str, str]:
    """The Markdown of each block as the record gives it now, by key, in the report's original language."""
    with override(report.original_language):
        made = generated(report, facts or gather(report))
    return {key: as_markdown(block) for key, block in made.items()}


def texts_of_record(report, key, facts=None) -> dict[str, str]:
    """The Markdown of one block as the record gives it now, by the prefix of each of the six languages."""
    facts, found = facts or gather(report), {}
    for prefix, language in LANGUAGE_OF_PREFIX.items():
        with override(language):
            block = generated(report, facts, only=key).get(key)
            found[prefix] = as_markdown(block) if block else ""
    return found


def as_markdown(block) -> str:
    """The words of a generated block as Markdown."""
    if block["kind"] == "text":
        return markdown_of(block["html"])
    if block["kind"] == "picture":
        return f"{escaped(block['caption'])}\n\n{escaped(block['description'])}"
    if not block["rows"]:
        return escaped(block["empty"])
    rows = [block["columns"], ["---"] * len(block["columns"]), *block["rows"]]
    cells = (rows[1] if row is rows[1] else [escaped(" ".join(cell.split())) for cell in row] for row in rows)
    return "\n".join([f"### {escaped(block['caption'])}", "", *(f"| {' | '.join(row)} |" for row in cells)])


def prefix_of(report) -> str:
    """The key of the original language in `texts` and `seen`."""
    return PREFIX_OF_LANGUAGE[report.original_language]


def seen_by_writer(report, block) -> str:
    """The generated text that the writer of the block had before them."""
    return block.seen.get(prefix_of(report), "")


def moved(report, block, now) -> list[tuple[str, str]]:
    """The difference for a reader: ("gone" or "new", line) for what the record no longer says, and says now.

    Empty for a block that nobody edited, and while the record says what it said.
    """
    before = seen_by_writer(report, block)
    if block.mode != block.Mode.EDITED or before == now:
        return []
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), n=0, lineterm="")
    kinds = {"-": "gone", "+": "new"}
    kept = [line for line in list(lines)[2:] if line[0] in kinds]
    return [(kinds[line[0]], line[1:]) for line in kept if line[1:].strip(" |-")]
