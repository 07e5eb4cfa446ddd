"""Who follows gets one mail for the days on which something changed, as the public may know it."""

from datetime import date, datetime, timedelta

import pytest

from changes.removals import news_of_composition
from changes.subjects import news_of_subject
from changes.topics import topic_of
from iscg_portal.history import remove_with_reason
from iscg_portal.mail.models import Mail
from iscg_portal.mail.sending import send_waiting
from iscg_portal.tenure.dates import GENEVA, today
from meetings.models import DocumentSubject
from members.models import FormerAddress
from tests import world as w
from tests.mail_server import mail_server
from tests.workspace.test_following import following_reader
from workspace.following.acts import MOST_IN_A_MAIL, mail_followers, stop_address
from workspace.models import Follow

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 6, 1)
DAY, NEXT = date(2025, 3, 10), date(2025, 3, 11)


def recorded(row, on=LONG_AGO):
    """As if the newest version of the row had been written on that day at noon."""
    row.history.filter(pk=row.history.first().pk).update(
        history_date=datetime.combine(on, datetime.min.time(), tzinfo=GENEVA) + timedelta(hours=12)
    )
    return row


@pytest.fixture
def term():
    """A term that began long ago and was entered then."""
    return recorded(w.representative("RAG1", w.person("Ada Testperson"), date(2020, 1, 1)))


def ended(term, ends_on, entered_on):
    term.ends_on, term.ends_precision = ends_on, "day"
    return recorded(w.saved(term), entered_on)


def told(*days):
    return [event.line for event in news_of_composition(*days)]


def test_a_change_is_told_for_the_day_on_which_it_was_entered(term):
    ended(term, date(2025, 3, 1), DAY)
    assert told(DAY - timedelta(1), DAY) == ["1 March 2025: left office: Ada Testperson, Representative of RAG"]
    assert told(date(2025, 2, 1), DAY - timedelta(1)) == told(DAY, date(2025, 6, 1)) == []


def test_a_change_that_was_entered_before_is_told_for_its_own_day(term):
    ended(term, DAY, date(2025, 1, 15))
    assert len(told(DAY - timedelta(1), DAY)) == 1
    assert told(date(2025, 1, 14), DAY - timedelta(1)) == []


def test_a_change_of_something_else_on_the_row_is_not_told(term):
    term.note = "A note, made up"
    recorded(w.saved(term), DAY)
    assert told(DAY - timedelta(1), DAY) == []


def test_a_term_in_office_by_a_day_is_not_told_as_an_appointment():
    recorded(w.representative("RAG1", w.person("Ada Testperson"), date(2020, 1, 1), starts_precision="by"), DAY)
    assert told(DAY - timedelta(1), DAY) == [
        "1 January 2020: first recorded in office: Ada Testperson, Representative of RAG"
    ]


def test_a_next_term_is_told_as_one_that_continues(term):
    ended(term, date(2025, 3, 1), DAY)
    recorded(w.representative("RAG1", term.person, date(2025, 3, 1), organization="A body, made up"), DAY)
    assert told(DAY - timedelta(1), DAY) == [
        "1 March 2025: continues, now for A body, made up: Ada Testperson (A body, made up), Representative of RAG"
    ]


def test_a_next_term_that_is_entered_later_is_told_then(term):
    ended(term, date(2025, 3, 1), LONG_AGO)
    recorded(w.representative("RAG1", term.person, date(2025, 3, 1)), DAY)
    assert told(DAY - timedelta(1), DAY) == [
        "1 March 2025: continues in a new term: Ada Testperson, Representative of RAG"
    ]


def test_a_focal_point_whose_name_is_not_public_is_not_said_to_continue(world):
    emf, on = world.subjects["EMF"], date(2025, 3, 1)
    for begins, ends, entered in ((date(2024, 1, 1), on, LONG_AGO), (on, date(2026, 1, 1), DAY)):
        recorded(w.focal_point(emf, world.jon, "GS", begins, ends, country=w.country("CH")), entered)
    assert [event.line for event in news_of_subject(emf, DAY - timedelta(1), DAY)] == [
        "1 March 2025: took office: Secretariat focal point for GS: EMF"
    ]


def test_a_term_that_was_removed_as_a_mistake_is_told_as_such(term):
    remove_with_reason(term, "Never appointed")
    (said,) = told(today() - timedelta(1), today())
    assert "removed as a mistake: a person whose name is not public, Representative of RAG" in said


