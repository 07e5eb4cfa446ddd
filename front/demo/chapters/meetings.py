"""When: meetings with agenda, papers and a liaison statement; what Coordinators wrote; who wants to take part."""

import datetime

from django.db import transaction

from iscg_portal.files.checks import KINDS
from meetings.acts import register
from meetings.acts.document_files import add_file
from meetings.models import AgendaItem, Deadline, Decision, Document, LiaisonStatement, Meeting
from workspace.drafts import acts as drafts
from workspace.drafts.own_reports import asked_report
from workspace.models import Participant

RESULT = "The made-up group thanked its hosts and agreed:\n\n1. on its made-up plan\n2. to meet again"
POINTS = ("Opening", "Reports of the Coordinators", "Sample subjects Alpha and Bravo", "Any other invented business")


def write(book):
    held = [book.day(2, 13), book.day(9, 15), book.away(-40)]
    for place, day in enumerate(held):
        _meeting(book, day, f"held{place + 1}", state="held", result_en=RESULT)
    coming = _meeting(book, book.away(45), "coming", state="confirmed", mode="hybrid")
    for kind, days in (("contributions", 12), ("registration", 7)):
        book.enter(Deadline(meeting=coming, kind=kind, days_before=days))
    for group in ("RAG", "TSAG", "TDAG"):
        for days in (0, 100):  # the group that meets today has the report before it
            day = book.away(days)
            code = f"{group}-{day:%Y-%m}"
            title = {"title_en": f"Meeting of {group}, made up", "place": "Samplecity"}
            state = "planned" if days else "held"
            row = Meeting(code=code, body=group, starts_on=day, ends_on=day, state=state, **title)
            book.meetings[group, days > 0] = book.enter(row)
    for key in ("held1", "held2", "held3"):
        _papers(book, book.meetings[key])
        _decisions(book, book.meetings[key])
    _liaison(book)
    _written_by_coordinators(book)
    _participants(book)


def _meeting(book, day, key, **facts):
    count = Meeting.objects.of_the_group().filter(starts_on__year=day.year).count() + 1
    row = Meeting(code=f"{day:%y}-{count}", starts_on=day, ends_on=day, **{"mode": "physical"} | facts)
    row.title_en, row.place = f"Sample meeting {day:%y}-{count}", "Samplecity"
    book.meetings[key] = book.enter(row)
    for number, title in enumerate(POINTS, 1):
        item = book.enter(AgendaItem(meeting=row, number=str(number), title_en=title))
        about = [book.subjects["ALPHA"], book.subjects["BRAVO"]] if "Alpha" in title else []
        register.link_subjects(item.subject_links, about, by=book.by)
    return row


def _papers(book, meeting):
    item = meeting.agenda.get(number="3")
    for title, source, kind, about in (
        ("A sample plan for the year", "Chair, ISCG", "contribution", ["ALPHA"]),
        ("Signals that were invented meanwhile", "Coordinator of sample subject Alpha", "contribution", ["ALPHA"]),
        ("Weather in made-up words", "Administration of Sampleland", "contribution", ["BRAVO"]),
    ):
        row = Document(meeting=meeting, agenda_item=item, type=kind, title_en=title, submitted_by=source)
        row.dated_on, row.contact_role, row.purpose = meeting.starts_on, "iscg@itu.int", "Discussion"
        register.number_and_enter(row, subjects=[book.subjects[code] for code in about], by=book.by)
        if "plan" in title:
            add_file(row, "en", book.open_paper(), KINDS["pdf"], reason="Uploaded for the demonstration", by=book.by)


def _decisions(book, meeting):
    """A decision, and two actions of which one is done."""
    alpha, later = book.subjects["ALPHA"], meeting.starts_on + datetime.timedelta(days=30)
    done = {"closed_on": later, "closed_because": "The list is kept since then."}
    for wording, facts in (
        ("There is one list of invented lighthouses, and no other.", {"subject": alpha}),
        ("Keep the list of invented lighthouses.", {"kind": "action", "owner": "BR", "due_on": later} | done),
        ("Say who counts paper boats.", {"kind": "action", "owner": "TDAG", "due_on": later}),
    ):
        book.enter(Decision(meeting=meeting, wording_en=wording, **facts))


@transaction.atomic
def _liaison(book):
    """One that came last year and was answered, one that went then and is open, and one of this year that is late."""
    asked = _statement(book, "held1", "A question about the colours of lighthouses", "ITU-R WP 99Z", {"ISCG": "action"})
    _statement(book, "held2", "The colours of lighthouses", "ISCG", {"ITU-R WP 99Z": "information"}, in_reply_to=asked)
    _statement(book, "held2", "Words for weather in two Sectors", "ISCG", {"ITU-T TSAG": "comment"})
    to = {"ITU-T SG99 (made up)": "action", "TDAG": "information"}
    _statement(book, "held3", "A question about lighthouses", "ISCG", to, deadline_on=book.away(-3))


def _statement(book, key, title, source, to, **facts):
    meeting = book.meetings[key]
    row = Document(meeting=meeting, type="liaison statement", title_en=f"{title}, made up")
    row.submitted_by, row.dated_on = source, meeting.starts_on
    register.number_and_enter(row, subjects=[book.subjects["ALPHA"]], by=book.by)
    statement = book.enter(LiaisonStatement(document=row, **facts))
    register.address_to(statement, to, by=book.by)
    return statement


def _written_by_coordinators(book):
    """Accepted for a meeting of last year and for the last one, handed in for the coming one."""
    account = book.accounts["coordinator@example.org"]
    for key, is_done in (("held2", True), ("held3", True), ("coming", False)):
        own = asked_report(account, book.subjects["ALPHA"].slug, book.meetings[key].code, book.on)
        texts = {
            "activities": f"Looked at the workshops on lighthouses before {book.meetings[key].title_en.lower()}.",
            "duplication": "Two of them would have told the same: one was given up.",
            "organizations": "SAMPLEORG was asked, and agrees.",
            "guidance": "BR is asked to keep the list of lighthouses.",
            "results": "- One list of invented lighthouses\n- One word for each of them",
            "next_steps": "A common list of signals by the next meeting.",
        }
        draft = drafts.submit(drafts.keep(own, texts, 0, "en"))
        if is_done:
            drafts.accept(draft, draft.version, by=book.by)


def _participants(book):
    for name, state in (("Una Delegatesample", "takes part"), ("Otto Askersample", "waiting")):
        facts = {
            "capacity": "Member State",
            "country": book.countries["chair"].pk,
            "affiliation": "A sample administration",
        }
        address = f"{name.lower().replace(' ', '.')}@example.org"
        book.enter(Participant(name=name, email=address, state=state, **facts))
