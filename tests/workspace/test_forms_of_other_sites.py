"""No form of another site is taken, wherever the portal takes one; only the secret of a link stands for itself."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from members.models import Account
from tests import world as build
from tests.workspace.roles import addresses

NAMES = ("confirm", "invitation", "join-confirm", "mail-language", "follow-confirm", "follow-stop")
BY_THEIR_SECRET = {f"workspace:{name}" for name in NAMES}
BY_THEIR_SECRET.add("let-in")
# What somebody who is signed in sends, and what would be so afterwards.
SENT = [
    ("workspace:workspace", {}, {"name": "Changed", "language": "fr"}),
    ("workspace:subject", {"slug": "emf"}, {"title": "Changed"}),
    ("workspace:link", {"pk": 1}, {"stance": "confirmed", "seen": 0}),
    ("workspace:claim-link", {}, {"topic": "Changed"}),
    ("workspace:withdraw-proposal", {"pk": 1}, {}),
    ("workspace:report-draft", {"subject": "emf", "meeting": "25-7"}, {"version": 0, "results": "Changed"}),
    ("workspace:transmission", {"pk": 1}, {"reply": "Changed"}),
    ("workspace:transmission-received", {"pk": 1}, {}),
    ("workspace:transmission-agenda", {"pk": 1}, {"meeting": 1}),
    ("workspace:transmission-noted", {"pk": 1}, {}),
    ("end-session", {"pk": 1}, {}),
    ("mfa_activate_totp", {}, {}),
    ("account_set_password", {}, {}),
    ("account_reauthenticate", {}, {}),
    ("admin:index", {}, {}),
]


def test_only_pages_behind_a_secret_ask_for_no_token():
    free = {name for name, found in addresses(get_resolver()) if getattr(found.view, "csrf_exempt", False)}
    assert free == BY_THEIR_SECRET


@pytest.mark.parametrize(("name", "arguments", "form"), SENT)
def test_a_form_of_another_site_is_refused_and_changes_nothing(world, name, arguments, form):
    account = build.account("ina@example.org", person=world.ina)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account)
    answer = strict.post(reverse(name, kwargs=arguments), form, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "came from another site" in answer.content.decode()
    assert Account.objects.filter(pk=account.pk, name=account.name, is_active=True).exists()
