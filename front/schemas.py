"""`/schemas/<name>.json`: a JSON Schema of each JSON file. What a field holds is read off the description of its table.

Every key that is named has been promised: it is there. Further ones may come, so a schema allows them.
"""

from django.http import Http404, HttpResponse
from django.urls import path, register_converter
from django.utils.translation import gettext as _

from front.data_files import DATA_FILES
from iscg_portal.tables.fields import JSON, published
from iscg_portal.tables.files import as_json, schema_address
from iscg_portal.web.public_page import public_page
from members.fields import HOLDER_FIELDS, OLD_EVIDENCE

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PERSON = "person"
LINKED = {"@context": {"type": "object"}, "@type": {"type": "string"}}  # what JSON-LD needs
TEXT = {"type": ["string", "null"]}
DAY = {"type": ["string", "null"], "format": "date"}
NUMBER = {"type": ["integer", "null"]}
YES_OR_NO = {"type": ["boolean", "null"]}
TEXTS = {"type": "array", "items": {"type": "string"}}
STATE = {"enum": ["held", "vacant", "not recorded"]}
PRECISION = {"enum": ["day", "month", "year", "by", "after", None]}
DAYS = {"last_day", "vacant_since", "mandates_recorded_from", "period_from", "first_day", "period_to", "as_on"}
LISTS = {
    "activities": {"sectors", "subjects", "regions", "languages", "partners", "interests"},
    "meetings": {"deadlines", "attendance", "presence"},
    "liaison-statements": {"addressees", "answered_by"},
    "documents": {"subjects", "files", "sha256"},
    "reports": {"corrected_by", "files", "sha256"},
}


def leaf(key, explanation="", table=""):
    """The schema of a plain field: by its name, as the names of fields are given."""
    if key in LISTS.get(table, ()):
        kind = TEXTS
    elif key == "indicative" or key.endswith("_unrecorded"):
        kind = YES_OR_NO
    elif key in DAYS or key.endswith("_on"):
        kind = DAY
    else:
        kind = PRECISION if key.endswith("_precision") else TEXT
    return kind | ({"description": str(explanation)} if explanation else {})


def an_object(**properties):
    """An object with just these keys promised."""
    return {"type": "object", "required": list(properties), "properties": properties}


def many(item):
    """A list of such objects."""
    return {"type": "array", "items": item}


def ref(name):
    """What stands under this name in `definitions`."""
    return {"$ref": f"#/$defs/{name}"}


def nullable(schema):
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def leaves(names):
    """Plain fields by their names, separated by spaces."""
    return {key: leaf(key) for key in names.split()}


def holder_properties():
    """The fields of HOLDER."""
    fields = {one.key: leaf(one.key, one.explanation) for one in published(HOLDER_FIELDS, JSON)}
    return fields | {"country": nullable(ref("country")), "old_evidence": leaf("old_evidence", OLD_EVIDENCE)}


def definitions():
    """What several files have: a country, a holder, an office, a subject's offices."""
    state = {"state": STATE, **leaves("vacant_since vacant_since_precision")}
    return {
        "country": an_object(code=TEXT, name=TEXT),
        "holder": an_object(**holder_properties()),
        "seat": an_object(**state, holder=nullable(ref("holder"))),
        "focal_point": an_object(**holder_properties(), **{"for": TEXT}),
        "body_state": an_object(**state, **{"for": TEXT}),
        "decision": an_object(**leaves("group decided_on document document_url")),
        "count": an_object(name=TEXT, count=NUMBER),
        "mandate": an_object(**leaves("slug citation body"), number=NUMBER, **leaves("source grade indicative")),
        "revision": an_object(
            citation=TEXT, number=NUMBER, place=TEXT, year=NUMBER, **leaves("title url source grade")
        ),
    }


