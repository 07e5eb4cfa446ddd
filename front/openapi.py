"""`/openapi.json`: every public address with what it takes and answers, read off the addresses of the portal itself.

For programs, so in English. A page, file or feed that is added stands in it without further ado.
"""

import re
from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, path
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import override

from front.data_files import DATA_FILES
from front.data_zip import licence
from front.schemas import PERSON, all_schemas, definitions
from iscg_portal.languages import PREFIX_OF_LANGUAGE
from iscg_portal.tables.addresses import FORMATS
from iscg_portal.tables.files import CONTENT_TYPES, as_json
from iscg_portal.tenure.dates import FIRST_YEAR, LAST_YEAR
from iscg_portal.web.public_page import public_page

NO_LETTER = re.compile(r"\W+")
CONVERTED = re.compile(r"<(?:(\w+):)?(\w+)>")
DAY = {"type": "string", "format": "date"}
YEAR = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
QUERY = {  # what a parameter asks, and the values that can be said of all addresses that take it
    "on": ("The day on which the page or file stands; today in Geneva without it.", DAY),
    "from": ("The day before the first change.", DAY),
    "to": ("The day of the last change.", DAY),
    "page": ("Which page of the list.", {"type": "integer", "minimum": 1}),
    "year": ("Only this year.", YEAR),
    "sort": ("The column to sort by, with “-” before it when descending.", {"type": "string"}),
    "q": ("What is looked for.", {"type": "string"}),
}
IN_PATH = {"slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}, "int": {"type": "integer", "minimum": 0}}
LANGUAGE = {"type": "string", "enum": [*PREFIX_OF_LANGUAGE.values()]}
KINDS = {
    **{f".{format}": kind.partition(";")[0] for format, kind in CONTENT_TYPES.items()},
    ".atom": "application/atom+xml",
    ".ics": "text/calendar",
    ".ico": "image/*",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".xml": "application/xml",
    ".txt": "text/plain",
    ".zip": "application/zip",
}
REFUSALS = {
    "301": "The address as it is written once and for all: without parameters that it does not know.",
    "304": "Unchanged since the ETag that was sent.",
    "400": "A filter that makes no sense, with a sentence.",
    "404": "Not there, or no such day or page, with a sentence.",
    "410": "Was there, and is not any more.",
    "414": "The part after “?” is too long.",
    "429": "Too much is asked at once; wait a few minutes.",
}
ERROR = {
    "type": "object",
    "required": ["status", "error"],
    "properties": {"status": {"type": "integer"}, "error": {"type": "string"}},
}


def public_addresses(patterns=None, prefix="/"):
    """(template of the path, {name: converter}, view) of every public address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        in_language = isinstance(pattern.pattern, LocalePrefixPattern)
        route = f"{prefix}{'<language>/' if in_language else pattern.pattern}"
        if not isinstance(pattern, URLPattern):
            yield from public_addresses(pattern.url_patterns, route)
        elif getattr(pattern.callback, "is_public_page", False):
            for each in _formats(route):
                converters = {name: kind for kind, name in CONVERTED.findall(each)}
                yield CONVERTED.sub(r"{\2}", each), converters, pattern.callback


def _formats(route):
    of_file = "<file_format:format>"
    return [route.replace(of_file, format) for format in FORMATS] if of_file in route else [route]


def _operation(template, converters, view, schemas):
    known = sorted(getattr(view, "parameters", ()))
    if template.endswith(tuple(f".{format}" for format in FORMATS)):
        known = [name for name in known if name != "page"]  # a file has all rows
    doc = (view.__doc__ or "").strip().partition("\n")[0]
    return {
        "operationId": NO_LETTER.sub("_", template).strip("_") or "root",
        "summary": doc,
        "parameters": [*map(_in_path, converters.items()), *map(_in_query, known)],
        "responses": _responses(template, view, schemas),
    }


def _in_path(converted):
    name, kind = converted
    in_language = name == "language" and not kind
    schema = LANGUAGE if in_language else IN_PATH.get(kind, {"type": "string", "pattern": "^[^/]+$"})
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(name):
    about, schema = QUERY.get(name, ("A filter; the page offers its values.", {"type": "string"}))
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _responses(template, view, schemas):
    kind = next((kind for ending, kind in KINDS.items() if template.endswith(ending)), "text/html")
    if template.startswith("/schemas/"):
        kind = "application/schema+json"
    if template.endswith(".{kind}"):
        kind = "*/*"  # a stored file, of any kind that the portal takes
    found = {"schema": {"$ref": f"#/components/schemas/{schemas[template]}"}} if template in schemas else {}
    answers = {"200": {"description": "What is asked for.", "content": {kind: found}}}
    told = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}, "text/html": {}}
    for status, words in REFUSALS.items():
        has_text = status >= "400"
        answers[status] = {"description": words} | ({"content": told} if has_text else {})
    return answers


@cache
def _schema_of_path():
    with override("en"):
        files = [(file.empty_table().name, dict(file.addresses)["json"]) for file in DATA_FILES]
    found = {address.replace("/en/", "/{language}/", 1): name for name, address in files}
    return found | {"/{language}/people/{slug}.json": PERSON}


def _components():
    """The schemas of the files, without the heads that make each a document of its own."""
    rows = {
        name: {key: schema[key] for key in ("type", "required", "properties")} for name, schema in all_schemas().items()
    }
    text = as_json(rows | definitions() | {"Error": ERROR})
    return text.replace('"#/$defs/', '"#/components/schemas/')


def description() -> str:
    """The whole description as JSON."""
    schemas = _schema_of_path()
    paths = {}
    for template, converters, view in public_addresses():
        paths.setdefault(template, {"get": _operation(template, converters, view, schemas)})
    name, url = licence()
    head = {
        "openapi": "3.1.0",
        "info": {
            "title": "The ISCG portal",
            "version": "1",
            "description": "Public pages, files and feeds. All are read with GET or HEAD; send the ETag that you have.",
            "license": {"name": name} | ({"url": url} if url else {}),
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": paths,
    }
    return as_json(head)[:-2] + f',"components":{{"schemas":{_components().strip()}}}}}\n'


@public_page
def openapi(request):
    """This description."""
    return HttpResponse(description(), content_type="application/json")


urlpatterns = [path("openapi.json", openapi, name="openapi")]  # belongs to no language
