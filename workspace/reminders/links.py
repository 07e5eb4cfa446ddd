"""The mail about mapping links that wait for a side: to its Focal Points, to the secretariat where there is none."""

from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.mail.outbox import absolute_url
from iscg_portal.tenure.dates import today
from studies.models import Confirmation
from studies.models.confirmations import focal_points_of
from subjects.models import Subject
from workspace.access.offices import readers_of

ASKED = "asked-"  # how a step begins that names a Sector
MOST_IN_A_MAIL = 30  # links; of the others the number is given


def sector_asked(reminder):
    """The Sector whose side is asked."""
    return reminder.step.removeprefix(ASKED)


def focal_points_asked(reminder, row):
    """The readers among the Focal Points of the side for the subject today; two queries."""
    if not isinstance(row, Subject):
        return []
    persons = focal_points_of(row.pk, sector_asked(reminder), today()).values_list("person", flat=True)
    return list(readers_of(list(persons)).values())


def links_waiting(reminder, row):
    """What the mail says, in the reader's language."""
    sector, subject = sector_asked(reminder), row if isinstance(row, Subject) else None
    waiting = Confirmation.objects.unanswered(today()).filter(said_on=reminder.counts_from)
    found = [one for one in waiting.filter(link__subject=subject).with_names() if one.asked == sector]
    names = {"sector": sector, "about": subject.code if subject else _("no subject")}
    page = "workspace:links" if focal_points_asked(reminder, row) else "admin:studies_mappinglink_changelist"
    more = len(found) - MOST_IN_A_MAIL
    return (
        _("Mapping links wait for ITU-%(sector)s: %(about)s") % names,
        [
            _("The other side spoke on these links. Say for ITU-%(sector)s that they stand, or why they do not:")
            % names,
            *(_line(one) for one in found[:MOST_IN_A_MAIL]),
            *([_("And %(count)d more.") % {"count": more}] if more > 0 else []),
        ],
        absolute_url(reverse(page)),
    )


def _line(said):
    names = {"link": said.link, "topic": said.link.text("topic"), "side": said.sector, "because": said.because}
    if said.stance == Confirmation.Stance.CONTESTED:
        return _("%(link)s (%(topic)s): ITU-%(side)s contests it: %(because)s") % names
    if said.because:
        return _("%(link)s (%(topic)s): ITU-%(side)s confirms it: %(because)s") % names
    return _("%(link)s (%(topic)s): ITU-%(side)s confirms it") % names
