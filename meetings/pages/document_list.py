"""The register of documents: every number that was given, with its revisions and files."""

from django.shortcuts import render

from iscg_portal.tables import file_of, shown
from iscg_portal.web.public_page import public_page
from meetings.filter_form import document_questions, meeting_codes, subject_codes
from meetings.filters import chosen_documents, read_document_filters
from meetings.tables import documents_in_full, documents_table


@public_page
def document_list(request, format=None):
    """The documents that the address asks for, the latest number first, or the same as a file."""
    meetings, subjects = meeting_codes(), subject_codes()
    filters = read_document_filters(request, meetings, subjects)
    documents = chosen_documents(filters).order_by("-sort_key", "pk")
    if format:
        return file_of(request, documents_table(documents_in_full(documents)), format)
    context = {
        "questions": document_questions(filters, meetings, subjects),
        "table": shown(request, documents_table(documents.with_public_files())),
    }
    return render(request, "meetings/document_list.html", context)
