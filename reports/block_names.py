"""What the blocks of a report are called."""

from django.utils.translation import gettext as _

from iscg_portal.bodies import GroupCode
from iscg_portal.fixed_terms import initials
from iscg_portal.languages import with_colon
from meetings.models import Meeting

PAPERS = "_papers"  # the end of the key of a part; no meeting has such a code


def key_of(group):
    """The end of the key of the group's part; no meeting has such a code."""
    return f"_{group.value}"


# The ends of keys of parts that are beside the meetings, with the group of which they tell.
NO_MEETINGS = {key_of(group): group for group in GroupCode} | {PAPERS: None}


def name_of_block(key):
    """What a block or a part of one is called, by its key alone: for the history, which has no facts at hand."""
    whole, _slash, end = key.rpartition("/")
    names = named_blocks()
    return with_colon(names.get(whole, whole), _name_of_part(whole, end)) if whole else names.get(key, key)


def _name_of_part(whole, end):
    if end in NO_MEETINGS:
        return _("Other papers") if end == PAPERS else initials(NO_MEETINGS[end])
    return end.upper() if whole == "by_subject" else Meeting(code=end).name


def named_blocks():
    """Those that are no parts, by their keys, in the active language."""
    return {
        "why": _("Why this is published"),
        "corrections": _("Corrections"),
        "changes": _("Changes to the text before"),
        "summary": _("Summary"),
        "action": _("Action required"),
        "references": _("References"),
        "introduction": _("Introduction"),
        "answers": _("What the advisory groups said of earlier reports"),
        "by_meeting": _("What each meeting considered and agreed"),
        "liaison": _("Liaison statements"),
        "appointments": _("Appointments"),
        "by_subject": _("What was done on each subject"),
        "meetings": _("Meetings"),
        "received": _("Coordinators’ reports received"),
        "missing": _("Coordinators’ reports missing"),
        "activities": _("Joint activities by subject"),
        "regions": _("Joint activities by region"),
        "offices": _("Changes among Coordinators and Focal Points"),
        "listings": _("Subjects listed and taken off the list"),
        "mandates": _("Changes in mandates"),
        "mapping": _("Changes in the mapping of studies"),
        "earlier": _("Correction to an earlier period"),
        "duplications": _("Duplications found and avoided"),
        "gaps": _("Gaps in coordination"),
        "issues": _("Key issues"),
        "composition": _("Composition"),
        "chair": _("The Chair after a Plenipotentiary Conference"),
        "timeline": _("Terms of the seven seats"),
        "balance": _("Representatives by Council region"),
        "seats": _("Changes in the composition"),
        "list": _("Subjects on the list"),
        "unlisted": _("Subjects whose place on the list is not recorded"),
        "terms": _("Terms of Reference"),
    }
