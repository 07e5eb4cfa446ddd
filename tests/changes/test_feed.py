"""The Atom feed of the changes in the public record: what is news, when, and under which name."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from bench.targets import MOST_QUERIES
from changes.events import NEWEST
from changes.pages import changes_feed, newest_events
from iscg_portal.history import Reason, remove_with_reason
from iscg_portal.scheduled_acts import cancel, postpone
from iscg_portal.shipped import REASON
from iscg_portal.tenure.dates import GENEVA, today
from meetings.acts import register
from meetings.models import Meeting
from members.models import Representative
from reports.acts import annual_reports as acts
from subjects.models import Subject
from tests import world as w

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGES = {"ar": "ar", "en": "en", "es": "es", "fr": "fr", "ru": "ru", "zh": "zh-Hans"}


def read(client, address="/en/changes.atom"):
    """The root of the feed as an XML parser reads it."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def said(client, address="/en/changes.atom"):
    return [entry.findtext(f"{ATOM}title") for entry in read(client, address).iter(f"{ATOM}entry")]


def entry_of(client, title):
    [found] = [e for e in read(client).iter(f"{ATOM}entry") if e.findtext(f"{ATOM}title") == title]
    return found


def coming(days=30, **fields):
    """A planned meeting so many days from now."""
    return w.meeting("99-1", today() + timedelta(days=days), **fields)


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_feed_has_what_atom_asks_in_each_language(client, prefix):
    w.document(w.meeting("25-7"))
    feed = read(client, f"/{prefix}/changes.atom")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == LANGUAGES[prefix]
    assert links["self"].endswith(f"/{prefix}/changes.atom") and links["self"].startswith("http")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "ISCG"
    [entry] = feed.iter(f"{ATOM}entry")
    assert all(entry.findtext(ATOM + name) for name in ("title", "id", "updated", "summary"))
    assert entry.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated")
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/{prefix}/documents/iscg-25-7-01/")


def test_a_feed_without_a_change_is_whole_and_stays_the_same(client):
    assert said(client) == []
    assert changes_feed(today()) == changes_feed(today())


def test_names_are_one_for_each_change_and_language_and_stay(client):
    w.document(w.meeting("25-7"))
    coming()
    before = [e.findtext(f"{ATOM}id") for e in read(client).iter(f"{ATOM}entry")]
    meeting = Meeting.objects.get(code="99-1")
    meeting.title_en, meeting.place = "Another title, made up", "Testville"
    meeting.save()
    again = [e.findtext(f"{ATOM}id") for e in read(client).iter(f"{ATOM}entry")]
    french = [e.findtext(f"{ATOM}id") for e in read(client, "/fr/changes.atom").iter(f"{ATOM}entry")]
    assert before == again and len(set(before)) == 2
    assert not set(before) & set(french)


def test_it_is_a_public_page_with_an_etag(client):
    first = client.get("/en/changes.atom")
    assert first["Cache-Control"].startswith("public") and not first.cookies
    assert client.get("/en/changes.atom", headers={"if-none-match": first["ETag"]}).status_code == 304
    coming()
    assert client.get("/en/changes.atom", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_what_happens_in_the_seats_is_told_in_the_words_of_the_page_of_changes(client, world):
    found = said(client)
    assert "Ms Cleo Invented, RAG: took office" in found
    assert "Mr Ben Madeup, RAG: left office" in found
    assert "Mr Dan Fictional, TSAG: first recorded in office" in found
    assert "Ms Ina Sample, Coordinator of EMF: took office" in found


def test_an_after_end_is_last_recorded_the_day_before(client):
    w.representative("TSAG1", w.person("Ada Testperson"), date(2020, 1, 1), date(2021, 4, 6), ends_precision="after")
    entry = entry_of(client, "Ada Testperson, TSAG: last recorded in office")
    assert "5 April 2021" in entry.findtext(f"{ATOM}summary")


def test_an_appointment_to_come_is_told_on_its_day():
    who, day = w.person("Fay Imaginary"), today() + timedelta(days=10)
    w.representative("TDAG1", who, day)
    assert newest_events(day - timedelta(days=1)) == []
    [entry] = newest_events(day)
    assert entry.at == datetime(day.year, day.month, day.day, tzinfo=GENEVA)


def test_an_earlier_appointment_is_as_new_as_its_entry():
    w.representative("TDAG1", w.person("Fay Imaginary"), date(2020, 1, 1))
    [entry] = newest_events(today())
    assert datetime.now(UTC) - entry.at < timedelta(minutes=5)


def test_a_document_dated_in_the_future_is_as_new_as_its_entry():
    w.document(w.meeting("99-1", today() + timedelta(days=90)), dated_on=today() + timedelta(days=80))
    assert all(event.at <= datetime.now(UTC) for event in newest_events(today()))


def test_what_was_shipped_is_as_old_as_its_day():
    row = Representative(seat=w.seat("TDAG1"), person=w.person("Fay Imaginary"), starts_on=date(2020, 1, 1))
    row._change_reason = REASON
    row.save()
    [entry] = newest_events(today())
    assert entry.at.date() == date(2020, 1, 1)


def test_who_goes_on_continues_under_the_name_of_the_beginning(client):
    who, on = w.person("Ada Testperson"), date(2021, 1, 1)
    w.coordinator(w.subject("EMF"), who, on, country=w.country("FR"))
    before = entry_of(client, "Ada Testperson, Coordinator of EMF: took office")
    w.coordinator(w.subject("IOT"), who, date(2020, 1, 1), on)
    w.coordinator(Subject.objects.get(code="EMF"), who, date(2020, 1, 1), on, country=w.country("CH"))
    after = entry_of(client, "Ada Testperson, Coordinator of EMF: continues, now for France (before: Switzerland)")
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    left = [title for title in said(client) if "left office" in title]
    assert left == ["Ada Testperson, Coordinator of IOT: left office"]


def test_a_next_term_that_is_entered_later_is_found_however_old_the_term_before_is():
    who, on = w.person("Ada Testperson"), date(1970, 1, 1)
    w.representative("RAG1", who, date(1968, 1, 1), on)
    for number in range(NEWEST + 5):
        began = date(1990, 1, 1) + timedelta(days=number)
        w.representative("RAG1", w.person(f"Number {number} Testperson"), began, began + timedelta(days=1))
    w.representative("RAG1", who, on, date(1971, 1, 1))
    assert [event.kind for event in newest_events(today()) if event.on == on] == ["continues"]


def test_an_end_that_is_corrected_is_the_same_entry_made_new(client):
    row = w.representative("RAG1", w.person("Ada Testperson"), date(2020, 1, 1), date(2021, 1, 1))
    title = "Ada Testperson, RAG: left office"
    before = entry_of(client, title)
    row.ends_on = date(2021, 2, 1)
    row.save()
    after = entry_of(client, title)
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}updated") >= before.findtext(f"{ATOM}updated")
    assert "1 February 2021" in after.findtext(f"{ATOM}summary")


