"""An edition of the list as adopted on a date: the stored words, whatever changed since (clause F1)."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from iscg_portal.tables import ROWS_A_PAGE, read_page
from iscg_portal.web.public_page import public_page
from subjects.models import Edition


@public_page
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
