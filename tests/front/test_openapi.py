"""/openapi.json describes every public address; schemathesis asks them all, and finds no 500 and no surprise.

`make test` asks every twelfth of them twice, `make walk` each of them 25 times.
"""

import json

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import resolve, reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as examples

from bench.addresses import busiest, public_names
from front import openapi
from front.openapi import public_addresses
from iscg_portal.wsgi import application
from tests import walks
from tests import world as build

schemathesis = pytest.importorskip("schemathesis")
pytestmark = pytest.mark.django_db

MANY, FEW = 25, 2
QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "derandomize": True}


@pytest.fixture
def description(world_with_register, monkeypatch):
    """The description as the running portal gives it; on record is something of nearly every kind.

    The portal keeps the connection of the test, which sees the record before it is committed.
    """
    monkeypatch.setattr("iscg_portal.web.page_cache.close_old_connections", lambda: None)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    build.published_report()
    yield schemathesis.openapi.from_wsgi("/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def checks():
    from schemathesis import checks as ours
    from schemathesis.specs.openapi import checks as theirs

    return [
        ours.not_a_server_error,
        theirs.status_code_conformance,
        theirs.content_type_conformance,
        theirs.response_schema_conformance,
    ]


@pytest.mark.walk
def test_no_question_that_the_description_allows_surprises(description):
    operations = [result.ok() for result in description.get_all_operations()]
    records = arguments_of_records()
    asked = walks.part_of(operations, 12)
    found = {operation.path: fault_of(operation, records.get(operation.path)) for operation in asked}
    assert {path: fault for path, fault in found.items() if fault} == {}


def fault_of(operation, record):
    """What schemathesis finds wrong with the answers of one address; blank for nothing."""
    turns = iter(range(10_000))

    @examples(max_examples=MANY if walks.whole else FEW, **QUIET)
    @given(case=operation.as_strategy())
    def ask(case):
        if record and next(turns) % 2 == 0:  # of a record that is there, in turn with anything
            case.path_parameters = {**case.path_parameters, **record}
        case.call_and_validate(checks=checks(), headers={"Host": "localhost", "Accept-Encoding": "identity"})

    try:
        ask()
    except Exception as error:  # all that is wrong is told at once
        return str(error)[:600]
    return ""


def arguments_of_records():
    """{path in the description: the arguments of a record}, of the pages of one record."""
    names, records = dict(public_names()), busiest()
    found = {}
    for template, converters, view in public_addresses():
        for name, arguments in records.items():
            is_its_page = set(converters) - {"language"} == set(arguments) and name in names
            if is_its_page and _view_of(name, arguments) is view and None not in arguments.values():
                found[template] = {key: str(value) for key, value in arguments.items()}
    return found


def _view_of(name, arguments):
    known = {key: value or "x" for key, value in arguments.items()}
    return resolve(reverse(name, kwargs=known)).func


def test_every_public_address_is_described_with_what_it_takes(client, db):
    told = json.loads(client.get("/openapi.json").content)
    assert told["openapi"].startswith("3.1") and len(told["paths"]) > 90
    subjects = told["paths"]["/{language}/subjects.json"]["get"]
    assert {one["name"] for one in subjects["parameters"]} >= {"language", "on", "sector", "vacancy"}
    answer = subjects["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/subjects"}
    assert "/{language}/data.zip" in told["paths"] and "/admin/" not in told["paths"]
    names = [operation["get"]["operationId"] for operation in told["paths"].values()]
    assert len(names) == len(set(names))
    assert [path for path, operation in told["paths"].items() if not operation["get"]["summary"]] == []


def test_the_description_names_the_licence(client, db, settings):
    assert client.get("/openapi.json").json()["info"]["license"] == {"name": "not stated"}
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "Example licence 1.0", "https://example.org/licence"
    told = json.loads(openapi.description())["info"]["license"]
    assert told == {"name": "Example licence 1.0", "url": "https://example.org/licence"}
