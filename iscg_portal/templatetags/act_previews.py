"""What the preview of an act says of a row."""

from django import template
from django.utils.translation import gettext as _

from iscg_portal.languages import with_commas
from iscg_portal.tenure.dates import print_date

register = template.Library()


@register.filter
def decisions_of(tenure):
    """The decisions behind the end of a term, or behind its start while it is open: who, in which document, where."""
    side = "ends" if tenure.ends_on else "starts"
    body = getattr(tenure, f"get_{side}_decision_body_display")()
    said = [_joined(body, getattr(tenure, f"{side}_decision"), getattr(tenure, f"{side}_decision_url"))]
    appointed = [] if tenure.ends_on else getattr(tenure, "appointed", [])
    for one in appointed:
        decided = _("decided on %(day)s") % {"day": print_date(one.decided_on)} if one.decided_on else ""
        said.append(_joined(one.group, one.document, decided))
    return [one for one in said if one]


def _joined(*parts):
    return with_commas(str(part) for part in parts if part)
