"""Taking part (clause C5): asking, confirming one's address, and what the secretariat says to it."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.mail.one_time import new_token
from iscg_portal.mail.outbox import Letter, Reader, absolute_url, put, write_mail
from iscg_portal.mail.sending import MAILBOX
from iscg_portal.signing_in.limits import with_way_in
from members.models import Account
from workspace.models import JoinRequest, Participant

LINK_LIVES = timedelta(days=2)
BY_ONESELF = "Ended by the participant."
State = Participant.State
SAID_OF_ONESELF = ["name", "capacity", "country", "affiliation", "email", "message", "language"]


def ask(request, asked_often=False):
    """Keep the validated `JoinRequest`, and mail the link that confirms its address.

    `asked_often`: whether the mail says how to let a browser in.

    It writes the same rows and the same mail whether or not the address is known.
    """
    token, request.digest = new_token()
    request.good_until = timezone.now() + LINK_LIVES
    with override(request.language):
        link = absolute_url(reverse("workspace:join-confirm", args=[token]))

    def compose():
        written = _link_mail(link)
        return with_way_in(written, request.email, "workspace:join") if asked_often else written

    mail = write_mail(Reader(request.email, request.language), compose)
    mail.good_until = request.good_until
    with transaction.atomic():
        JoinRequest.objects.bulk_create([request])
        put([mail])


def _link_mail(link):
    """It contains nothing that was typed: the address may be somebody else's."""
    return Letter(
        _("Confirm your address"),
        "",
        _("open this page within two days and press the button."),
        [
            _("Somebody, perhaps you, asked with this address to take part in the work of the ISCG at ITU."),
            _("If it was you, confirm it; the secretariat then answers you."),
            _("If it was not you, do nothing; nothing is kept."),
        ],
        link,
    )


def confirm_address(request):
    """Use up the link: from now on the secretariat sees the request. None if it was used or has expired.

    An earlier request of the same address that still waits is closed.
    """
    with transaction.atomic():
        record_version.bump()  # the first lock of every writer
        if not JoinRequest.objects.spend(request.pk):
            return None
        for earlier in Participant.objects.waiting().filter(email=request.email):
            _decided(earlier, State.OVER, "Asked again.", None)
        participant = Participant(**{name: getattr(request, name) for name in SAID_OF_ONESELF})
        participant.full_clean()
        save_with_reason(participant, "The address was confirmed.")
        return participant


def admit(participant, *, reason="", by=None):
    """The secretariat confirms: the delegate takes part, has an account, and is told. Errors: ValidationError."""
    before = [State.WAITING, State.REFUSED, State.OVER]
    with transaction.atomic():
        fresh = _decide(participant, before, State.TAKES_PART, reason, by, _welcome)
        _have_an_account(fresh)
    return fresh


def refuse(participant, *, reason, by=None):
    """The secretariat refuses; the delegate reads why. Errors: ValidationError, also without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why; the delegate reads it.")})
    return _decide(participant, [State.WAITING], State.REFUSED, reason, by, lambda of: _refusal(of, reason))


def end(participant, *, reason="", by=None):
    """The delegate no longer takes part, and gets no mail; an account stays. Errors: ValidationError."""
    return _decide(participant, [State.TAKES_PART], State.OVER, reason, by, None)


@transaction.atomic
def _decide(participant, before, state, reason, by, compose):
    """One decision, once: of two at the same time the second gets a message about the first."""
    record_version.bump()  # the first lock of every writer
    fresh = Participant.objects.get(pk=participant.pk)
    if fresh.state not in before:
        message = _("This was decided in the meantime: %(state)s.")
        raise ValidationError(message % {"state": fresh.get_state_display()})
    _decided(fresh, state, reason, by)
    if compose is not None:
        put([write_mail(Reader(fresh.email, fresh.language, fresh.name), lambda: compose(fresh))])
    return fresh


def _decided(participant, state, reason, by):
    participant.state, participant.decided_at = state, timezone.now()
    participant.full_clean()
    save_with_reason(participant, reason, by)


def _have_an_account(participant):
    """Under the participant's confirmed address. An existing account is used."""
    account = Account.objects.filter(email__iexact=participant.email).first()
    if account is None:
        Account.objects.create_user(participant.email, name=participant.name, language=participant.language)
    elif not account.is_active:
        raise ValidationError(_("The account with this address was closed; open it again first."))


def _as_delegate(participant):
    return _("delegate, %(affiliation)s") % {"affiliation": participant.affiliation}


def _welcome(participant):
    return Letter(
        _("You take part in the work of the ISCG"),
        _as_delegate(participant),
        _("sign in once, and look at the coming meetings in your workspace."),
        [
            _("The secretariat confirmed that you take part in the work of the ISCG."),
            _("You will hear about meetings and documents on the group’s e-mail list."),
            _(
                "You have an account with this address. Sign in with a code that is sent to it: your workspace says how"
                " to join the coming meetings from elsewhere, and there you can end your participation."
            ),
        ],
        absolute_url(reverse("workspace:workspace")),
    )


def _refusal(participant, reason):
    return Letter(
        _("Your request to take part in the work of the ISCG"),
        _as_delegate(participant),
        "",
        [
            _("Thank you for your request."),
            _("The secretariat could not confirm that you take part in the work of the ISCG."),
            _("Its reason: %(reason)s") % {"reason": reason},
            _("If that rests on a misunderstanding, write to the secretariat: %(mailbox)s.") % {"mailbox": MAILBOX},
        ],
        "",
    )
