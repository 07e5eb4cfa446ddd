"""The tables of the management team that are pages and files alike, and how every office is published in files.

The objects SEAT and HOLDER of JSON and the cells of CSV and XLSX are a promise to the outside world; a change to them
is a decision with a page in `docs/decisions/`.
"""

from django.utils.translation import gettext as _

from iscg_portal.tables import Column, Table


def country_object(country):
    """The country by code and by name in the page's language, or None."""
    return {"code": country.code, "name": country.name} if country else None


def holder_object(tenure):
    """HOLDER: who holds or held an office, for which country, from when to when, and where that stands.

    The name is null where it is not public.
    """
    holder = tenure.holder
    return {
        "honorific": holder.honorific if holder else None,
        "name": holder.name if holder else None,
        "slug": holder.slug if holder else None,
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
        column("honorific", lambda tenure: tenure.holder and tenure.holder.honorific),
        column("name", lambda tenure: tenure.holder and tenure.holder.name),
        column("slug", lambda tenure: tenure.holder and tenure.holder.slug),
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


def office_kind(row):
    """“representative” or “Chair”, as files name the office of anything with a `group`."""
    return "representative" if row.group else "Chair"


def composition_table(composed) -> Table:
    """One row a seat, the Chair's first, in JSON the Chair and the groups."""
    return Table(
        "composition",
        [
            Column("office", value=office_kind),
            Column("group", value=lambda seat: seat.group),
            Column("holder", _("Holder")),
            Column("country", _("Country")),
            Column("when", _("In office")),
            Column("state", value=lambda seat: seat.office.state),
            Column("confirmed", _("Last confirmed")),
            Column("source_page", _("Source")),
            *holder_columns(lambda seat: seat.office.tenure),
            *vacancy_columns(lambda seat: seat.office),
        ],
        composed.seats,
        as_on=composed.on,
        json_document=lambda: {
            "as_on": composed.on,
            "chair": seat_object(composed.chair.office),
            "groups": [
                {"code": group.code, "name": group.name, "seats": [seat_object(seat.office) for seat in group.seats]}
                for group in composed.groups
            ],
        },
    )


def terms_table(terms, on) -> Table:
    """One row a term, with its state on the day."""

    def as_object(term):
        place = {"office": office_kind(term), "group": term.group or None, "state": term.state_on(on)}
        return {**place, **holder_object(term)}

    return Table(
        "terms",
        [
            Column("office", _("Seat"), office_kind),
            Column("group", value=lambda term: term.group),
            Column("holder", _("Holder"), sort=("person__sort_key",)),
            Column("country", _("Country"), sort=("country_id",)),
            Column("starts_on", _("In office"), sort=("starts_on",)),
            Column("state", _("State"), lambda term: term.state_on(on)),
            *holder_columns(lambda term: term),
            Column("source_page", _("Source")),
        ],
        terms,
        as_on=on,
        json_row=as_object,
    )


def offices_table(offices, on) -> Table:
    """One row an office of a person. It has no files."""
    heads = [("office", _("Office")), ("country", _("Country")), ("when", _("In office")), ("state", _("State"))]
    heads += [("confirmed", _("Last confirmed")), ("source", _("Decision and source"))]
    return Table("offices", [Column(key, label) for key, label in heads], offices, as_on=on)
