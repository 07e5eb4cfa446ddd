"""What the meetings decided, and who is to do what by when: all decisions and actions, on any day."""

from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.tables import file_of, read_choice, shown
from iscg_portal.tables.questions import Question, codes_of
from iscg_portal.tenure.as_on import read_day
from iscg_portal.web.public_page import public_page, takes
from meetings.decision_tables import decisions_table
from meetings.models import Decision, DecisionState, Meeting
from subjects.codes import subject_codes


@public_page
@takes("on", "kind", "state", "meeting", "subject", "sort", "page")
def decision_list(request, format=None):
    """The decisions and actions of a day that the address asks for, the latest meeting first, or the same as a file."""
    day, meetings, subjects = read_day(request), deciding_meetings(), subject_codes()
    asked = {
        "kind": read_choice(request, "kind", Decision.Kind.values),
        "meeting__code": meetings.read(request),
        "subject__code": subjects.read(request),
    }
    state = read_choice(request, "state", DecisionState.values)
    decisions = Decision.objects.public()
    decisions = decisions.in_state(state, day.on) if state else decisions.taken_by(day.on)
    decisions = decisions.filter(**{name: value for name, value in asked.items() if value})
    decisions = decisions.join_public("meeting", "subject").order_by("-meeting__starts_on", "meeting__code", "pk")
    table = decisions_table(decisions, day.on)
    if format:
        return file_of(request, table, format)
    table = shown(request, table)
    context = {
        "questions": [
            Question("kind", _("Kind"), Decision.Kind.choices, asked["kind"]),
            Question("state", _("State"), DecisionState.choices, state),
            meetings.question(_("Meeting"), asked["meeting__code"]),
            subjects.question(_("Subject"), asked["subject__code"]),
        ],
        "asked_day": "" if day.is_today else day.on.isoformat(),
        "table": table,
        "rows": [(decision, decision.state_on(day.on)) for decision in table.rows],
    }
    return render(request, "meetings/decision_list.html", context | day.context)


def deciding_meetings():
    """The meetings of which decisions or actions are on record, the newest first. One query."""
    meetings = Meeting.objects.filter(Exists(Decision.objects.filter(meeting=OuterRef("pk"))))
    return codes_of("meeting", meetings.order_by("-starts_on", "code").only("code"), lambda one: one.code)
