"""Personal data goes when its time is over, can be read by its owner, and the page about privacy says so."""

import logging
from datetime import date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Letter, Reader, write_mail
from iscg_portal.tenure.dates import GENEVA
from members.models import Account, ContactData
from tests import world as w
from workspace.access import erasing
from workspace.access.closing import close
from workspace.access.erasing import (
    MONTHS_OF_CONTACT_DATA,
    MONTHS_OF_INVITATIONS,
    MONTHS_OF_MAILS,
    MONTHS_OF_PARTICIPANTS,
    contact_data_over,
    erase_what_is_over,
)
from workspace.following.models import DAYS_TO_CONFIRM
from workspace.models import Follow, GroupSecretariat, Invitation, Participant

pytestmark = pytest.mark.django_db
PASSWORD = "a long test password"
CLOSE = "/en/workspace/close-account/"
END, LAST_DAY = date(2024, 9, 30), date(2025, 3, 30)


@pytest.fixture
def ben():
    """Somebody with contact data, and no office yet."""
    person = w.person("Ben Madeup")
    w.contact_data(person, email="ben@example.org", note="Call in the morning")
    return person


def is_over(on):
    return contact_data_over(on).exists()


def test_contact_data_is_over_six_months_after_the_last_office_ended(ben):
    w.representative("RAG1", ben, date(2020, 1, 1), END)
    assert MONTHS_OF_CONTACT_DATA == 6
    assert [is_over(LAST_DAY - timedelta(1)), is_over(LAST_DAY)] == [False, True]


@pytest.mark.parametrize(
    "office",
    [
        lambda who: w.representative("TSAG1", who, date(2020, 1, 1)),
        lambda who: w.coordinator(w.subject(), who, date(2030, 1, 1), date(2031, 1, 1)),
        lambda who: w.focal_point(w.subject(), who, "BR", date(2024, 1, 1), date(2025, 2, 1)),
    ],
    ids=["open", "of the future", "ended later"],
)
def test_another_office_keeps_the_contact_data(ben, office):
    w.representative("RAG1", ben, date(2015, 1, 1), date(2016, 1, 1))
    office(ben)
    assert not is_over(LAST_DAY)


def test_contact_data_of_who_never_held_an_office_is_kept(ben):
    assert not is_over(LAST_DAY)


def test_erasing_leaves_the_person_the_offices_and_who_and_when_but_no_value(ben):
    term = w.representative("RAG1", ben, date(2020, 1, 1), END)
    assert erase_what_is_over(LAST_DAY).contact_data == 1
    term.refresh_from_db()
    assert term.person == ben
    assert not ContactData.objects.exists()
    last = ContactData.history.first()
    assert (last.history_type, last.history_change_reason) == ("-", erasing.REASON)
    assert "ben@example.org" not in str(list(ContactData.history.values()))


def test_erasing_twice_writes_one_line_of_history(ben):
    w.representative("RAG1", ben, date(2020, 1, 1), END)
    assert [erase_what_is_over(LAST_DAY).contact_data for _ in range(2)] == [1, 0]
    assert ContactData.history.filter(history_type="-").count() == 1


def test_log_counts_and_names_nobody(ben, caplog):
    w.representative("RAG1", ben, date(2020, 1, 1), END)
    with caplog.at_level(logging.INFO):
        erase_what_is_over(LAST_DAY)
    assert "contact data of 1 persons" in caplog.text
    assert "ben" not in caplog.text.lower()


def mail(state, moment, **fields):
    made = write_mail(
        Reader("reader@example.org"), lambda: Letter("A subject", "", "", ["Text"]), "http://127.0.0.1/stop/"
    )
    made.state, made.written_at = state, moment
    made.sent_at = moment if state == "sent" else None
    made.save()
    return made


def at(day):
    return datetime.combine(day, datetime.min.time(), tzinfo=GENEVA)


@pytest.mark.parametrize(
    ("state", "after"),
    [("sent", "sent"), ("cancelled", "cancelled"), ("failed", "cancelled"), ("unknown", "cancelled")],
)
def test_old_mail_loses_text_and_address(state, after):
    assert MONTHS_OF_MAILS == 6
    old, new = mail(state, at(LAST_DAY) - timedelta(days=185)), mail(state, at(LAST_DAY) - timedelta(days=100))
    assert erase_what_is_over(LAST_DAY).mails == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.to, old.text, old.html, old.unsubscribe_url, old.state) == ("", "", "", "", after)
    assert (new.to, new.state) == ("reader@example.org", state)


