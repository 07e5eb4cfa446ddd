"""What the portal says of a person and of who holds an office, described once: see `iscg_portal.tables.fields`.

The keys are those of JSON (the object HOLDER of the contract) and the heads of CSV and XLSX: new ones may come, none
goes.
"""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from iscg_portal.identifiers import EXPLANATION
from iscg_portal.importing.cells import Text
from iscg_portal.tables.fields import JSON, SHEET, Field
from iscg_portal.tenure.fields import TENURE_FIELDS

OLD_EVIDENCE = _("where the evidence is over a year old on the day of the file: when it was last confirmed")


def country_object(tenure):
    """The country by code and by its name on the day, in the page's language, or None."""
    return {"code": tenure.country_id, "name": tenure.country_name} if tenure.country_id else None


PERSON_FIELDS = [
    Field("honorific", _("as printed: Mr, Ms, Dr"), attrgetter("honorific"), cell=Text(), column={"example": "Ms"}),
    Field(
        "name",
        _("as printed, as one string; empty where the name is not public"),
        attrgetter("name"),
        cell=Text(),
        column={"required": True, "example": "Ada Testperson", "explanation": _("As printed, as one string.")},
    ),
    Field(
        "name_in_own_script",
        _("the name in the person’s own script, where it is recorded"),
        attrgetter("name_in_own_script"),
        cell=Text(),
    ),
    Field(
        "slug",
        _("the last part of the address of the person’s page"),
        attrgetter("slug"),
        cell=Text(),
        column={
            "keep": True,
            "example": "ada-testperson",
            "explanation": _(
                "The address, set once. Empty: made from the name, unless somebody of that name is on record."
            ),
        },
    ),
    Field(
        "wikidata",
        EXPLANATION,
        lambda person: person.wikidata or None,
        cell=Text(),
        column={"keep": True, "example": "Q42"},
    ),
    Field(
        "sort_key",
        _("Family name first; made from the name if empty. In Latin letters where the name is not."),
        cell=Text(),
        column={"keep": True},
    ),
]
HOLDER_FIELDS = [
    *(each.of(attrgetter("holder")) for each in PERSON_FIELDS),
    Field(
        "country",
        _("the country for which the person sits, by code and name"),
        country_object,
        (JSON,),
    ),
    Field(
        "country_code",
        _("ISO 3166 code of the country for which the person sits"),
        lambda tenure: tenure.country_id or "",
        (SHEET,),
    ),
    Field(
        "country_name",
        _("its name in the language of the file, on the day of the file or the last day of a term that was over"),
        attrgetter("country_name"),
        (SHEET,),
    ),
    *TENURE_FIELDS,
]
