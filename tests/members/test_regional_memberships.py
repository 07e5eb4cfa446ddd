"""Memberships of regional organizations have days: a past day counts those of that day (clauses C1, F2)."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bench.rows import judge_rows, write_rows
from members.models import RegionalMembership
from tests import world as build
from tests.importing.conftest import problems

pytestmark = pytest.mark.django_db
SUSPENDED = date(2022, 3, 18)


@pytest.fixture
def russia(db):
    """A country that two organizations count, one of them up to a suspension; somebody sits for it."""
    country = build.country("RU", council_region="C")
    build.membership(country, "RCC")
    build.membership(country, "CEPT", ends_on=SUSPENDED, ends_precision="day")
    build.representative(build.seat("RAG1"), build.person("Ivo Madeup"), date(2018, 1, 1), country=country)
    return country


def balance_of(client, day):
    found = json.loads(client.get(f"/en/composition.json?on={day}").content)["balance"]
    return {row["name"]: row["count"] for row in found["by_regional_organization"] if row["count"]}


@pytest.mark.parametrize(
    ("day", "counted"), [("2022-03-17", {"CEPT": 1, "RCC": 1}), ("2022-03-18", {"RCC": 1}), ("2026-01-01", {"RCC": 1})]
)
def test_the_balance_counts_the_memberships_of_the_day(russia, client, day, counted):
    assert balance_of(client, day) == counted | {"not recorded": 5}


def test_the_picture_and_the_table_count_those_of_the_day(russia, client):
    rows = csv.DictReader(io.StringIO(client.get("/en/composition.csv?on=2022-03-17").content.decode("utf-8-sig")))
    assert next(row for row in rows if row["group"] == "RAG")["regional_organizations"] == "CEPT; RCC"
    before, after = (client.get(f"/en/composition/?on={day}").content.decode() for day in ("2022-03-17", "2022-03-18"))
    assert before != after


def test_a_country_belongs_to_an_organization_once_on_a_day(russia):
    with pytest.raises(ValidationError, match="already belongs to this organization"):
        RegionalMembership(country=russia, organization="CEPT", starts_on=date(2020, 1, 1)).full_clean()
    RegionalMembership(country=russia, organization="CEPT", starts_on=SUSPENDED).full_clean()


def test_only_the_six_organizations_can_stand(russia):
    with pytest.raises(ValidationError):
        RegionalMembership(country=russia, organization="NATO").full_clean()


def test_the_file_of_countries_has_the_organizations_of_today(russia):
    row = {"code": "RU", "regional_organizations": "RCC"}
    assert judge_rows("country", [row]).rows[0].verdict == "unchanged"
    write_rows("country", [{"code": "RU", "regional_organizations": "RCC; APT"}])
    assert RegionalMembership.objects.by_country()["RU"] == ["APT", "RCC"]
    assert RegionalMembership.objects.filter(organization="CEPT", ends_on=SUSPENDED).exists()


def test_memberships_are_imported_with_their_days(russia):
    known = {"starts_on": "2000", "starts_precision": "", "ends_on": "2010", "ends_precision": ""}
    write_rows("regionalmembership", [{"country": "RU", "organization": "APT", **known}])
    assert RegionalMembership.objects.get(organization="APT").when == "since 2000, until 2010"
    assert problems("regionalmembership", [{"country": "RU", "organization": "NATO", **known}])