def _composition():
    group = an_object(code=TEXT, name=TEXT, seats=many(ref("seat")))
    balance = an_object(by_council_region=many(ref("count")), by_regional_organization=many(ref("count")))
    successors = many(an_object(**leaves("follows successor slug starts_on starts_precision")))
    seats = {"chair": ref("seat"), "chair_remark": TEXT, "groups": many(group)}
    return {**seats, "successors": successors, "balance": balance}


def _offices():
    return {
        "coordinator": ref("seat"),
        "appointed_by": many(ref("decision")),
        "focal_points": many(ref("focal_point")),
        "focal_point_states": many(ref("body_state")),
    }


def _subject():
    return {
        **leaves("code slug title"),
        "scope": TEXTS,
        **leaves("state listed_on listed_precision delisted_on delisted_precision"),
        "mandates": many(ref("mandate")),
        "mandates_recorded_from": DAY,
        "theme_rule": an_object(verdict=TEXT, sentence=TEXT),
        **_offices(),
        **leaves("wikidata source grade indicative"),
    }


def _resolution():
    return {
        **leaves("slug body"),
        "number": NUMBER,
        **leaves("citation title"),
        "calls_for_coordination": YES_OR_NO,
        "revisions": many(ref("revision")),
        **leaves("in_force replaced_by"),
        "suppressed_in": NUMBER,
        "subjects": TEXTS,
        **leaves("source grade indicative"),
    }


RICHER = {  # the rows of files whose JSON is richer than the columns of CSV
    "terms": lambda: {**leaves("office group state"), **holder_properties()},
    "subjects": _subject,
    "coordinators": lambda: {**leaves("code slug title"), "scope": TEXTS, "list_state": TEXT, **_offices()},
    "resolutions": _resolution,
}


def schema_of(file) -> dict:
    """The schema of a data file."""
    table = file.empty_table()
    day = {"as_on": {"type": "string", "format": "date"}} if table.as_on else {}
    if table.name == "composition":
        properties = LINKED | day | _composition()
    elif table.name in RICHER:
        properties = day | {table.rows_key: many(an_object(**RICHER[table.name]()))}
    else:
        row = {column.key: leaf(column.key, column.explanation, table.name) for column in table.file_columns}
        properties = day | {table.rows_key: many(an_object(**row))}
    return _document(table.name, f"{file.title}: {file.about}", properties)


def _document(name, title, properties):
    properties = {"$schema": {"const": schema_address(name)}, **properties}
    head = {"$schema": DIALECT, "$id": schema_address(name), "title": title}
    found = head | an_object(**properties)
    return found | {"$defs": definitions()} if "#/$defs/" in repr(properties) else found


def schema_of_person() -> dict:
    """The schema of people/<slug>.json."""
    subject = nullable(an_object(**leaves("code slug title")))
    known = an_object(**leaves("scheme identifier url"))
    place = {"@type": TEXT, **leaves("office group"), "subject": subject, **leaves("for state last_day")}
    office = an_object(**place, **holder_properties())
    who = leaves("honorific name name_in_own_script slug url wikidata")
    properties = {**LINKED, "as_on": DAY, **who, "same_as": TEXTS, "identifiers": many(known)}
    properties |= {**leaves("source grade indicative"), "offices": many(office)}
    return _document(PERSON, str(_("A person with all offices that are public")), properties)


def all_schemas() -> dict:
    """{name: schema} of every JSON file, in the active language."""
    return {file.empty_table().name: schema_of(file) for file in DATA_FILES} | {PERSON: schema_of_person()}


@public_page
def schema(request, name):
    """One schema, in English: it belongs to no language. No query."""
    found = all_schemas().get(name)
    if found is None:
        raise Http404(_("There is no schema of this name."))
    return HttpResponse(as_json(found), content_type="application/schema+json")


class SchemaName:
    """`<schema_name:name>` in a path."""

    regex = "[a-z]+(?:-[a-z]+)*"

    def to_python(self, value):
        return value

    to_url = to_python


register_converter(SchemaName, "schema_name")
urlpatterns = [path("schemas/<schema_name:name>.json", schema, name="schema")]  # belongs to no language
