"""Files for translators, one language each: out as XLSX or PO, and back as the same rows of cells."""

import io
from dataclasses import dataclass

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation import gettext as _

from iscg_portal.files.apart import TooMuch, apart
from iscg_portal.importing.formats import read_file
from iscg_portal.importing.sheet import FILE_BYTES, ROWS, FileRefused, Sheet, SheetRow, checked_cell
from iscg_portal.importing.xlsx_files import write_xlsx
from iscg_portal.languages import HTML_LANG, PREFIX_OF_LANGUAGE
from iscg_portal.tables import guarded
from iscg_portal.text_origins import mark_of, original_column
from secretariat.texts.parity import Texts, TextState

COLUMNS = ("key", "language", "record", "original", "text", "origin", "source", "looked_at")
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "po": "text/x-gettext-translation; charset=utf-8",
}


@dataclass(frozen=True)
class TranslatorLine:
    """One text of a file: its key, what it belongs to, the original, the translation with its mark, and its state."""

    key: str
    record: str
    original: str
    text: str
    origin: str
    source: str
    state: TextState


def key_of(kind, record):
    """What finds the text again: “subjects.subject.title/12”."""
    return f"{kind.name}/{record.pk}"


def lines_of(kinds, language, states=tuple(TextState)):
    """The `TranslatorLine`s of a language in these states; a text in its original language is no translation."""
    for kind in kinds:
        texts = Texts(kind.model)
        for record in texts.records:
            column, original = kind.column(language), original_column(record, kind.field)
            state = texts.state_of(record, kind.field, language)
            if column != original and state in states and getattr(record, original):
                noted = mark_of(record, column)
                said = (getattr(record, original), getattr(record, column) or "")
                marks = (noted.get("origin", ""), noted.get("source", ""))
                yield TranslatorLine(key_of(kind, record), str(record), *said, *marks, state)


def write_table(lines, language):
    """The bytes of an XLSX file."""
    prefix = PREFIX_OF_LANGUAGE[language]
    rows = [[one.key, prefix, one.record, one.original, one.text, one.origin, one.source, ""] for one in lines]
    return write_xlsx([list(COLUMNS), *([guarded(cell) for cell in row] for row in rows)], prefix, _explanations())


def write_catalogue(lines, language):
    """The bytes of a PO file; a text that is older than its original is fuzzy."""
    catalogue = Catalog(locale=HTML_LANG[language].replace("-", "_"), project="ISCG", charset="utf-8")
    for one in lines:
        marks = [f"{name}: {said}" for name, said in (("origin", one.origin), ("source", one.source)) if said]
        flags = ("fuzzy",) if one.state == TextState.OLDER else ()
        told = {"auto_comments": [one.record], "user_comments": marks, "flags": flags, "context": one.key}
        catalogue.add(one.original, one.text, **told)
    content = io.BytesIO()
    write_po(content, catalogue, width=0)
    return content.getvalue()


WRITERS = {"xlsx": write_table, "po": write_catalogue}


def _explanations():
    yield [_("Column"), _("What it holds")]
    yield ["key", _("Finds the text again; leave it as it is.")]
    yield ["language", _("The language of the translation.")]
    yield ["record", _("For reading.")]
    yield ["original", _("What is translated. A row whose original was changed since is refused.")]
    yield ["text", _("The translation. An empty cell leaves what is on record.")]
    yield ["origin", _("official, or ours; empty: ours.")]
    yield ["source", _("Of an official text: where it stands.")]
    yield ["looked_at", _("yes: the translation was compared with the original as it stands, and is right.")]


def read(content) -> Sheet:
    """The rows of an XLSX, CSV or PO file under `COLUMNS`. Errors: FileRefused."""
    if len(content) > FILE_BYTES or not _is_catalogue(content):
        return read_file(content)
    try:
        return _read_catalogue(content)
    except TooMuch as refusal:
        raise FileRefused(refusal.messages) from None


def _is_catalogue(content):
    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith((b"#", b"msgid ", b"msgctxt ")) and b"msgid " in start


@apart
def _read_catalogue(content):
    try:
        catalogue = read_po(io.BytesIO(content), charset="utf-8", abort_invalid=True)
        language = PREFIX_OF_LANGUAGE.get(_language_of(catalogue), "")
    except (PoFileError, ValueError, LookupError):
        raise FileRefused(_("The file cannot be read as a PO catalogue in UTF-8.")) from None
    if not language:
        raise FileRefused(_("The head of the PO file does not name one of the six languages (“Language: fr”)."))
    rows = [SheetRow(one.lineno or 0, _cells(one, language)) for one in catalogue if one.id]
    if len(rows) > ROWS:
        raise FileRefused(_("The file has more than %(count)d rows; split it.") % {"count": ROWS})
    return Sheet(list(COLUMNS), rows)


def _language_of(catalogue):
    named = (catalogue.locale_identifier or "").replace("_", "-").casefold()
    return next((code for code, html in HTML_LANG.items() if html.casefold() == named or code == named), "")


def _cells(message, language):
    """A plural or several texts are no text of the record: then the key alone is kept, and refused."""
    marks = dict(comment.split(": ", 1) for comment in message.user_comments if ": " in comment)
    whole = isinstance(message.id, str) and isinstance(message.string, str)
    original, text = (message.id, message.string) if whole else ("", "")
    looked_at = "yes" if text and marks.get("origin") and not message.fuzzy else ""
    cells = [message.context or "", language, "", original, "" if message.fuzzy else text]
    cells += [marks.get("origin", ""), marks.get("source", ""), looked_at]
    return tuple(checked_cell(cell) for cell in cells)
