"""The register of documents, and one document: its files, its revisions, and the chain of its liaison statement."""

from typing import NamedTuple

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.tables import file_of, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from meetings.filters import chosen_documents, document_questions, meeting_codes, read_document_filters
from meetings.models import Addressee, Document, LiaisonStatement
from meetings.tables import documents_in_full, documents_table, withheld_table
from subjects.codes import subject_codes
from subjects.models import Subject


@public_page
@takes("on", "type", "meeting", "subject", "year", "sort", "page")
def document_list(request, format=None):
    """The documents that the address asks for, the latest number first, or the same as a file."""
    read_day(request)  # a day changes nothing here, but must be one, as in the address of every table
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


@public_page
@takes("on", "sort", "page")
def withheld_list(request, format=None):
    """The numbers that are withheld, whether of a meeting or of none, with the reason; or the same as a file."""
    read_day(request)
    documents = Document.objects.withheld().select_related("meeting").order_by("-sort_key", "pk")
    table = withheld_table(documents.only("number", "sort_key", "withheld_because", "meeting__code"))
    if format:
        return file_of(request, table, format)
    return render(request, "meetings/withheld_list.html", {"table": shown(request, table)})


REACH = 5  # steps of a chain of replies that are shown on either side
STEPS = ["__".join(["in_reply_to"] * step) for step in range(1, REACH + 1)]
LINK = ("number", "slug", "withdrawn_on", "withdrawn_because")  # what a link to another document needs


@public_page
def document_detail(request, slug):
    """The document at this address, if everyone may see it."""
    documents = Document.objects.public().with_public_files().join_public("meeting", "agenda_item", "base")
    document = documents.filter(slug=slug).prefetch_related(Prefetch("subjects", Subject.objects.order_by("code")))
    document = document.first()
    if document is None:
        raise Http404(_("No public document with this address is on record."))
    family = family_of(document)
    context = {
        "document": document,
        "family": [other for other in family if other.pk != document.pk],
        "newest": newest_revision(document, family),
        "liaison": liaison_of(document) if document.type == Document.Type.LIAISON else None,
    }
    return render(request, "meetings/document_detail.html", context)


def family_of(document):
    """The document itself and all revisions, corrigenda and addenda, of those too, in their order. One query.

    Three parts, each of which finds its few rows by an index; asked in order, SQLite would read the whole register.
    """
    first = (document.base_id and document.base.base_id) or document.base_id or document.pk
    shown = Document.objects.public().only(*LINK, "dated_on", "sort_key", "variant", "base").order_by()
    of_variants = shown.filter(base__in=Document.objects.filter(base=first).values("pk").order_by())
    family = shown.filter(pk=first).union(shown.filter(base=first), of_variants, all=True)
    return sorted(family, key=lambda one: (one.sort_key, one.pk))


def newest_revision(document, family):
    """The last revision in force of just this document."""
    revisions = (one for one in reversed(family) if one.base_id == document.pk and one.variant == one.Variant.REVISION)
    return next((revision for revision in revisions if not revision.withdrawn_on), None)


class Liaison(NamedTuple):
    """A liaison statement with the chain of replies on both sides, the nearest first."""

    statement: LiaisonStatement
    addressees: list[tuple[str, list[str]]]
    answers: list[Document]
    answered_by: list[Document]
    later: list[Document]


def liaison_of(document) -> Liaison | None:
    """What a liaison statement asks of whom, and its chain. Three queries."""
    above = [f"{path}__document" for path in STEPS]
    columns = [f"{path}__{name}" for path in above for name in (*LINK, "visibility")]
    statements = LiaisonStatement.objects.public().filter(document=document).prefetch_related("addressees")
    statement = statements.select_related(*above).only("document", "deadline_on", *STEPS, *above, *columns).first()
    if statement is None:
        return None
    below = list(replies_to(statement))
    return Liaison(
        statement,
        list(addressees_of(statement)),
        [answered for answered in documents_above(statement) if answered.visibility == Document.Visibility.PUBLIC],
        [reply.document for reply in below if reply.in_reply_to_id == statement.pk],
        [reply.document for reply in below if reply.in_reply_to_id != statement.pk],
    )


def addressees_of(statement):
    """(for what, the bodies of which it is asked) of each purpose that it has."""
    for purpose in Addressee.Purpose:
        bodies = [one.body for one in statement.addressees.all() if one.purpose == purpose]
        if bodies:
            yield purpose.label, bodies


def documents_above(statement):
    """The documents that the statement answers, one after the other, whether everyone may see them or not."""
    step = statement
    for _number in STEPS:
        step = step.in_reply_to
        if step is None:
            return
        yield step.document


def replies_to(statement):
    """Replies, replies to them and so on, in the order of the register. One query."""
    keys = LiaisonStatement.objects.order_by().values("pk")
    below = [keys.filter(**{path: statement}) for path in STEPS]
    replies = LiaisonStatement.objects.public().filter(pk__in=below[0].union(*below[1:]))
    columns = [f"document__{name}" for name in LINK]
    return replies.select_related("document").only("in_reply_to", *columns).order_by("document__sort_key", "document")
