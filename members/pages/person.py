"""One person: the page, and `people/<slug>.json`, the offices as JSON-LD with what others call the person."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.identifiers import wikidata_address
from iscg_portal.tables import shown
from iscg_portal.tables.files import CONTENT_TYPES, as_json, schema_address
from iscg_portal.tenure.as_on import read_day
from iscg_portal.tenure.dates import A_DAY
from iscg_portal.tenure.models import Tenure
from iscg_portal.web.public_page import public_page, takes
from members.linked_data import person_context
from members.models import Country, FormerAddress, Person
from members.models.people import kinds_of_office
from members.tables import holder_object, offices_table

STATES = ("in office", "upcoming", "ended")


@public_page
@takes("on", "page")
def person_detail(request, slug):
    """A person's offices. Errors: 404 where the public knows no office of theirs."""
    day = read_day(request)
    person = Person.objects.public().filter(slug=slug).first()
    if person is None:
        return moved(slug)
    table = shown(request, offices_table(offices_of(person, day.on), day.on))
    return render(request, "members/person_detail.html", {"person": person, "table": table} | day.context)


def offices_of(person, on) -> list[Tenure]:
    """The offices whose holder the public may know: those of the day first, then the newest.

    One query for each kind of office, read through the relations of the model: `subjects` is an app above this one.
    """
    rows = [row for kind in kinds_of_office() for row in _of(person, kind)]
    for row in rows:
        row.person = person
    return sorted(
        Country.objects.read_for(rows, on), key=lambda row: (STATES.index(row.state_on(on)), -row.starts_on.toordinal())
    )


def _of(person, kind):
    beside = ["subject"] if hasattr(kind, "subject") else []
    return kind.objects.public(beside).with_public_name().filter(person=person)


def moved(slug, address=""):
    """To the person into whom the one at this address was merged, if the public may see that one.

    `address` is another than that of the page, with “%s” for the slug.
    """
    seen = Person.objects.visible_to(AnonymousUser())
    former = FormerAddress.objects.filter(slug=slug, person__in=seen).select_related("person").first()
    if former is None:
        raise Http404(_("No office of a person with this address is on record."))
    to = address % former.person.slug if address else former.person.get_absolute_url()
    return HttpResponsePermanentRedirect(to)


@public_page
@takes("on")
def person_data(request, slug):
    """A person's offices, past, present and to come, as JSON-LD. Errors: as of the page."""
    day = read_day(request)
    person = Person.objects.public().filter(slug=slug).first()
    if person is None:
        return moved(slug, f"{request.path.rpartition('/')[0]}/%s.json")
    document = person_object(person, offices_of(person, day.on), day.on)
    response = HttpResponse(as_json(document), content_type=CONTENT_TYPES["json"])
    if "on" in request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response


def person_object(person, offices, on) -> dict:
    """The shape is a promise to the outside world."""
    item = person.wikidata
    known = {"scheme": "Wikidata", "identifier": item, "url": wikidata_address(item)}
    return {
        "$schema": schema_address("person"),
        "@context": person_context(),
        "@type": "Person",
        "as_on": on,
        "honorific": person.honorific,
        "name": person.name,
        "name_in_own_script": person.name_in_own_script,
        "slug": person.slug,
        "url": f"{settings.SITE_URL}{person.get_absolute_url()}",
        "wikidata": item or None,
        "same_as": [known["url"]] if item else [],
        "identifiers": [known] if item else [],
        "source": person.source,
        "grade": person.grade,
        "indicative": person.indicative,
        "offices": [_office(office, on) for office in offices],
    }


def _office(office, on):
    """HOLDER with the office, what it is for, and its state on the day."""
    subject = getattr(office, "subject", None)
    return {
        "@type": "Membership",
        "office": _kind(office),
        "group": getattr(office, "group", "") or None,
        "subject": subject and {"code": subject.code, "slug": subject.slug, "title": subject.title_shown},
        "for": getattr(office, "body", None),
        "state": office.state_on(on),
        "last_day": office.ends_on - A_DAY if office.ends_on else None,
        **holder_object(office, on),
    }


def _kind(office):
    """In English, as files name an office."""
    if hasattr(office, "subject"):
        return "Focal Point" if hasattr(office, "body") else "Coordinator"
    return "representative" if office.group else "Chair"