def test_mail_that_still_waits_is_kept():
    mail("waiting", at(LAST_DAY) - timedelta(days=400))
    assert erase_what_is_over(LAST_DAY).mails == 0


def test_mail_that_was_emptied_cannot_be_sent_again():
    mail("failed", at(LAST_DAY) - timedelta(days=185))
    erase_what_is_over(LAST_DAY)
    assert Mail.objects.send_again() == 0


def test_privacy_page_says_how_long_things_are_kept(client):
    page = client.get("/en/privacy/").content.decode()
    assert f"{MONTHS_OF_CONTACT_DATA} months after the last office" in page
    assert f"{MONTHS_OF_MAILS} months after a mail was sent" in page
    assert f"not confirmed within {DAYS_TO_CONFIRM} days" in page
    assert f"{MONTHS_OF_PARTICIPANTS} months after the secretariat refused" in page
    assert f"erases it {MONTHS_OF_INVITATIONS} months after its link expired" in page
    assert "at the latest 14 days after its last use" in page


@pytest.mark.parametrize(("state", "erased"), [("refused", 1), ("over", 1), ("takes part", 0), ("waiting", 0)])
def test_participants_that_are_over_go_after_six_months(state, erased):
    w.participant(state=state, decided_at=at(LAST_DAY) - timedelta(days=185))
    w.participant("Uli Delegate", "uli@example.org", state, decided_at=at(LAST_DAY) - timedelta(days=100))
    assert erase_what_is_over(LAST_DAY).participants == erased
    assert Participant.objects.count() == 2 - erased
    assert "una@example.org" not in str(list(Participant.history.values()))


def test_log_of_the_admin_forgets_the_name_of_a_participant_that_went():
    one = w.participant(state="refused", decided_at=at(LAST_DAY) - timedelta(days=185))
    rows = Participant.objects.filter(pk=one.pk)
    LogEntry.objects.log_actions(w.staff_account().pk, rows, CHANGE, change_message="Refuse", single_object=True)
    erase_what_is_over(LAST_DAY)
    assert LogEntry.objects.get().object_repr == "participant"


