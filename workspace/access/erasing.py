"""Personal data that is no longer needed is erased automatically; the log has counts and no names.

The privacy page prints these same numbers of months.
"""

import datetime
import logging
from dataclasses import astuple, dataclass

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from iscg_portal import record_version
from iscg_portal.adminkit.history import call_in_log
from iscg_portal.history import remove_with_reason
from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import GENEVA, today
from iscg_portal.tenure.models import Period
from members.models import ContactData, Person
from workspace.access.closing import close_what_served_participation
from workspace.handover.acts import erase_with_contacts
from workspace.models import Follow, Invitation, JoinRequest, Participant
from workspace.reminders.planning import months_before

MONTHS_OF_CONTACT_DATA = 6  # after the last office of the person ended
MONTHS_OF_MAILS = 6  # after a mail was sent or given up
MONTHS_OF_PARTICIPANTS = 6  # after the secretariat refused, or the participation ended
MONTHS_OF_INVITATIONS = 6  # after the link was over
REASON = f"Erased: the last office ended more than {MONTHS_OF_CONTACT_DATA} months ago."
NO_LONGER = f"Erased: refused or over for more than {MONTHS_OF_PARTICIPANTS} months."
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erased:
    """How much one run erased."""

    contact_data: int = 0
    mails: int = 0
    requests: int = 0
    participants: int = 0
    invitations: int = 0
    accounts: int = 0
    sessions: int = 0
    handovers: int = 0


def erase_what_is_over(on=None, now=None) -> Erased:
    """Erase contact data, former participants, old mails, invitations and sessions, and what nobody confirmed."""
    on = on or today()
    closed = close_accounts_of_participants(on)  # while the addresses are known: a run that is cut off is made good
    erased = Erased(
        erase_contact_data(on),
        erase_mails(on),
        Follow.objects.lapsed(now).delete()[0] + JoinRequest.objects.forget_lapsed(now),
        erase_participants(on),
        Invitation.objects.filter(good_until__lt=_begin(months_before(on, MONTHS_OF_INVITATIONS))).delete()[0],
        closed,
        erase_sessions(now),
        erase_with_contacts(),
    )
    if erased != Erased():
        log.info(
            "Erased: contact data of %d persons, %d mails, %d requests, %d participants, %d invitations, "
            "%d accounts, %d sessions, %d handover files.",
            *astuple(erased),
        )
    return erased


def contact_data_over(on):
    """Contact data of persons whose last office ended long ago, not of those who never held one."""
    ended_by = months_before(on, MONTHS_OF_CONTACT_DATA)
    held, holds = Q(), Q()
    for model in _offices():
        of_person = model._base_manager.filter(person=OuterRef("person"))
        held |= Exists(of_person)
        holds |= Exists(of_person.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ended_by)))
    return ContactData.objects.filter(held).exclude(holds)


def _offices():
    """Every model in which a person holds something from a day to a day."""
    return [
        relation.related_model
        for relation in Person._meta.related_objects
        if issubclass(relation.related_model, Period) and relation.field.name == "person"
    ]


def erase_contact_data(on) -> int:
    """Remove the rows; their history keeps who and when, not the values. Returns how many."""
    return _remove_each(lambda: contact_data_over(on), REASON)


def _remove_each(over, reason) -> int:
    """Remove the rows of the queryset that `over()` makes, one act each, with a reason. Returns how many."""
    count = 0
    for pk in over().values_list("pk", flat=True):
        with transaction.atomic():
            record_version.bump()  # the first lock of every writer: another run has to wait
            row = over().filter(pk=pk).first()
            if row is not None:
                call_in_log(row, row._meta.verbose_name)
                remove_with_reason(row, reason)
                count += 1
    return count


def erase_mails(on) -> int:
    """Empty old mails: subject line, state and times stay. Failed and unknown ones are cancelled. Returns how many."""
    kept_from = _begin(months_before(on, MONTHS_OF_MAILS))
    old = (
        Mail.objects.filter(is_kept=False)
        .exclude(text="")
        .filter(Q(sent_at__lt=kept_from) | Q(sent_at=None, written_at__lt=kept_from))
    )
    old.filter(state__in=[Mail.State.FAILED, Mail.State.UNKNOWN]).cancel()
    over = old.filter(state__in=[Mail.State.SENT, Mail.State.CANCELLED])
    return over.update(to="", text="", html="", unsubscribe_url="", error="")


def former_participants(on):
    """Those refused, or no longer taking part, for so long that their data are no longer needed."""
    return Participant.objects.filter(
        state__in=[Participant.State.REFUSED, Participant.State.OVER],
        decided_at__lt=_begin(months_before(on, MONTHS_OF_PARTICIPANTS)),
    )


def close_accounts_of_participants(on) -> int:
    """Close the accounts that only served a participation. Returns how many."""
    ended = former_participants(on).filter(state=Participant.State.OVER)
    return sum(close_what_served_participation(email) for email in ended.values_list("email", flat=True))


def erase_participants(on) -> int:
    """Remove former participants; their history has no names. Returns how many."""
    return _remove_each(lambda: former_participants(on), NO_LONGER)


def erase_sessions(now=None) -> int:
    """Remove sessions that are over, with what was typed to sign in, and the network addresses kept for their owners.

    Returns how many.
    """
    over = Session.objects.filter(expire_date__lt=now or timezone.now()).delete()[0]
    return over + UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]


def _begin(day):
    """The first moment of a day in Geneva."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()), GENEVA)
