"""Offices as they are published in files: the objects SEAT and HOLDER of JSON, and the cells of CSV and XLSX.

The shapes are a promise to the outside world; a change to them is a decision with a page in `docs/decisions/`.
"""

from iscg_portal.tables import Column


def country_object(country):
    """The country by code and by name in the page's language, or None."""
    return {"code": country.code, "name": country.name} if country else None


def holder_object(tenure):
    """HOLDER: who holds or held an office, for which country, from when to when, and where that stands."""
    return {
        "honorific": tenure.person.honorific,
        "name": tenure.person.name,
        "slug": tenure.person.slug,
        "country": country_object(tenure.country),
        "starts_on": tenure.starts_on,
        "starts_precision": tenure.starts_precision,
        "ends_on": tenure.ends_on,
        "ends_precision": tenure.ends_precision,
        "last_confirmed_on": tenure.last_confirmed_on,
        "source": tenure.source,
        "indicative": tenure.indicative,
    }


def seat_object(office):
    """SEAT: an `OfficeOn` with its state, its holder if held, and since when it is vacant."""
    return {
        "state": office.state,
        "holder": holder_object(office.tenure) if office.tenure else None,
        "vacant_since": office.vacant_since,
    }


def holder_columns(tenure_of):
    """The columns of a holder in CSV and XLSX. `tenure_of` takes a row and gives the tenure, or None."""

    def column(key, read):
        def value(row):
            tenure = tenure_of(row)
            return read(tenure) if tenure else None

        return Column(key, value=value)

    return [
        column("honorific", lambda tenure: tenure.person.honorific),
        column("name", lambda tenure: tenure.person.name),
        column("slug", lambda tenure: tenure.person.slug),
        column("country_code", lambda tenure: tenure.country.code if tenure.country else ""),
        column("country_name", lambda tenure: tenure.country.name if tenure.country else ""),
        column("organization", lambda tenure: tenure.organization),
        column("starts_on", lambda tenure: tenure.starts_on),
        column("starts_precision", lambda tenure: tenure.starts_precision),
        column("ends_on", lambda tenure: tenure.ends_on),
        column("ends_precision", lambda tenure: tenure.ends_precision),
        column("last_confirmed_on", lambda tenure: tenure.last_confirmed_on),
        column("source", lambda tenure: tenure.source),
        column("indicative", lambda tenure: tenure.indicative),
    ]


def vacancy_columns(office_of):
    """The columns of a vacancy. `office_of` takes a row and gives its `OfficeOn`."""
    return [
        Column("vacant_since", value=lambda row: office_of(row).vacant_since),
        Column("vacant_since_precision", value=lambda row: office_of(row).vacant_since_precision),
    ]
