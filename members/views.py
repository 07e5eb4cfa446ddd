"""Public pages of the management team: the composition on a day, its history, its changes, and persons."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from iscg_portal.tables import file_of, read_choice, shown
from iscg_portal.tenure.as_on import a_year_before, read_date, read_day
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page
from members import rows, tables
from members.balance import balance
from members.change_log import ChangeLog
from members.change_rows import correction_rows, entry_rows
from members.composition import SEATS_OF_GROUP, composition
from members.composition_pictures import draw_composition
from members.corrections import corrections
from members.models import FormerAddress, Person
from members.models.groups import CHAIR
from members.offices_of import offices_of
from members.term_lanes import lanes_of
from members.terms import Terms, calendar

GROUPS = [CHAIR, *SEATS_OF_GROUP]


@public_page
def composition_page(request, format=None):
    """The seven seats on a day and the regional balance, or the seats as a file (clauses C1, C2, C3)."""
    day = read_day(request)
    composed = composition(day.on)
    table = tables.composition_table(composed)
    if format:
        return file_of(request, table, format)
    pictures = draw_composition(composed, balance(composed.representatives), rtl=get_language_bidi())
    context = {
        "here": rows.pages_of_composition("composition", day.query),
        "table": shown(request, table),
        "rows": rows.seat_rows(composed),
        "representatives": len(composed.representatives),
        "vacant": sum(seat.office.state == "vacant" for seat in composed.seats),
        "pictures": pictures,
    }
    return render(request, "members/composition.html", context | day.context)


@public_page
def composition_history(request, format=None):
    """Every term of every seat, as lanes and as a table; `?group=` the Chair's or one advisory group's."""
    day = read_day(request)
    group = read_choice(request, "group", GROUPS)
    framed_by = calendar()
    described = tables.terms_table(Terms(framed_by.seats, group), day.on)
    if format:
        return file_of(request, described, format)
    table = shown(request, described)
    context = {
        "here": rows.pages_of_composition("history", day.query),
        "table": table,
        "rows": rows.term_rows(table.rows, day.on),
        "groups": [(code, _("Chair") if code == CHAIR else code) for code in GROUPS],
        "group": group,
        "picture": lanes_of(framed_by, day, rtl=get_language_bidi()),
    }
    return render(request, "members/composition_history.html", context | day.context)


@public_page
def composition_changes(request):
    """Who came, left, was first or last recorded between two days, and which rows were removed as mistakes."""
    now = today()
    to_on = read_date(request, "to", now)
    from_on = read_date(request, "from", a_year_before(to_on))
    if from_on > to_on:
        raise BadRequest(_("The first day lies after the last; turn them round."))
    table = shown(request, tables.changes_table(ChangeLog(from_on, to_on)))
    context = {
        "here": rows.pages_of_composition("changes"),
        "from_on": from_on,
        "to_on": to_on,
        "today": now,
        "asked": bool(request.GET),
        "table": table,
        "rows": entry_rows(table.rows),
        "corrections": list(correction_rows(corrections(from_on, to_on))),
    }
    return render(request, "members/composition_changes.html", context)


@public_page
def person_detail(request, slug):
    """A person's offices, past, present and to come. Errors: 404 where the public knows no office of theirs."""
    day = read_day(request)
    offices = offices_of(slug, day.on)
    if not offices:
        return _moved(slug)
    table = shown(request, tables.offices_table(offices, day.on))
    context = {"person": offices[0].term.person, "table": table, "rows": rows.office_rows(table.rows)}
    return render(request, "members/person_detail.html", context | day.context)


def _moved(slug):
    """To the person into whom the one at this address was merged (rule 13), if the public may see that one."""
    seen = Person.objects.visible_to(AnonymousUser())
    former = FormerAddress.objects.filter(slug=slug, person__in=seen).select_related("person").first()
    if former is None:
        raise Http404(_("No office of a person with this address is on record."))
    return HttpResponsePermanentRedirect(former.person.get_absolute_url())
