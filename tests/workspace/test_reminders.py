"""Reminders move with their date, and are sent once."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from iscg_portal.mail.models import Mail
from members.models import ContactData
from tests import world as w
from tests.admin.conftest import list_of, page_of
from tests.mail_server import mail_server
from workspace.following.acts import mail_followers
from workspace.models import Follow, Reminder
from workspace.reminders.planning import months_before, plan, queue_due

pytestmark = pytest.mark.django_db
END = date(2026, 3, 31)


@pytest.fixture
def term():
    """A term that ends, of somebody who can be reached."""
    holder = w.person("Ada Testperson")
    w.contact_data(holder, email="ada@example.org")
    return w.representative("RAG1", holder, date(2022, 3, 31), END)


def run(on):
    plan(on)
    return queue_due(on)


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 12, date(2025, 3, 31)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 1), 12, date(2025, 12, 1)),
    ],
)
def test_months_are_counted_back_to_a_day_that_there_is(day, months, earlier):
    assert months_before(day, months) == earlier


def test_a_term_is_spoken_of_twelve_six_and_one_months_before_its_end(term):
    days = [date(2025, 3, 31), date(2025, 9, 30), date(2026, 2, 28)]
    plan(date(2025, 1, 1))
    assert sorted(Reminder.objects.values_list("due_on", flat=True)) == days
    assert [run(day - timedelta(days=1)) + run(day) for day in days] == [1, 1, 1]


def test_a_late_run_says_only_the_nearest_step_and_only_once(term):
    assert [run(date(2026, 3, 5)), run(date(2026, 3, 5)), run(date(2026, 3, 20))] == [1, 0, 0]


def test_a_term_that_is_over_is_not_spoken_of(term):
    assert run(END) == 0


def test_a_reminder_moves_with_the_end_of_the_term(term):
    plan(date(2025, 1, 1))
    term.ends_on = date(2027, 3, 31)
    w.saved(term)
    assert run(date(2025, 4, 1)) == 0
    assert run(date(2026, 3, 31)) == 1


def test_an_open_end_takes_the_reminders_away(term):
    plan(date(2025, 1, 1))
    term.ends_on = term.ends_precision = None
    w.saved(term)
    plan(date(2025, 1, 2))
    assert not Reminder.objects.exists()


def test_the_mail_of_a_reminder_speaks_the_language_of_its_account(term):
    w.account("ada.account@example.org", person=term.person, language="fr")
    run(date(2025, 3, 31))
    assert Mail.objects.values_list("to", "language").get() == ("ada.account@example.org", "fr")


def test_an_address_that_is_none_stops_no_other_reminder(term):
    w.staff_account()
    ContactData.objects.update(email="none")
    Follow.objects.create(email="none", confirmed_at=timezone.now(), told_until=date(2020, 1, 1))
    assert run(date(2025, 3, 31)) == 1
    assert mail_followers() == 0
    assert Mail.objects.get().to == "staff@example.org"


def test_a_vacancy_is_told_to_the_secretariat_once():
    w.staff_account()
    w.seat("RAG1", recorded_from=date(2024, 1, 1))
    assert [run(w.DAY), run(w.DAY + timedelta(days=40))] == [1, 0]
    assert Mail.objects.get().to == "staff@example.org"


def test_a_reminder_moves_with_the_meeting_of_the_deadline():
    w.staff_account()
    meeting = w.meeting(starts_on=date(2025, 6, 10), ends_on=date(2025, 6, 11))
    w.deadline(meeting, days_before=10)
    plan(w.DAY)
    deadlines = Reminder.objects.filter(kind="deadline")
    assert {row.due_on for row in deadlines} == {date(2025, 5, 17), date(2025, 5, 28)}
    meeting.starts_on, meeting.ends_on = date(2025, 7, 10), date(2025, 7, 11)
    w.saved(meeting)
    plan(w.DAY)
    assert {row.due_on for row in deadlines.all()} == {date(2025, 6, 16), date(2025, 6, 27)}


def test_a_reminder_that_another_process_took_is_not_queued_again(term):
    plan(date(2025, 3, 31))
    taken = Reminder.objects.due(date(2025, 3, 31)).get()
    assert Reminder.objects.claim(taken.pk)
    assert not Reminder.objects.claim(taken.pk)
    assert queue_due(date(2025, 3, 31)) == 0


def test_the_command_says_what_it_did_and_sends_nothing_itself(settings, capsys):
    w.staff_account()
    w.seat("RAG1", recorded_from=date(2024, 1, 1))
    with mail_server(settings) as kept:
        call_command("send_due")
        call_command("send_due")
        assert kept.receivers == []
        call_command("send_mail_queue", "--once")
    assert kept.receivers == ["staff@example.org"]
    said = capsys.readouterr().out
    assert "1 mails of due reminders, 0 to followers put into the outbox" in said
    assert "1 sent" in said


def test_staff_read_in_words_what_will_be_said(term, client, settings, django_assert_max_num_queries):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    plan(date(2025, 12, 1))
    with django_assert_max_num_queries(15):
        page = client.get(list_of(Reminder)).content.decode()
    assert "1 month before 31 March 2026" in page
    assert f'<a href="{page_of(term)}">' in page


def test_the_list_begins_with_the_reminders_to_come(term, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(w.staff_account())
    run(date(2025, 3, 31))
    shown = [reminder.due_on for reminder in client.get(list_of(Reminder)).context["cl"].result_list]
    assert shown == [date(2025, 9, 30), date(2026, 2, 28), date(2025, 3, 31)]
