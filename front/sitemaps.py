"""`/sitemap.xml`: every public page in the six languages, each with its alternates; nobody who may not be seen."""

from itertools import islice

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, ExtractYear
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import override

from iscg_portal.languages import HTML_LANG, PREFIX_OF_LANGUAGE
from iscg_portal.web.public_page import public_page
from meetings.models import Document, Meeting
from members.models import Person
from reports.models import AnnualReport, CoordinatorReport
from studies.models import Activity, StudyUnit
from subjects.models import Edition, Resolution, Subject

PAGES = [
    "front:home",
    "members:composition",
    "members:composition-history",
    "changes:composition",
    "subjects:subject-list",
    "subjects:coordinator-list",
    "subjects:resolution-list",
    "studies:mapping",
    "studies:mapping-d-r",
    "studies:mapping-t-r",
    "studies:mapping-d-t",
    "studies:unit-list",
    "studies:ending-list",
    "studies:activity-list",
    "studies:activity-clashes",
    "changes:mapping",
    "meetings:meeting-list",
    "meetings:document-list",
    "meetings:withheld-list",
    "meetings:liaison-list",
    "meetings:decision-list",
    "reports:report-list",
    "reports:key-issue-list",
    "reports:coordinator-report-list",
    "reports:duplication-list",
    "front:about",
    "front:terms-of-reference",
    "front:glossary",
    "front:search",
    "front:contact",
    "front:accessibility",
    "front:privacy",
    "front:data",
    "front:data-fields",
    "front:data-examples",
    "front:embedding",
    "front:help-us-verify",
    "front:forecast",
]
MOST_PAGES = 4_000  # times six addresses; the protocol allows 50,000 in one file
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


@public_page
def sitemap(request):
    """The sitemap; eight queries."""
    entries = "".join(_entries(page) for page in islice(public_paths(), MOST_PAGES))
    return HttpResponse(f"{HEAD}{entries}</urlset>\n", content_type="application/xml; charset=utf-8")


def public_paths():
    """The path of every public page after its language prefix, the most asked first."""
    with override("en"):
        start = reverse("front:home")
        for name in PAGES:
            yield reverse(name).removeprefix(start)
        for name, keys in _records():
            base = reverse(name, args=["0"]).removeprefix(start).removesuffix("0/")
            for key in keys:
                yield f"{base}{key}/"


def paths_of_each_kind():
    """As `public_paths`, but one page of each kind of record."""
    start = reverse("front:home")
    yield from (reverse(name).removeprefix(start) for name in PAGES)
    for name, keys in _records():
        yield from (reverse(name, args=[key]).removeprefix(start) for key in list(keys)[:1])


def _records():
    yield from _of_several_kinds()
    editions = Edition.objects.values_list("adopted_on", flat=True)
    yield "subjects:edition-detail", (day.isoformat() for day in editions)
    yield "subjects:resolution-detail", Resolution.objects.values_list("slug", flat=True)
    years = Meeting.objects.dates("starts_on", "year", order="DESC")
    yield "meetings:meeting-year", (day.year for day in years)
    yield "meetings:meeting-detail", Meeting.objects.values_list("code", flat=True)
    yield "members:person-detail", Person.objects.visible_to(AnonymousUser()).values_list("slug", flat=True)
    documents = Document.objects.visible_to(AnonymousUser()).order_by("-sort_key")
    yield "meetings:document-detail", documents.values_list("slug", flat=True)[:MOST_PAGES]


def _of_several_kinds():
    """Reports of both kinds, subjects, study units and activities in one query: the page may ask eight.

    One column, since a union names none.
    """
    reports = AnnualReport.objects.visible_to(AnonymousUser())
    written = CoordinatorReport.objects.visible_to(AnonymousUser())
    written = written.alias(at=Concat("meeting__code", Value("/"), "subject__slug", output_field=CharField()))
    years = Activity.objects.annotate(year=Cast(ExtractYear("starts_on"), CharField())).distinct()
    kinds = {
        "reports:report-detail": (reports, "code"),
        "reports:coordinator-report": (written, "at"),
        "subjects:subject-detail": (Subject.objects, "slug"),
        "studies:unit-detail": (StudyUnit.objects, "slug"),
        "studies:activity-year": (years, "year"),
        "studies:activity-detail": (Activity.objects, "code"),
    }
    parts = [_keys(name, rows, column) for name, (rows, column) in kinds.items()]
    keys = [key.split() for key in parts[0].union(*parts[1:], all=True).order_by("key")]
    for name in kinds:
        yield name, (key for page, key in keys if page == name)


def _keys(name, rows, column):
    key = Concat(Value(f"{name} "), column, output_field=CharField())
    return rows.order_by().annotate(key=key).values_list("key", flat=True)


def _entries(page):
    """A page in its six languages. Paths hold slugs, codes and dates only, so nothing in them needs escaping."""
    addresses = {HTML_LANG[code]: f"{settings.SITE_URL}/{prefix}/{page}" for code, prefix in PREFIX_OF_LANGUAGE.items()}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{address}"/>' for lang, address in addresses.items()
    )
    other = addresses["en"] if page else f"{settings.SITE_URL}/"
    links += f'<xhtml:link rel="alternate" hreflang="x-default" href="{other}"/>'
    return "".join(f"<url><loc>{address}</loc>{links}</url>\n" for address in addresses.values())


urlpatterns = [path("sitemap.xml", sitemap, name="sitemap")]  # belongs to no language
