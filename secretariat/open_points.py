"""What of the desk the Chair reads beside the draft of a report: what clauses ask and is not so, in sentences."""

from secretariat.attention import attention
from secretariat.findings import OPEN
from workspace.reviewing.desk_points import OpenPoint


def open_on(on):
    """The open points of a day, without the care of the record itself."""
    found = attention(on)
    return [OpenPoint(one.topic.clause, str(one.sentence)) for one in found if one.topic.kind == OPEN]
