"""What the Chair says of a draft, before it is approved."""

from iscg_portal.files.stored import nothing_half_stored
from reports.acts.annual_reports import State, require_state
from reports.models import ReportComment

OPEN_TO_COMMENTS = (State.DRAFT, State.IN_REVIEW)


def comment(report, text, by) -> ReportComment:
    """Keep a comment beside the draft, for whoever writes and approves it. Errors: ValidationError, once approved."""
    with nothing_half_stored():
        require_state(report, OPEN_TO_COMMENTS)
        said = ReportComment(report=report, by=by, text=text.strip())
        said.full_clean()
        said.save()
    return said
