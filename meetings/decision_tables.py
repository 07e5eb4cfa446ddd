"""The table of decisions and actions: one description for page and files."""

from django.utils.translation import gettext as _

from iscg_portal.collation import in_labels
from iscg_portal.tables import Column, Table
from meetings.models import Decision, DecisionState


def decisions_table(decisions=(), on=None) -> Table:
    """One row a decision or an action, those of the latest meeting first; how each stands on the day."""
    return Table(
        "decisions",
        [
            Column(
                "meeting",
                _("Meeting"),
                _("code of the meeting"),
                lambda row: row.meeting.code,
                ("meeting__starts_on", "meeting__code"),
            ),
            Column("number", _("Number"), _("its number at the meeting")),
            Column("kind", _("Kind"), _("decision or action"), sort=(in_labels("kind", Decision.Kind.choices),)),
            Column("text", _("Text"), _("in the language of the file, else in the original one"), _wording),
            Column(
                "subject",
                _("Subject"),
                _("code of the subject"),
                lambda row: row.subject and row.subject.code,
                ("subject__code",),
            ),
            Column("owner", _("Who does it"), _("the office or body that does it")),
            Column("due_on", _("Due on"), _("by when, of an action"), sort=("due_on",), kind="date"),
            Column(
                "state",
                _("State"),
                _("decided; of an action open, overdue or closed, on the day of the file"),
                lambda row: row.state_on(on).value,
            ),
            Column("closed_on", "", _("day on which it was closed, by the day of the file"), _closed(on, "closed_on")),
            Column("closed_because", "", _("how it ended"), _closed(on, "closed_because")),
        ],
        decisions,
        as_on=on,
        sort="-meeting",
    )


def _wording(decision):
    return decision.wording_shown


def _closed(on, name):
    def value(decision):
        return getattr(decision, name) if decision.state_on(on) == DecisionState.CLOSED else None

    return value