def test_session_that_is_over_goes_with_what_was_typed_and_with_the_network_address(client):
    client.force_login(w.account())
    kept = {"user": Account.objects.get(), "ip": "203.0.113.1", "user_agent": "Made up", "last_seen_at": timezone.now()}
    UserSession.objects.create(session_key=client.session.session_key, **kept)
    UserSession.objects.create(session_key="gone", **kept)
    other = Client()
    other.post("/en/accounts/login/code/", {"email": "somebody@example.org"})
    Session.objects.filter(pk=other.session.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert erase_what_is_over().sessions == 2
    assert [one.session_key for one in UserSession.objects.all()] == [client.session.session_key]
    assert client.get("/en/workspace/").status_code == 200


def test_invitations_go_six_months_after_their_links_were_over():
    who = w.person("Ina Sample")
    for digest, days in (("a" * 64, 185), ("b" * 64, 100)):
        invited = {"email": "ina@example.org", "good_until": at(LAST_DAY) - timedelta(days=days)}
        Invitation.objects.create(person=who, digest=digest, **invited)
    assert erase_what_is_over(LAST_DAY).invitations == 1
    assert Invitation.objects.get().digest == "b" * 64


def test_my_data_is_a_file_for_its_owner_alone(client, world):
    account = w.account("ina@example.org", person=world.ina, name="Ina")
    w.contact_data(world.ina, email="ina@example.org")
    w.contact_data(world.kim, email="secretmail@example.org")
    write_mail(Reader("ina@example.org"), lambda: Letter("A subject line", "", "", ["Secrettext"])).save()
    client.force_login(account)
    answer = client.get("/en/workspace/my-data.json")
    assert (answer["Cache-Control"], answer["Content-Disposition"][:10]) == ("private, no-store", "attachment")
    found = answer.json()
    assert found["account"]["email"] == "ina@example.org"
    assert found["person"]["name"] == "Ina Sample"
    assert [(office["office"], office["subject"], office["starts_on"]) for office in found["offices"]] == [
        ("coordinator", "EMF", "2022-04-01")
    ]
    assert found["contact_data"][0]["email"] == "ina@example.org"
    assert found["mails_to_me"][0]["subject"] == "A subject line"
    assert not {"secretmail", "Secrettext", "password"} & set(answer.content.decode().replace("@", " ").split())


def test_my_data_of_an_account_without_a_person_is_whole_too(client):
    client.force_login(w.account())
    assert client.get("/en/workspace/my-data.json").json()["person"] is None


@pytest.mark.parametrize("address", ["/en/workspace/my-data/", "/en/workspace/my-data.json", CLOSE])
def test_visitors_are_asked_to_sign_in(client, address):
    assert client.get(address)["Location"].startswith("/en/accounts/login/")


def test_workspace_leads_to_my_data_following_and_closing(client):
    client.force_login(w.account())
    page = client.get("/en/workspace/").content.decode()
    for address in ("/en/workspace/my-data/", "/en/follow/", CLOSE):
        assert f'href="{address}"' in page


def sign_in(client, email="reader@example.org"):
    client.post("/en/accounts/login/", {"login": email, "password": PASSWORD})
    return client


@pytest.fixture
def confirmed(client):
    """A browser in which the owner has just given the password again."""
    account = w.account(person=w.person("Ada Testperson"))
    sign_in(client)
    client.post(f"/en/accounts/reauthenticate/?next={CLOSE}", {"password": PASSWORD})
    return account


def test_closing_asks_for_the_password_again(client):
    account = w.account()
    sign_in(client)
    assert client.post(CLOSE)["Location"].startswith("/en/accounts/reauthenticate/")
    account.refresh_from_db()
    assert account.is_active


def test_opening_the_page_closes_nothing(client, confirmed):
    assert client.get(CLOSE).status_code == 200
    confirmed.refresh_from_db()
    assert confirmed.is_active


def test_account_that_is_closed_is_signed_out_everywhere_and_cannot_sign_in_again(client, confirmed):
    other = sign_in(Client())
    answer = client.post(CLOSE, follow=True)
    assert "Your account is closed." in answer.content.decode()
    assert other.get("/en/workspace/").status_code == 302
    assert "_auth_user_id" not in sign_in(Client()).session


def test_closing_takes_every_way_in_and_keeps_name_and_offices():
    ada = w.person("Ada Testperson")
    term = w.representative("RAG1", ada, date(2020, 1, 1))
    account = w.account(person=ada)
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=True)
    TOTP.activate(account, generate_totp_secret())
    now = timezone.now()
    Follow.objects.create(email=account.email, confirmed_at=now, told_until=timezone.localdate(now))
    group = w.saved(GroupSecretariat(account=account, group=w.advisory_group("RAG"), starts_on=date(2020, 1, 1)))
    rows = GroupSecretariat.objects.filter(pk=group.pk)
    LogEntry.objects.log_actions(account.pk, rows, CHANGE, change_message="Changed", single_object=True)
    named = Account.objects.filter(pk=account.pk)
    LogEntry.objects.log_actions(account.pk, named, CHANGE, change_message="Changed", single_object=True)
    close(account)
    account.refresh_from_db()
    term.refresh_from_db()
    assert (account.is_active, account.has_usable_password(), account.name) == (False, False, "Ada Testperson")
    assert "reader@example.org" not in str([*Account.objects.values(), *LogEntry.objects.values()])
    assert not (EmailAddress.objects.exists() or Authenticator.objects.exists() or Follow.objects.exists())
    assert term.person == ada


def test_owner_of_a_closed_account_gets_a_last_mail_and_may_have_another_account():
    ada = w.person("Ada Testperson")
    close(w.account(person=ada))
    assert Mail.objects.get().subject == "Your account at the ISCG portal is closed"
    assert w.account(person=ada).is_active


def test_mail_that_waits_for_a_closed_account_is_cancelled():
    account = w.account()
    waiting = mail("waiting", timezone.now())
    close(account)
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"


def test_last_account_with_every_right_cannot_be_closed(client):
    w.staff_account()
    w.staff_account("former@example.org", is_active=False)
    sign_in(client, "staff@example.org")
    client.post(f"/en/accounts/reauthenticate/?next={CLOSE}", {"password": PASSWORD})
    answer = client.post(CLOSE)
    assert answer.status_code == 409
    assert "the last account with every right" in answer.content.decode()
    assert Account.objects.get(email="staff@example.org").is_active


def test_one_of_two_accounts_with_every_right_can_be_closed():
    w.staff_account("other@example.org")
    close(w.staff_account())
    assert Account.objects.filter(is_superuser=True, is_active=True).get().email == "other@example.org"


def test_form_of_another_site_closes_nothing():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(w.account())
    assert strict.post(CLOSE).status_code == 403
