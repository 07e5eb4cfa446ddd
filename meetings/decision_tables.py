"""The tables of liaison statements, and of decisions and actions: one description each for page and files."""

from django.utils.translation import gettext as _

from iscg_portal.collation import in_labels
from iscg_portal.tables import Column, Table
from iscg_portal.translated import TITLE
from meetings.models import Decision, DecisionState


def liaison_table(statements=(), on=None) -> Table:
    """One row a liaison statement `in_full`, the latest number first."""
    return Table(
        "liaison-statements",
        [
            Column(
                "number",
                _("Number"),
                _("number of its document, as printed without the letter of the language"),
                sort=("document__sort_key",),
            ),
            Column("slug", "", _("the last part of the address of its page"), lambda row: row.document.slug),
            Column("title", _("Title"), TITLE.explanation, lambda row: row.document.title_shown),
            Column(
                "addressees",
                _("To, and for what"),
                _("the addressees, each for action, comment or information"),
                lambda row: [f"{one.body}: {one.purpose}" for one in row.addressees.all()],
            ),
            Column(
                "dated_on", _("Date"), _("the date in the header"), _day_of_document, ("document__dated_on",), "date"
            ),
            Column(
                "deadline_on",
                _("Deadline"),
                _("by when the addressees are asked to act or comment"),
                sort=("deadline_on",),
                kind="date",
            ),
            Column(
                "state",
                _("State"),
                _("open, due (no answer in time), answered, information, not recorded (to whom), replaced, withdrawn"),
                lambda row: row.standing,
            ),
            Column("withdrawn_because", explanation=_("why it was withdrawn"), value=_why_withdrawn),
            Column(
                "answered_by",
                _("Answered by"),
                _("numbers of the public statements that answer it"),
                lambda row: [reply.number for reply in row.public_replies],
            ),
            Column("in_reply_to", "", _("number of the statement that it answers, where that is public"), _answered),
        ],
        statements,
        as_on=on,
        sort="-number",
    )


def _day_of_document(statement):
    return statement.document.dated_on


def _why_withdrawn(statement):
    return statement.document.withdrawn_because if statement.standing == "withdrawn" else ""


def _answered(statement):
    answered = statement.public_answered
    return answered and answered.number


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
