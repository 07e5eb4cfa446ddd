"""What a reader may ask of the activities."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from iscg_portal.bodies import Sector
from iscg_portal.scheduled import STATES
from iscg_portal.tables import read_choice
from iscg_portal.tables.questions import COMING, OVER, TIMES, Question, first_and_last, read_year, year_question
from studies.models import Activity
from studies.models.activity_words import INTERESTS, REGION_LABELS, Interest

PARAMETERS = ("subject", "region", "sector", "interest", "year", "when", "state")


@dataclass(frozen=True)
class ActivityFilters:
    """What the address asks of the activities; blank where it asks for all. `on` is the day of `when`."""

    subject: str = ""
    region: str = ""
    sector: str = ""
    interest: str = ""
    year: int = 0
    when: str = ""
    state: str = ""
    on: datetime.date | None = None


def read_activity_filters(request, on, subjects) -> ActivityFilters:
    """Errors: BadRequest with a sentence for a value that is not offered."""
    return ActivityFilters(
        subjects.read(request),
        read_choice(request, "region", REGION_LABELS),
        read_choice(request, "sector", Sector.values),
        read_choice(request, "interest", INTERESTS),
        read_year(request),
        read_choice(request, "when", TIMES),
        read_choice(request, "state", STATES),
        on,
    )


def chosen_activities(filters):
    """The activities that the filters let through."""
    activities = Activity.objects.public()
    if filters.year:
        activities = activities.in_year(filters.year)
    if filters.when == COMING:
        activities = activities.not_over(filters.on)
    elif filters.when == OVER:
        activities = activities.over(filters.on)
    if filters.subject:
        activities = activities.about(filters.subject)
    if filters.region:
        activities = activities.in_region(filters.region)
    if filters.interest:
        activities = activities.of_interest_to(filters.interest)
    if filters.state:
        activities = activities.in_state(filters.state)
    return activities.of_sector(filters.sector) if filters.sector else activities


def activity_questions(filters, subjects):
    """The questions above the list of activities. One query, for the years."""
    return [
        subjects.question(_("Subject"), filters.subject),
        Question("region", _("Region"), list(REGION_LABELS.items()), filters.region),
        Question("sector", _("Sector"), Sector.choices, filters.sector),
        Question("interest", _("Of interest to"), Interest.choices, filters.interest),
        year_question(first_and_last(Activity.objects.all(), "starts_on"), filters.year),
        Question("when", _("When"), list(TIMES.items()), filters.when),
        Question("state", _("State"), list(STATES.items()), filters.state),
    ]
