"""The things with titles that this room keeps: the units of the day, and the activities to come."""

from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.languages import LANGUAGE_CODES, in_brackets
from iscg_portal.translated import columns_of
from studies.models import Activity, StudyUnit
from studies.overlaps.gaps import LETTERS, Mapping
from studies.overlaps.registry import ShownRecord, Titled, TitleSource


def titles_of(record, field="title"):
    """{language: title} of a record with texts in six languages; those that are blank are missing."""
    texts = zip(LANGUAGE_CODES, (getattr(record, column) for column in columns_of(field)), strict=True)
    return {code: text for code, text in texts if text}


def read_units(on):
    """The units of a day. A joint group, which is of several Sectors, overlaps with none of them."""
    mapping = Mapping(on)
    for pk, unit in mapping.units.items():
        if unit.sector in LETTERS:
            subjects, linked = mapping.subjects_of[pk], mapping.linked[pk]
            yield Titled(pk, frozenset(unit.sector), titles_of(unit), frozenset(subjects), frozenset(linked))


def show_units(pks):
    """{key: how the unit reads}. One query."""
    units = StudyUnit.objects.public().with_period().filter(pk__in=pks)
    return {unit.pk: shown(unit, unit.name, unit.title_shown) for unit in units}


def shown(record, name, title):
    """How a record with a page of its own reads."""
    return ShownRecord(
        name, title, record.get_absolute_url(), admin_address(type(record), record.pk), titles_of(record)
    )


UNITS = TitleSource("studies.StudyUnit", _("study units"), read_units, show_units)


def read_activities(on):
    """The activities that are not over, and are not called off. Two queries."""
    for activity in Activity.objects.public().not_over(on).not_called_off().prefetch_related("subject_links"):
        about = frozenset(link.subject_id for link in activity.subject_links.all())
        yield Titled(activity.pk, frozenset(activity.sectors), titles_of(activity), about)


def show_activities(pks):
    """{key: how the activity reads}. One query."""
    found = Activity.objects.public().filter(pk__in=pks)
    return {one.pk: shown(one, f"{one.code}{in_brackets(one.dates)}", one.title_shown) for one in found}


ACTIVITIES = TitleSource("studies.Activity", _("activities"), read_activities, show_activities)
