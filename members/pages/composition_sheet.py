"""The composition on a day as one sheet of paper, to be filed or hung up; and as the picture shown beside links.

Both are public pages, so each is made once for a state of the record and kept in the worker. A day costs most: nginx
lets a network ask for few of them (deploy/nginx/snippets/iscg-http.conf).
"""

from pathlib import Path

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from iscg_portal.languages import PREFIX_OF_LANGUAGE, language_of_path
from iscg_portal.tenure.as_on import read_day
from iscg_portal.tenure.dates import today
from iscg_portal.web.page_address import PageAddress
from iscg_portal.web.public_page import public_page, takes
from members.composition import composition
from members.models import RegionalMembership
from members.pictures.card import draw_card
from members.pictures.composition import balance

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
