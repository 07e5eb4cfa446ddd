"""Signing in: what allauth asks of the portal."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by staff; nobody signs up."""

    def is_open_for_signup(self, request):
        return False
