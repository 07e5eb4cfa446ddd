"""What the search finds of the studies: units in any spelling of their numbers, and joint activities."""

import re

from django.db.models import Prefetch, Q

from iscg_portal.fixed_terms import place_name
from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.search.sources import Content, Source, in_each_language, joined, texts_of
from studies.models import Activity, ActivityPartner, ActivitySubject, MappingLink, StudyPeriod, StudyUnit

_SHORT = re.compile(r"(Q|SG|WP)\s?([0-9][0-9A-Za-z/]{0,12})")
IN_FULL = {
    "Q": ("Question", "Cuestión", "Вопрос", "المسألة", "课题"),
    "SG": ("Study Group", "Commission d’études", "Comisión de Estudio", "Исследовательская комиссия", "研究组"),
    "WP": ("Working Party", "Groupe de travail", "Grupo de Trabajo", "Рабочая группа", "工作组"),
}


def _units(keys):
    units = StudyUnit.objects.public().join_public("period", "parent")
    units = units if keys is None else units.filter(pk__in=keys)
    links = MappingLink.objects.public().join_public("subject")
    return units.prefetch_related(
        Prefetch("links_as_first", links, to_attr="first_links"),
        Prefetch("links_as_second", links, to_attr="second_links"),
    )


def _unit(unit):
    links = [*unit.first_links, *unit.second_links]
    subjects = {link.subject for link in links if link.subject_id}
    period = unit.period if unit.period_id else None
    begins = unit.starts_on or (period and period.starts_on)
    return Content(
        address=f"units/{unit.slug}/",
        titles=texts_of(unit, "title"),
        lines=in_each_language(
            lambda: joined(
                unit.name, unit.get_kind_display(), period and period.name, unit.parent_id and unit.parent.name
            )
        ),
        texts={"": unit.name} | _topics(links),
        original=unit.original_language,
        exact=[unit.number, unit.name, str(unit), *_in_full(unit.number)],
        subjects=sorted(subject.code for subject in subjects),
        made_of=[*links, *filter(None, (period, unit.parent if unit.parent_id else None))],
        year=begins.year if begins else None,
        day=begins,
        ended_on=unit.ends_on or (period and period.ends_on),
        languages=[code for code, text in texts_of(unit, "title").items() if text],
    )


def _topics(links):
    """{language: the topics of the links in it}."""
    by_language = [texts_of(link, "topic") for link in links]
    return {code: "\n".join(filter(None, (texts[code] for texts in by_language))) for code in LANGUAGE_CODES}


def _in_full(number):
    short = _SHORT.fullmatch(number)
    return [f"{word} {short[2]}" for word in IN_FULL[short[1]]] if short else []


def _below(unit):
    """A unit below tells the name of the one above it."""
    return StudyUnit.objects.filter(Q(parent=unit.pk)).values_list("pk", flat=True)


def _activities(keys):
    activities = Activity.objects.public().with_names()
    return activities if keys is None else activities.filter(pk__in=keys)


def _activity(activity):
    links = list(activity.subject_links.all())
    return Content(
        address=f"activities/{activity.code}/",
        titles=texts_of(activity, "title"),
        lines=in_each_language(
            lambda: joined(
                activity.get_kind_display(), activity.dates, place_name(activity.place), *activity.regions_shown
            )
        ),
        original=activity.original_language,
        exact=[activity.code],
        keywords=["activity activité actividad мероприятие نشاط 活动", *activity.partner_names],
        subjects=[link.subject.code for link in links],
        made_of=[*links, *activity.partner_links.all()],
        year=activity.starts_on.year,
        day=activity.starts_on,
    )


SOURCES = [
    Source(
        "unit",
        5,
        StudyUnit,
        _units,
        _unit,
        {
            StudyUnit: lambda unit: [unit.pk, *_below(unit)],
            StudyPeriod: lambda _row: [],
            MappingLink: lambda link: [link.first_id, link.second_id],
        },
        takes_day=True,
    ),
    Source(
        "activity",
        6,
        Activity,
        _activities,
        _activity,
        {
            ActivitySubject: lambda link: [link.activity_id],
            ActivityPartner: lambda link: [link.activity_id],
        },
    ),
]
