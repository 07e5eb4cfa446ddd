"""The tables of links, of the units at their ends, of activities, and of the regions over a year: page and files."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from iscg_portal.collation import in_labels
from iscg_portal.scheduled import in_order_of_places, in_order_of_states
from iscg_portal.sourced import SOURCED_FIELDS
from iscg_portal.tables import Column, Table
from iscg_portal.tables.fields import sheet_columns
from iscg_portal.translated import TITLE
from studies.models import MappingLink
from studies.models.links import OTHER_WAY_ROUND, STATES


def links_table(links=(), on=None, name="mapping", *, turned=False) -> Table:
    """One row a link; the rows are read `with_names`, `with_state` and `in_printed_order`, `turned` alike."""
    first, second = ("second", "first") if turned else ("first", "second")
    kinds = [(OTHER_WAY_ROUND.get(kind, kind) if turned else kind, label) for kind, label in MappingLink.Kind.choices]
    return Table(
        name,
        [
            *_unit_columns("first", first, _("Unit"), pgettext("code", "Sector of the first unit: D, GS, R or T")),
            *_unit_columns(
                "second", second, _("Unit of another Sector"), _("Sector of the second; empty: a subject only")
            ),
            Column("topic", _("Topic"), _("in words, in the language of the file"), lambda row: row.topic_shown),
            Column("subject", _("Subject"), _("code of the subject"), _subject, sort=("subject__code",)),
            Column(
                "kind",
                _("Kind"),
                _("same topic, part of, comprises or related"),
                lambda link: link.kind_of_first,
                sort=(in_labels("kind", kinds),),
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


def _unit_columns(name, end, label, about_sector):
    def of_unit(read):
        def value(row):
            unit = getattr(row, end)
            return read(unit) if unit else None

        return value

    return [
        Column(f"{name}_sector", "", about_sector, of_unit(lambda unit: unit.sector)),
        Column(name, label, _("its number as printed"), of_unit(lambda unit: unit.number), sort=(f"{end}__sort_key",)),
        Column(f"{name}_title", "", _("its title in the language of the file"), of_unit(lambda unit: unit.title_shown)),
        Column(f"{name}_period", "", _("its study period"), of_unit(lambda unit: unit.period and unit.period.name)),
        Column(f"{name}_slug", "", _("the last part of the address of its page"), of_unit(lambda unit: unit.slug)),
    ]


def activities_table(activities=(), on=None) -> Table:
    """One row an activity, the latest first; the rows are read `with_names`."""
    return Table(
        "activities",
        [
            Column("code", _("Activity"), _("the last part of the address of its page, as in 2026-3"), sort=("code",)),
            Column("kind", "", _("workshop, seminar, symposium, joint study or other")),
            TITLE.in_table(_("Title")),
            *columns_of_days(_("last day on which it is held; empty where it was not found")),
            Column("place", _("Place"), _("where it is held"), sort=(in_order_of_places(),)),
            Column("sectors", _("Sectors"), pgettext("code", "who holds it: R, T, D, GS")),
            Column("office", "", _("the regional office of the Union that holds it")),
            Column("subjects", _("Subjects"), _("codes of the subjects"), lambda row: row.subject_codes),
            Column("regions", _("Region"), _("Council regions A to E, and regional organizations")),
            Column("languages", "", _("its working languages, as codes"), _languages),
            Column("partners", "", _("abbreviations of its partner organizations"), lambda row: row.partner_names),
            Column("interests", "", _("for which developing countries it is of interest: LDC, SIDS, LLDC, transition")),
            state_column(),
            Column("state_note", "", _("why, or until when")),
            Column("web_url", explanation=_("its page elsewhere")),
            Column("uid", explanation=_("the UID of the calendar from which it came")),
            Column("source_dated_on", "", _("the day on which the source said so: how old the information is")),
            *sheet_columns(SOURCED_FIELDS),
        ],
        activities,
        as_on=on,
        sort="-starts_on",
    )


def state_column():
    """Whether what is held on days takes place, as on the day of the page."""
    words = _("planned, confirmed, held, cancelled, postponed, or announced (whether it was held is not recorded)")
    return Column("state", _("State"), words, lambda row: row.state_shown, sort=(in_order_of_states(),))


def columns_of_days(of_the_last):
    """The columns of the days of what is held on days; `of_the_last` explains that of the last day."""
    return [
        Column(
            "starts_on",
            _("Dates"),
            _("first day; where only the month or the year is known, the first day of it"),
            sort=("starts_on",),
            kind="date",
        ),
        Column("ends_on", explanation=of_the_last),
        Column("precision", explanation=_("how exactly the days are known: day, month or year")),
    ]


def _languages(row):
    return row.languages.split("; ") if row.languages else []
