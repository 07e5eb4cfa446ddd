"""A translators' file judged row by row, and written as one act (rule 11)."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.importing.columns import as_cell
from iscg_portal.importing.mangled import unmarked
from iscg_portal.importing.preview import CHANGED, REFUSED, UNCHANGED, CellChange, Preview, PreviewRow, Problem, digest
from iscg_portal.importing.rows import ChangedMeanwhile, RowsRefused
from iscg_portal.importing.sheet import BadCell, FileRefused, address
from iscg_portal.languages import LANGUAGE_OF_PREFIX
from iscg_portal.tenure.joint_validation import save_together
from iscg_portal.tenure.models import Period
from iscg_portal.text_origins import Origin, digest_of, mark, mark_of, original_column
from secretariat.texts.files import COLUMNS
from secretariat.texts.parity import kinds_for

MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:#\d{1,7}|[a-zA-Z]{2,8});")
MOST_CHANGES = 500  # what a request can write
YES = {"yes": True, "": False}


class RowRefused(ValueError):
    """A row that cannot stand: the column ("" for the row), and a sentence."""

    def __init__(self, column, sentence):
        self.column, self.sentence = column, sentence
        super().__init__(sentence)


@dataclass
class _Row:
    """One row, what it is about, and what would become of it."""

    number: int
    cells: dict
    record: object = None
    column: str = ""
    changes: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    def refuse(self, column, sentence):
        self.problems.append((column, sentence))

    def given(self, name):
        """The cell as text. Errors: RowRefused where it cannot be read."""
        cell = self.cells.get(name, "")
        if isinstance(cell, BadCell):
            raise RowRefused(name, cell.reason)
        return unmarked(str(cell)).strip()


class _Judging:
    """One file, judged for one account. `records` are those concerned, as they would stand."""

    def __init__(self, sheet, account):
        self.places = _places(sheet)
        self.kinds, self.records, self.keys = kinds_for(account, "import"), {}, {}
        self.rows = [
            _Row(one.number, {name: one.cells[place] for name, place in self.places.items()}) for one in sheet.rows
        ]
        for row in self.rows:
            try:
                self._judge(row)
            except RowRefused as refused:
                row.refuse(refused.column, refused.sentence)
        self._judge_records()

    def _judge(self, row):
        kind, record = self._find(row)
        language = LANGUAGE_OF_PREFIX.get(row.given("language"))
        if language is None:
            raise RowRefused("language", _("Write one of ar, en, es, fr, ru, zh."))
        row.record, row.column = record, kind.column(language)
        if first := self.keys.setdefault((record.pk, kind.name, language), row.number) - row.number:
            both = {"one": row.number + first, "other": row.number}
            raise RowRefused("key", _("Rows %(one)d and %(other)d are about the same text.") % both)
        original = getattr(record, original_column(record, kind.field)) or ""
        if row.column == original_column(record, kind.field):
            raise RowRefused("language", _("The original is in this language; change it on the page of the record."))
        if row.given("original") != as_cell(original):
            sentence = _("The original has changed since the file was made: it now reads “%(text)s”. Take a new file.")
            raise RowRefused("original", sentence % {"text": original[:200]})
        if text := row.given("text"):  # an empty cell leaves what is on record
            self._take(row, text, original)

    def _find(self, row):
        name, _slash, pk = row.given("key").partition("/")
        kind = self.kinds.get(name)
        if kind is None or not pk:
            raise RowRefused("key", _("There is no text with this key that you may change."))
        if (kind.model, pk) not in self.records:
            try:
                self.records[kind.model, pk] = kind.model._default_manager.filter(pk=pk).first()
            except (ValueError, ValidationError):
                self.records[kind.model, pk] = None
        record = self.records[kind.model, pk]
        if record is None:
            raise RowRefused("key", _("The record of this text is not there any more."))
        return kind, record

    def _take(self, row, text, original):
        """Put the text and its mark into the record, where they differ from what stands."""
        if MARKUP.search(text) and not MARKUP.search(original):
            raise RowRefused("text", _("A text holds no markup such as <b> or &amp;. Write the signs themselves."))
        record, column, noted = row.record, row.column, mark_of(row.record, row.column)
        stood = getattr(record, column) or ""
        text = record._meta.get_field(column).to_python(text)
        is_new = as_cell(stood) != as_cell(text)
        origin, source = _origin(row, "" if is_new else noted.get("origin", ""), noted.get("source", ""), is_new)
        is_older = bool(noted) and noted["original"] != digest_of(original)
        looks_again = _yes(row) and not is_new and (is_older or not noted)
        if is_new:
            row.changes.append(CellChange("text", stood, text))
            setattr(record, column, text)
        if origin and (is_new or looks_again or (origin, source) != (noted.get("origin"), noted.get("source"))):
            mark(record, column, origin, source)
            row.changes.append(CellChange("origin", noted.get("origin", ""), origin))
            if source != noted.get("source", ""):
                row.changes.append(CellChange("source", noted.get("source", ""), source))

    def _judge_records(self):
        """The models' own rules, of each record that would change."""
        self.changed = list({id(row.record): row.record for row in self.rows if row.changes}.values())
        if len(self.changed) > MOST_CHANGES:
            raise FileRefused(_("The file changes more than %(count)d records; split it.") % {"count": MOST_CHANGES})
        for record in self.changed:
            try:
                record.full_clean()
            except ValidationError as error:
                for row in (row for row in self.rows if row.record is record and row.changes):
                    row.refuse("text", " ".join(error.messages))

    def preview(self):
        """What the file would do, row by row."""
        rows = [self._preview_row(row) for row in self.rows]
        marks = [
            [
                row.cells.get("key") and str(row.cells["key"]),
                row.number,
                [[c.column, c.old, c.new] for c in row.changes],
            ]
            for row in self.rows
        ]
        return Preview(rows, digest([marks, [row.problems for row in self.rows]]))

    def _preview_row(self, row):
        problems = [
            Problem(address(self.places[column], row.number) if column in self.places else "", column, sentence)
            for column, sentence in row.problems
        ]
        verdict = REFUSED if problems else CHANGED if row.changes else UNCHANGED
        label = str(row.record) if row.record is not None else str(row.cells.get("key", ""))[:80]
        return PreviewRow(row.number, verdict, label, "", [] if problems else row.changes, problems)


