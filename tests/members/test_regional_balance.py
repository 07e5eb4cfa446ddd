"""Regional balance counts the representatives by Council region and by regional organization (clause C1)."""

import pytest

from members.models import Country
from members.pictures.composition import balance


class Term:
    """A representative of whom only the country matters."""

    def __init__(self, region="", code="XX", country=True):
        self.country = Country(code=code, council_region=region) if country else None


def counts(rows):
    return {row.label: row.count for row in rows if row.count}


def test_regions_add_up_to_the_representatives():
    found = balance([Term("A"), Term("E"), Term("E")])
    assert counts(found.by_region) == {"A: Americas": 1, "E: Asia and Australasia": 2}


def test_country_counts_in_each_of_its_organizations():
    found = balance([Term("B", "XB"), Term("C", "XC")], {"XB": ["CEPT"], "XC": ["CEPT", "RCC"]})
    assert counts(found.by_organization) == {"CEPT": 2, "RCC": 1}


def test_region_that_is_not_recorded_is_counted_as_such():
    row = balance([Term("A"), Term(), Term(country=False)]).by_region[-1]
    assert (row.label, row.count, row.recorded) == ("not recorded", 2, False)


def test_nothing_is_not_recorded_where_all_is():
    assert all(row.recorded for row in balance([Term("A")]).by_region)


@pytest.mark.parametrize("rows", ["by_region", "by_organization"])
def test_regions_without_a_representative_stay_in_sight(rows):
    assert len(getattr(balance([]), rows)) in (5, 6)
