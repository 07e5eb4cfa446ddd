"""The composition on a day with its regional balance, and every term of every seat (clauses C1, C2, C3).

Also as one sheet of paper, to be filed or hung up, and as the picture shown beside links. Each is made once for a state
of the record and kept in the worker. A day costs most: nginx lets a network ask for few of them
(deploy/nginx/snippets/iscg-http.conf).
"""

from pathlib import Path

from django.db.models import BinaryField, Count, F, Value
from django.db.models.functions import Coalesce, StrIndex
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from iscg_portal.fixed_terms import initials
from iscg_portal.languages import PREFIX_OF_LANGUAGE, language_of_path
from iscg_portal.tables import file_of, read_choice, shown
from iscg_portal.tenure.as_on import read_day
from iscg_portal.tenure.dates import today
from iscg_portal.web.page_address import PageAddress
from iscg_portal.web.public_page import public_page, takes
from members.composition import SEATS_OF_GROUP, SEVEN, composition, terms_with_successors
from members.models import Country, RegionalMembership, Seat
from members.models.groups import CHAIR
from members.models.offices import terms_in
from members.pictures.card import draw_card
from members.pictures.composition import balance, draw_balance, draw_composition
from members.pictures.terms import draw_terms, read_lanes
from members.tables import composition_table, terms_table


@public_page
@takes("on")
def composition_page(request, format=None):
    """The seven seats on a day and the regional balance, or the seats as a file."""
    day = read_day(request)
    composed = composition(day.on, terms_with_successors(day.on) if day.is_today else None)
    organizations = RegionalMembership.objects.by_country(day.on)
    table = composition_table(composed, organizations)
    if format:
        return file_of(request, table, format)
    counts = balance(composed.representatives, organizations, composed.unrecorded)
    rtl = get_language_bidi()
    context = {
        "composition": composed,
        "table": shown(request, table),
        "picture": draw_composition(composed, rtl=rtl),
        "balance": [
            (_("By Council region"), draw_balance(counts.by_region, rtl=rtl), counts.by_region),
            (_("By regional organization"), draw_balance(counts.by_organization, rtl=rtl), counts.by_organization),
        ],
    }
    return render(request, "members/composition.html", context | day.context)


GROUPS = [CHAIR, *SEATS_OF_GROUP]
RANK = StrIndex(Value(" ".join(SEVEN)), F("seat_id"))  # of a term in a query: in the order in which seats are printed


@public_page
@takes("on", "group", "sort", "page")
def composition_history(request, format=None):
    """Every term of every seat; `?group=` the Chair's or one advisory group's."""
    day = read_day(request)
    group = read_choice(request, "group", GROUPS)
    seats = counted_seats()
    chosen = [seat for seat in seats if group in ("", seat.group_id or CHAIR)]
    described = terms_table(Terms(chosen, day.on), day.on)
    if format:
        return file_of(request, described, format)
    context = {
        "table": shown(request, described),
        "groups": [(code, _("Chair") if code == CHAIR else initials(code)) for code in GROUPS],
        "group": group,
        "picture": draw_terms(read_lanes(seats, day), rtl=get_language_bidi()),
    }
    return render(request, "members/composition_history.html", context | day.context)


def counted_seats() -> list[Seat]:
    """The seats in the order in which they are printed, each with the number of its `terms`. One query."""
    # A seat has terms in one of the two tables alone, so the join counts none twice.
    terms = Count("chairterm") + Count("representative")
    seats = Seat.objects.public().filter(pk__in=SEVEN).annotate(terms=terms)
    return sorted(seats, key=lambda seat: SEVEN.index(seat.pk))


class Terms:
    """The terms of these seats, with the countries' names on a day.

    Seat by seat, the newest first, or in the order of fields that both tables have.
    """

    def __init__(self, seats, on, order=()):
        self.seats, self.on, self.order = list(seats), on, order

    def order_by(self, *order):
        """The terms in the order of these fields; a “-” before a name turns it round. Ties keep the usual order."""
        return Terms(self.seats, self.on, tuple(name for name in order if name != "pk"))

    def __len__(self):
        return sum(seat.terms for seat in self.seats)

    def __iter__(self):
        return iter(self[0 : len(self)])

    def __getitem__(self, wanted):
        start, stop, _step = wanted.indices(len(self))
        seats, before = (self.seats, 0) if self.order else self._touched(start, stop)
        return Country.objects.read_for(self._sorted(seats)[start - before : stop - before], self.on)

    def _touched(self, start, stop):
        """The seats of which a slice in the usual order holds terms, and the number of terms before the first."""
        touched, before, number = [], 0, 0
        for seat in self.seats:
            if number + seat.terms <= start:
                before = number + seat.terms
            elif number < stop:
                touched.append(seat)
            number += seat.terms
        return touched, before

    def _sorted(self, seats):
        columns = {f"by_{name}": self._column(name) for name in (name.removeprefix("-") for name in self.order)}
        by = [f"-by_{name[1:]}" if name.startswith("-") else f"by_{name}" for name in self.order]

        rows = terms_in(seats, lambda rows: rows.annotate(rank=RANK, **columns))
        return rows.order_by(*by, "rank", "-starts_on")

    def _column(self, name):
        """The country by its name on the day; a term without one sorts alike on both databases: before the others."""
        if not name.startswith("country__"):
            return F(name)
        then = Country.former_name(self.on, column=name.removeprefix("country__"))
        return Coalesce(then, F(name), Value(b"", BinaryField()))


STYLE = Path(__file__).with_name("composition_sheet.css")
SIZES = (10, 9, 8, 7, 6, 5)  # points; the largest with which everything stands on one sheet is taken


@public_page
@takes("on")
def composition_sheet(request):
    """The seven seats on a day on one sheet of A4, as a tagged PDF."""
    day = read_day(request)
    response = HttpResponse(one_sheet(sheet_html(request, day)), content_type="application/pdf")
    language = PREFIX_OF_LANGUAGE[language_of_path(request.path)]
    name = f"iscg-composition-{day.on.isoformat()}-{language}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    if "on" in request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response


@public_page
def composition_card(request):
    """The management team as today's record has it, as a PNG."""
    return HttpResponse(draw_card(composition(today())), content_type="image/png")


def sheet_html(request, day) -> str:
    """What stands on the sheet. Three queries."""
    composed = composition(day.on)
    organizations = RegionalMembership.objects.by_country(day.on)
    context = {
        "composition": composed,
        "balance": balance(composed.representatives, organizations, composed.unrecorded),
        "page_address": PageAddress(request),
        "rtl": get_language_bidi(),
    }
    return render_to_string("members/composition_sheet.html", context | day.context)


def one_sheet(html: str) -> bytes:
    """The PDF/UA of the page, on one sheet however long the names are. Fetches nothing.

    Errors: Http404 with a sentence where a library of the system is missing.
    """
    try:
        from weasyprint import CSS, HTML  # loads Pango, which no other page needs
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise Http404(_("The PDF cannot be made: the system library Pango is missing.")) from error

    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    document = HTML(string=html, url_fetcher=fetcher)
    style = STYLE.read_text(encoding="utf-8")
    for size in SIZES:
        sheets = [CSS(string=f"{style}\nhtml {{ font-size: {size}pt; }}", url_fetcher=fetcher)]
        pages = document.render(stylesheets=sheets, pdf_variant="pdf/ua-1")
        if len(pages.pages) == 1:
            break
    return pages.write_pdf(pdf_variant="pdf/ua-1")
