"""The composition on a day, and its regional balance (clauses C1, C2, C3)."""

from django.shortcuts import render
from django.utils.translation import get_language_bidi

from iscg_portal.tables import file_of, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page
from members.composition import composition
from members.pictures.composition import balance, draw_balance, draw_composition
from members.tables import composition_table


@public_page
def composition_page(request, format=None):
    """The seven seats on a day and the regional balance, or the seats as a file."""
    day = read_day(request)
    composed = composition(day.on)
    table = composition_table(composed)
    if format:
        return file_of(request, table, format)
    counts, rtl = balance(composed.representatives), get_language_bidi()
    context = {
        "composition": composed,
        "table": shown(request, table),
        "picture": draw_composition(composed, rtl=rtl),
        "by_region": draw_balance(counts.by_region, rtl=rtl),
        "by_organization": draw_balance(counts.by_organization, rtl=rtl),
    }
    return render(request, "members/composition.html", context | day.context)
