"""Accounts are made by staff, get their password from staff, and are deactivated, never deleted."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import reverse

from members.models import Account
from members.staff_groups import make_staff_groups
from tests import world
from tests.admin.conftest import complaints, list_of, page_of, save

pytestmark = pytest.mark.django_db
PASSWORD = "seven made-up words"


@pytest.fixture
def reader():
    return world.account()


@pytest.fixture
def keeper(clerk):
    """Staff who keep accounts and are not superusers."""
    return clerk("members.view_account", "members.add_account", "members.change_account")


def new_account(client, **changes):
    data = {
        "email": "New@Example.org",
        "name": "Nora New",
        "language": "fr",
        "is_active": "on",
        "is_staff": "on",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    return client.post(list_of(Account, "add"), data | changes)


def test_new_account_signs_in_with_the_password_given(desk, client):
    assert new_account(desk).status_code == 302
    account = Account.objects.get(email="new@example.org")
    assert account.check_password(PASSWORD)
    assert (account.language, account.is_staff) == ("fr", True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password2": "another one here"}, "match"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"email": "staff@EXAMPLE.org"}, "already"),
        ({"email": "no address"}, "valid email"),
    ],
)
def test_what_makes_no_account_is_a_sentence(desk, changes, sentence):
    assert sentence in complaints(new_account(desk, **changes))
    assert Account.objects.count() == 1


def test_password_can_be_set_anew(desk, reader):
    desk.post(page_of(reader, "password"), {"password1": PASSWORD, "password2": PASSWORD})
    reader.refresh_from_db()
    assert reader.check_password(PASSWORD)


def test_deactivated_account_is_signed_out(desk, reader, chief):
    other = world.staff_account("other@example.org", name="Olga Colleague")
    desk.force_login(other)
    save(desk, page_of(reader), is_active=None)
    reader.refresh_from_db()
    assert not reader.is_active


def test_nobody_shuts_himself_out(desk, chief):
    for right in ("is_active", "is_staff", "is_superuser"):
        assert "take your own rights away" in complaints(save(desk, page_of(chief), **{right: None}))


def test_only_the_new_address_signs_in_after_a_change(desk, reader, client):
    EmailAddress.objects.create(user=reader, email="reader@example.org", primary=True, verified=True)
    save(desk, page_of(reader), email="moved@example.org")
    desk.logout()
    for email, signs_in in (("reader@example.org", False), ("moved@example.org", True)):
        client.post(reverse("account_login"), {"login": email, "password": "a long test password"})
        assert ("_auth_user_id" in client.session) is signs_in


def test_log_says_who_when_which_fields_and_why(desk, reader):
    save(desk, page_of(reader), name="Rita Reader", change_reason="Asked by mail")
    page = desk.get(page_of(reader, "history")).content.decode()
    assert "Changed Name. Asked by mail" in page
    assert "Sam Staff" in page


def test_second_factor_of_a_lost_device_is_taken_off(desk, reader):
    Authenticator.objects.create(user=reader, type=Authenticator.Type.TOTP, data={})
    assert page_of(reader, "second-factor") in desk.get(page_of(reader)).content.decode()
    desk.post(page_of(reader, "second-factor"), {"reason": "Device lost"})
    assert not Authenticator.objects.exists()


class TestWhoIsNotASuperuser:
    def test_changes_no_superuser(self, keeper, chief):
        assert keeper.post(page_of(chief), {"name": "X"}).status_code == 403
        assert keeper.get(page_of(chief, "password")).status_code == 403

    def test_makes_no_superuser(self, keeper):
        new_account(keeper, is_superuser="on")
        assert not Account.objects.get(email="new@example.org").is_superuser

    def test_gives_no_rights_that_he_lacks(self, keeper):
        make_staff_groups()
        group = Group.objects.get(name="Secretariat: contact data")
        assert "rights that you do not have" in complaints(new_account(keeper, groups=[group.pk]))

    def test_changes_no_account_that_may_do_more(self, keeper):
        make_staff_groups()
        other = world.account("more@example.org", is_staff=True)
        other.groups.add(Group.objects.get(name="Secretariat: contact data"))
        assert keeper.get(page_of(other, "password")).status_code == 403

    def test_does_not_bring_back_an_account_that_could_do_more(self, keeper):
        make_staff_groups()
        other = world.account("more@example.org", is_staff=True, is_active=False)
        other.groups.add(Group.objects.get(name="Secretariat: contact data"))
        assert keeper.get(page_of(other, "password")).status_code == 403

    def test_changes_an_account_with_no_more_rights(self, keeper, reader):
        assert save(keeper, page_of(reader), name="Rita Reader").status_code == 302
