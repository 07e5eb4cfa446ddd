"""`people/<slug>.json`: a person's offices as JSON-LD, with what others call the person."""

from django.conf import settings
from django.http import HttpResponse

from iscg_portal.identifiers import wikidata_address
from iscg_portal.tables.files import CONTENT_TYPES, as_json, schema_address
from iscg_portal.tenure.as_on import read_day
from iscg_portal.tenure.dates import A_DAY
from iscg_portal.web.public_page import public_page, takes
from members.linked_data import person_context
from members.models import Person
from members.pages.person import moved, offices_of
from members.tables import holder_object


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
    response["X-Content-Type-Options"] = "nosniff"
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
