"""Documents as the register and the pages of meetings tell them: only what the public may see is read.

A page of the register takes two queries: documents and their files. A file with all of it takes three, since it
names the subjects too.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language

from iscg_portal.prepared import ask
from iscg_portal.tables import ROWS_A_PAGE
from iscg_portal.translated import Text, columns_of, first_text
from meetings.counts import count_of
from meetings.filters import DocumentFilters, chosen_documents
from meetings.models import Document, DocumentFile, DocumentSubject
from members.url_base import url_base


class FileRow(NamedTuple):
    """A file that the public may have."""

    language: str
    kind: str
    size: int
    sha256: str
    name: str

    def address(self, slug):
        """Where it is read: `/documents/iscg-25-1-03/en.docx`, the same in every language."""
        return f"/documents/{slug}/{self.language.partition('-')[0]}.{self.kind}"


class _Document(NamedTuple):
    number: str
    slug: str
    type: str
    purpose: str
    submitted_by: str
    dated_on: datetime.date | None
    meeting__code: str | None
    agenda_item_id: int | None
    original_language: str
    base__number: str | None
    base__visibility: str | None
    withdrawn_on: datetime.date | None
    withdrawn_because: str
    source: str
    indicative: bool
    title: Text
    files: tuple[FileRow, ...]
    subjects: tuple[str, ...]


OWN = _Document._fields[:-3]
FIELDS = ("pk", *OWN, *columns_of("title"))
FILE_FIELDS = ("document_id", "language", "stored__kind", "stored__size", "stored_id", "name")
_LANGUAGE = OWN.index("original_language")


class DocumentRow(_Document):
    """A document on a list."""

    __slots__ = ()

    @property
    def url(self):
        """The address of its page, in the page's language."""
        return f"{url_base('meetings:document-detail')}{self.slug}/"

    @property
    def type_label(self):
        """What kind of document it is, in words."""
        return Document.Type(self.type).label

    @property
    def belongs_to(self):
        """The number of the document of which this is a revision or the like, if the public may see that one."""
        return self.base__number if self.base__visibility == Document.Visibility.PUBLIC else None

    @property
    def addresses(self):
        """The addresses of its files."""
        return [file.address(self.slug) for file in self.files]


def document_row(values, files=(), subjects=()) -> DocumentRow:
    """The document in the values of FIELDS after the key."""
    return _document_row(get_language(), tuple(values), tuple(files), tuple(subjects))


@lru_cache(maxsize=2_000)
def _document_row(_language, values, files, subjects):
    """A document as the same values say it every time: they are read anew for each page."""
    own, titles = values[: len(OWN)], values[len(OWN) :]
    return DocumentRow(*own, first_text(titles, own[_LANGUAGE]), files, subjects)


@dataclass(frozen=True)
class Documents:
    """The documents that the filters let through, in an order; a slice is read when it is asked for.

    A slice is for a page, which does not show the subjects: it has none.
    """

    filters: DocumentFilters
    token: str = ""
    order: tuple[str, ...] = ("-sort_key", "pk")

    def order_by(self, *names):
        """The same documents in another order."""
        return replace(self, order=names)

    def count(self):
        """How many there are."""
        return count_of(self.token, chosen_documents, self.filters)

    __len__ = count

    def __iter__(self):
        rows = ask(_rows, fixed=(self.filters, self.order, None))
        return _put_together(
            rows, ask(_files_of_all, fixed=(self.filters,)), ask(_subjects_of_all, fixed=(self.filters,))
        )

    def __getitem__(self, wanted):
        start, stop = wanted.start or 0, wanted.stop
        rows = ask(_rows, fixed=(self.filters, self.order, start))[: stop - start]
        if not rows:
            return []
        return list(_put_together(rows, ask(_files, *whole_page(row[0] for row in rows))))


def _put_together(rows, files, subjects=()):
    files_of, subjects_of = defaultdict(list), defaultdict(list)
    for document, *file in files:
        files_of[document].append(FileRow(*file))
    for document, code in subjects:
        subjects_of[document].append(code)
    return (document_row(row[1:], files_of[row[0]], subjects_of[row[0]]) for row in rows)


def whole_page(keys):
    """The keys filled up with 0, which no row has, so that one prepared query serves every page."""
    keys = list(keys)
    return [*keys, *[0] * (ROWS_A_PAGE - len(keys))]


def _rows(filters, order, start):
    """All rows, or those of a page: which ones they are is read off an index, however far down they stand."""
    chosen = chosen_documents(filters).order_by(*order)
    if start is not None:
        page = chosen.values("pk")[start : start + ROWS_A_PAGE]
        chosen = Document.objects.rewrite(False).filter(pk__in=page).order_by(*order)
    return chosen.values_list(*FIELDS)


def _files(*keys):
    return _file_values(DocumentFile.objects.filter(document__in=keys))


def _files_of_all(filters):
    return _file_values(DocumentFile.objects.filter(document__in=chosen_documents(filters).values("pk")))


def _file_values(files):
    return files.publishable().order_by("language").values_list(*FILE_FIELDS)


def _subjects_of_all(filters):
    links = DocumentSubject.objects.filter(document__in=chosen_documents(filters).values("pk"))
    return links.order_by("subject__code").values_list("document_id", "subject__code")
