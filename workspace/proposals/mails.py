"""What the portal writes to whoever proposed a correction, once it is decided."""

from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.mail.outbox import absolute_url


def outcome(proposal):
    """That it was accepted, or which parts of it, and why the others were not."""
    if proposal.activity:
        return _activity(proposal)
    about = _about(proposal)
    said = [
        _("You proposed a correction of %(about)s. The secretariat accepted it; it is on record now. Thank you."),
        _said(proposal.taken),
    ]
    if proposal.left_out:
        said[0] = _("You proposed a correction of %(about)s. The secretariat accepted a part of it. Thank you.")
        said.insert(1, _("Accepted, and on record now:"))
        said += _not_accepted(proposal)
    subject = _("Your proposal was decided: %(about)s") % {"about": about}
    return subject, [said[0] % {"about": about}, *said[1:]], _workspace(proposal)


def _not_accepted(proposal):
    left_out = [change for change in proposal.changes.all() if change.is_left_out]
    return [_("Not accepted:"), _said(left_out), _("Why: %(because)s") % {"because": proposal.answer}]


def _activity(proposal):
    activity = proposal.activity
    return (
        _("Your activity is on record: %(title)s") % {"title": activity.text("title")},
        [
            _("The secretariat accepted the activity that you proposed. It stands on the portal now, with its page:"),
            f"{activity.text('title')}, {activity.dates}",
            *(_not_accepted(proposal) if proposal.left_out else []),
            _("If something changes, or something is wrong there, answer this mail."),
        ],
        absolute_url(activity.get_absolute_url()),
    )


def refusal(proposal):
    """Why none of it was accepted."""
    about = _about(proposal)
    return (
        _("Your proposal was not accepted: %(about)s") % {"about": about},
        [
            _("You proposed a correction of %(about)s. The secretariat did not accept it.") % {"about": about},
            _said(proposal.changes.all()),
            _("Why: %(because)s") % {"because": proposal.answer},
            _("If you think that this is a mistake, answer this mail."),
        ],
        _workspace(proposal),
    )


def _said(changes):
    return "\n".join(f"{one.label}: {one.new_shown}" for one in changes)


def _about(proposal):
    return proposal.subject.code if proposal.subject else _("your entry")


def _workspace(proposal):
    return absolute_url(reverse("workspace:workspace")) if proposal.account else ""
