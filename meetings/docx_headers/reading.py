"""Reading the header of a document in ISCG form from its DOCX, for the staff member to confirm.

The header is a table on the first page: number, date, original language, source, title, purpose, contact, place
and date of the meeting. The number may also stand in the head of the page. Read first is what the bookmarks of the
Union's templates name, then what has a label, then what the layout of the group's own papers says (`layout`). What
could not be read stays blank, and is named in `unread`.
"""

import datetime
import re
import zipfile
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError

from iscg_portal.files.apart import apart
from iscg_portal.files.checks import main_part
from iscg_portal.personal_addresses import is_role_mailbox, mailboxes_in, personal_in
from meetings import numbers
from meetings.docx_headers import layout, words
from meetings.docx_headers.word_text import header_parts, read_part
from meetings.models import Document

FIRST_ROWS = 25  # what has no label is looked for here alone: below it a number may be that of another document
ROWS_BELOW = 4  # of source and title, where no labelled row follows them
LONGEST_FACT = 160
READ = ("number", "meeting_code", "dated_on", "original_language", "submitted_by", "title", "purpose", "contact_role")


@dataclass
class Header:
    """What the header says; `unread` names the fields that it did not say or that made no sense.

    `number` is as the register prints it, `language` that of the number's letter. `meets_at` and `meets_on` are
    the place and the first day of the meeting: where they are read, the meeting was said. `type` is what the line of
    the source calls the document, if it does.
    """

    number: str = ""
    language: str = ""
    meeting_code: str = ""
    meets_at: str = ""
    meets_on: datetime.date | None = None
    dated_on: datetime.date | None = None
    original_language: str = ""
    submitted_by: str = ""
    type: str = ""
    title: str = ""
    purpose: str = ""
    contact_role: str = ""
    unread: list[str] = field(default_factory=lambda: list(READ))

    def as_facts(self):
        """As JSON keeps it."""
        days = {
            name: day and day.isoformat() for name, day in (("meets_on", self.meets_on), ("dated_on", self.dated_on))
        }
        return asdict(self) | days

    @classmethod
    def from_facts(cls, facts):
        """The header that `as_facts` gave."""
        days = {name: facts[name] and datetime.date.fromisoformat(facts[name]) for name in ("meets_on", "dated_on")}
        return cls(**(facts | days))


