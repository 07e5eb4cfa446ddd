"""JSON-LD: what the keys of composition.json and people/<slug>.json mean to others.

Persons in the terms of schema.org; offices as memberships and posts, in the terms to which Popolo maps them (W3C's
Organization Ontology, `opengov`, schema.org). `ends_on` is the first day after an office, which has no term there;
`last_day` has one.
"""

from django.conf import settings
from django.utils.translation import get_language

from iscg_portal.languages import HTML_LANG, PREFIX_OF_LANGUAGE

VOCABULARIES = {
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "opengov": "http://www.w3.org/ns/opengov#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
ADDRESS = {"@type": "@id"}
DAY = {"@type": "xsd:date"}
PERSON = {
    "honorific": "schema:honorificPrefix",
    "name": "schema:name",
    "name_in_own_script": "schema:alternateName",
    "slug": "@id",
    "url": {"@id": "schema:url"} | ADDRESS,
    "same_as": {"@id": "schema:sameAs"} | ADDRESS,
    "wikidata": {
        "@id": "schema:sameAs",
        "@type": "@vocab",
        "@context": {"@vocab": "http://www.wikidata.org/entity/"},
    },
    "identifiers": {
        "@id": "schema:identifier",
        "@context": {
            "scheme": "schema:propertyID",
            "identifier": "schema:value",
            "url": {"@id": "schema:url"} | ADDRESS,
        },
    },
}
STATE = {"@id": "opengov:onBehalfOf", "@context": {"code": "schema:identifier", "name": "schema:name", "slug": None}}
OFFICE = {
    "office": "org:role",
    "group": "org:organization",
    "country": STATE,
    "starts_on": {"@id": "schema:validFrom"} | DAY,
    "last_day": {"@id": "schema:validThrough"} | DAY,
    "source": "dcterms:source",
    **dict.fromkeys(("name", "honorific", "name_in_own_script", "slug", "wikidata")),  # of the person, who stands above
}


def _context(**terms):
    prefix = PREFIX_OF_LANGUAGE[get_language()]
    base = {"@base": f"{settings.SITE_URL}/{prefix}/people/", "@language": HTML_LANG[get_language()]}
    return {"@version": 1.1, **base, **VOCABULARIES, **terms}


def person_context() -> dict:
    """Of people/<slug>.json."""
    return _context(
        Person="schema:Person",
        Membership="org:Membership",
        **PERSON,
        offices={"@id": "org:hasMembership", "@context": OFFICE},
    )


def composition_context() -> dict:
    """Of composition.json: an organization with posts, each held by a person."""
    holder = {"@id": "org:heldBy", "@context": PERSON | {"country": STATE, "source": "dcterms:source"}}
    post = {"@id": "org:hasPost", "@context": {"holder": holder}}
    name = {"code": "schema:identifier", "name": "schema:name"}
    groups = {"@id": "org:linkedTo", "@context": name | {"seats": post}}
    return _context(Organization="org:Organization", chair=post, groups=groups)
