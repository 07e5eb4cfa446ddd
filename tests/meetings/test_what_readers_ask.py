"""What a meeting's page tells beside its papers: presence, timeliness, withheld numbers, decisions and actions."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.acts import register
from meetings.models import Decision, Document
from secretariat.checks.meetings import ask_actions, to_count
from secretariat.findings import tally
from tests import world as w

pytestmark = pytest.mark.django_db


def page(client, code="25-7", language="en"):
    response = client.get(f"/{language}/meetings/{code}/")
    assert response.status_code == 200
    return response.content.decode()


def section(client, name, code="25-7"):
    return page(client, code).partition(f'id="{name}"')[2].partition("</section>")[0]


def test_the_holder_of_the_first_day_is_named_and_no_visitor(client, world):
    meeting = w.meeting("25-7", date(2025, 2, 12))
    w.presence(meeting, "RAG1", "represented")
    w.presence(meeting, "CHAIR")
    text = section(client, "presence")
    holder = world.seats["RAG1"].tenures().in_office(date(2025, 2, 12)).get().person
    assert holder.name in text and "represented by somebody else" in text
    assert text.index("Chair") < text.index("RAG")
    [row] = client.get("/en/meetings.json").json()["meetings"]
    assert row["presence"] == ["CHAIR: present", "RAG1: represented"]


def test_presence_and_decisions_wait_for_the_meeting():
    coming = w.meeting("27-1", date(2027, 3, 3))
    for make in (w.presence, w.taken):
        with pytest.raises(ValidationError, match="once"):
            make(coming)
    with pytest.raises(ValidationError, match="meetings of the ISCG"):
        w.presence(w.meeting("RAG-2025", body="RAG"))


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ([], "none is on record"),
        ([None], "whether in time is not recorded"),
        ([date(2025, 1, 31)], "in time"),
        ([date(2025, 1, 31), None], "in time, but for 1 document without a date"),
        ([date(2025, 1, 31), date(2025, 2, 3)], "1 document of 2 came later, on 3 February 2025"),
    ],
)
def test_whether_papers_came_by_their_deadline_is_read_off_their_dates(client, dates, said):
    meeting = w.meeting("25-7", date(2025, 2, 12))
    w.deadline(meeting, "contributions", 12)
    for day in dates:
        w.document(meeting, dated_on=day)
    w.document(meeting, type="agenda", dated_on=date(2025, 2, 12))
    assert said in section(client, "deadlines")


def test_the_summary_is_due_after_the_last_day(client):
    meeting = w.meeting("25-7", date(2025, 2, 12), date(2025, 2, 13))
    w.deadline(meeting, "summary", 10)
    w.document(meeting, type="report", dated_on=date(2025, 2, 23))
    assert "23 February 2025" in section(client, "deadlines") and "in time" in section(client, "deadlines")


def test_a_withheld_number_says_why_and_how_to_ask_and_stays_unseen(client):
    meeting = w.meeting("25-7")
    withheld = w.document(meeting, "Secret, made up", visibility="restricted", withheld_because="Of a third party")
    hidden = w.document(meeting, "Secret, made up", visibility="restricted")
    file = w.document_file(withheld)
    text = section(client, "withheld")
    assert withheld.number in text and "Of a third party" in text and "/en/contact/" in text
    assert hidden.number not in page(client) and "Secret" not in page(client)
    for address in (withheld.get_absolute_url(), file.address):
        assert client.get(address).status_code == 404
    withheld.visibility = Document.Visibility.PUBLIC
    with pytest.raises(ValidationError, match="Only a restricted document is withheld"):
        withheld.full_clean()


def test_webcast_and_captions_are_linked(client):
    w.meeting("25-7", webcast_url="https://example.org/webcast", captions_url="https://example.org/captions")
    assert 'href="https://example.org/webcast"' in page(client) and 'href="https://example.org/captions"' in page(
        client
    )


def test_an_action_is_carried_to_each_meeting_until_it_is_closed(client):
    first, second, third = (w.meeting(f"25-{n}", date(2025, n, 12)) for n in (1, 2, 3))
    action = w.taken(first, "Ask the groups, made up", owner="Secretariat", due_on=date(2025, 2, 1))
    w.taken(first, "Agreed, made up")
    w.taken(w.meeting("TDAG-2025", date(2025, 1, 5), body="TDAG"), "Of another group", owner="BDT")
    assert "Ask the groups" in section(client, "decisions", "25-1")
    for later in (second, third):
        told = section(client, "decisions", later.code)
        assert "Ask the groups" in told and "overdue" in told
        assert "Agreed" not in told and "another group" not in told
    action.closed_on, action.closed_because = date(2025, 2, 20), "They answered, made up"
    w.saved(action)
    assert "20 February 2025: They answered, made up" in section(client, "decisions", "25-2")
    assert section(client, "decisions", "25-3") == ""


def test_a_number_is_the_next_one_and_an_end_needs_its_reason():
    meeting = w.meeting("25-7")
    first, second = w.taken(meeting), w.taken(meeting, owner="TSB")
    assert (first.number, second.number) == ("1", "2")
    wrong = [
        {"closed_on": date(2025, 3, 1)},
        {"closed_because": "Done"},
        {"kind": "decision", "due_on": date(2025, 3, 1)},
        {"due_on": date(2024, 1, 1)},
        {"owner": "someone@example.org"},
    ]
    for fields in wrong:
        with pytest.raises(ValidationError):
            w.taken(meeting, **{"kind": "action"} | fields)
    assert Decision.objects.count() == 2


def test_all_are_listed_with_their_state_on_a_day_and_on_the_page_of_the_subject(client, world):
    meeting = w.meeting("25-7", date(2025, 2, 12))
    emf = world.subjects["EMF"]
    asked = w.taken(meeting, "Ask, <b>made up</b>", owner="TSB", subject=emf, due_on=date(2025, 3, 1))
    w.taken(meeting, "Agreed, made up")

    def told(query):
        rows = client.get(f"/en/decisions.json?{query}").json()["decisions"]
        return [(row["number"], row["state"]) for row in rows]

    assert told("on=2025-03-01") == [("1", "open"), ("2", "decided")]
    assert told("state=overdue&subject=EMF") == [("1", "overdue")]
    assert told("on=2025-02-11") == told("state=closed") == []
    assert client.get("/en/decisions/?meeting=nope").status_code == 400
    assert "Ask, &lt;b&gt;made up&lt;/b&gt;" in client.get("/en/decisions/?meeting=25-7&kind=action").content.decode()
    subject = client.get("/en/subjects/emf/").content.decode()
    assert "Ask, &lt;b&gt;" in subject and "TSB" in subject and "Agreed, made up" not in subject
    assert f"/en/meetings/25-7/#{asked.anchor}" in subject and f'id="{asked.anchor}"' in page(client)


def test_a_full_page_asks_eight_queries(client, world):
    meeting = w.meeting("25-7")
    item = w.agenda_item(meeting, subjects=world.subjects.values())
    for number in range(60):
        w.document(meeting, agenda_item=item, type="agenda" if number else "contribution")
    w.document(meeting, visibility="restricted", withheld_because="A test")
    for kind in ("agenda", "contributions", "summary"):
        w.deadline(meeting, kind)
    for code in world.seats:
        w.presence(meeting, code)
    for number in range(5):
        w.taken(meeting, owner="TSB", agenda_item=item, subject=world.subjects["EMF"])
        w.taken(w.meeting(f"24-{number + 1}", date(2024, 1, number + 1)), owner="TSB")
    w.attendance(meeting, 2, w.country("FR"))
    register.take_number(meeting)
    register.explain_gap(meeting, 62, "A test")
    with CaptureQueriesContext(connection) as captured:
        text = page(client)
    assert len(captured) <= 8
    assert "ISCG/25-7/62" in text and "France" in text


def test_an_overdue_action_is_remarked_on_the_desk_until_it_is_closed():
    action = w.taken(w.meeting("25-7"), owner="TSB", due_on=date(2025, 3, 1))

    def told(on):
        return [finding.sentence for finding in ask_actions(on, tally(to_count(on)))]

    assert told(date(2025, 3, 1)) == []
    assert told(date(2025, 3, 2)) == ["ISCG 25-7, 1: due on 1 March 2025, TSB; it is not closed."]
    action.closed_on, action.closed_because = date(2025, 3, 2), "Done, made up"
    w.saved(action)
    assert told(date(2025, 3, 2)) == []


def test_withheld_numbers_without_a_meeting_are_told_with_the_reason_alone(client):
    hidden = {"visibility": "restricted", "withheld_because": "Personal data, made up"}
    w.document(None, "Of cranes, made up", number="ISCT/77", **hidden)
    w.document(None, "Of cranes too", number="ISCT/78", visibility="restricted")
    page = client.get("/en/documents/withheld/").content.decode()
    assert "ISCT/77" in page and "Personal data, made up" in page and "ISCT/78" not in page
    assert "cranes" not in page and "/documents/withheld/" in client.get("/en/documents/").content.decode()
    [row] = client.get("/en/documents/withheld.json").json()["withheld"]
    assert (row["number"], row["meeting"], row["withheld_because"]) == ("ISCT/77", None, "Personal data, made up")