def test_offices_listings_mandates_and_documents_of_a_subject_are_told(world):
    emf, on = world.subjects["EMF"], today()
    w.document(w.meeting("25-7"), "A paper, made up", subjects=[emf])
    # The standing ISCG may have been written before midnight.
    assert {event.line for event in news_of_subject(emf, on - timedelta(2), on)} == {
        "WTSA Res. 18 is among the mandates",
        "PP Res. 191 is among the mandates",
        "1 May 2020: on the list of subjects",
        "1 April 2022: took office: Ms Ina Sample (Japan), Coordinator of EMF",
        "1 April 2022: took office: Kim Mockup (Lithuania), Focal Point for RAG: EMF",
        "1 April 2022: took office: Secretariat focal point for BR: EMF",
        "Document ISCG/25-7/01: A paper, made up",
    }


def test_the_feed_of_a_subject_tells_what_its_mails_tell(world):
    emf, days = world.subjects["EMF"], (today() - timedelta(2), today())
    w.document(w.meeting("25-7"), "A paper, made up", subjects=[emf])
    topic = topic_of("emf")
    assert {event.key for event in topic.newest(*days)} == {event.key for event in topic.news(*days)}
    assert {event.at for event in topic.newest(*days)} == {event.at for event in topic.news(*days)}


def test_the_mail_of_a_subject_tells_nothing_of_another_one(world):
    """The same person ended another office on the day on which this one began."""
    who, on = w.person("Ada Testperson"), date(2025, 3, 1)
    recorded(w.coordinator(world.subjects["ACC"], who, date(2024, 1, 1), on), DAY)
    recorded(w.coordinator(world.subjects["OLD"], who, on), DAY)
    assert [event.line for event in news_of_subject(world.subjects["OLD"], DAY - timedelta(1), DAY)] == [
        "1 March 2025: took office: Ada Testperson, Coordinator of OLD"
    ]


def test_what_the_public_may_not_see_is_not_told(world):
    emf, on = world.subjects["EMF"], today()
    w.document(w.meeting("25-7"), "Secretdraft, made up", visibility="draft", subjects=[emf])
    said = " ".join(event.line for event in news_of_subject(emf, on - timedelta(1), on))
    assert "Secretdraft" not in said
    assert "Jon" not in said


def test_a_document_is_told_when_it_becomes_public(world):
    emf = world.subjects["EMF"]
    paper = w.document(w.meeting("25-7"), "A paper, made up", visibility="draft", subjects=[emf])
    recorded(paper)
    recorded(DocumentSubject.objects.get())
    paper.visibility = "public"
    recorded(w.saved(paper), DAY)
    assert [event.line for event in news_of_subject(emf, DAY - timedelta(1), DAY)] == [
        "Document ISCG/25-7/01: A paper, made up"
    ]


@pytest.fixture
def follow(term):
    """Somebody who follows the composition and was told until the day before DAY."""
    found = following_reader()
    Follow.objects.update(told_until=DAY - timedelta(1))
    Mail.objects.all().delete()
    return found


def test_one_mail_comes_when_the_day_is_over_and_no_second_one(follow, term):
    ended(term, DAY, DAY)
    assert [mail_followers(DAY), mail_followers(NEXT), mail_followers(NEXT)] == [0, 1, 0]
    assert "left office: Ada Testperson" in Mail.objects.get().text


def test_a_late_run_tells_the_days_that_it_missed_in_one_mail(follow, term):
    ended(term, DAY, DAY)
    recorded(w.representative("RAG1", w.person("Ben Madeup"), date(2025, 4, 1)), date(2025, 4, 1))
    assert mail_followers(date(2025, 6, 1)) == 1
    assert Mail.objects.get().text.count("Representative of RAG") == 2


def test_no_mail_comes_where_nothing_changed(follow):
    assert mail_followers(date(2025, 6, 1)) == 0
    assert Follow.objects.get().told_until == date(2025, 5, 31)


def test_a_request_that_is_not_confirmed_is_told_nothing(follow, term):
    Follow.objects.update(confirmed_at=None, told_until=None, token_digest="0" * 64)
    ended(term, DAY, DAY)
    assert mail_followers(NEXT) == 0


def test_a_follow_that_another_process_took_is_not_told_again(follow, term):
    assert Follow.objects.claim(follow.pk, DAY - timedelta(1), DAY)
    assert not Follow.objects.claim(follow.pk, DAY - timedelta(1), DAY)


