"""Inviting a person on record: a one-time link gives an account, or links the one that is there."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal import record_version
from iscg_portal.act_log import log_act, values_of
from iscg_portal.mail.one_time import is_from_here, new_token, one_time_page
from iscg_portal.mail.outbox import Letter, Reader, absolute_url, put, write_mail
from iscg_portal.signing_in.accounts import ask_for_code
from iscg_portal.tenure.dates import today
from members.models import Account, ContactData
from workspace.access.mail_language import choose
from workspace.access.offices import offices_in_words
from workspace.access.rights import Act, asks
from workspace.models import Invitation

LINK_LIVES = timedelta(days=7)


def known_address(person) -> str:
    """The address in the contact data; blank where there is none."""
    return ContactData.objects.filter(person=person).values_list("email", flat=True).first() or ""


@transaction.atomic
def invite(person, email, *, language="en", by=None) -> Invitation:
    """Mail the link to the address; an unused earlier link of the person ends. Errors: ValidationError."""
    record_version.bump()  # the first lock of every writer
    email = email.strip().lower()
    _refuse_conflicts(person, email)
    token, digest = new_token()
    invitation = Invitation(person=person, email=email, language=language, digest=digest, by=by)
    invitation.good_until = timezone.now() + LINK_LIVES
    invitation.full_clean()
    Invitation.objects.end_open(person)
    Invitation.objects.bulk_create([invitation])
    log_act(invitation, by, values_of(invitation, "person", "language", "good_until"), called=person)
    choose(person, language, only_first=True)
    with override(language):
        link = absolute_url(reverse("workspace:invitation", args=[token]))
    mail = write_mail(Reader(email, language, str(person)), lambda: _words(person, link))
    mail.good_until = invitation.good_until
    put([mail])
    return invitation


def _words(person, link):
    return Letter(
        _("Your account on the portal of the ISCG"),
        offices_in_words(person.pk, today()),
        _("open this page within seven days and press the button."),
        [
            _("The secretariat of the ISCG invites you to its portal."),
            _("You then have an account under this address."),
            _("There is no password; you sign in by a code that is sent to this address."),
        ],
        link,
    )


def accept(invitation) -> Account | None:
    """Spend the link: the account under its address, made or linked. None where it is spent or over already.

    Errors: ValidationError where account and person no longer fit together; the link then stays open.
    """
    with transaction.atomic():
        record_version.bump()  # the first lock of every writer
        if not Invitation.objects.spend(invitation.pk):
            return None
        _refuse_conflicts(invitation.person, invitation.email)
        account = Account.objects.filter(email__iexact=invitation.email).first()
        if account is None:
            person = invitation.person
            facts = {"name": person.name, "language": invitation.language, "person": person}
            account = Account.objects.create_user(invitation.email, **facts)
        elif account.person_id is None:
            account.person = invitation.person
            account.save(update_fields=["person"])
        Invitation.objects.filter(pk=invitation.pk).update(account=account)
        log_act(invitation, account, {"account": account.pk}, {"account": None}, called=invitation.person)
        return account


def _refuse_conflicts(person, email):
    """One account a person, one person an account; and a closed account stays closed."""
    of_person = Account.objects.filter(person=person).first()
    of_address = Account.objects.filter(email__iexact=email).first()
    if of_person is not None and of_person != of_address:
        raise ValidationError(_("This person has an account already, under another address."))
    if of_address is not None and of_address.person_id not in (None, person.pk):
        raise ValidationError(_("The account with this address belongs to another person."))
    if of_address is not None and not of_address.is_active:
        raise ValidationError(_("The account with this address was closed; open it again first."))


@asks(Act.READ)
@one_time_page
def invitation(request, token):
    """The link works once; a second visitor reads so. It signs nobody in: a code does that."""
    found = Invitation.objects.at(token)
    if found is None:
        raise Http404(_("This link does not exist. It may be incomplete: copy the whole address from the mail."))
    refusal = ""
    if request.method == "POST":
        try:
            if accept(found):
                messages.success(request, _("Your account is open."))
                if not is_from_here(request):
                    return redirect("account_login")
                return ask_for_code(request, found.email)
        except ValidationError:  # says something of an account
            refusal = _("This invitation is no longer valid. Ask the secretariat for a new one.")
    is_open = not refusal and request.method != "POST" and found.is_open
    context = {"invitation": found, "is_open": is_open, "refusal": refusal}
    return render(request, "workspace/invitation.html", context, status=200 if is_open else 410)
