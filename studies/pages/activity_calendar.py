"""The calendar of the activities for calendar programs: events that can be followed (clause F2).

How UID and SEQUENCE are kept is said in `iscg_portal/web/calendars.py`.
"""

from django.db.models import Case, DateField, F, When
from django.http import Http404
from django.utils.translation import gettext as _

from iscg_portal.languages import with_colon, with_commas
from iscg_portal.scheduled import LAST_DAY
from iscg_portal.tenure.as_on import a_year_before
from iscg_portal.tenure.dates import today
from iscg_portal.translated import columns_of
from iscg_portal.web.calendars import DAYS, EventsOf, EventWords, calendar_response, whole_days
from iscg_portal.web.public_page import public_page, takes
from studies.activity_filters import PARAMETERS, chosen_activities, read_activity_filters
from studies.models import Activity
from subjects.codes import subject_codes

MOST = 500  # as many as are written within a second


@public_page
@takes(*PARAMETERS)
def calendar(request):
    """The calendar for calendar programs; it can be narrowed as the list can. What was over a year ago leaves it.

    It has MOST events: those to come first, the next one before all others, then those that were over last.
    """
    now = today()
    filters = read_activity_filters(request, now, subject_codes())
    activities = chosen_activities(filters)
    if not (filters.year or filters.when):
        activities = activities.not_over(a_year_before(now))
    is_over = Case(When(last_day__lt=now, then=1), default=0)
    coming = Case(When(last_day__gte=now, then="starts_on"), default=None, output_field=DateField())
    nearest = activities.alias(last_day=LAST_DAY).order_by(is_over, coming, F("starts_on").desc(), "code").values("pk")
    found = Activity.objects.public().filter(pk__in=nearest[:MOST]).order_by("starts_on", "code")
    return calendar_response(ACTIVITIES, found.with_names(), _("Joint activities and events"), "iscg-activities")


@public_page
def activity_calendar(request, code):
    """One activity for calendar programs. One without a day gives a calendar without an event."""
    activities = Activity.objects.public().filter(code=code)
    if not activities:
        raise Http404(_("No activity with this code is on record."))
    return calendar_response(ACTIVITIES, activities.with_names(), code, f"iscg-activity-{code}")


def _tell(activity) -> EventWords:
    title, span = activity.title_shown, whole_days(activity)
    called = title if activity.takes_place else with_colon(activity.get_state_display(), title)
    return EventWords(activity.event_key, span, called, _lines(activity), activity.subject_codes, title.lang)


def _lines(activity):
    """What the event says beside its summary: what it is and by whom, in what state and why, how old that is."""
    holders = [*activity.sectors_shown, activity.office]
    yield with_commas((activity.get_kind_display(), *holders))
    state = activity.state_in_words
    yield with_colon(state, activity.note_shown) if activity.note_shown else state
    yield activity.age


ACTIVITIES = EventsOf(
    "Activities", (*DAYS, "kind", "place", "office", "state", "state_note", *columns_of("title")), _tell
)
