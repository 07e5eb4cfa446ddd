"""The list of subjects of mutual interest on a day (clause F1)."""

from django.shortcuts import render
from django.utils.translation import get_language_bidi

from iscg_portal.tables import file_of, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page
from members.url_base import url_base
from subjects.models import Edition, Subject
from subjects.pages.filters import read_filters
from subjects.pictures import SubjectMark, draw_counts, draw_subjects
from subjects.subject_counts import count_subjects
from subjects.tables import subjects_table


@public_page
def subject_list(request, format=None):
    """The subjects on a day with their picture and the editions of the list, or the subjects as a file."""
    day, filters = read_day(request), read_filters(request)
    selected = filters.applied_to(Subject.objects.public(), day.on)
    if format:
        return file_of(request, subjects_table(selected.on(day.on), day.on), format)
    subjects = selected.read_listings(day.on).read_mandates(day.on).read_coordinator(day.on)
    counts = count_subjects(selected, day.on)
    table = shown(request, subjects_table(subjects, day.on, counts.selected))
    context = {
        "selects": filters.selects,
        "picture": draw(counts.scopes, table, day),
        "table": table,
        "all_indicative": all(subject.indicative for subject in table.rows),
        "people": url_base("members:person-detail"),
        "editions": Edition.objects.public().filter(adopted_on__lte=day.today),
    }
    return render(request, "subjects/subject_list.html", context | day.context)


def draw(scopes, table, day):
    """The subjects on the list by Sectors: one by one where the page shows all that are selected, else as bars."""
    if not scopes:
        return None
    rtl = get_language_bidi()
    if table.page.has_other_pages():
        return draw_counts(scopes, rtl=rtl)
    base = url_base("subjects:subject-detail")
    listed = (subject for subject in table.rows if subject.listing.is_on_the_list)
    return draw_subjects((mark_of(subject, f"{base}{subject.slug}/{day.query}") for subject in listed), rtl=rtl)


def mark_of(subject, url):
    """The subject as the picture shows it."""
    return SubjectMark(subject.code, subject.title_shown, subject.scope, subject.office.state, url)
