"""The resolutions behind the subjects: all of them, and one with its revisions (clause B1)."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.bodies import ConferenceBody
from iscg_portal.fixed_terms import initials
from iscg_portal.languages import with_colon
from iscg_portal.tables import Column, Table, file_of, read_choice, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from subjects.citing import full_citation
from subjects.models import Mandate, Resolution, Subject
from subjects.pages.subject_list import Select
from subjects.resolution_tables import resolutions_table


@public_page
@takes("on", "body", "sort", "page")
def resolution_list(request, format=None):
    """The resolutions with their revisions and what replaced them, or the same as a file."""
    day, body = read_day(request), read_choice(request, "body", ConferenceBody.values)
    resolutions = Resolution.objects.public().on(day.on).in_printed_order()
    table = resolutions_table(resolutions.filter(body=body) if body else resolutions, day.on)
    if format:
        return file_of(request, table, format)
    offered = [(code, with_colon(initials(code), name)) for code, name in ConferenceBody.choices]
    context = {
        "selects": [Select("body", _("Body"), body, offered)],
        "table": shown(request, table),
    }
    return render(request, "subjects/resolution_list.html", context | day.context)


@public_page
@takes("on", "page")
def resolution_detail(request, slug):
    """One resolution: its revisions, what replaced it, and the subjects that rest on it on a day."""
    day = read_day(request)
    replaced = Prefetch("replaces", Resolution.objects.public().order_by("number"))
    found = Resolution.objects.public().with_texts(day.on).prefetch_related(replaced)
    resolution = found.filter(slug=slug).first()
    if resolution is None:
        raise Http404(_("No resolution with this address is on record."))
    mandates = Mandate.objects.covering(day.on).filter(resolution=resolution)
    resting = Subject.objects.public().filter(pk__in=mandates.values("subject")).order_by("code")
    context = {
        "resolution": resolution,
        "cited": full_citation(resolution),
        "table": shown(request, resting_table(resting, day.on)),
    }
    return render(request, "subjects/resolution_detail.html", context | day.context)


def resting_table(subjects, on) -> Table:
    """The subjects that rest on a resolution. It has no files."""
    heads = [("code", _("Code")), ("title", _("Subject")), ("scope", _("Sectors"))]
    return Table("resting", [Column(key, label) for key, label in heads], subjects, as_on=on)