def test_a_note_on_a_term_is_no_news(client):
    row = w.representative("RAG1", w.person("Ada Testperson"), date(2020, 1, 1))
    before = client.get("/en/changes.atom").content
    row.note = "Secret, made up"
    row.save()
    assert client.get("/en/changes.atom").content == before


def removed_from(client, row, title, reason="It was another person."):
    """The entry of a row before it is removed, and after."""
    before = entry_of(client, title)
    remove_with_reason(row, Reason("For staff alone", reason))
    return before, entry_of(client, f"Removed as entered by mistake: {title}")


def as_corrected(before, after):
    """Whether the one is the other made new, and says that it was a mistake."""
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}updated") >= before.findtext(f"{ATOM}updated")
    said = after.findtext(f"{ATOM}summary")
    assert "A correction: the row was entered by mistake, and removed on" in said
    return "It was another person." in said and "For staff" not in said


def test_a_removed_term_is_told_as_a_correction_under_its_old_name(client):
    row = w.representative("RAG1", w.person("Ada Testperson"), date(2020, 1, 1))
    before = entry_of(client, "Ada Testperson, RAG: took office")
    w.representative("RAG2", row.person, date(2010, 1, 1), date(2012, 1, 1))
    remove_with_reason(row, Reason("For staff alone", "It was another person."))
    assert as_corrected(before, entry_of(client, "Removed as entered by mistake: Ada Testperson, RAG: took office"))


def test_a_removed_coordinator_and_meeting_are_told_so_too(client):
    row = w.coordinator(w.subject("EMF"), w.person("Ina Sample"), date(2020, 1, 1))
    w.representative("RAG2", row.person, date(2010, 1, 1), date(2012, 1, 1))
    assert as_corrected(*removed_from(client, row, "Ina Sample, Coordinator of EMF: took office"))
    meeting = coming()
    assert as_corrected(*removed_from(client, meeting, f"ISCG 99-1 is planned: {meeting.dates}"))


def test_of_a_removed_person_whom_nobody_knows_no_name_is_told(client):
    row = w.representative("RAG1", w.person("Ada Testperson"), date(2020, 1, 1))
    remove_with_reason(row, "A test")
    assert said(client) == ["Removed as entered by mistake: a person whose name is not public, RAG: took office"]
    assert "Ada" not in client.get("/en/changes.atom").content.decode()


def test_what_was_restored_or_undone_within_a_day_is_no_correction(client):
    row = w.representative("RAG1", w.person("Ada Testperson"), date(2020, 1, 1))
    pk = row.pk
    remove_with_reason(row, "A test")
    row.pk = pk
    row.save()
    assert said(client) == ["Ada Testperson, RAG: took office"]


def test_a_meeting_s_way_is_told_step_by_step(client):
    meeting, moved_to = coming(title="A title, made up"), today() + timedelta(days=60)
    meeting.state = "confirmed"
    meeting.save()
    postpone(meeting, "The hall is taken.", starts_on=moved_to)
    postpone(meeting, "No hall is free.")
    meeting.state = "planned"
    meeting.save()
    cancel(meeting, "Nobody can come.")
    words = [title.partition(": ")[0] for title in said(client)]
    assert words == [
        "ISCG 99-1 is cancelled",
        "ISCG 99-1 takes place after all",
        "ISCG 99-1 is postponed",
        "ISCG 99-1 has other days",
        "ISCG 99-1 is confirmed",
        "ISCG 99-1 is planned",
    ]
    summaries = [entry.findtext(f"{ATOM}summary") for entry in read(client).iter(f"{ATOM}entry")]
    assert ["Nobody can come." in summary for summary in summaries] == [True, *[False] * 5]


