"""What a side says of a link: it confirms it, contests it with a reason, or claims a new one (A1).

A claim is a link that the own side confirms at once; it is to be confirmed until the other side has spoken. Each
statement is a row: what was said before stays on record.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.tenure.dates import today
from studies.models import Confirmation, MappingLink

Stance = Confirmation.Stance


class SaidMeanwhile(ValidationError):
    """Somebody spoke on the link after the page was opened. Nothing was written."""


@transaction.atomic
def say(link, sector, stance, because, *, said_by, by, seen) -> Confirmation:
    """Say on behalf of a side, today, that the link stands or why it does not.

    `said_by` names the office that speaks; `seen` is the key of the newest statement that the account `by` has seen, 0
    if there was none. Errors: SaidMeanwhile; ValidationError where a rule forbids it, or the side has said so already.
    """
    record_version.bump()  # the first lock of every writer
    link, on = MappingLink.objects.select_for_update(of=("self",)).get(pk=link.pk), today()
    if not link.covers(on):
        raise ValidationError(_("This link does not hold today: there is nothing to confirm or to contest."))
    said = list(link.confirmations.order_by("said_on", "turn", "pk"))
    if seen != newest_of(said):
        raise SaidMeanwhile(_("Something was said of this link since you opened this page. Read it, then send yours."))
    if said and (said[-1].sector, said[-1].stance) == (sector, stance):
        raise ValidationError(_("Your side has already said so, and the other side has not answered since."))
    turn = max([one.turn for one in said if one.said_on == on], default=0) + 1
    spoken = {"sector": sector, "stance": stance, "because": because, "said_by": said_by}
    statement = Confirmation(link=link, said_on=on, turn=turn, **spoken)
    statement.full_clean()
    save_with_reason(statement, "", by)
    return statement


def newest_of(said) -> int:
    """The key of the newest of the statements, which are in their order; 0 if there is none."""
    return said[-1].pk if said else 0


@transaction.atomic
def claim(link, sector, *, said_by, by) -> MappingLink:
    """Enter a new link, confirmed by the side that claims it. Errors: ValidationError, by field."""
    record_version.bump()
    link.full_clean()
    save_with_reason(link, "", by)
    say(link, sector, Stance.CONFIRMED, "", said_by=said_by, by=by, seen=0)
    return link
