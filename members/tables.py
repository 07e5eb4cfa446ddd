"""The tables of the management team that are pages and files alike, and how every office is published in files.

The objects SEAT and HOLDER of JSON and the cells of CSV and XLSX are a promise to the outside world; a change to them
is a decision with a page in `docs/decisions/`.
"""

from django.utils.translation import gettext as _

from iscg_portal.tables import Column, Table
from iscg_portal.tables.fields import as_object, sheet_columns
from members.fields import HOLDER_FIELDS


def holder_object(tenure):
    """HOLDER: who holds or held an office, for which country, from when to when, and where that stands.

    The name is null where it is not public.
    """
    return as_object(HOLDER_FIELDS, tenure)


def seat_object(office):
    """SEAT: an `OfficeOn` with its state, its holder if held, and since when it is vacant."""
    return {
        "state": office.state,
        "holder": holder_object(office.tenure) if office.tenure else None,
        "vacant_since": office.vacant_since,
    }


def holder_columns(tenure_of):
    """The columns of a holder in CSV and XLSX. `tenure_of` takes a row and gives the tenure, or None."""
    return sheet_columns(each.of(tenure_of) for each in HOLDER_FIELDS)


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
