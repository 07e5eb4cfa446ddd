"""Signing in: what allauth asks of the portal, and the second factor that staff need."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ImproperlyConfigured
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by staff; nobody signs up."""

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        """By whom attempts are counted. What came past a proxy, with too short a header, counts as its sender's."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return request.META["REMOTE_ADDR"]

    def get_login_redirect_url(self, request):
        """Staff go to their workplace, others to the workspace."""
        return reverse("admin:index" if request.user.is_staff else "workspace:workspace")


@login_required
@require_safe
def own_addresses(request):
    """Stands where allauth lets owners change their addresses: unproved, one could be anybody's. Staff change them."""
    return redirect("workspace:workspace")


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
