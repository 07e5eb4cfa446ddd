"""The page of liaison statements: open, past their deadline, answered, by addressee, on any day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.acts import register
from meetings.models import LiaisonStatement, Meeting
from meetings.models.liaison import Standing
from tests import world as w

pytestmark = pytest.mark.django_db

DUE_ON = date(2025, 3, 1)


@pytest.fixture
def meeting():
    return w.meeting("25-7")


def statement(meeting, title="Question", visibility="public", dated_on=date(2025, 2, 1), to="ITU-T SG99", **fields):
    document = w.document(meeting, title, type="liaison statement", visibility=visibility, dated_on=dated_on)
    return w.liaison(document, **({"action": [to]} | fields))


def states(client, query=""):
    rows = client.get(f"/en/liaison-statements.json{query}").json()["liaison_statements"]
    return {row["number"]: row["state"] for row in rows}


def test_each_state_has_its_word_on_every_day(client, meeting):
    asked = statement(meeting, deadline_on=DUE_ON)
    statement(meeting, "Answer", dated_on=date(2025, 4, 1), to="ISCG", in_reply_to=asked)
    number = asked.document.number
    days = {"2025-01-31": None, "2025-03-01": "open", "2025-03-02": "due", "2025-04-01": "answered"}
    assert {day: states(client, f"?on={day}").get(number) for day in days} == days


def test_an_answer_that_few_may_read_counts_and_is_not_named(client, meeting):
    asked = statement(meeting, deadline_on=DUE_ON)
    hidden = statement(meeting, "Secretanswer", "restricted", in_reply_to=asked, to="Secretbody")
    assert states(client) == {asked.document.number: "answered"}
    page = client.get("/en/liaison-statements/").content.decode()
    assert hidden.document.number not in page and "Secret" not in page


def test_a_revision_takes_its_place_and_a_withdrawn_one_says_why(client, meeting):
    replaced, withdrawn = statement(meeting), statement(meeting)
    revision = w.variant(replaced.document, type="liaison statement")
    w.liaison(revision, action=["ITU-T SG99"])
    register.withdraw(withdrawn.document, date(2025, 2, 2), "Sent twice")
    told = states(client)
    assert [told[one.document.number] for one in (replaced, withdrawn)] == ["replaced", "withdrawn"]
    assert told[revision.number] == "open"
    assert "Sent twice" in client.get("/en/liaison-statements/").content.decode()


def test_overdue_are_those_of_which_the_page_says_that_the_deadline_is_past(client, meeting):
    asked, replaced, withdrawn, _late = (statement(meeting, deadline_on=DUE_ON) for _each in range(4))
    statement(meeting, in_reply_to=asked, deadline_on=DUE_ON)
    w.liaison(w.variant(replaced.document, type="liaison statement"), deadline_on=DUE_ON)
    register.withdraw(withdrawn.document, date(2025, 2, 2), "Sent twice")
    w.liaison(w.document(meeting, type="liaison statement"), information=["Testorg"], deadline_on=DUE_ON)
    statement(meeting, deadline_on=date(2070, 1, 1))
    told = states(client)
    due = {number for number, state in told.items() if state == "due"}
    assert set(told.values()) == set(Standing.values) and len(due) == 2
    assert {one.number for one in LiaisonStatement.objects.overdue()} == due


def test_it_is_counted_and_chosen_by_addressee(client, meeting):
    late = statement(meeting, deadline_on=DUE_ON, information=["Testorg"])
    statement(meeting, to="A <b> & group")
    page = client.get("/en/liaison-statements/").content.decode()
    table = page.partition('id="addressees"')[2]
    assert "ITU-T SG99" in table and "A &lt;b&gt; &amp; group" in table and "Testorg" not in table
    assert list(states(client, "?addressee=ITU-T+SG99&state=due")) == [late.document.number]
    assert states(client, "?addressee=A+%3Cb%3E+%26+group").keys() != {late.document.number}
    for query in ("?addressee=nobody", "?addressee=Testorg&addressee=ISCG", "?state=late"):
        assert client.get(f"/en/liaison-statements.json{query}").status_code == 400


def test_many_statements_cost_no_more_queries_than_few(client, meeting):
    asked = [statement(meeting, to=f"Group {number}", deadline_on=DUE_ON) for number in range(70)]
    statement(meeting, in_reply_to=asked[0])
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/en/liaison-statements/?state=due").content.decode()
    assert len(captured) <= 8
    assert '<input name="addressee"' in page
    assert LiaisonStatement.objects.overdue(date(2025, 3, 2)).count() == 69


def test_they_are_found_among_documents_by_their_type_and_meetings_of_a_year_by_their_last_day():
    if connection.vendor == "sqlite":
        statements = LiaisonStatement.objects.public().sent_by(DUE_ON).order_by()
        assert "meetings_document_by_type" in statements.values("pk").explain()
        assert "meetings_meeting_year" in Meeting.objects.public().in_year(2025).order_by().explain()
