"""The tables of `members` that are pages and files alike: the composition on a day, and all terms."""

from django.utils.translation import gettext as _

from iscg_portal.tables import Column, Table
from members.composition import group_of
from members.office_json import holder_columns, holder_object, seat_object, vacancy_columns


def composition_table(composed) -> Table:
    """One row a seat, the Chair's first, in JSON the Chair and the groups."""
    return Table(
        "composition",
        [
            Column("office", value=lambda row: "representative" if row.group else "Chair"),
            Column("group", value=lambda row: row.group),
            Column("holder", _("Holder")),
            Column("country", _("Country")),
            Column("when", _("In office")),
            Column("state", value=lambda row: row.office.state),
            Column("confirmed", _("Last confirmed")),
            Column("source_page", _("Source")),
            *holder_columns(lambda row: row.office.tenure),
            *vacancy_columns(lambda row: row.office),
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

    def office(row):
        return "representative" if group_of(row.seat_id) else "Chair"

    def as_object(row):
        place = {"office": office(row), "group": group_of(row.seat_id) or None, "state": row.state_on(on)}
        return {**place, **holder_object(row)}

    return Table(
        "terms",
        [
            Column("office", _("Seat"), office),
            Column("group", value=lambda row: group_of(row.seat_id)),
            Column("holder", _("Holder"), sort=("person__sort_key",)),
            Column("country", _("Country"), sort=("country_id",)),
            Column("starts_on", _("In office"), sort=("starts_on",)),
            Column("state", _("State"), lambda row: row.state_on(on)),
            *(column for column in holder_columns(lambda row: row)),
            Column("source_page", _("Source")),
        ],
        terms,
        as_on=on,
        json_row=as_object,
    )


def changes_table(entries) -> Table:
    """One row an event. It has no files: they are in the history, for any day."""
    heads = [("day", _("Day")), ("seat", _("Seat")), ("person", _("Person")), ("country", _("Country"))]
    heads += [("what", _("What happened")), ("remark", _("Remark"))]
    return Table("changes", [Column(key, label) for key, label in heads], entries)


def offices_table(offices, on) -> Table:
    """One row an office of a person. It has no files."""
    heads = [("office", _("Office")), ("country", _("Country")), ("when", _("In office")), ("state", _("State"))]
    heads += [("confirmed", _("Last confirmed")), ("source", _("Decision and source"))]
    return Table("offices", [Column(key, label) for key, label in heads], offices, as_on=on)