def test_a_meeting_of_the_past_that_is_entered_is_no_news(client):
    w.meeting("16-1", date(2016, 3, 15))
    w.meeting("16-2", date(2016, 9, 15), state="held")
    assert said(client) == []


def test_a_meeting_that_was_held_and_a_new_place_are_no_news(client):
    meeting = coming()
    meeting.place = "Testville"
    meeting.save()
    meeting.state = "held"
    meeting.save()
    assert len(said(client)) == 1


def test_a_document_is_told_when_it_is_published_revised_and_withdrawn(client):
    document = w.document(w.meeting("25-7"), "A <b>title</b> & more, made up")
    revision = w.variant(document)
    register.withdraw(document, date(2025, 3, 1), "A test")
    assert sorted(said(client)) == [
        "ISCG/25-7/01 (Rev.1), a revision, is published",
        "ISCG/25-7/01 is published",
        "ISCG/25-7/01 is withdrawn",
    ]
    register.reinstate(document, "A mistake, made up")
    register.withdraw(revision, date(2025, 3, 2), "A test")
    assert "ISCG/25-7/01 is withdrawn" not in said(client)
    summary = entry_of(client, "ISCG/25-7/01 is published").findtext(f"{ATOM}summary")
    assert "A &lt;b&gt;title&lt;/b&gt; &amp; more" in summary


def test_a_draft_is_told_once_it_is_public_and_no_more_once_it_is_restricted(client):
    document = w.document(w.meeting("25-7"), visibility="draft")
    assert said(client) == []
    document.visibility = "public"
    document.save()
    assert said(client) == ["ISCG/25-7/01 is published"]
    document.visibility = "restricted"
    document.save()
    assert said(client) == []


def test_a_character_that_no_xml_may_hold_is_left_out(client):
    w.document(w.meeting("25-7"), "A title with a form feed\x0c, made up")
    assert "form feed , made up" in entry_of(client, "ISCG/25-7/01 is published").findtext(f"{ATOM}summary")


def test_a_report_is_told_when_it_is_published_and_when_it_is_withdrawn(client):
    draft = acts.open_report("2023")
    acts.submit(draft)
    acts.approve(draft, None)
    assert not [title for title in said(client) if "report" in title]
    report = w.published_report("2024")
    assert said(client)[0] == "Annual report 2024 is published"
    acts.withdraw(report, None, Reason("A test", "A test"))
    assert said(client)[:2] == ["Annual report 2024 is withdrawn", "Annual report 2024 is published"]


def test_it_has_the_newest_fifty_and_asks_no_more_when_the_record_grows(client, world):
    meeting = w.meeting("25-7")
    counted = []
    for number in (1, NEWEST + 5):
        for _ in range(number):
            w.document(meeting)
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/changes.atom")
        counted.append(len(captured))
    assert counted[0] == counted[1] <= MOST_QUERIES
    found = said(client)
    assert len(found) == NEWEST and found[0] == f"ISCG/25-7/{NEWEST + 6}" + " is published"


def test_what_was_removed_asks_no_query_too_many(client, world):
    row = w.representative("RAG1", w.person("Dan Fictional"), date(1970, 1, 1), date(1971, 1, 1))
    for one in (row, coming()):
        remove_with_reason(one, "A test")
    with CaptureQueriesContext(connection) as captured:
        found = said(client)
    assert len([title for title in found if title.startswith("Removed as entered by mistake")]) == 3
    assert len(captured) <= MOST_QUERIES + 1  # where nothing was removed, it keeps to the limit


def test_a_removed_row_is_found_by_an_index(world):
    if connection.vendor == "sqlite":
        plan = Representative.history.filter(history_type="-").order_by("-history_date").explain()
        assert "members_representative_gone" in plan


def test_a_meeting_that_was_brought_back_is_told_as_it_is_now(client):
    meeting = coming()
    pk, dates = meeting.pk, meeting.dates
    remove_with_reason(meeting, "A test")
    meeting.pk = pk
    meeting.save()
    assert said(client) == [f"ISCG 99-1 is planned: {dates}"]


def test_pages_and_the_data_page_lead_to_it(client):
    for address in ("/fr/", "/fr/composition/changes/", "/fr/data/"):
        text = client.get(address).content.decode()
        assert 'href="/fr/changes.atom"' in text
        assert ('<link rel="alternate" type="application/atom+xml"' in text) == (address != "/fr/data/")


def test_titles_of_another_language_are_marked(client):
    w.document(w.meeting("25-7"), "Untranslated, made up")
    with override("fr"):
        assert '<p lang="en">Untranslated, made up</p>' in changes_feed(today()).replace("&lt;", "<").replace(
            "&gt;", ">"
        )