def _places(sheet):
    places = {name: index for index, name in enumerate(sheet.headers) if name in COLUMNS}
    needed = [name for name in ("key", "language", "original", "text") if name not in places]
    unknown = [name for name in sheet.headers if name not in COLUMNS]
    problems = [_("The column “%(name)s” is missing.") % {"name": name} for name in needed]
    problems += [_("“%(header)s” is not a column of a file of texts.") % {"header": name[:60]} for name in unknown]
    if problems:
        raise FileRefused(problems)
    return places


def _origin(row, stands, source, is_new):
    """(origin, source) as the row gives them; what it leaves out stands, and a new text is ours."""
    origin = row.given("origin") or stands or (Origin.OURS if is_new else "")
    if _yes(row) and not origin:
        raise RowRefused("origin", _("Write “official” or “ours”."))
    if origin and origin not in Origin.values:
        raise RowRefused("origin", _("Write “official” or “ours”."))
    source = row.given("source") or ("" if is_new else source)
    if origin == Origin.OFFICIAL and not source:
        raise RowRefused("source", _("Say where the official text stands."))
    return str(origin), source


def _yes(row):
    if row.given("looked_at") not in YES:
        raise RowRefused("looked_at", _("Write “yes”, or leave the cell empty."))
    return YES[row.given("looked_at")]


def judge(sheet, account) -> Preview:
    """What the file would do; nothing is written. Errors: FileRefused."""
    return _Judging(sheet, account).preview()


@transaction.atomic
def write(sheet, *, by, reason, state) -> Preview:
    """Write the file, all or nothing. `state` is that of the preview that was confirmed.

    Errors: FileRefused, RowsRefused, ChangedMeanwhile, ValidationError; then nothing is written.
    """
    record_version.bump()  # the first lock of every writer
    judging = _Judging(sheet, by)
    preview = judging.preview()
    if preview.state != state:
        raise ChangedMeanwhile(preview)
    if not preview.is_accepted:
        raise RowsRefused(preview)
    for record in judging.changed:
        if isinstance(record, Period):
            save_together([record], reason=reason, by=by)
        else:
            save_with_reason(record, reason, by)
    return preview