def test_the_mail_is_in_the_readers_language_and_can_be_ended_by_one_click(follow, term, settings):
    Follow.objects.update(language="ar")
    ended(term, DAY, DAY)
    mail_followers(NEXT)
    with mail_server(settings) as server:
        send_waiting()
    (mail,) = server.mails
    assert mail["Content-Language"] == "ar"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = mail["List-Unsubscribe"].strip(" <>")
    assert "/ar/follow/stop/" in stop
    assert stop in mail.get_body(("plain",)).get_content()
    assert stop in mail.get_body(("html",)).get_content()


@pytest.mark.parametrize("about", ["gone", "units/gone", "people/gone", "bodies/gone", "people/\x00"])
def test_a_follow_that_leads_nowhere_says_so_once_and_ends(follow, about):
    Follow.objects.update(about=about)
    assert [mail_followers(NEXT), mail_followers(NEXT)] == [1, 0]
    assert not Follow.objects.exists()
    mail = Mail.objects.get()
    assert "no longer on record" in mail.subject and "gone" not in mail.text


def test_a_person_is_followed_in_every_public_office_and_after_a_merge(follow, term):
    ended(term, DAY, DAY)
    FormerAddress.objects.create(slug="ada-before", person=term.person)
    Follow.objects.update(about="people/ada-before")
    assert mail_followers(NEXT) == 1
    mail = Mail.objects.get()
    assert "You follow Ada Testperson." in mail.text and "left office" in mail.text


def test_an_office_whose_holder_is_not_public_is_no_news_of_the_person(world):
    emf, on = world.subjects["EMF"], date(2025, 3, 1)
    recorded(w.focal_point(emf, world.jon, "GS", on, country=w.country("CH")), DAY)
    assert topic_of(f"people/{world.jon.slug}") is None
    assert [event.line for event in topic_of("bodies/GS").news(DAY - timedelta(1), DAY)] == [
        "1 March 2025: took office: Secretariat focal point for GS: EMF"
    ]


def test_a_body_is_followed_with_representatives_and_meetings(follow, term):
    ended(term, DAY, DAY)
    w.meeting("RAG-25", body="RAG", starts_on=today() + timedelta(30))
    (left,) = topic_of("bodies/RAG").news(DAY - timedelta(1), DAY)
    assert "left office: Ada Testperson" in left.line
    assert topic_of("bodies/TSAG").news(DAY - timedelta(1), DAY) == []
    lines = [event.line for event in topic_of("bodies/RAG").news(today() - timedelta(2), today())]
    assert any("RAG-25 is planned" in line for line in lines)
    assert lines == [event.line for event in topic_of("calendar/").news(today() - timedelta(2), today())]


def test_the_feed_of_a_body_reads_the_newest_terms_alone(monkeypatch, world):
    topic, days = topic_of("bodies/GS"), (DAY - timedelta(1), DAY)
    for subject in (world.subjects["EMF"], w.subject("NEW")):
        recorded(w.focal_point(subject, world.jon, "GS", date(2015, 3, 1)), DAY)
    lines = [event.line for event in topic.news(*days)]
    assert len(lines) == 2 and [event.line for event in topic.newest(*days)] == lines
    monkeypatch.setattr("changes.events.NEWEST_WRITES", 1)
    assert [event.line for event in topic.newest(*days)] == [line for line in lines if line.endswith("NEW")]


def test_activities_are_followed_together_or_one_by_one(world):
    coming = w.activity("A seminar, made up", today() + timedelta(30), state="planned")
    w.activity("Another one, made up", today() + timedelta(40), state="planned")
    first, last = today() - timedelta(1), today()
    assert len(topic_of("activities/").news(first, last)) == 2
    [event] = topic_of(f"activities/{coming.code}").news(first, last)
    assert event.line.startswith("Activity planned: A seminar, made up") and topic_of("activities/1999-9") is None


def test_the_whole_mapping_is_followed(world):
    recorded(w.confirmation(world.link, said_on=DAY), DAY)
    [event] = topic_of("mapping/").news(DAY - timedelta(1), DAY)
    assert "ITU-D Q7/2" in event.line


def test_a_mail_does_not_grow_without_end(follow):
    for number in range(MOST_IN_A_MAIL + 3):
        day = date(1950 + number, 1, 1)
        who = w.person(f"Number {number} Testperson")
        recorded(w.representative("TDAG1", who, day, day + timedelta(30)), DAY)
    mail_followers(NEXT)
    assert "56 more changes are on the page." in Mail.objects.get().text


def test_the_link_to_end_it_is_the_same_in_every_mail(follow):
    assert stop_address(follow) == stop_address(Follow.objects.get())
