"""Signing in through an institution's OpenID Connect provider: whom it opens which account, and what fails how.

The institution must vouch for the address of an active account, now and at every later sign-in. The first identity
that does is bound to the account, and from then on no other one opens it (docs/decisions/0015).
"""

import logging
import time
from contextlib import contextmanager

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from requests import ConnectionError, RequestException, Timeout

from iscg_portal.signing_in.limits import may_ask_institution
from iscg_portal.web import errors
from iscg_portal.web.language_prefix import known_language

PROVIDER = "institution"  # its key in the settings, in the addresses and in the bound identities
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "issuer")
AWAY_SINCE, AWAY_FOR = "institution-away-since", 30  # key in the cache; seconds
NONSENSE = (AttributeError, ImproperlyConfigured, LookupError, OverflowError, TypeError, ValueError)

log = logging.getLogger(__name__)


class InstitutionAdapter(DefaultSocialAccountAdapter):
    """Named in the settings as what allauth asks about institutions; like everywhere, nobody signs up."""

    def get_provider(self, request, provider, client_id=None):
        found = super().get_provider(request, provider, client_id)
        found.oauth2_adapter_class = CarefulProvider
        return found

    def populate_user(self, request, sociallogin, data):
        """Keeps of what the provider tells its name for the person alone; the address only if it vouches for it."""
        claims = claims_of(sociallogin.account.extra_data)
        vouched = str(claims.get("email_verified")).lower() == "true"  # some send it as a text
        for address in sociallogin.email_addresses:
            address.verified = vouched
        sociallogin.account.extra_data = {}
        return super().populate_user(request, sociallogin, {"email": data.get("email")})

    def pre_social_login(self, request, sociallogin):
        """Asked once the provider has answer who it is; raises ImmediateHttpResponse unless an account opens."""
        account = account_vouched_for(sociallogin)
        if account is None or not opens(sociallogin.account, account):
            raise ImmediateHttpResponse(no_account(request))
        sociallogin.user = account

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(cancelled(request))
        if exception is None and not (extra_context or {}).get("state"):
            raise ImmediateHttpResponse(not_begun_here(request))
        raise ImmediateHttpResponse(no_good_answer(request, exception))


class CarefulProvider(OpenIDConnectOAuth2Adapter):
    """allauth's talk with the provider, in which an answer that makes no sense is an error of the provider's."""

    @property
    def openid_config(self):
        with made_sense_of():
            config = super().openid_config
            if not all(isinstance(config[name], str) for name in ENDPOINTS):
                raise ValueError("an endpoint is no address")
            return config

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        with made_sense_of():
            return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def parse_token(self, data):
        with made_sense_of():
            return super().parse_token(data)

    def complete_login(self, request, app, token, **kwargs):
        with made_sense_of():
            return super().complete_login(request, app, token, **kwargs)

    def _fetch_user_info(self, access_token):
        answer = super()._fetch_user_info(access_token)
        if not isinstance(answer["sub"], str):
            raise ValueError("sub is no text")
        return answer


@contextmanager
def made_sense_of():
    """What comes of reading nonsense is answer as an error of the provider, which allauth expects."""
    try:
        yield
    except NONSENSE as error:
        raise OAuth2Error(f"The answer makes no sense: {type(error).__name__}") from error


def claims_of(answer):
    """What userinfo says of the person. OAuth2Error unless the id_token is of the same (OpenID Connect Core 5.3.2)."""
    claims, token = answer.get("userinfo", {}), answer.get("id_token", {})
    if not token or claims["sub"] != token["sub"]:
        raise OAuth2Error("userinfo and id_token are not of one person")
    return claims


def account_vouched_for(sociallogin):
    """The active account whose address the provider vouches for, or None; never another address of the account."""
    addresses = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
    return get_user_model().objects.filter(email__in=addresses, is_active=True).first()


def opens(identity, account):
    """Whether the identity is bound to the account; where neither is bound to another one, it is from now on."""
    try:
        with transaction.atomic():
            get_user_model().objects.select_for_update(of=("self",)).get(pk=account.pk)  # of two at once one waits
            bound = SocialAccount.objects.filter(user=account, provider=identity.provider).first()
            if bound or identity.pk is not None:
                return bound is not None and bound.uid == identity.uid
            identity.user = account
            identity.save()
    except IntegrityError:  # another request bound it to another account meanwhile
        return False
    return True


def forget_identity(account):
    """The next identity that the institution vouches for with the account's address is bound to it. How many were."""
    return SocialAccount.objects.filter(user=account).delete()[0]


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, provider_id):
    """The button of the sign-in page. Answers a page that leads on, since form-action would stop a redirect to a host
    that the portal cannot know: many providers send on to another one at once."""
    provider = provider_or_404(request, provider_id)
    if request.method != "POST":
        return redirect("account_login")
    if is_away():
        return no_good_answer(request)
    if not may_ask_institution(request):
        return errors.too_many_requests(request)
    wanted = {"next_url": get_next_redirect_url(request), "language": translation.get_language()}
    try:
        with made_sense_of():
            onwards = provider.redirect(request, AuthProcess.LOGIN, **wanted)
    except (OAuth2Error, RequestException) as error:
        return no_good_answer(request, error)
    return render(request, "account/institution.html", {"name": provider.name, "onwards": onwards["Location"]})


@require_safe
def come_back(request, provider_id):
    """Where the provider sends the browser back: one address for all languages, so that it is registered once."""
    provider_or_404(request, provider_id)
    if is_away():
        return no_good_answer(request)
    begun = statekit.get_states(request).get(request.GET.get("state", ""))
    if begun:
        translation.activate(known_language(begun[0].get("language")))
        request.LANGUAGE_CODE = translation.get_language()
    try:
        return OAuth2CallbackView.adapter_view(CarefulProvider(request, provider_id))(request)
    except (OAuth2Error, RequestException) as error:
        return no_good_answer(request, error)


def provider_or_404(request, provider_id):
    try:
        return get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None


def no_account(request):
    """One answer to all whom no account opens, whatever the reason."""
    return _not_signed_in(
        request,
        403,
        _(
            "Your institution let you in, but it did not confirm the e-mail address of an account that it opens here. "
            "Sign in another way, or ask the secretariat."
        ),
    )


def cancelled(request):
    return _not_signed_in(request, 403, _("You were not signed in at your institution."))


def not_begun_here(request):
    sentence = _("This sign-in was not begun in this browser, was used already, or took too long. Begin again.")
    return _not_signed_in(request, 400, sentence)


def is_away():
    """Whether the provider did not answer a moment ago: others then need not wait for it too."""
    return 0 <= time.time() - cache.get(AWAY_SINCE, 0) < AWAY_FOR


def no_good_answer(request, error=None):
    """502; the log gets the kind of error alone, since its words may name a person. None: it was not asked."""
    if error:
        log.warning("The OpenID Connect provider gave no good answer: %s", type(error).__name__)
    if isinstance(error, (ConnectionError, Timeout)):
        cache.set(AWAY_SINCE, time.time(), AWAY_FOR)
    sentence = _("Your institution's sign-in gave no answer that the portal understands. Try again, or another way.")
    return _not_signed_in(request, 502, sentence)


def _not_signed_in(request, status, sentence):
    answer = {"heading": _("Not signed in"), "sentence": sentence}
    return render(request, "account/not_signed_in.html", answer, status=status)
