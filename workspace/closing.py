"""Closing an account, by its owner: nobody can sign in to it again, and what it did stays true (rule 4)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.admin_log import call_in_log
from members.models import Account
from workspace.models import Follow, Mail
from workspace.outbox import Reader, put, written

CLOSED = "Closed by its owner."
NOWHERE = "closed-%d@closed.invalid"  # RFC 2606: no mail ever arrives there


@transaction.atomic
def close(account):
    """Deactivate the account and take away every way into it: sessions, passkeys, codes, password, addresses.

    Name and offices stay. The person on record may have another account later. A last mail says what was done.
    Errors: ValidationError where nobody could give rights any more.
    """
    record_version.bump()  # the first lock of every writer: of two who close at once, the second sees the first
    account = Account.objects.select_related("person").get(pk=account.pk)
    others = Account.objects.filter(is_superuser=True, is_active=True).exclude(pk=account.pk)
    if account.is_superuser and not others.exists():
        raise ValidationError(
            _("Yours is the last account with every right. Give them to a colleague first, then close it.")
        )
    email = account.email
    Mail.objects.filter(to__iexact=email, state=Mail.State.WAITING).let_go()
    Follow.objects.filter(email=email.lower()).delete()
    put([written(Reader(email, account.language), _last_words)])
    for session in UserSession.objects.filter(user=account):
        session.end()
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=account).delete()
    _make_unusable(account)
    _log(account)


def _make_unusable(account):
    account.name = account.name or (account.person.name if account.person else "")
    account.email = NOWHERE % account.pk
    account.person = None
    account.is_active = False
    account.set_unusable_password()
    account.full_clean()
    account.save()


def _log(account):
    """Accounts have no history of values; the admin's log says who and when. What it called the account goes."""
    rows = Account.objects.filter(pk=account.pk)
    LogEntry.objects.log_actions(account.pk, rows, CHANGE, change_message=CLOSED, single_object=True)
    for row in (account, *account.group_secretariats.select_related("account")):
        call_in_log(row, row)


def _last_words():
    return (
        _("Your account at the ISCG portal is closed"),
        [
            _("You asked for it. Nobody can sign in to it any more, and this address is deleted from it."),
            _("Your name and your offices stay in the public record of the group."),
            _("If it was not you, write to iscg@itu.int at once."),
        ],
        "",
    )
