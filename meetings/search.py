"""What the search finds of the meetings: meetings, agenda items, documents with the text of their files."""

from django.db.models import Prefetch

from iscg_portal.fixed_terms import place_name
from iscg_portal.search.sources import Content, Source, in_each_language, joined, texts_of
from iscg_portal.tenure.dates import print_date
from meetings.models import AgendaItem, AgendaSubject, Decision, Document, DocumentFile, DocumentSubject, Meeting
from meetings.numbers import LANGUAGE_LETTERS
from subjects.models import Subject


def _some(rows, keys):
    return rows if keys is None else rows.filter(pk__in=keys)


def _meetings(keys):
    return _some(Meeting.objects.public().join_public("subject"), keys)


def _meeting(meeting):
    about = [meeting.subject] if meeting.subject_id else []
    return Content(
        address=f"meetings/{meeting.code}/",
        titles=texts_of(meeting, "title"),
        lines=in_each_language(lambda: joined(meeting.name, meeting.dates, place_name(meeting.place))),
        texts=texts_of(meeting, "result"),
        original=meeting.original_language,
        exact=[meeting.name, meeting.code],
        keywords=["meeting réunion reunión собрание совещание اجتماع 会议"],
        subjects=[subject.code for subject in about],
        made_of=about,
        year=meeting.starts_on.year,
        day=meeting.starts_on,
    )


def _agenda_items(keys):
    links = AgendaSubject.objects.select_related("subject")
    rows = AgendaItem.objects.public().join_public("meeting")
    return _some(rows, keys).prefetch_related(Prefetch("subject_links", links, to_attr="about"))


def _agenda_item(item):
    meeting = item.meeting
    return Content(
        address=f"meetings/{meeting.code}/#{item.anchor}",
        titles=texts_of(item, "title"),
        lines=in_each_language(lambda: joined(f"{item._meta.verbose_name} {item.number}", meeting.name, meeting.dates)),
        original=item.original_language,
        subjects=[link.subject.code for link in item.about],
        made_of=[meeting, *item.about],
        year=meeting.starts_on.year,
        day=meeting.starts_on,
    )


def _documents(keys):
    links = DocumentSubject.objects.select_related("subject")
    rows = (
        Document.objects.public()
        .join_public("meeting")
        .prefetch_related(
            Prefetch("files", DocumentFile.objects.public(), to_attr="public_files"),
            Prefetch("subject_links", links, to_attr="about"),
        )
    )
    return _some(rows, keys)


def _document(document):
    meeting = document.meeting if document.meeting_id else None
    day = document.dated_on or (meeting and meeting.starts_on)
    files = [(file.language, file.stored_id) for file in document.public_files]
    return Content(
        address=f"documents/{document.slug}/",
        titles=texts_of(document, "title"),
        lines=in_each_language(lambda: _line(document, meeting)),
        original=document.original_language,
        exact=[document.number, *(f"{document.number}-{letter}" for letter in LANGUAGE_LETTERS.values())],
        keywords=[document.type, "document documento документ وثيقة 文件"],
        subjects=[link.subject.code for link in document.about],
        files=files,
        made_of=[*document.public_files, *document.about, *filter(None, [meeting])],
        year=day.year if day else None,
        day=day,
        ended_on=document.withdrawn_on,
        withdrawn=(document.withdrawn_because, "") if document.withdrawn_on else None,
    )


def _line(document, meeting):
    day = print_date(document.dated_on) if document.dated_on else ""
    return joined(document.number, document.get_type_display(), day, document.submitted_by, meeting and meeting.name)


def _decisions(keys):
    return _some(Decision.objects.public().join_public("meeting", "subject"), keys)


def _decision(decision):
    meeting = decision.meeting
    about = [decision.subject] if decision.subject_id else []
    return Content(
        address=f"meetings/{meeting.code}/#{decision.anchor}",
        titles=texts_of(decision, "wording"),
        lines=in_each_language(
            lambda: joined(
                f"{decision.get_kind_display()} {decision.number}", meeting.name, meeting.dates, decision.owner
            )
        ),
        original=decision.original_language,
        keywords=["decided decision décision decisión решение قرار 决定"],
        subjects=[subject.code for subject in about],
        made_of=[meeting, *about],
        year=meeting.starts_on.year,
        day=meeting.starts_on,
    )


SOURCES = [
    Source("decision", 12, Decision, _decisions, _decision, {Meeting: lambda _row: [], Subject: lambda _row: []}),
    Source("meeting", 7, Meeting, _meetings, _meeting, {Subject: lambda _row: []}),
    Source(
        "agenda item",
        8,
        AgendaItem,
        _agenda_items,
        _agenda_item,
        {AgendaSubject: lambda link: [link.item_id], Meeting: lambda _row: []},
    ),
    Source(
        "document",
        9,
        Document,
        _documents,
        _document,
        {
            DocumentFile: lambda file: [file.document_id],
            DocumentSubject: lambda link: [link.document_id],
            Meeting: lambda _row: [],
        },
        hidden=lambda: Document.objects.exclude(visibility=Document.Visibility.PUBLIC),
    ),
]
