"""Public pages of the meetings and of the register, with their files and calendars."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from iscg_portal.files import stored as stored_files
from iscg_portal.tables import file_of, shown
from iscg_portal.tenure.as_on import FIRST_YEAR, LAST_YEAR, read_day
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_file, public_page
from meetings import archive, rows, tables
from meetings.calendar import calendar_of
from meetings.document_page import document_dossier
from meetings.document_rows import Documents
from meetings.filters import DocumentFilters, read_document_filters, read_meeting_filters
from meetings.forms import document_form, meeting_form
from meetings.meeting_page import agenda_links, agenda_of, attendance_of, gaps_of, meeting_dossier
from meetings.meeting_rows import Meetings, announced
from meetings.offered import offered_meetings, offered_subjects
from meetings.public_files import file_at, files_of_meeting
from meetings.year import year_of


@public_page
def meeting_list(request, format=None):
    """The meetings of the group and of the bodies around it (clauses W3, W4), or the same as a file."""
    day, subjects = read_day(request), offered_subjects()
    filters = read_meeting_filters(request, day.on, subjects)
    described = tables.meetings_table(Meetings(filters, request.record_token), day.on)
    if format:
        return file_of(request, described, format)
    table = shown(request, described)
    context = {
        "announced": announced(day.on),
        "form": meeting_form(request.path, filters, subjects, "" if day.is_today else day.on.isoformat()),
        "year": filters.year or day.on.year,
        "table": table,
        "rows": rows.meeting_rows(table.rows),
    }
    return render(request, "meetings/meeting_list.html", context | day.context)


@public_page
def meeting_year(request, year):
    """A year month by month: the group's meetings among those of the bodies around it, and conferences."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("There is no such year on record."))
    now = today()
    context = {"year": year_of(year, now, rtl=get_language_bidi())}
    return render(request, "meetings/meeting_year.html", context)


@public_page
def meeting_detail(request, code):
    """One meeting: when and where, deadlines, agenda, documents, how many took part."""
    found = _meeting_or_404(code)
    documents = Documents(DocumentFilters(meeting=code), request.record_token, ("sort_key", "pk"))
    table = shown(request, tables.documents_table(documents, sort="number"))
    context = {
        "found": found,
        "meeting": found.meeting,
        "deadlines": rows.deadline_rows(found),
        "agenda": agenda_of(found, agenda_links(found, table)),
        "table": table,
        "rows": rows.document_rows(table.rows),
        "has_files": table.page.has_other_pages() or any(row.files for row in table.rows),
        "gaps": gaps_of(found),
        "attendance": attendance_of(found),
    }
    return render(request, "meetings/meeting_detail.html", context)


def _meeting_or_404(code):
    found = meeting_dossier(code)
    if found is None:
        raise Http404(_("No meeting with this code is on record."))
    return found


@public_page
def calendar(request):
    """The calendar for calendar programs; it can be narrowed as the list of meetings can."""
    filters = read_meeting_filters(request, today(), offered_subjects())
    return _ics(calendar_of(filters), "iscg-meetings")


@public_page
def meeting_calendar(request, code):
    """One meeting for calendar programs. A meeting without a day gives a calendar without an event."""
    _meeting_or_404(code)
    return _ics(calendar_of(code=code), f"iscg-{code}")


def _ics(content, name):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


@public_file
def meeting_files(request, code):
    """All public files of a meeting as one ZIP, sent while it is made."""
    files = files_of_meeting(code)
    if not files:
        raise Http404(_("This meeting has no public files."))
    return archive.answer(request, files, f"iscg-{code}.zip")


@public_page
def document_list(request, format=None):
    """The register of documents, or the same as a file."""
    meetings, subjects = offered_meetings(), offered_subjects()
    filters = read_document_filters(request, meetings, subjects)
    described = tables.documents_table(Documents(filters, request.record_token))
    if format:
        return file_of(request, described, format)
    table = shown(request, described)
    context = {
        "form": document_form(request.path, filters, meetings, subjects),
        "table": table,
        "rows": rows.document_rows(table.rows),
    }
    return render(request, "meetings/document_list.html", context)


@public_page
def document_detail(request, slug):
    """One document: what the register says, its files, its revisions, what it answers and what answers it."""
    found = document_dossier(slug)
    if found is None:
        raise Http404(_("No public document with this address is on record."))
    context = {
        "found": found,
        "document": found.document,
        "files": rows.file_links(slug, found.document.files),
    }
    return render(request, "meetings/document_detail.html", context)


@public_file
def document_file(request, slug, language, kind):
    """The file of a public document; 404 for what may not be seen."""
    file = file_at(slug, language, kind)
    if file is None:
        raise Http404(_("No such file is public."))
    return stored_files.answer(request, file.stored, file.name)
