"""The table of activities: page and files alike; and that of the regions over a year."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from iscg_portal.scheduled import in_order_of_places, in_order_of_states
from iscg_portal.sourced import SOURCED_FIELDS
from iscg_portal.tables import Column, Table
from iscg_portal.tables.fields import sheet_columns
from iscg_portal.translated import TITLE


def activities_table(activities=(), on=None) -> Table:
    """One row an activity, the latest first; the rows are read `with_names`."""
    return Table(
        "activities",
        [
            Column("code", _("Activity"), _("the last part of the address of its page, as in 2026-3"), sort=("code",)),
            Column("kind", "", _("workshop, seminar, symposium, joint study or other")),
            TITLE.in_table(_("Title")),
            *_columns_of_days(),
            Column("place", _("Place"), _("where it is held"), sort=(in_order_of_places(),)),
            Column("sectors", _("Sectors"), pgettext("code", "who holds it: R, T, D, GS")),
            Column("office", "", _("the regional office of the Union that holds it")),
            Column("subjects", _("Subjects"), _("codes of the subjects"), lambda row: row.subject_codes),
            Column("regions", _("Region"), _("Council regions A to E, and regional organizations")),
            Column("languages", "", _("its working languages, as codes"), _languages),
            Column("partners", "", _("abbreviations of its partner organizations"), lambda row: row.partner_names),
            Column("interests", "", _("for which developing countries it is of interest: LDC, SIDS, LLDC, transition")),
            Column(
                "state",
                _("State"),
                _("planned, confirmed, held, cancelled, postponed, or announced (whether it was held is not recorded)"),
                lambda row: row.state_shown,
                sort=(in_order_of_states(),),
            ),
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


def _columns_of_days():
    return [
        Column(
            "starts_on",
            _("Dates"),
            _("first day; where only the month or the year is known, the first day of it"),
            sort=("starts_on",),
            kind="date",
        ),
        Column("ends_on", explanation=_("last day on which it is held; empty where it was not found")),
        Column("precision", explanation=_("how exactly the days are known: day, month or year")),
    ]


def _languages(row):
    return row.languages.split("; ") if row.languages else []
