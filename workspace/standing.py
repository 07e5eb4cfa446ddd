"""What an account is to the group on a day: its offices, the advisory group it works for, and whether it takes part."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, Subquery

from members.models import Account
from workspace.models import GroupSecretariat, Participant
from workspace.offices import Held, held_by


@dataclass(frozen=True)
class Standing:
    """What rights follow from. `group` is blank where the account works for no advisory group's secretariat."""

    held: list[Held]
    group: str
    is_participant: bool


def standing_of(account, on: datetime.date) -> Standing:
    """What the account is on the day. At most five queries."""
    groups = GroupSecretariat.objects.covering(on).filter(account=account.pk).values("group")
    takes_part = Participant.objects.taking_part(account.email)
    found = Account.objects.filter(pk=account.pk).values_list(Subquery(groups[:1]), Exists(takes_part))
    group, is_participant = found.get()
    return Standing(held_by(account.person_id, on), group or "", is_participant)
