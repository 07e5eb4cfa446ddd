"""A participant has an account (clause C5): what it shows, what ends it, and what stays of it."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import GENEVA
from members.models import Account
from tests import world as build
from workspace.access import closing
from workspace.access.erasing import erase_what_is_over
from workspace.access.rights import Act, Role, may, roles_of
from workspace.joining import acts as joining
from workspace.models import GroupSecretariat, Participant

pytestmark = pytest.mark.django_db
WORKSPACE, PARTICIPATION = "/en/workspace/", "/en/workspace/participation/"
ROOM = "https://remote.example.org/room"
LAST_DAY = date(2026, 6, 30)
LONG_AGO = datetime(2025, 12, 1, tzinfo=GENEVA)


@pytest.fixture
def meeting():
    """A meeting of the group to come, with the way to take part from afar."""
    day = timezone.localdate() + timedelta(days=30)
    return build.meeting("99-1", day, day, remote_url=ROOM)


@pytest.fixture
def una():
    """A delegate who was confirmed, and the account."""
    joining.admit(build.participant(state="waiting"))
    return Account.objects.get(email="una@example.org")


def page(client, account, path=WORKSPACE):
    client.force_login(account)
    return client.get(path).content.decode()


def test_who_is_confirmed_has_an_account_without_any_right_of_staff(una):
    assert (una.name, una.language, una.is_staff, una.has_usable_password()) == ("Una Delegate", "en", False, False)
    assert roles_of(una) == {Role.PARTICIPANT}
    assert "/en/workspace/" in Mail.objects.latest("pk").text


def test_an_account_that_is_there_is_used(world):
    ina = build.account("una@example.org", person=world.ina)
    joining.admit(build.participant(state="waiting"))
    assert roles_of(ina) == {Role.COORDINATOR, Role.PARTICIPANT}


def test_a_closed_account_is_not_opened_again_by_confirming():
    build.account("una@example.org", is_active=False)
    asked = build.participant(state="waiting")
    with pytest.raises(ValidationError, match="open it again first"):
        joining.admit(asked)
    asked.refresh_from_db()
    assert asked.state == "waiting"
    assert not Mail.objects.exists()


def test_who_waits_or_was_refused_has_no_account():
    build.participant(state="waiting")
    joining.refuse(build.participant(email="uli@example.org", state="waiting"), reason="Made up")
    assert not Account.objects.exists()


def test_participants_read_that_they_take_part_and_how_from_afar(client, una, meeting):
    text = page(client, una)
    assert "You take part in the group’s work as a delegate." in text
    assert ROOM in text
    assert "You hold no office" not in text


@pytest.mark.parametrize("name", ["ada", "gus", "ina", "kim"])
def test_office_holders_read_how_to_take_part_from_afar(client, world, meeting, name):
    assert ROOM in page(client, build.account(person=getattr(world, name)))


def test_others_with_an_account_read_nothing_of_it(client, meeting, world):
    bound = build.account("rag@example.org")
    build.saved(GroupSecretariat(account=bound, group=build.advisory_group("RAG"), starts_on=date(2020, 1, 1)))
    for account in (build.account("somebody@example.org"), bound):
        assert ROOM not in page(client, account)
        assert client.get(PARTICIPATION).status_code == 403


def test_the_page_of_the_participation_shows_what_one_said_and_ends_it(client, una, meeting):
    assert "An administration, made up" in page(client, una, PARTICIPATION)
    assert client.post(PARTICIPATION)["Location"] == WORKSPACE
    ended = Participant.objects.get()
    assert (ended.state, ended.history.latest().history_user) == ("over", una)
    assert not may(una, Act.TAKE_PART)
    assert ROOM not in page(client, una)
    assert client.post(PARTICIPATION).status_code == 403


def test_the_right_goes_when_the_secretariat_ends_it(client, una, meeting):
    joining.end(Participant.objects.get())
    assert ROOM not in page(client, una)


def test_closing_the_account_ends_the_participation(una):
    closing.close(una)
    assert Participant.objects.get().state == "over"


def ended_long_ago(**account):
    build.participant(state="over", decided_at=LONG_AGO)
    return build.account("una@example.org", name="Una Delegate", **account)


def test_an_account_that_served_a_participation_alone_goes_with_it():
    una = ended_long_ago()
    erased = erase_what_is_over(LAST_DAY)
    una.refresh_from_db()
    assert (erased.participants, erased.accounts) == (1, 1)
    assert (una.is_active, una.name, una.email) == (False, "", f"closed-{una.pk}@closed.invalid")
    assert Mail.objects.get().to == "una@example.org"


def serves_an_office(account, world):
    account.person = world.ina
    account.save()


def serves_staff(account, world):
    account.is_staff = True
    account.save()


def serves_a_group(account, world):
    build.saved(GroupSecretariat(account=account, group=build.advisory_group("RAG"), starts_on=date(2020, 1, 1)))


def serves_again(account, world):
    build.participant(state="waiting")


@pytest.mark.parametrize("serve", [serves_an_office, serves_staff, serves_a_group, serves_again])
def test_an_account_that_serves_something_else_stays(world, serve):
    una = ended_long_ago()
    serve(una, world)
    assert erase_what_is_over(LAST_DAY).accounts == 0
    una.refresh_from_db()
    assert (una.is_active, una.email) == (True, "una@example.org")


def test_an_account_of_somebody_who_was_refused_stays():
    build.participant(state="refused", decided_at=LONG_AGO)
    una = build.account("una@example.org")
    assert erase_what_is_over(LAST_DAY).accounts == 0
    una.refresh_from_db()
    assert una.is_active