@apart
def read_header(file):
    """Read the `Header` of an open DOCX that `file_checks` accepted. A file without a header gives a blank one."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        part = _read(archive, main_part(archive)[1])
        body, heads = part.rows, [row for name in header_parts(archive) for row in _read(archive, name).rows]
    header = Header()
    _read_marked(header, part.marked)
    _read_labelled(header, [*body, *heads])
    for text in _texts([*body[:FIRST_ROWS], *heads]):
        _read_number(header, text)
        _read_meeting(header, text)
    _read_layout(header, body[: _end_of_head(body) + ROWS_BELOW], part.marked)
    days = set(_days_in([*body[: _end_of_head(body)], *heads]))
    if header.dated_on is None and len(days) == 1:
        header.dated_on = days.pop()
    header.unread = [name for name in READ if not getattr(header, name)]
    if header.meets_on and "meeting_code" in header.unread:
        header.unread.remove("meeting_code")
    file.seek(0)
    return header


def _read(archive, name):
    with archive.open(name) as part:
        return read_part(part)


def _texts(rows):
    """Each short paragraph, and each short cell as one text: only these hold numbers, dates and places."""
    for row in rows:
        for cell in row:
            texts = [*cell, " ".join(cell)] if len(cell) > 1 else cell
            yield from (text for text in texts if len(text) <= LONGEST_FACT)


def _end_of_head(body):
    """How many rows the head has: down to its last label, or its number, and the table and the date that follow."""
    rows = body[:FIRST_ROWS]
    labelled = [place for place, row in enumerate(rows) if _is_labelled(row)]
    numbered = [place for place, row in enumerate(rows) if any(_own_number(text) for text in _texts([row]))]
    end = max([-1, *labelled, *numbered[:1]]) + 1
    while end < len(rows) and (len(rows[end]) > 1 or words.day_alone(rows[end][0][0])):
        end += 1
    return end


def _is_label(row, text):
    return bool(_label_in(text, is_whole_cell=len(row) > 1)[0])


def _days_in(rows):
    """The days that stand alone, but those that words before a colon say to be something else."""
    before = ""
    for text in (text for row in rows for cell in row for text in cell):
        day = words.day_alone(text)
        if day and not _COLON.sub(":", before).endswith(":"):
            yield day
        before = text


# Fields with a bookmark, and those that the layout says

FIELD_OF_MARK = {"ddate": "dated_on", "dorlang": "original_language", "dsource": "submitted_by", "dtitle1": "title"}


def _read_marked(header, marked):
    for text in marked.get("dnum", ()):
        _read_number(header, text)
    for text in marked.get("dmeeting", ()):
        _read_meeting(header, text)
    for mark, name in FIELD_OF_MARK.items():
        texts = [_label_in(text, is_whole_cell=False)[1] or text for text in marked.get(mark, ())]
        if name == "submitted_by":
            _read_source(header, " ".join(texts))
        elif texts:
            setattr(header, name, _sense(name, " ".join(texts)))


def _read_source(header, text):
    header.type, source = layout.source_line(text) or ("", text)
    header.submitted_by = _sense("submitted_by", source)


def _read_layout(header, rows, marked):
    """Fill what is blank still, in a paper that has the group's number or one of its labelled lines."""
    if not (header.number or any(map(_is_labelled, rows))):
        return
    column = layout.own_column(rows, _own_number)
    if header.number:
        header.dated_on = header.dated_on or next(filter(None, map(words.day_alone, column)), None)
    header.original_language = header.original_language or layout.language_in(column)
    alone = [(place, row[0][0]) for place, row in enumerate(rows) if len(row) == 1]
    sources = [place for place, text in alone if layout.source_line(text) or text in marked.get("dsource", ())]
    if sources and not header.submitted_by:
        _read_source(header, rows[sources[0]][0][0])
    if not header.title:
        above = sources[:1] or [place for place, row in enumerate(rows) if len(row) > 1 and not _is_labelled(row)][-1:]
        title = layout.title_below(rows, above[0] + 1 if above else 0, _is_labelled, bool(sources))
        header.title = _sense("title", title)


def _is_labelled(row):
    return any(_is_label(row, text) for cell in row for text in cell)


# Fields with a label


def _read_labelled(header, rows):
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            for line, text in enumerate(cell):
                name, value = _label_in(text, is_whole_cell=len(cell) == 1 and column + 1 < len(row))
                if name and not getattr(header, name):
                    if name == "contact_role" and (contact := _contact_in_lines(row, column, line, value)):
                        header.contact_role = contact
                        continue
                    value = value or _value_after(rows, place, column, line, name)
                    setattr(header, name, _sense(name, value) or getattr(header, name))


_COLON = re.compile("[：﹕]")


def _label_in(text, is_whole_cell):
    """(field, the text behind its label). A label needs its colon, unless it fills a cell beside another one."""
    label, colon, value = _COLON.sub(":", text, count=1).partition(":")
    if colon or is_whole_cell:
        return words.field_of(label), value.strip()
    return None, ""


def _contact_in_lines(row, column, line, value):
    """The contact where it has several lines beside its label; "" where it has not, or nothing but personal data."""
    cells = [cell for cell in ([] if value else row[column + 1 :]) if cell and not _is_label(row, cell[0])]
    has_lines = any(len(cell) > 1 or len(cell[0].lines) > 1 for cell in cells)
    longest = Document._meta.get_field("contact_role").max_length
    return layout.contact_of(cells)[:longest] if has_lines and not row[column][line + 1 :] else ""


