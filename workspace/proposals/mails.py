"""What the portal writes to whoever proposed a correction: thanks when it comes, and what became of it, by point."""

from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.languages import in_a_row, with_colon, with_commas
from iscg_portal.mail.outbox import Letter, absolute_url
from iscg_portal.tenure.dates import today
from workspace.access.offices import offices_in_words, page_of_person
from workspace.models import ProposedChange


def confirmed(person, offices):
    """Thanks for an entry that was confirmed through a link. `offices`: in the words of the page."""
    return Letter(
        _("Thank you: your entry is confirmed"),
        offices,
        "",
        [_("You confirmed your entry on the portal of the ISCG. Thank you.")],
        page_of_person(person),
    )


def received(proposal):
    """Thanks for a correction that came through a link, or for saying that an office is no longer held."""
    about, left = _about(proposal), any(map(_leaves, proposal.changes.all()))
    said = (
        _("You told the secretariat that you no longer hold an office. Thank you for your work, and for saying so.")
        if left
        else _("You proposed a correction of %(about)s. Thank you.") % {"about": about}
    )
    return Letter(
        _("Thank you: the secretariat has your answer"),
        _offices(proposal),
        "",
        [said, _said(proposal.changes.all()), _("The secretariat looks at it, and writes to you what came of it.")],
    )


def outcome(proposal, reader):
    """What was accepted, point by point, and why the rest was not."""
    if proposal.activity:
        return _activity(proposal)
    about = _about(proposal)
    said = [_("You proposed a correction of %(about)s. The secretariat accepted it; it is on record now. Thank you.")]
    if any(map(_leaves, proposal.taken)):
        said = [_("You told the secretariat that you no longer hold an office. It is on record now. Thank you.")]
    if proposal.left_out:
        said = [_("You proposed a correction of %(about)s. The secretariat accepted a part of it. Thank you.")]
        said.append(_("Accepted, and on record now:"))
    said = [said[0] % {"about": about}, *said[1:], _said(proposal.taken)]
    if proposal.left_out:
        said += _not_accepted(proposal)
    subject = _("Your proposal was decided: %(about)s") % {"about": about}
    return Letter(subject, _offices(proposal), "", said, _page(proposal, reader))


def _leaves(change):
    return change.field == ProposedChange.Field.ENDS_ON


def _not_accepted(proposal):
    left_out = [change for change in proposal.changes.all() if change.is_left_out]
    return [_("Not accepted:"), _said(left_out), _("Why: %(because)s") % {"because": proposal.answer}]


def _activity(proposal):
    activity = proposal.activity
    return Letter(
        _("Your activity is on record: %(title)s") % {"title": activity.text("title")},
        _offices(proposal),
        _("look at the page; if something changes, or is wrong there, answer this mail."),
        [
            _("The secretariat accepted the activity that you proposed. It stands on the portal now, with its page:"),
            with_commas([activity.text("title"), activity.dates]),
            *(_not_accepted(proposal) if proposal.left_out else []),
            _("Thank you."),
        ],
        absolute_url(activity.get_absolute_url()),
    )


def refusal(proposal, reader):
    """Why none of it was accepted."""
    about = _about(proposal)
    return Letter(
        _("Your proposal was not accepted: %(about)s") % {"about": about},
        _offices(proposal),
        _("if you think that this is a mistake, answer this mail."),
        [
            _("You proposed a correction of %(about)s. The secretariat did not accept it.") % {"about": about},
            _said(proposal.changes.all()),
            _("Why: %(because)s") % {"because": proposal.answer},
            _("Thank you."),
        ],
        _page(proposal, reader),
    )


def _said(changes):
    return "\n".join(with_colon(one.label, one.new_shown) for one in changes)


def _about(proposal):
    return proposal.subject.code if proposal.subject else _("your entry")


def _offices(proposal):
    """Those of today; of who holds none any more, those that the proposal is about."""
    of_changes = dict.fromkeys(one.office_in_words for one in proposal.changes.all() if one.office)
    return offices_in_words(proposal.person_id, today()) or in_a_row(of_changes)


def _page(proposal, reader):
    """The workspace of whoever has an account; for others the public page that it is about."""
    if reader.has_account:
        return absolute_url(reverse("workspace:workspace"))
    subject = proposal.subject
    return absolute_url(subject.get_absolute_url()) if subject else page_of_person(proposal.person)
