"""An invitation to a person on record: one link, one address, one account."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.utils import timezone

from iscg_portal.mail.models import Mail
from members.acts.merging import merge_persons
from members.models import Account
from tests import world as w
from workspace.access.invitations import accept, invite
from workspace.models import Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return w.person("Ada Testperson", "Ms")


def link_in_mail():
    return re.search(
        r"/\w\w/invitation/[\w-]{20,}/", Mail.objects.filter(text__contains="/invitation/").latest("pk").text
    )[0]


def test_whoever_presses_the_button_has_an_account_for_the_person_and_a_code_and_is_not_signed_in(client, ada):
    invite(ada, "Ada@Example.org", language="fr")
    answer = client.post(link_in_mail())
    assert answer["Location"] == "/fr/accounts/login/code/confirm/"
    account = Account.objects.get()
    assert "ada@example.org" in client.get(answer["Location"]).content.decode()
    assert (Mail.objects.latest("pk").to, Mail.objects.latest("pk").language) == ("ada@example.org", "fr")
    assert (account.email, account.person, account.language) == ("ada@example.org", ada, "fr")
    assert not account.has_usable_password()
    assert not account.is_staff
    assert "_auth_user_id" not in client.session


def test_the_page_of_another_site_that_presses_the_button_begins_no_signing_in(client, ada):
    invite(ada, "ada@example.org")
    answer = client.post(link_in_mail(), headers={"sec-fetch-site": "cross-site"})
    assert answer["Location"] == "/en/accounts/login/"
    assert Mail.objects.count() == 1


def test_looking_at_the_link_opens_nothing(client, ada):
    invite(ada, "ada@example.org")
    page = client.get(link_in_mail())
    assert "Ms Ada Testperson" in page.content.decode()
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert not Account.objects.exists()


def test_the_second_of_two_people_reads_that_the_link_was_used_and_nothing_of_anyone(client, ada):
    invite(ada, "ada@example.org")
    client.post(link_in_mail())
    for answer in (client.post(link_in_mail()), client.get(link_in_mail())):
        assert answer.status_code == 410
        assert "was already used" in answer.content.decode()
        assert "Ada" not in answer.content.decode()
    assert Account.objects.count() == 1


def test_of_two_who_accept_at_a_time_one_gets_through(ada):
    invite(ada, "ada@example.org")
    first, second = Invitation.objects.get(), Invitation.objects.get()
    assert accept(first)
    assert accept(second) is None


def test_the_link_is_over_after_seven_days(client, ada):
    invite(ada, "ada@example.org")
    assert timedelta(days=6) < Invitation.objects.get().good_until - timezone.now() <= timedelta(days=7)
    Invitation.objects.update(good_until=timezone.now())
    assert client.post(link_in_mail()).status_code == 410
    assert not Account.objects.exists()


def test_inviting_again_ends_the_earlier_link(client, ada):
    invite(ada, "ada@example.org")
    earlier = link_in_mail()
    invite(ada, "ada@example.org")
    assert client.post(earlier).status_code == 410
    assert client.post(link_in_mail()).status_code == 302


def test_a_forged_link_is_told_in_a_sentence(client):
    assert client.get("/en/invitation/nope/").status_code == 404


def test_the_account_of_the_address_becomes_that_of_the_person(client, ada):
    account = w.account("ada@example.org")
    invite(ada, "ADA@example.org")
    client.post(link_in_mail())
    assert Account.objects.get() == account
    assert Account.objects.get().person == ada


def test_an_invitation_follows_a_person_that_is_merged_with_another(client, ada):
    invite(ada, "ada@example.org")
    other = w.person("Ada M. Testperson", "Ms")
    merge_persons(other, ada, reason="One person")
    client.post(link_in_mail())
    assert Account.objects.get().person == other


@pytest.mark.parametrize(
    ("email", "fields", "sentence"),
    [
        ("ada@example.org", {"person": "other"}, "another person"),
        ("old@example.org", {"person": "ada"}, "has an account already"),
        ("ada@example.org", {"is_active": False}, "was closed"),
    ],
)
def test_what_does_not_fit_is_refused_then_and_when_the_link_is_used(client, ada, email, fields, sentence):
    persons = {"ada": ada, "other": w.person("Ben Madeup")}
    fields = {name: persons.get(value, value) for name, value in fields.items()}
    invite(ada, "ada@example.org")
    w.account(email, **fields)
    with pytest.raises(ValidationError, match=sentence):
        invite(ada, "ada@example.org")
    answer = client.post(link_in_mail())
    assert answer.status_code == 410
    assert "no longer valid" in answer.content.decode()
    assert Account.objects.count() == 1
    assert Invitation.objects.get().spent_at is None


@pytest.mark.parametrize(
    "email", ["a@example.org\nBcc: b@example.org", f"{'a' * 300}@example.org", "читатель@пример", ""]
)
def test_an_address_that_is_none_is_refused(ada, email):
    with pytest.raises(ValidationError):
        invite(ada, email)
    assert not Mail.objects.exists()


class TestTheButtonOfTheAdmin:
    @pytest.fixture(autouse=True)
    def second_factor_is_elsewhere(self, settings):
        settings.REQUIRE_SECOND_FACTOR = False

    def test_staff_invite_at_the_address_on_record(self, client, ada):
        w.contact_data(ada, email="ada@example.org")
        client.force_login(w.staff_account())
        assert "Invite…" in client.get(f"/admin/members/person/{ada.pk}/change/").content.decode()
        page = f"/admin/members/person/{ada.pk}/invite/"
        assert 'value="ada@example.org"' in client.get(page).content.decode()
        assert client.post(page, {"email": "ada@example.org", "language": "en"}).status_code == 302
        assert Invitation.objects.get().by.email == "staff@example.org"
        assert Mail.objects.get().to == "ada@example.org"

    def test_inviting_asks_for_the_right_to_make_accounts(self, client, ada):
        account = w.account("clerk@example.org", is_staff=True)
        account.user_permissions.set(Permission.objects.filter(codename__in=["view_person", "change_person"]))
        client.force_login(account)
        assert client.get(f"/admin/members/person/{ada.pk}/invite/").status_code == 403

    def test_nobody_reads_a_link_in_the_admin(self, client, ada):
        invite(ada, "ada@example.org")
        token = link_in_mail().split("/")[-2]
        client.force_login(w.staff_account())
        mail, one = Mail.objects.get(), Invitation.objects.get()
        for page in (f"iscg_portal/mail/{mail.pk}", f"workspace/invitation/{one.pk}"):
            text = client.get(f"/admin/{page}/change/").content.decode()
            assert "ada@example.org" in text
            assert token not in text
            assert one.digest not in text
