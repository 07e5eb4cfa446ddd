"""What the pages of a unit and of an activity, which lie below, say of papers, meetings and activities (A1, F2).

No table says which paper is of which unit. A paper is one of the unit where its author names unit and Sector while the
unit stands; else it stands there, as meetings and activities do, over a subject, which is named.
"""

import datetime
import re

from django import template
from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from meetings.models import AgendaSubject, Document, DocumentSubject, Meeting
from meetings.templatetags.held_about_subject import (
    MOST,
    MOST_ACTIVITIES,
    activities_of,
    activity_rows,
    document_rows,
    meeting_rows,
    papers_of,
    read_latest,
)
from studies.models import Activity, ActivitySubject
from subjects.models import Subject

register = template.Library()

IN_FULL = {"SG": "Study Group", "WP": "Working Party", "Q": "Question"}
NUMBER = re.compile(r"\A([A-Za-z]+) *([0-9].*)")


@register.inclusion_tag("meetings/_of_studies.html")
def held_about_unit(unit, about, day, today):
    """Papers of the unit, and what is about subjects, by their keys; on another day what is not later. One query."""
    until = datetime.date.max if day == today else day
    own, activities = named_by_author(unit), Activity.objects.public()
    activities = activities.filter(pk__in=ActivitySubject.objects.filter(subject__in=about).values("activity"))
    activities = activities.of_sector(unit.sector) if unit.sector else activities
    found = read_latest(until, (activity_rows(activities), MOST_ACTIVITIES, "-name"), *_papers(about, own))
    return {"activities": activities_of(found), "latest": papers_of(found), "of_unit": True}


@register.inclusion_tag("meetings/_of_studies.html")
def held_about_activity(activity):
    """The last papers and meetings about the subjects of the activity. One query, none where it has no subject."""
    about = [link.subject_id for link in activity.subject_links.all()]
    found = read_latest(datetime.date.max, *_papers(about, Q(pk__in=[]))) if about else []
    return {"activities": [], "latest": papers_of(found), "of_unit": False}


def named_by_author(unit) -> Q:
    """The condition that the author of a document names the unit, as “ITU-R WP 1C” or “ITU-R Working Party 1C” does.

    Only of the days of the unit and of its period, since the next period gives the same numbers again. The number is
    read after the unit's own Sector, up to the next one: “ITU-R WP 5A, ITU-T SG5” names no SG5 of ITU-R. Words are
    looked for last, in the few documents that remain.
    """
    parts = NUMBER.match(unit.number)
    word, rest = parts.groups() if parts else (unit.number, "")
    words = "|".join(re.escape(one) for one in (word, IN_FULL.get(word.upper())) if one)
    sector = f"ITU-{unit.sector}" if unit.sector else ""
    before = f"{sector}((?!ITU-).)*[^0-9a-z]" if sector else "(^|[^0-9a-z])"
    named = Q(submitted_by__icontains=sector or rest or word)
    for one in filter(None, (unit, unit.period)):
        named &= Q(dated_on__gte=one.starts_on) if one.starts_on else Q()
        named &= Q(dated_on__lt=one.ends_on) if one.ends_on else Q()
    return named & Q(submitted_by__iregex=f"{before}({words}) *{re.escape(rest)}($|[^0-9a-z])")


def _papers(about, own):
    """Documents that are `own` or about the subjects, and meetings about them, `where` the code of the first one."""
    linked = DocumentSubject.objects.filter(subject__in=about)
    links = linked.filter(document=OuterRef("pk"))
    on_agenda = AgendaSubject.objects.filter(item__meeting=OuterRef("pk"), subject__in=about)
    of_coordinators = Subject.objects.filter(pk=OuterRef("subject"), pk__in=about)
    is_linked, documents = Q(pk__in=linked.values("document")), Document.objects.public()
    named = document_rows(documents.filter(own & ~is_linked))  # apart, so that each kind is found by its own index
    documents = document_rows(documents.filter(is_linked), where=_code(_first(links, "subject__code")))
    meetings = Meeting.objects.public().filter(Q(subject__in=about) | Exists(on_agenda))
    where = _code(_first(of_coordinators, "code"), _first(on_agenda, "subject__code"))
    meetings = meeting_rows(meetings, where=where)
    return tuple((rows, MOST, "name") for rows in (documents, named, meetings))


def _first(rows, code):
    return Subquery(rows.order_by(code).values(code)[:1])


def _code(*codes):
    return Coalesce(*codes, Value(""), output_field=CharField())
