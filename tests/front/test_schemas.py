"""Each JSON file names its JSON Schema, is as that says, and has no key that it does not name."""

import json

import pytest
from django.conf import settings

from front.data_files import DATA_FILES
from tests import world as build
from tests.walks import part_of

jsonschema_rs = pytest.importorskip("jsonschema_rs")
pytestmark = pytest.mark.django_db


def closed(schema):
    """The schema without room for further keys."""
    if isinstance(schema, dict):
        found = {key: closed(value) for key, value in schema.items()}
        return (
            found | {"additionalProperties": False}
            if "properties" in schema and schema.get("type") == "object"
            else found
        )
    return [closed(one) for one in schema] if isinstance(schema, list) else schema


def schema_named_by(client, document):
    assert document["$schema"].startswith(f"{settings.SITE_URL}/schemas/")
    answer = client.get(document["$schema"].removeprefix(settings.SITE_URL))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/schema+json")
    schema = json.loads(answer.content)
    jsonschema_rs.meta.validate(schema)
    assert schema["$id"] == document["$schema"]
    return schema


def fill(world):
    """A row for each of the tables."""
    build.document_file(build.document(build.meeting("25-7"), subjects=[world.subjects["EMF"]]))
    build.deadline(build.meeting("25-8"))
    build.attendance(build.meeting("25-9"))
    build.published_report()


@pytest.mark.walk
@pytest.mark.parametrize("query", part_of(["", "?on=2025-02-12", "?on=2016-01-01"], 2))
def test_each_file_is_as_its_schema_says(world, client, query):
    fill(world)
    for file in DATA_FILES:
        document = client.get(dict(file.addresses)["json"] + query).json()
        schema = schema_named_by(client, document)
        validator = jsonschema_rs.validator_for(closed(schema), validate_formats=True)
        assert [error.message for error in validator.iter_errors(document)] == [], file.page


def test_every_field_of_a_schema_of_plain_rows_is_explained(client):
    rows = client.get("/schemas/meetings.json").json()["properties"]["meetings"]["items"]["properties"]
    assert [key for key, field in rows.items() if not field.get("description")] == []


def test_a_schema_that_is_not_there_is_not_found_in_json(client):
    answer = client.get("/schemas/nothing.json")
    assert answer.status_code == 404 and answer.json()["error"] == "There is no schema of this name."
