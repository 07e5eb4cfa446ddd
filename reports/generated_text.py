"""A generated block as Markdown: what a writer begins with, and what tells whether the record has moved since."""

import difflib
import html
import re

from django.utils.html import strip_tags
from django.utils.translation import override

from iscg_portal.web.language_prefix import PREFIX_OF_LANGUAGE
from reports.composing import generated
from reports.facts import gather

_MARKS = re.compile(r"([\\|*\[\]`])")


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
    """Under which key of `texts` and `seen` the original language stands."""
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
