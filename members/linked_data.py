"""JSON-LD: what the keys of composition.json and people/<slug>.json mean to others.

Persons in the terms of schema.org; offices as memberships and posts, in the terms to which Popolo maps them (W3C's
Organization Ontology, `opengov`, schema.org). `ends_on` is the first day after an office, which has no term there;
`last_day` has one.
"""

from django.conf import settings
from django.utils.translation import get_language

from iscg_portal.languages import HTML_LANG

VOCABULARIES = {
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "opengov": "http://www.w3.org/ns/opengov#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
ADDRESS = {"@type": "@id"}
OF_NO_LANGUAGE = {"@language": None}  # codes, the English words of files, and names of persons
DAY = {"@type": "xsd:date"}
PERSON = {
    "honorific": {"@id": "schema:honorificPrefix"} | OF_NO_LANGUAGE,
    "name": {"@id": "schema:name"} | OF_NO_LANGUAGE,
    "name_in_own_script": {"@id": "schema:alternateName"} | OF_NO_LANGUAGE,
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
CODE = {"@id": "schema:identifier"} | OF_NO_LANGUAGE
STATE = {"@id": "opengov:onBehalfOf", "@context": {"code": CODE, "name": "schema:name", "slug": None}}
OFFICE = {
    "office": {"@id": "org:role"} | OF_NO_LANGUAGE,
    "group": {"@id": "org:organization"} | OF_NO_LANGUAGE,
    "country": STATE,
    "starts_on": {"@id": "schema:validFrom"} | DAY,
    "last_day": {"@id": "schema:validThrough"} | DAY,
    "source": "dcterms:source",
    **dict.fromkeys(("name", "honorific", "name_in_own_script", "slug", "wikidata")),  # of the person, who stands above
}


def _context(**terms):
    """With the same name for a person in every language."""
    base = {"@base": f"{settings.SITE_URL}/en/people/", "@language": HTML_LANG[get_language()]}
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
    name = {"code": CODE, "name": "schema:name"}
    groups = {"@id": "org:linkedTo", "@context": name | {"seats": post}}
    return _context(Organization="org:Organization", chair=post, groups=groups)
