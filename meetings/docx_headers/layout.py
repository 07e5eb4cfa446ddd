"""What the layout of the group's own papers says where no label says it.

Place and date of the meeting stand above; then number, date and language in a column of their own; then the source as
a line of its own, the title, and the lines “Purpose:” and “Contact:”, the latter with a name, an office, a country and
an address.
"""

import re

from iscg_portal.personal_addresses import is_role_mailbox, mailboxes_in, personal_in
from meetings.docx_headers import words
from meetings.models import Document

LONGEST_LINE = 60  # of the column of the number
MOST_ROWS_OF_TITLE = 3

_ARTICLES = (
    "by the,by,from the,from,of the,of,submitted by the,submitted by,par le,par la,par l',par,du,de la,de l',des,"
    "de los,de las,del,d',de,presentada por el,presentada por la,presentada por,por el,por la,por,от,مقدمة من,من"
)
_BEHIND = "|".join(sorted((article.replace(" ", r"\s") for article in _ARTICLES.split(",")), key=len, reverse=True))
_BY = rf"\s(?:(?:{_BEHIND})(?:\s|(?<=')))"
# “Contribution by the Chair of the ISCG”: what comes behind is the source. Russian has it in the genitive alone.
_SOURCE_LINES = {
    Document.Type.CONTRIBUTION: (
        rf"(?:contribution|contribución){_BY}(?P<source>.+)",
        r"вклад\s(?:от\s)?(?P<source>.+)",
        r"^(?P<source>.+?)(?:提交)?的(?:文稿|提案文稿)",
        rf"مساهمة{_BY}(?P<source>.+)",
    ),
    Document.Type.REPORT: (
        rf"(?:report|rapport|informe){_BY}(?P<source>.+)",
        r"отчет\s(?:от\s)?(?P<source>.+)",
        r"^(?P<source>.+?)(?:提交)?的报告",
        rf"تقرير{_BY}(?P<source>.+)",
    ),
    Document.Type.LIAISON: (
        r"(?:liaison\sstatement|note\sde\sliaison|declaración\sde\scoordinación)\s(?:from(?:\sthe)?|du|de\sla|del|de)\s(?P<source>.+)",
        r"заявление\sо\sвзаимодействии\sот\s(?P<source>.+)",
    ),
    Document.Type.INFORMATION: (
        rf"(?:information\s(?:document|paper)|document\sd'information|documento\sde\sinformación){_BY}(?P<source>.+)",
    ),
}
_SOURCE_LINES = [(kind, re.compile(shape, re.IGNORECASE)) for kind, shapes in _SOURCE_LINES.items() for shape in shapes]
# A line of a contact that has one of these is that of an office, not a person's name.
_OFFICES = re.compile(
    r"secretar|secrétar|секретар|秘书|أمان|\bchair|président|\bpresiden|председател|主席|رئيس|coordinat|coordonn|coordina"
    r"|координатор|协调|منسق|bureau|oficina|бюро|局|مكتب|director|directeur|директор|主任|مدير|rapporteur|relator"
    r"|докладчик|报告人|مقرر|\bgroup|groupe|grupo|группа|组|فريق|\b(?:iscg|rag|tsag|tdag|itu|uit|br|tsb|bdt)\b",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|m|mme|mlle|sr|sra|srta|dña|д-р|г-н|г-жа|السيد|السيدة|الدكتور|الدكتورة)\.?\s|.{1,12}(?:先生|女士|博士)",
    re.IGNORECASE,
)
_LABEL_OF_ADDRESS = re.compile(r"^[^:：]{1,30}[:：]")


def source_line(text):
    """(kind of document, source) of a line that says by whom it is, or None."""
    if len(text) > Document._meta.get_field("submitted_by").max_length or personal_in(text):
        return None
    plain = text.replace("’", "'")
    for kind, shape in _SOURCE_LINES:
        if found := shape.fullmatch(plain):
            return kind, found["source"].strip(" .:：")
    return None


def own_column(rows, is_number):
    """The short texts below the number, in its cell and in that column of the next rows.

    Without a number they are those of all cells of tables.
    """
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            line = next((line for line, text in enumerate(cell) if is_number(text)), None)
            if line is not None:
                same = [next_row[column] for next_row in rows[place + 1 : place + 4] if len(next_row) == len(row) > 1]
                return _short([cell[line + 1 :], *same])
    return _short([cell for row in rows if len(row) > 1 for cell in row])


def _short(cells):
    return [text for cell in cells for text in cell if len(text) <= LONGEST_LINE]


def title_below(rows, first, is_labelled, has_source):
    """The title without its label: the paragraphs from row `first` on, in capitals or right above a labelled row."""
    taken = []
    for row in rows[first:]:
        if is_labelled(row):
            near = taken if has_source else taken[:1] if len(taken) == 1 and not _has_cases(taken[0]) else []
            return " ".join(_in_capitals(taken) or near)
        if len(row) > 1 or len(taken) == MOST_ROWS_OF_TITLE:
            break
        taken.append(row[0][0])
    return " ".join(_in_capitals(taken))


def _has_cases(text):
    return text.upper() != text.lower()


def _in_capitals(texts):
    """The paragraphs at the beginning that are in capitals."""
    count = next((at for at, text in enumerate(texts) if not (text.isupper() and len(text) > 3)), len(texts))
    return texts[:count]


def contact_of(cells):
    """Office, country and the roles' mailboxes of a contact in several lines; nobody's name, address or number."""
    lines = [line for cell in cells for text in cell for line in text.lines]
    kept = lines if lines and _OFFICES.search(lines[0]) and not _HONORIFIC.match(lines[0]) else lines[1:]
    kept = [line for line in kept if not (personal_in(line) or _is_address(line))]
    boxes = [box for line in lines for box in mailboxes_in(line) if is_role_mailbox(box)]
    return ", ".join(dict.fromkeys([*kept, *boxes]))


def _is_address(line):
    """A line of a mailbox, a number, or a label that stands before one."""
    return bool(mailboxes_in(line) or _LABEL_OF_ADDRESS.match(line) or any(sign.isdecimal() for sign in line))


def language_in(texts):
    """The language of the one text that says that the paper has no other."""
    return next(filter(None, map(words.language_alone, texts)), "")
