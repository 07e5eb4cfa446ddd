"""The files of documents that anyone may have: of public documents, and none that waits for a decision."""

from meetings.filters import ANYONE
from meetings.models import Document, DocumentFile

LANGUAGES = {"zh": "zh-hans"}  # addresses write it shorter


def _public_files():
    documents = Document.objects.rewrite(False).visible_to(ANYONE)
    files = DocumentFile.objects.publishable().filter(document__in=documents.values("pk"))
    return files.select_related("stored")


def file_at(slug, language, kind) -> DocumentFile | None:
    """The file at an address, or None where the public may have none. One query."""
    language = LANGUAGES.get(language, language)
    return _public_files().filter(document__slug=slug, language=language, stored__kind=kind).first()


def files_of_meeting(code) -> list[DocumentFile]:
    """The files of a meeting in the register's order, each with its document. One query."""
    files = _public_files().filter(document__meeting__code=code).select_related("stored", "document")
    return list(files.order_by("document__sort_key", "document", "language"))
