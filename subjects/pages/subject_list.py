"""The list of subjects of mutual interest on a day, its offices, and its adopted editions (clauses F1, A0, A3, C4)."""

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from iscg_portal.bodies import Sector
from iscg_portal.tables import ROWS_A_PAGE, file_of, read_choice, read_page, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from subjects.models import Edition, Subject
from subjects.models.listings import LISTED, STATES, UNDATED
from subjects.models.subjects import HELD, NOT_RECORDED, VACANT
from subjects.pictures import SubjectMark, draw_counts, draw_subjects
from subjects.tables import coordinators_table, offices_table, subjects_table
from subjects.theme_rule import CANNOT_BE_TOLD, MET, NOT_MET, WORDS

OFFICES = {
    HELD: gettext_lazy("with a Coordinator"),
    VACANT: gettext_lazy("vacant"),
    NOT_RECORDED: gettext_lazy("not recorded"),
}
VERDICTS = {"met": MET, "not-met": NOT_MET, "cannot-be-told": CANNOT_BE_TOLD}
THEMES = {name: WORDS[verdict] for name, verdict in VERDICTS.items()}
OFFERED_STATES = STATES | {UNDATED: gettext_lazy("since when is not recorded")}


class Select(NamedTuple):
    """A filter as its form offers it: the pairs of `options` are values and labels; a blank choice asks for all."""

    name: str
    label: Any
    chosen: str
    options: Any


class Filters(NamedTuple):
    """What the address asks for; blank where it asks for everything."""

    sector: str
    state: str
    vacancy: str
    theme: str = ""

    def applied_to(self, subjects, on):
        """The subjects that they let through on a day."""
        if self.sector:
            subjects = subjects.concerning(self.sector)
        if self.state:
            subjects = subjects.on_the_list(on) if self.state == LISTED else subjects.in_state(self.state, on)
        if self.theme:
            subjects = subjects.in_verdict(VERDICTS[self.theme], on)
        return subjects.in_office_state(self.vacancy, on) if self.vacancy else subjects

    @property
    def selects(self):
        """The form of the list of subjects."""
        sector, coordinator = self.selects_of_offices
        listing = Select("state", _("List"), self.state, OFFERED_STATES.items())
        return [sector, listing, Select("theme", _("Theme rule"), self.theme, THEMES.items()), coordinator]

    @property
    def selects_of_offices(self):
        """The form of the list of Coordinators: without the state on the list."""
        return [
            Select("sector", _("Sector"), self.sector, Sector.choices),
            Select("vacancy", _("Coordinator"), self.vacancy, OFFICES.items()),
        ]


def read_filters(request) -> Filters:
    """The filters of the address. Errors: BadRequest with a sentence for a value that is not offered."""
    return Filters(
        read_choice(request, "sector", Sector.values),
        read_choice(request, "state", STATES),
        read_choice(request, "vacancy", OFFICES),
        read_choice(request, "theme", THEMES),
    )


@public_page
@takes("on", "sector", "state", "vacancy", "theme", "sort", "page")
def subject_list(request, format=None):
    """The subjects on a day with their picture and the editions of the list, or the subjects as a file."""
    day, filters = read_day(request), read_filters(request)
    selected = filters.applied_to(Subject.objects.public(), day.on)
    if format:
        return file_of(request, subjects_table(selected.on(day.on), day.on), format)
    subjects = selected.read_listings(day.on).read_mandates(day.on).read_coordinator(day.on)
    table = shown(request, subjects_table(subjects, day.on))
    context = {
        "selects": filters.selects,
        "picture": draw(selected.count_by_scope(day.on), table, day),
        "table": table,
        "all_indicative": all(subject.indicative for subject in table.rows),
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
    listed = (subject for subject in table.rows if subject.listing.is_on_the_list)
    return draw_subjects((mark_of(subject, f"{subject.get_absolute_url()}{day.query}") for subject in listed), rtl=rtl)


def mark_of(subject, url):
    """The subject as the picture shows it."""
    return SubjectMark(subject.code, subject.title_shown, subject.scope, subject.office.state, url)


@public_page
@takes("on", "sector", "state", "vacancy", "theme", "sort", "page")
def coordinator_list(request, format=None):
    """Who coordinates each subject on a day, and the Focal Points, or the same as a file."""
    day, filters = read_day(request), read_filters(request)
    selected = filters.applied_to(Subject.objects.public().with_offices(day.on), day.on)
    subjects = selected.read_listings(day.on)
    if format:
        table = coordinators_table if format == "json" else offices_table
        return file_of(request, table(subjects.read_offices(day.on), day.on), format)
    subjects = subjects.read_coordinator_and_next(day.on) if day.is_today else subjects.read_coordinator(day.on)
    context = {
        "selects": filters.selects_of_offices,
        "table": shown(request, coordinators_table(subjects.read_focal_points(day.on), day.on)),
    }
    return render(request, "subjects/coordinator_list.html", context | day.context)


@public_page
@takes("page")
def edition_detail(request, date):
    """The list as adopted on a date. Errors: 404 with a sentence for another date and for nonsense."""
    edition = find_edition(date)
    if edition is None:
        raise Http404(_("No edition of the list was adopted on this date."))
    page = read_page(request, Paginator(edition.rows.order_by("position"), ROWS_A_PAGE))
    return render(request, "subjects/edition_detail.html", {"edition": edition, "page": page})


def find_edition(text):
    """The edition adopted on the date that an address names as 2025-02-12, or None."""
    try:
        adopted_on = parse_date(text)
    except ValueError:
        return None
    if adopted_on is None or adopted_on.isoformat() != text:
        return None
    return Edition.objects.public().filter(adopted_on=adopted_on).first()
