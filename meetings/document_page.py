"""Everything that the page of one document says: its files, its revisions, the chain of its liaison statement.

Only what the public may see is read. Seven queries for a liaison statement, five for another document.
"""

import datetime
from collections import defaultdict
from typing import NamedTuple

from iscg_portal.prepared import ask
from iscg_portal.translated import Text, columns_of, first_text
from meetings.document_rows import FIELDS, DocumentRow, FileRow, document_row
from meetings.filters import ANYONE
from meetings.meeting_page import OTHERS, OtherMeeting
from meetings.models import Addressee, Document, DocumentFile, DocumentSubject, LiaisonStatement
from meetings.rows import LANGUAGE_NAMES
from members.url_base import url_base

REACH = 5  # steps of a chain of replies that are shown on either side
STEPS = ["__".join(["in_reply_to"] * step) for step in range(1, REACH + 1)]
MORE = ("contact_role", "variant", "base__slug", "base_id", "base__base_id", "agenda_item__number")
FILE_FIELDS = ("language", "stored__kind", "stored__size", "stored_id", "name")
PUBLIC = Document.Visibility.PUBLIC


class Relative(NamedTuple):
    """Another document of the family, or of a chain."""

    number: str
    slug: str
    type: str
    variant: str
    dated_on: datetime.date | None
    withdrawn_on: datetime.date | None

    @property
    def url(self):
        """The address of its page, in the page's language."""
        return f"{url_base('meetings:document-detail')}{self.slug}/"


class SubjectLink(NamedTuple):
    """A subject that the document is about."""

    code: str
    url: str
    title: Text


class Liaison(NamedTuple):
    """A liaison statement: for what it goes to whom, its deadline, and the chain on both sides, the nearest first."""

    deadline_on: datetime.date | None
    addressees: list[tuple[str, list[str]]]
    answers: list[Relative]
    answered_by: list[Relative]
    later: list[Relative]


class DocumentDossier(NamedTuple):
    """A document with all that stands beside it. `newest` is the revision that replaces it, if any."""

    document: DocumentRow
    contact_role: str
    variant: str
    base_url: str
    agenda_item: str
    meeting: OtherMeeting | None
    subjects: list[SubjectLink]
    family: list[Relative]
    newest: Relative | None
    liaison: Liaison | None

    @property
    def variant_label(self):
        """How it changes the document it belongs to, in words."""
        return Document.Variant(self.variant).label

    @property
    def purpose_label(self):
        """The purpose that its header prints, in words."""
        return Document.Purpose(self.document.purpose).label

    @property
    def language_label(self):
        """The original language by its name in that language."""
        return LANGUAGE_NAMES[self.document.original_language]


def document_dossier(slug) -> DocumentDossier | None:
    """The document at this address, or None where the public may see none."""
    found = ask(_document, slug)
    if not found:
        return None
    pk, *values = found[0]
    contact_role, variant, base_slug, base, bases_base, item = values[: len(MORE)]
    meeting = values[len(MORE) : len(MORE) + len(OTHERS)]
    row = document_row(values[len(MORE) + len(OTHERS) :], (FileRow(*file) for file in ask(_files, pk)))
    base_url = f"{url_base('meetings:document-detail')}{base_slug}/" if row.belongs_to else ""
    family = [Relative(*each[:-2]) for each in ask(_family, bases_base or base or pk) if each[1] != slug]
    return DocumentDossier(
        row,
        contact_role,
        variant,
        base_url,
        item or "",
        OtherMeeting(*meeting) if meeting[0] else None,
        list(_subject_links(pk)),
        family,
        _newest(row, family),
        _liaison(pk) if row.type == Document.Type.LIAISON else None,
    )


def _document(slug):
    documents = _public().filter(slug=slug)
    meeting = (f"meeting__{name}" for name in OTHERS)
    return documents.values_list("pk", *MORE, *meeting, *FIELDS[1:])


def _public():
    return Document.objects.rewrite(False).visible_to(ANYONE)


def _files(pk):
    files = DocumentFile.objects.publishable().filter(document=pk).order_by("language")
    return files.values_list(*FILE_FIELDS)


def _subject_links(pk):
    base = url_base("subjects:subject-detail")
    for code, slug, original, *titles in ask(_subjects, pk):
        yield SubjectLink(code, f"{base}{slug}/", first_text(titles, original))


def _subjects(pk):
    links = DocumentSubject.objects.filter(document=pk).order_by("subject__code")
    titles = ("code", "slug", "original_language", *columns_of("title"))
    return links.values_list(*(f"subject__{name}" for name in titles))


def _family(pk):
    """The document itself and every revision, corrigendum and addendum of it and of those, in the register's order.

    Three parts, of which each finds its own by an index.
    """
    itself, *variants = (_public().filter(**{part: pk}).order_by() for part in ("pk", "base", "base__base"))
    columns = (*Relative._fields, "sort_key", "pk")
    parts = (part.values_list(*columns) for part in variants)
    return itself.values_list(*columns).union(*parts, all=True).order_by("sort_key", "pk")


def _newest(document, family):
    """The last revision in force of just this document."""
    begins = f"{document.number} ({Document.Variant.REVISION}."
    revisions = [
        each for each in family if each.number.startswith(begins) and each.number.count("(") == begins.count("(")
    ]
    return next((each for each in reversed(revisions) if not each.withdrawn_on), None)


def _liaison(pk):
    """One query up the chain, and one down it."""
    rows = ask(_statement, pk)
    if not rows:
        return None
    deadline_on, *up = rows[0][:-2]
    addressees = defaultdict(list)
    for *_rest, body, purpose in rows:
        if body:
            addressees[purpose].append(body)
    width = len(Relative._fields) + 1
    steps = [up[place : place + width] for place in range(0, len(up), width)]
    down = list(_below(pk))
    return Liaison(
        deadline_on,
        [(Addressee.Purpose(purpose).label, bodies) for purpose, bodies in addressees.items()],
        [Relative(*step[:-1]) for step in steps if step[-1] == PUBLIC],
        [relative for distance, relative in down if distance == 1],
        [relative for distance, relative in down if distance > 1],
    )


def _statement(pk):
    up = (f"{path}__document__{name}" for path in STEPS for name in (*Relative._fields, "visibility"))
    statements = LiaisonStatement.objects.filter(document=pk).order_by("addressees__purpose", "addressees__body")
    return statements.values_list("deadline_on", *up, "addressees__body", "addressees__purpose")


def _below(pk):
    """Replies, replies to them and so on: how many steps away, and which."""
    for row in ask(_replies, pk):
        yield list(row[-REACH:]).index(pk) + 1, Relative(*row[:-REACH])


def _replies(pk):
    keys = LiaisonStatement.objects.order_by().values("pk")
    below = [keys.filter(**{f"{path}__document": pk}) for path in STEPS]
    replies = LiaisonStatement.objects.filter(pk__in=below[0].union(*below[1:]), document__in=_public().values("pk"))
    relative = (f"document__{name}" for name in Relative._fields)
    above = (f"{path}__document_id" for path in STEPS)
    return replies.order_by("document__sort_key", "document").values_list(*relative, *above)
