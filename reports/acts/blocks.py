"""What stands in a block of a draft: the text of the record, one written by hand, or nothing."""

import difflib
import html
import re

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.adminkit import history as pages
from iscg_portal.files.stored import nothing_half_stored
from iscg_portal.history import save_with_reason
from iscg_portal.languages import LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE
from meetings.personal_addresses import no_personal_address
from reports.acts.annual_reports import require_state
from reports.composing import generated
from reports.facts import gather
from reports.models import AnnualReport, ReportBlock
from reports.renditions.harmless import harmless_html

Mode = ReportBlock.Mode
_HOSTILE = re.compile(
    r"</?(?:script|style|iframe|object|embed|form|svg|img|link|meta|base)\b|javascript:", re.IGNORECASE
)
_MARKS = re.compile(r"([\\|*\[\]`])")


def version_of(block) -> str:
    """The name of the block's present state, for `opened`."""
    return pages.version_of([_history(block)])


def saved_since(block, opened):
    """A ValidationError that names who has saved the block since; None if nobody has."""
    return pages.refusal([_history(block)], opened)


def write(block, mode, texts, *, shown, opened="", by=None, reason=""):
    """Set what a block of a draft shows. `texts`: Markdown by address prefix of the language.

    `shown` is the generated text that the writer had before them: it is kept beside a hand edit, and never comes in
    its place. `opened` is what `version_of` gave then; whoever saved since is named, and nothing is saved. A hand
    edit that is left for the record stays in the block, and in its history. Errors: ValidationError.
    """
    texts = {prefix: text for prefix, text in texts.items() if text.strip()}
    for prefix, text in texts.items():
        _check(prefix, text)
    if mode == Mode.EDITED and not texts.get(prefix_of(block.report)):
        raise ValidationError(_("Write the text in the report’s original language at least."))
    with nothing_half_stored():
        require_state(block.report, [AnnualReport.State.DRAFT])
        if refused := saved_since(block, opened):
            raise refused
        now = ReportBlock.objects.get(pk=block.pk)
        now.mode, now.texts = mode, texts
        if mode == Mode.EDITED:
            now.seen = {prefix_of(block.report): shown}
        now.full_clean()
        save_with_reason(now, reason, by)
    return now


def _history(block):
    return ReportBlock.history.filter(id=block.pk)


def _check(prefix, text):
    """ValidationError for what no report may contain."""
    if prefix not in LANGUAGE_OF_PREFIX:
        raise ValidationError(_("“%(language)s” is none of the six languages.") % {"language": prefix})
    harmless_html(text)  # its own sentence where the text is too long
    if _HOSTILE.search(text):
        raise ValidationError(
            _("The text (%(language)s) has HTML such as a script or a picture: write it in Markdown without them.")
            % {"language": prefix}
        )
    no_personal_address(text)


def generated_texts(report) -> dict[str, str]:
    """The Markdown of each block as the record gives it now, by key, in the report's original language."""
    with override(report.original_language):
        made = generated(report, gather(report))
    return {key: as_markdown(block) for key, block in made.items()}


def as_markdown(block) -> str:
    """The words of a generated block as Markdown."""
    if block["kind"] == "text":
        return _escaped(html.unescape(strip_tags(block["html"])).strip())
    if block["kind"] == "picture":
        return f"{_escaped(block['caption'])}\n\n{_escaped(block['description'])}"
    if not block["rows"]:
        return _escaped(block["empty"])
    rows = [block["columns"], ["---"] * len(block["columns"]), *block["rows"]]
    escaped = (rows[1] if row is rows[1] else [_escaped(" ".join(cell.split())) for cell in row] for row in rows)
    return "\n".join([f"### {_escaped(block['caption'])}", "", *(f"| {' | '.join(row)} |" for row in escaped)])


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
    told = [line for line in list(lines)[2:] if line[0] in kinds]
    return [(kinds[line[0]], line[1:]) for line in told if line[1:].strip(" |-")]


def _escaped(text):
    return _MARKS.sub(r"\\\1", text)
