"""What the public reads of a meeting and of a liaison statement."""

import csv
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from iscg_portal.scheduled_acts import cancel, postpone
from meetings.acts import register
from meetings.models import Meeting
from tests import world as w


def test_a_deadline_says_hour_and_geneva_time_and_moves_with_the_meeting(client, db):
    meeting = w.meeting("27-1", date(2027, 3, 15))
    w.deadline(meeting, days_before=12)
    before = client.get("/en/meetings/27-1/").content.decode()
    postpone(meeting, "The hall is taken.", starts_on=date(2027, 4, 15))
    after = client.get("/en/meetings/27-1/").content.decode()
    assert "3 March 2027" in before
    assert "3 April 2027" in after
    assert "23:59" in after
    assert "Geneva time" in after


def test_a_meeting_of_coordinators_gives_subject_and_result(client, world):
    fields = {"body": "Coordinators", "subject": world.subjects["EMF"], "result": "Agreed, made up.", "state": "held"}
    meeting = w.meeting("EMF-2025-03-03", date(2025, 3, 3), **fields)
    page = client.get(f"/en/meetings/{meeting.code}/").content.decode()
    assert "Agreed, made up." in page
    assert "/en/subjects/emf/" in page


def test_the_chain_of_replies_stands_on_both_pages(client, db):
    meeting = w.meeting("25-7")
    question, answer = (w.document(meeting, title, type="liaison statement") for title in ("Question", "Answer"))
    asked = w.liaison(question, action=["ITU-T SG99"])
    w.liaison(answer, in_reply_to=asked)
    assert answer.number in client.get(f"/en/documents/{question.slug}/").content.decode()
    assert question.number in client.get(f"/en/documents/{answer.slug}/").content.decode()


def test_attendance_is_told_by_country_and_capacity_on_page_and_in_files(client, db):
    meeting = w.meeting("25-7")
    w.attendance(meeting, 2, w.country("FR"))
    w.attendance(meeting, 1, w.country("FR"), "Sector Member")
    w.attendance(meeting, 3, capacity="secretariat")
    page = client.get("/en/meetings/25-7/").content.decode()
    assert "France" in page and "<strong>6</strong>" in page
    counted = ["secretariat: 3", "FR, Member State: 2", "FR, Sector Member: 1"]
    [row] = client.get("/en/meetings.json").json()["meetings"]
    assert sorted(row["attendance"]) == sorted(counted)
    [row] = csv.DictReader(client.get("/en/meetings.csv").content.decode("utf-8-sig").splitlines())
    assert sorted(row["attendance"].split("; ")) == sorted(counted)


def test_a_meeting_with_everything_asks_eight_queries_as_an_empty_one(client, world):
    asked = []
    meeting = w.meeting("25-7")
    for papers in (0, 60):
        item = w.agenda_item(meeting, f"{papers + 1}", subjects=world.subjects.values())
        for _ in range(papers):
            w.document(meeting, agenda_item=item, subjects=[world.subjects["EMF"]])
        if papers:
            w.deadline(meeting)
            w.deadline(meeting, "translation", 30)
            w.attendance(meeting, 2, w.country("FR"))
            w.meeting("RAG-2025", date(2025, 2, 13), body="RAG", together_with=meeting)
            w.meeting("TSAG-2025", date(2025, 2, 14), body="TSAG", together_with=meeting)
            register.take_number(meeting)
            register.explain_gap(meeting, papers + 1, "A test")
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/en/meetings/25-7/").content.decode()
        asked.append(len(captured))
    assert max(asked) <= 8
    deadlines = page.partition('id="deadlines"')[2].partition("</section>")[0]
    assert deadlines.index("to be translated") < deadlines.index("31 January 2025") and deadlines.count("<dt>") == 2
    assert page.count("RAG-2025</a>") == page.count("TSAG-2025</a>") == 1


def test_what_was_announced_before_the_next_meeting_and_is_called_off_is_told(client, db):
    cancel(w.meeting("27-1", date(2027, 3, 3)), "The hall is taken.")
    w.meeting("27-2", date(2027, 4, 3), state="confirmed")
    cancel(w.meeting("27-3", date(2027, 5, 3)), "The hall is taken.")
    w.meeting("RAG-2027", date(2027, 3, 1), body="RAG")
    for on, off, coming in ((date(2027, 3, 3), ["27-1"], "27-2"), (date(2027, 3, 4), [], "27-2")):
        assert [meeting.code for meeting in Meeting.objects.announced(on)] == [*off, coming]
    [last] = Meeting.objects.announced(date(2027, 4, 4))
    assert (last.code, last.takes_place) == ("27-3", False)
    page = client.get("/en/?on=2027-04-04").content.decode()
    assert page.index("The hall is taken.") < page.index("No next meeting of the group is announced.")


ADDRESSES = (
    *("/en/meetings/", "/en/meetings/?when=over&subject=EMF&on=2025-06-01", "/en/meetings.json", "/en/meetings.ics"),
    *("/en/documents/", "/en/documents/?meeting=25-7&subject=EMF&year=2025", "/en/documents.csv"),
    *("/en/meetings/year/2025/", "/en/meetings/25-7.ics", "/en/documents/iscg-25-7-01/", "/en/documents/iscg-25-7-03/"),
)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_no_page_or_file_asks_more_often_when_there_is_more_to_tell(client, world):
    meeting = w.meeting("25-7")
    w.agenda_item(meeting, subjects=[world.subjects["EMF"]])
    first = w.document(meeting, subjects=[world.subjects["EMF"]])
    statements = [w.document(meeting, f"Statement {n}, made up", type="liaison statement") for n in range(3)]
    above = w.liaison(statements[0], action=["ITU-T SG99"])
    asked = w.liaison(statements[1], in_reply_to=above, action=["ITU-T SG99"])
    w.liaison(statements[2], in_reply_to=asked)
    before = {address: queries_of(client, address) for address in ADDRESSES}
    for n in range(12):
        other = w.meeting(f"25-{n + 20}", date(2025, 1, 1), together_with=meeting)
        w.deadline(other)
        w.agenda_item(other, "1", subjects=world.subjects.values())
        paper = w.variant(first)
        w.document_file(paper, content=f"%PDF-1.4 {n} %%EOF".encode())
        reply = w.document(other, f"Reply {n}, made up", type="liaison statement")
        w.liaison(reply, in_reply_to=asked, comment=["ITU-R WP 1A"])
    after = {address: queries_of(client, address) for address in ADDRESSES}
    assert max(after.values()) <= 8
    assert {address: count for address, count in after.items() if count > before[address]} == {}
