"""The mail about mapping links that wait for a side: to its Focal Points, to the secretariat where there is none."""

from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.mail.outbox import Letter, absolute_url
from iscg_portal.tenure.dates import today
from members.mail_readers import of_the_secretariat
from members.models.groups import GroupCode
from studies.models import Confirmation
from studies.models.confirmations import focal_points_of
from subjects.models import Subject
from subjects.models.offices import office_of_subject
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


def links_waiting(reminder, row, reader):
    """What the mail says, in the reader's language."""
    sector, subject = sector_asked(reminder), row if isinstance(row, Subject) else None
    waiting = Confirmation.objects.unanswered(today()).filter(said_on=reminder.counts_from)
    found = [one for one in waiting.filter(link__subject=subject).with_names() if one.asked == sector]
    names = {"sector": sector, "about": subject.code if subject else _("no subject")}
    to_focal_point = bool(focal_points_asked(reminder, row))
    office, to_do, page = _asked(names, reader) if to_focal_point else _secretariat_asked(names)
    more = len(found) - MOST_IN_A_MAIL
    return Letter(
        _("Mapping links wait for ITU-%(sector)s: %(about)s") % names,
        office,
        to_do,
        [
            _("The other side spoke on these links:"),
            *(_line(one) for one in found[:MOST_IN_A_MAIL]),
            *([_("And %(count)d more.") % {"count": more}] if more > 0 else []),
        ],
        absolute_url(page),
    )


def _asked(names, reader):
    """(office, what to do, page) of a Focal Point; whoever has no account answers by mail."""
    body = next(group for group in GroupCode if group.sector == names["sector"])
    office = office_of_subject(names["about"], body)
    if reader.has_account:
        to_do = _("say in the workspace for ITU-%(sector)s that they stand, or why they do not.") % names
        return office, to_do, reverse("workspace:links")
    to_do = _("answer this mail: say for ITU-%(sector)s that they stand, or why they do not.") % names
    return office, to_do, reverse("studies:mapping")


def _secretariat_asked(names):
    to_do = _("find out whether they stand for ITU-%(sector)s: it has no Focal Point who could be asked.") % names
    return of_the_secretariat(), to_do, reverse("admin:studies_mappinglink_changelist")


def _line(said):
    names = {"link": said.link, "topic": said.link.text("topic"), "side": said.sector, "because": said.because}
    if said.stance == Confirmation.Stance.CONTESTED:
        return _("%(link)s (%(topic)s): ITU-%(side)s contests it: %(because)s") % names
    if said.because:
        return _("%(link)s (%(topic)s): ITU-%(side)s confirms it: %(because)s") % names
    return _("%(link)s (%(topic)s): ITU-%(side)s confirms it") % names
