"""What the public reads of a meeting and of a liaison statement."""

from datetime import date

from meetings.acts import postpone
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