def _value_after(rows, place, column, line, name):
    """What stands below the label in its cell, else in the cells beside it, else in the next paragraph."""
    row = rows[place]
    below = row[column][line + 1 :]
    if below:
        return " ".join(_until_a_label(below))
    beside = [" ".join(_until_a_label(cell)) for cell in row[column + 1 :] if cell]
    if beside:
        return " ".join(beside) if name == "purpose" else beside[0]
    following = rows[place + 1] if len(row) == 1 and place + 1 < len(rows) else []
    return " ".join(_until_a_label(following[0])) if len(following) == 1 else ""


def _until_a_label(texts):
    for text in texts:
        if _label_in(text, is_whole_cell=False)[0]:
            return
        yield text


def _sense(name, value):
    """The value as the record keeps it; blank where it makes no sense or is personal."""
    if name == "dated_on":
        return words.read_day(value[:LONGEST_FACT])
    if name == "original_language":
        return words.read_language(value)
    if name == "purpose":
        return words.read_purpose(value)
    if name == "contact_role":
        return ", ".join(dict.fromkeys(box for box in mailboxes_in(value) if is_role_mailbox(box)))
    return "" if personal_in(value) else value[: Document._meta.get_field(name).max_length].strip()


# Number and meeting

_VARIANT = r"\s?\(\s?(?:Rev|Corr|Add)\.?\s?\d{1,3}\s?\)"
_NUMBER = (
    r"(?:(?:RAG|TSAG|TDAG)/)?(?:ISCG|ISCT|IST)(?:[-/]\d\d(?:-\d{1,2})?)?/\d{1,4}"
    rf"(?:{_VARIANT}){{0,4}}(?:\s?-\s?[ACEFRS]\b)?(?:{_VARIANT}){{0,4}}"
)
# “Revision 1 to Document ISCG/25-1/03-E”: what stands alone is the document's own number, not one that it cites.
_OWN_NUMBER = re.compile(
    r"(?:(?P<variant>[^\W\d_]{3,20})\s{1,9}(?P<count>\d{1,3})\s{1,9})?"
    r"(?:(?:[^\W\d_]{1,30}\s{1,9}){0,2}(?:doc|documento?|contribution|contribución|документа?|вклад|文件|الوثيقة)\.?:?\s{0,9})?"
    rf"(?P<number>{_NUMBER})\s{{0,9}}\.?",
    re.IGNORECASE,
)
_VARIANT_WORDS = {
    "Rev": ("rev", "rév", "пересмотр", "修订"),
    "Corr": ("corr", "исправл", "更正", "勘误"),
    "Add": ("add", "addend", "adenda", "дополн", "补遗"),
}


def _own_number(text):
    return _OWN_NUMBER.fullmatch(numbers.plain_hyphens(text))


def _read_number(header, text):
    found = None if header.number else _own_number(text)
    if not found:
        return
    try:
        printed = numbers.read_number(found["number"])
    except ValidationError:
        return
    variants = printed.variants or _named_variant(found["variant"], found["count"])
    if variants is None:
        return
    header.number = numbers.print_number(printed.bare, variants)
    header.language = numbers.LANGUAGE_OF_LETTER.get(printed.letter, "")
    of_meeting = numbers.meeting_and_serial(printed.bare)
    header.meeting_code = of_meeting[0] if of_meeting else ""


def _named_variant(word, count):
    """What is written before the number: nothing, or (("Rev", 1),); None where the word says something else."""
    if not word:
        return ()
    stems = ((variant, stem) for variant, stems in _VARIANT_WORDS.items() for stem in stems)
    named = next((variant for variant, stem in stems if word.lower().startswith(stem)), None)
    return ((named, int(count)),) if named and int(count) else None


def _read_meeting(header, text):
    found = None if header.meets_on else words.place_and_day(text)
    if found:
        header.meets_at, header.meets_on = found
