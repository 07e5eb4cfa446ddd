"""Closing an account, by its owner or once it has served.

Nobody can sign in to it again; the history keeps what was done with it.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.adminkit.history import call_in_log
from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Letter, absolute_url, put, write_mail
from members.mail_readers import reader_with
from members.models import Account
from workspace.joining import acts as joining
from workspace.models import Follow, Participant

CLOSED = "Closed by its owner."
NO_LONGER_NEEDED = "Closed: it served a participation that is over."
NOWHERE = "closed-%d@closed.invalid"  # RFC 2606: no mail ever arrives there


def close(account):
    """Its owner closes the account. Errors: ValidationError for the last account that can give rights."""
    name = account.name or (account.person.name if account.person else "")
    _close(account, CLOSED, _last_words, name)


def close_what_served_participation(email) -> bool:
    """Close the account of a former participant if it has no other use. Returns whether it did.

    It erases the name too, which is not on record.
    """
    account = Account.objects.filter(email__iexact=email, is_active=True, is_staff=False, person=None).first()
    if account is None or account.group_secretariats.exists() or _wants_to_take_part(email):
        return False
    _close(account, NO_LONGER_NEEDED, _last_words_to_participant, "")
    return True


def _wants_to_take_part(email):
    states = (Participant.State.TAKES_PART, Participant.State.WAITING)
    return Participant.objects.filter(email__iexact=email, state__in=states).exists()


@transaction.atomic
def _close(account, why, words, name):
    """Deactivate the account and take away every way into it: sessions, passkeys, codes, password, addresses.

    The given `name` and the offices stay; participation ends. The person on record may have another account later. A
    last mail says what was done. Errors: ValidationError for the last account that can give rights.
    """
    record_version.bump()  # the first lock of every writer: of two who close at once, the second sees the first
    account = Account.objects.select_related("person").get(pk=account.pk)
    others = Account.objects.filter(is_superuser=True, is_active=True).exclude(pk=account.pk)
    if account.is_superuser and not others.exists():
        raise ValidationError(
            _("Yours is the last account with every right. Give them to a colleague first, then close it.")
        )
    email = account.email
    participation = Participant.objects.taking_part(email).first()
    if participation:
        joining.end(participation, reason=why, by=account)
    Mail.objects.filter(to__iexact=email, state=Mail.State.WAITING).cancel()
    Follow.objects.filter(email=email.lower()).delete()
    put([write_mail(reader_with(account), words)])
    for session in UserSession.objects.filter(user=account):
        session.end()
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=account).delete()
    _make_unusable(account, name)
    _log(account, why)


def _make_unusable(account, name):
    account.name = name
    account.email = NOWHERE % account.pk
    account.person = None
    account.is_active = False
    account.set_unusable_password()
    account.full_clean()
    account.save()


def _log(account, why):
    """Accounts have no history of values; the admin's log says who and when. The address in older entries goes."""
    rows = Account.objects.filter(pk=account.pk)
    LogEntry.objects.log_actions(account.pk, rows, CHANGE, change_message=why, single_object=True)
    for row in (account, *account.group_secretariats.select_related("account")):
        call_in_log(row, row)


def _last_words():
    return Letter(
        _("Your account at the ISCG portal is closed"),
        "",
        "",
        [
            _("You asked for it. Nobody can sign in to it any more, and this address is deleted from it."),
            _("Your name and your offices stay in the public record of the group."),
            _("If it was not you, write to iscg@itu.int at once."),
        ],
        "",
    )


def _last_words_to_participant():
    return Letter(
        _("Your account at the ISCG portal is closed"),
        "",
        "",
        [
            _("You no longer take part in the work of the ISCG, and your account had no other use."),
            _("What you wrote about yourself is erased. You can ask to take part again at any time."),
        ],
        absolute_url(reverse("workspace:join")),
    )
