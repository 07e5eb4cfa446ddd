"""The forecast for staff: the public one, with what only they read, and what may come without a day on record."""

import datetime
from collections import defaultdict
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iscg_portal.adminkit.site import admin_address, desk_page
from iscg_portal.bodies import ConferenceBody
from iscg_portal.languages import with_colon, with_commas
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.evidence import A_YEAR
from members.models import ChairTerm, Conference, Nomination, Representative
from members.models.groups import CHAIR
from secretariat.forecast import QUARTERS, changes_of_balance, first_day_of_quarter, forecast
from subjects.models import Coordinator, FocalPoint


class WithoutEnd(NamedTuple):
    """A term of today without an end on record: where it is mended, and what its end would do to the balance."""

    office: str
    who: str
    since: str
    is_old: bool
    url: str
    effects: tuple[str, ...]


class AfterConference(NamedTuple):
    """A conference of a Sector, after which its group's appointments are usually looked at anew."""

    code: str
    printed: str
    groups: str
    url: str


GROUP_OF_CONFERENCE = {ConferenceBody.RA: "RAG", ConferenceBody.WTSA: "TSAG", ConferenceBody.WTDC: "TDAG"}


@require_safe
def forecast_for_staff(request):
    """Two years ahead, with nominations, terms without an end and the conferences after which groups appoint anew."""
    told = forecast()
    context = {
        "title": _("Forecast"),
        "forecast": told,
        "without_end": without_end(told),
        "conferences": conferences_of_sectors(told.on),
        "nominations": nominations(told.on) if request.user.has_perm("members.view_nomination") else None,
        "ending": ending_of_secretariat(told.on) if request.user.has_perm("subjects.view_focalpoint") else None,
        "add_representative": admin_address(Representative, page="add"),
        "add_chair": admin_address(ChairTerm, page="add"),
        "add_coordinator": admin_address(Coordinator, page="add"),
    }
    return desk_page(request, "admin/forecast.html", **context)


def without_end(told) -> list[WithoutEnd]:
    """The seats of today whose terms have no end on record."""
    found, terms = [], told.composed.representatives
    for seat in told.composed.seats:
        term = seat.office.tenure
        if term is None or term.ends_on:
            continue
        is_chair = seat.seat_id == CHAIR
        left = [other for other in terms if other is not term]
        effects = () if is_chair else changes_of_balance(terms, left, told.belonging)
        url = admin_address(ChairTerm if is_chair else Representative, term.pk)
        is_old = term.evidence_on < told.on - A_YEAR
        found.append(WithoutEnd(seat.office_name, term.printed_in_full, term.since, is_old, url, effects))
    return found


def conferences_of_sectors(on) -> list[AfterConference]:
    """Assemblies and conferences of the Sectors in the time of the forecast. One query."""
    until = first_day_of_quarter(on, QUARTERS)
    rows = Conference.objects.filter(body__in=GROUP_OF_CONFERENCE, ends_on__gte=on, starts_on__lt=until)
    return [
        AfterConference(
            str(row), print_date(row.ends_on), GROUP_OF_CONFERENCE[row.body], admin_address(Conference, row.pk)
        )
        for row in rows.order_by("ends_on")
    ]


def nominations(on) -> list[tuple[str, list[str]]]:
    """Who is nominated for the Chair, by the conference after which the term begins; only staff read it. One query."""
    rows = Nomination.objects.filter(
        withdrawn_on__isnull=True, conference__ends_on__gte=on - datetime.timedelta(days=365)
    )
    found = defaultdict(list)
    for row in rows.select_related("conference", "person", "country").order_by("conference__starts_on", "nominated_on"):
        country = row.country.name if row.country_id else _("country not recorded")
        names = {"person": row.person, "country": country, "day": print_date(row.nominated_on)}
        found[str(row.conference)].append(_("%(person)s (%(country)s), nominated on %(day)s") % names)
    return list(found.items())


def ending_of_secretariat(on) -> list[tuple[str, str]]:
    """Terms of Focal Points that end, with the names that the public does not read. One query."""
    until = first_day_of_quarter(on, QUARTERS)
    rows = FocalPoint.objects.filter(ends_on__gt=on, ends_on__lt=until).select_related("subject", "person", "country")
    return [
        (with_colon(row.person, with_commas([row.office_in_full, row.until])), admin_address(FocalPoint, row.pk))
        for row in rows.order_by("ends_on", "pk")
    ]
