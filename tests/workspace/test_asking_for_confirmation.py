"""Before each meeting of the group every office holder is asked once; who is silent is listed."""

from datetime import timedelta

import pytest

from iscg_portal.mail.models import Mail
from iscg_portal.mail.one_time import without_tokens
from iscg_portal.mail.sending import send_waiting
from iscg_portal.tenure.dates import today
from tests import world as build
from workspace.models import EntryLink
from workspace.proposals.entries import DAYS_BEFORE_A_MEETING, how_it_stands, unanswered
from workspace.reminders.planning import plan, queue_due

pytestmark = pytest.mark.django_db
TOKEN_OF_A_LINK = "/confirm/"


@pytest.fixture
def meeting(world):
    """A meeting of the group, in 42 days; Ina and Kim can be reached."""
    build.contact_data(world.ina, email="ina@example.org")
    build.account("kim@example.org", person=world.kim, language="es")
    return build.meeting("99-1", today() + timedelta(days=DAYS_BEFORE_A_MEETING))


def run(on=None):
    on = on or today()
    plan(on)
    return queue_due(on)


def asked():
    return sorted(Mail.objects.filter(text__contains=TOKEN_OF_A_LINK).values_list("to", "language"))


def test_holders_of_the_day_who_can_be_reached_are_asked_in_their_language(meeting):
    run()
    assert asked() == [("ina@example.org", "en"), ("kim@example.org", "es")]


def test_nobody_is_asked_before_the_day(meeting):
    run(today() - timedelta(days=1))
    assert asked() == []


def test_each_is_asked_once_however_often_it_runs(meeting):
    run()
    run()
    assert len(asked()) == 2


def test_a_late_run_asks_too(meeting):
    run(today() + timedelta(days=20))
    assert len(asked()) == 2


def test_other_meetings_and_those_called_off_ask_nobody(world, meeting):
    meeting.state = "cancelled"
    build.saved(meeting)
    build.meeting("RAG-99", today() + timedelta(days=30), body="RAG")
    run()
    assert asked() == []


def test_a_meeting_that_moves_does_not_ask_again_whom_it_asked_lately(meeting):
    run()
    meeting.starts_on = meeting.ends_on = meeting.starts_on + timedelta(days=1)
    build.saved(meeting)
    run(today() + timedelta(days=1))
    assert len(asked()) == 2


def test_the_database_keeps_no_token_of_a_mail_that_was_sent(meeting):
    run()
    send_waiting()
    mail = Mail.objects.filter(to="ina@example.org").get()
    assert mail.state == "sent"
    assert "/en/confirm/…/" in mail.text
    assert "/en/confirm/…/" in mail.html


def test_what_is_hidden_is_the_token_and_no_other_part_of_the_text():
    text = "https://example.org/en/confirm/" + "a-B_9" * 8 + "abc/ and /en/meetings/25-1/"
    assert without_tokens(text) == "https://example.org/en/confirm/…/ and /en/meetings/25-1/"


def test_who_is_silent_is_listed_until_the_answer(world, meeting):
    run()
    silent = {person.name: link for person, link in unanswered(today())}
    assert how_it_stands(silent["Ina Sample"], today()).startswith("asked on")
    assert how_it_stands(silent["Ina Sample"], today() + timedelta(days=31)).partition("; ")[2].startswith("the link")
    assert how_it_stands(silent["Ada Testperson"], today()).startswith("got no link")
    EntryLink.objects.spend(silent["Ina Sample"].pk, "confirmed")
    assert "Ina Sample" not in {person.name for person, _link in unanswered(today())}


def test_nobody_is_silent_before_anybody_was_asked(meeting):
    assert unanswered(today()) == []
