"""What stands in a block of a draft: from the record, written by hand, or nothing. One act, with the first lock."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.adminkit import opened as pages
from iscg_portal.files.stored import nothing_half_stored
from iscg_portal.history import save_with_reason
from iscg_portal.web.language_prefix import LANGUAGE_OF_PREFIX
from meetings.personal_addresses import no_personal_address
from reports.acts.annual_reports import require_state
from reports.generated_text import prefix_of
from reports.models import AnnualReport, ReportBlock
from reports.renditions.harmless import harmless_html

Mode = ReportBlock.Mode
_HOSTILE = re.compile(
    r"</?(?:script|style|iframe|object|embed|form|svg|img|link|meta|base)\b|javascript:", re.IGNORECASE
)


def version_of(block) -> str:
    """Names what the block is now, for `opened`."""
    return pages.version_of([_history(block)])


def saved_since(block, opened):
    """The sentence for who saved the block since, as a ValidationError; None if nobody did."""
    return pages.refusal([_history(block)], opened)


def write(block, mode, texts, *, shown, opened="", by=None, reason=""):
    """Say what stands in the block of a draft. `texts`: Markdown by address prefix of the language.

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
    """Refuse what no report may say. Errors: ValidationError."""
    if prefix not in LANGUAGE_OF_PREFIX:
        raise ValidationError(_("“%(language)s” is none of the six languages.") % {"language": prefix})
    harmless_html(text)  # its own sentence where the text is too long
    if _HOSTILE.search(text):
        raise ValidationError(
            _("There is HTML such as a script or a picture in the text (%(language)s): write it in Markdown without.")
            % {"language": prefix}
        )
    no_personal_address(text)
