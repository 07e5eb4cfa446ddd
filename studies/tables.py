"""The tables of links and of the units at both ends of them: page and files alike."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from iscg_portal.collation import in_labels
from iscg_portal.sourced import SOURCED_FIELDS
from iscg_portal.tables import Column, Table
from iscg_portal.tables.fields import sheet_columns
from studies.models import MappingLink
from studies.models.links import STATES


def links_table(links=(), on=None, name="mapping") -> Table:
    """One row a link; the rows are read `with_names` and `with_state`."""
    return Table(
        name,
        [
            *_unit_columns("first", _("Unit"), pgettext("code", "Sector of the first unit: D, GS, R or T")),
            *_unit_columns("second", _("Unit of another Sector"), _("Sector of the second; empty: a subject only")),
            Column("topic", _("Topic"), _("in words, in the language of the file"), lambda row: row.topic_shown),
            Column("subject", _("Subject"), _("code of the subject"), _subject, sort=("subject__code",)),
            Column(
                "kind",
                _("Kind"),
                _("same topic, part of, comprises or related"),
                sort=(in_labels("kind", MappingLink.Kind.choices),),
            ),
            Column(
                "state",
                _("State"),
                _("confirmed, to-be-confirmed or contested on the day"),
                sort=(in_labels("state", STATES.items()),),
            ),
            Column("starts_on", explanation=_("first day of the link, where it has days of its own")),
            Column("starts_precision", "", _("how exactly that is known"), lambda row: _exactly(row)),
            Column("ends_on", explanation=_("first day after it")),
            Column("ends_precision", explanation=_("how exactly that is known")),
            Column("decision", explanation=_("number of the decision’s document")),
            Column("decision_url", explanation=_("its web address")),
            *sheet_columns(SOURCED_FIELDS),
        ],
        links,
        as_on=on,
    )


def _exactly(row):
    return row.starts_precision if row.starts_on else None


def _subject(row):
    return row.subject and row.subject.code


def _unit_columns(end, label, about_sector):
    def of_unit(read):
        def value(row):
            unit = getattr(row, end)
            return read(unit) if unit else None

        return value

    return [
        Column(f"{end}_sector", "", about_sector, of_unit(lambda unit: unit.sector)),
        Column(end, label, _("its number as printed"), of_unit(lambda unit: unit.number), sort=(f"{end}__sort_key",)),
        Column(f"{end}_title", "", _("its title in the language of the file"), of_unit(lambda unit: unit.title_shown)),
        Column(f"{end}_period", "", _("its study period"), of_unit(lambda unit: unit.period and unit.period.name)),
        Column(f"{end}_slug", "", _("the last part of the address of its page"), of_unit(lambda unit: unit.slug)),
    ]
