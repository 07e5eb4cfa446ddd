"""What a reader may ask of the list of subjects: a Sector, a state, whether there is a Coordinator."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from iscg_portal.bodies import Sector
from iscg_portal.fragments import remembered
from iscg_portal.tables import read_choice
from subjects.listing import DELISTED, LISTED, NOT_YET, STATES, UNDATED, in_state, is_listed, on_the_list
from subjects.models import Coordinator, FocalPoint, Subject

OFFICES = {
    "held": gettext_lazy("with a Coordinator"),
    "vacant": gettext_lazy("vacant"),
    "not-recorded": gettext_lazy("not recorded"),
}
STATE_LABELS = STATES | {LISTED: gettext_lazy("on the list"), UNDATED: gettext_lazy("since when is not recorded")}


@dataclass(frozen=True)
class Choice:
    """One value of a filter as its form offers it."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Filters:
    """What the address asks for; blank where it asks for everything."""

    sector: str = ""
    state: str = ""
    vacancy: str = ""

    @property
    def sectors(self):
        return _choices(Sector.choices, self.sector)

    @property
    def states(self):
        return _choices([(state, STATE_LABELS[state]) for state in (LISTED, UNDATED, DELISTED, NOT_YET)], self.state)

    @property
    def offices(self):
        return _choices(OFFICES.items(), self.vacancy)


def read_filters(request) -> Filters:
    """The filters of the address. Errors: BadRequest with a sentence for a value that is not offered."""
    return Filters(
        read_choice(request, "sector", Sector.values),
        read_choice(request, "state", STATES),
        read_choice(request, "vacancy", OFFICES),
    )


def _subjects():
    """As they are stored: rewriting names of columns by language would shuffle the columns that a list asks for."""
    return Subject.objects.rewrite(False)


def all_subjects(filters, on):
    """Every subject that the filters let through on a day."""
    return _narrowed(_subjects(), filters, on)


def subjects_with_offices(filters, on):
    """Those on the list on a day, and those for which somebody holds an office all the same."""
    coordinators, focal_points = (_held(model, on) for model in (Coordinator, FocalPoint))
    return _narrowed(_subjects().filter(Q(is_listed(on)) | Q(coordinators) | Q(focal_points)), filters, on)


def _narrowed(subjects, filters, on):
    if filters.sector:
        subjects = subjects.filter(**{f"in_{filters.sector.lower()}": True})
    if filters.state == LISTED:
        subjects = on_the_list(on, subjects)
    elif filters.state:
        subjects = in_state(filters.state, on, subjects)
    return in_office_state(filters.vacancy, on, subjects) if filters.vacancy else subjects


def in_office_state(state, on, subjects):
    """The subjects whose Coordinator is held, vacant or not-recorded on a day (rule 3)."""
    held, recorded = _held(Coordinator, on), Q(recorded_from__lte=on)
    if state == "held":
        return subjects.filter(held)
    if state == "vacant":
        return subjects.filter(~held, recorded)
    return subjects.filter(~held).exclude(recorded)


def _held(model, on):
    return Exists(model.objects.in_office(on).filter(subject=OuterRef("pk")))


@remembered
def filters_form(filters, path, day_query, with_states):
    """The form that asks for the filters, for a page at `path` on the day that `day_query` names."""
    context = {"filters": filters, "path": path, "on": day_query.removeprefix("?on="), "states": with_states}
    return render_to_string("subjects/_filters.html", context)


def _choices(pairs, chosen):
    return [Choice(value, label, value == chosen) for value, label in pairs]
