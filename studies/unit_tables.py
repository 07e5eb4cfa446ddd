"""The tables of study units with their periods, and of what became of them: page and files alike."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.collation import in_labels
from iscg_portal.sourced import SOURCED_FIELDS
from iscg_portal.tables import Column, Table
from iscg_portal.tables.fields import sheet_columns
from iscg_portal.translated import TITLE
from studies.models import Ending


def units_table(units=()) -> Table:
    """One row a unit; the rows are read with their periods and with what they stand below."""
    return Table(
        "units",
        [
            Column("sector", _("Sector"), _("D, R or T; empty for a joint group of several"), sort=("sector",)),
            Column("number", _("Unit"), _("its number as printed"), sort=("sort_key",)),
            Column("title", _("Title"), TITLE.explanation, lambda unit: unit.title_shown),
            Column(
                "kind", _("Kind"), _("study group, working party, question (a Question), regional group or joint group")
            ),
            Column("slug", "", _("the last part of the address of its page")),
            Column(
                "period",
                _("Study period"),
                _("its study period"),
                lambda unit: unit.period and unit.period.name,
                sort=("period__starts_on", "sector"),
            ),
            Column("parent", _("Stands below"), _("the number of the unit to which it belongs"), _of_parent("number")),
            Column("parent_slug", "", _("the last part of the address of its page"), _of_parent("slug")),
            *(Column(name, "", text, _of_span(name)) for name, text in DAYS),
            Column(
                "in_force_unrecorded", "", _("yes where no source says that the Question is studied in this period")
            ),
            Column("url", "", _("its web address")),
            *sheet_columns(SOURCED_FIELDS),
        ],
        units,
    )


DAYS = (
    ("starts_on", gettext_lazy("first day: its own, or that of its study period")),
    ("starts_precision", gettext_lazy("how exactly that is known")),
    ("ends_on", gettext_lazy("first day after it")),
    ("ends_precision", gettext_lazy("how exactly that is known")),
)


def _of_span(name):
    def value(unit):
        if name == "starts_precision" and not unit.span.starts_on:
            return None
        return getattr(unit.span, name)

    return value


def _of_parent(name):
    return lambda unit: unit.parent and getattr(unit.parent, name)


def endings_table(endings=()) -> Table:
    """One row for each successor of a unit, or one for a unit without; the rows are read `with_units`."""
    return Table(
        "endings",
        [
            Column(
                "sector",
                _("Sector"),
                _("D, R or T"),
                lambda one: one.unit.sector,
                sort=("unit__sector", "unit__sort_key"),
            ),
            *_end("unit", _("Unit"), ("unit__sort_key",)),
            Column(
                "kind",
                _("How it ends"),
                _("continues, renamed, merged, split, replaced or closed"),
                sort=(in_labels("kind", Ending.Kind.choices),),
            ),
            *_end("successor", _("Successor"), ("successor__sort_key",)),
            Column("others_unrecorded", "", _("yes where other successors are not recorded")),
            Column("decision", _("Decision"), _("number of the decision’s document")),
            *sheet_columns(SOURCED_FIELDS),
        ],
        endings,
    )


def _end(end, label, sort):
    def of_unit(read):
        def value(ending):
            unit = getattr(ending, end)
            return read(unit) if unit else None

        return value

    return [
        Column(end, label, _("its number as printed"), of_unit(lambda unit: unit.number), sort=sort),
        Column(f"{end}_period", "", _("its study period"), of_unit(lambda unit: unit.period and unit.period.name)),
        Column(f"{end}_slug", "", _("the last part of the address of its page"), of_unit(lambda unit: unit.slug)),
    ]
