"""The tables of the management team that are pages and files alike, and how every office is published in files.

The objects SEAT and HOLDER of JSON and the cells of CSV and XLSX are a promise to the outside world; a change to them
is a decision with a page in `docs/decisions/`.
"""

from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from iscg_portal.collation import collated
from iscg_portal.tables import Column, Table
from iscg_portal.tables.fields import Field, as_object, sheet_columns
from members.fields import HOLDER_FIELDS, OLD_EVIDENCE
from members.linked_data import composition_context
from members.pictures.composition import balance


def holder_object(tenure, on):
    """HOLDER: who holds or held an office, for which country, from when to when, and where that stands.

    The name is null where it is not public; `old_evidence` is null where the evidence is not old on the day.
    """
    return as_object(HOLDER_FIELDS, tenure) | {"old_evidence": tenure.old_evidence(on) or None}


def seat_object(office, on):
    """SEAT: an `OfficeOn` with its state, its holder if held, and since when it is vacant."""
    return state_object(office) | {"holder": holder_object(office.tenure, on) if office.tenure else None}


def state_object(office):
    """The state of an `OfficeOn`, and since when it is vacant, as exactly as that is known."""
    names = ("state", "vacant_since", "vacant_since_precision")
    return {name: getattr(office, name) for name in names}


def holder_columns(tenure_of, on):
    """The columns of a holder in CSV and XLSX. `tenure_of` takes a row and gives the tenure, or None."""
    old = Field("old_evidence", OLD_EVIDENCE, lambda tenure: tenure.old_evidence(on))
    return sheet_columns(each.of(tenure_of) for each in [*HOLDER_FIELDS, old])


def office_columns(on):
    """The state of an office, its holder and its vacancy in CSV and XLSX; `office` of a row is its `OfficeOn`."""

    def column(key, explanation):
        return Column(key, explanation=explanation, value=attrgetter(f"office.{key}"))

    return [
        column("state", _("held, vacant or not recorded")),
        *holder_columns(attrgetter("office.tenure"), on),
        column("vacant_since", _("first day of the vacancy, where there is one")),
        column("vacant_since_precision", _("how exactly that is known")),
    ]


SUCCESSOR = {
    "successor": (gettext_lazy("today: who follows in this office, where that is on record"), "printed_name"),
    "successor_slug": (gettext_lazy("the last part of the address of the person’s page"), "person.slug"),
    "successor_starts_on": (gettext_lazy("from when"), "starts_on"),
    "successor_starts_precision": (gettext_lazy("how exactly that is known"), "starts_precision"),
}


def successor_of(office):
    """Who follows the holder of an `OfficeOn`, where that was read and is on record; else None."""
    return getattr(office.tenure, "successor", None)


def successor_columns():
    """The same in CSV and XLSX; `office` of a row is its `OfficeOn`."""

    def column(key, explanation, read):
        def value(row):
            successor = successor_of(row.office)
            return read(successor) if successor else None

        return Column(key, explanation=explanation, value=value)

    return [column(key, explanation, attrgetter(path)) for key, (explanation, path) in SUCCESSOR.items()]


def _follower(office):
    successor = successor_of(office)
    return {"follows": office.tenure.person.slug} | {
        key.removeprefix("successor_"): attrgetter(path)(successor) for key, (_text, path) in SUCCESSOR.items()
    }


def office_kind(row):
    """“representative” or “Chair”, as files name the office of anything with a `group`."""
    return "representative" if row.group else "Chair"


def _place_columns(label=""):
    return [
        Column("office", label, _("Chair or representative"), office_kind),
        Column("group", explanation=pgettext("code", "RAG, TSAG or TDAG; empty for the Chair")),
    ]


def composition_table(composed, organizations) -> Table:
    """One row a seat, the Chair's first, in JSON the Chair, the groups and the balance.

    `organizations` are the regional organizations of each country on the day.
    """

    def organizations_of(seat):
        country = seat.office.tenure and seat.office.tenure.country
        return organizations.get(country.pk, []) if country else []

    return Table(
        "composition",
        [
            *_place_columns(),
            Column("holder", _("Holder")),
            Column("country", _("Country")),
            Column("when", _("In office")),
            Column("confirmed", _("Last confirmed")),
            Column("source_page", _("Source")),
            *office_columns(composed.on),
            *successor_columns(),
            Column(
                "regional_organizations",
                explanation=_("the regional organizations to which that country belongs on the day"),
                value=organizations_of,
            ),
        ],
        composed.seats,
        as_on=composed.on,
        json_document=lambda: _composition_object(composed, organizations),
    )


def _composition_object(composed, organizations):
    return {
        "@context": composition_context(),
        "@type": "Organization",
        "as_on": composed.on,
        "chair": seat_object(composed.chair.office, composed.on),
        "chair_remark": composed.chair_remark or None,
        "groups": [
            {
                "code": group.code,
                "name": group.name,
                "seats": [seat_object(seat.office, composed.on) for seat in group.seats],
            }
            for group in composed.groups
        ],
        "successors": [_follower(seat.office) for seat in composed.seats if successor_of(seat.office)],
        "balance": balance_object(balance(composed.representatives, organizations, composed.unrecorded)),
    }


def balance_object(found):
    """How many representatives come from each Council region, and from countries of each regional organization."""
    parts = {"by_council_region": found.by_region, "by_regional_organization": found.by_organization}
    return {key: [{"name": row.label, "count": row.count} for row in rows] for key, rows in parts.items()}


def terms_table(terms, on) -> Table:
    """One row a term, with its state on the day."""

    def by_day(term):
        return term.state_on(on)

    def as_object(term):
        place = {"office": office_kind(term), "group": term.group or None, "state": by_day(term)}
        return {**place, **holder_object(term, on)}

    return Table(
        "terms",
        [
            *_place_columns(_("Seat")),
            Column("holder", _("Holder"), sort=(collated("person__"),)),
            Column("country", _("Country"), sort=(collated("country__"),)),
            Column("starts_on", _("In office"), sort=("starts_on",)),
            Column("state", _("State"), _("in office, ended or upcoming on the day of the file"), by_day),
            *holder_columns(lambda term: term, on),
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
