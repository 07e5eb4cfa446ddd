"""Signing in: what allauth asks of the portal, and the second factor that staff need."""

from datetime import timedelta

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.models import EmailAddress
from allauth.account.views import RequestLoginCodeView
from allauth.core import context
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.contrib.auth.decorators import login_required
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ImproperlyConfigured
from django.core.validators import MaxLengthValidator
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from iscg_portal.languages import with_colon
from iscg_portal.mail.outbox import Letter, Reader, absolute_url, put, write_mail
from iscg_portal.plain_text import one_line
from iscg_portal.signing_in.known_browsers import link_for
from iscg_portal.signing_in.limits import attempt, is_asked_often
from iscg_portal.signing_in.words import ERRORS, OwnWords

SECRETS = {"code", "password_reset_url", "activate_url"}  # what lets in whoever reads it
TOO_MANY = gettext_lazy(
    "Too many attempts with this address. Sign in from a browser in which you signed in before, or another way: by a "
    "code or a passkey. The newest mail with a code may hold a link that lets this browser in. Else wait an hour."
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by staff, nobody signs up; mails go through the outbox."""

    error_messages = ERRORS | {"too_many_login_attempts": TOO_MANY}

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        """Counts a password that is tried; allauth takes the right one back."""
        self._login_failed_rl_usage = attempt(request, "password", credentials["email"])
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def get_client_ip(self, request):
        """By whom attempts are counted. What came past a proxy, with too short a header, counts as its sender's."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return request.META["REMOTE_ADDR"]

    def get_login_redirect_url(self, request):
        """Staff go to their workplace, others to the workspace."""
        return reverse("admin:index" if request.user.is_staff else settings.LOGIN_REDIRECT_URL)

    def send_mail(self, template_prefix, email, context):
        """Into the outbox: a mail server that is down or slow loses nothing, and nobody sees a difference."""
        account = get_user_model().objects.filter(email__iexact=email).select_related("person").first()
        mail = write_mail(_reader(account, email), lambda: self.letter(template_prefix, email, context))
        lapses = timezone.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        mail.good_until = lapses if SECRETS & context.keys() else None
        put([mail])

    def format_email_subject(self, subject):
        return with_colon("ISCG", subject)

    def letter(self, template_prefix, email, context):
        """What allauth says, in the words of the portal's templates: what to do is the first paragraph of a code's."""
        asked = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        if getattr(self.request, "asked_often", False):
            asked["let_in"] = absolute_url(link_for(email))
        message = self.render_mail(template_prefix, email, asked | context)
        said, code = message.body.strip().split("\n\n"), str(context.get("code", ""))
        return Letter(message.subject, "", said.pop(0) if code else "", said, code=code)


def _reader(account, address):
    """Under the name that the portal prints; the language of an unknown address is that of the page."""
    if account is None:
        return Reader(address, get_language())
    return Reader(address, account.language, str(account.person or account.name), has_account=True)


@login_required
@require_safe
def own_addresses(request):
    """Stands where allauth lets owners change their addresses: unproved, one could be anybody's. Staff change them."""
    return redirect(settings.LOGIN_REDIRECT_URL)


def forget_other_addresses(account):
    """After a change of address only the new one signs in: allauth keeps a list of addresses beside the account."""
    EmailAddress.objects.filter(user=account).exclude(email__iexact=account.email).delete()


class SecondFactorMiddleware:
    """Sends staff without a second factor to set one up before the admin opens."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not (settings.REQUIRE_SECOND_FACTOR and request.path_info.startswith("/admin/")):
            return None
        if request.user.is_authenticated and not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        return None


@login_required
@require_POST
def end_session(request, pk):
    """Sign out there; 404 for a session of somebody else."""
    session = UserSession.objects.filter(user=request.user, pk=pk).first()
    if session is None:
        raise Http404(_("You have no such session; it may be over already."))
    is_here = session.is_current()
    session.end()
    if is_here:
        logout(request)
        return HttpResponseRedirect(reverse("account_login"))
    messages.success(request, _("That session is over."))
    return HttpResponseRedirect(reverse("usersessions_list"))


def end_those_before_a_factor(request, user, **_of_allauth):
    """Called when a second factor is set up: sessions of the account that began without it end, but for this one.

    Else whoever had signed in before, by a stolen password, would be in the admin as soon as the owner sets one up.
    """
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()


LONGEST_ADDRESS = 254  # characters, as everywhere in the record


class CountedAddress:
    """The form that asks for a code: an address that no account can have is refused before any mail, and each is
    counted, whether or not it is that of an account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].max_length = LONGEST_ADDRESS
        self.fields["email"].validators += [MaxLengthValidator(LONGEST_ADDRESS), one_line]

    def clean_email(self):
        request, address = context.request, self.cleaned_data["email"]
        if not attempt(request, "code", address):
            raise get_adapter().validation_error("too_many_login_attempts")
        request.asked_often = is_asked_often(request, address)
        return super().clean_email()


class AskForCode(OwnWords, CountedAddress, forms.RequestLoginCodeForm):
    """Asking for a code."""


class AskForReset(OwnWords, CountedAddress, forms.ResetPasswordForm):
    """Asking for a code to choose another password."""


class SameQueries:
    """Looks for an account where none was found: allauth reads that of a known address once more."""

    also_unbound = True

    def __init__(self, *args, code="", **kwargs):
        super().__init__(*args, code=code, **kwargs)
        if not code and (self.is_bound or self.also_unbound):
            get_user_model().objects.filter(pk=0).first()


def ask_for_code(request, address):
    """As if the form that asks for a code had been sent with the address: to the page on which the code is entered.

    For somebody who has just shown, by a link in a mail, that the address is theirs: they need not type it again.
    """
    request.POST = QueryDict(mutable=True)
    request.POST["email"] = address
    return RequestLoginCodeView.as_view()(request)


class ConfirmCode(OwnWords, SameQueries, forms.ConfirmLoginCodeForm):
    """Entering the code that was mailed."""


class ConfirmReset(OwnWords, SameQueries, forms.ConfirmPasswordResetCodeForm):
    """Entering the code that was mailed to choose another password."""

    also_unbound = False
