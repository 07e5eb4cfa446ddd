"""When: meetings with agenda, papers and a liaison statement; what Coordinators wrote; who wants to take part."""

from django.db import transaction

from iscg_portal.files.checks import KINDS
from meetings.acts import register
from meetings.acts.document_files import add_file
from meetings.models import AgendaItem, Deadline, Document, LiaisonStatement, Meeting
from workspace.drafts import acts as drafts
from workspace.drafts.own_reports import asked_report
from workspace.models import Participant

POINTS = ("Opening", "Reports of the Coordinators", "Sample subjects Alpha and Bravo", "Any other invented business")


def write(book):
    held = [book.day(2, 13), book.day(9, 15), book.away(-40)]
    for place, day in enumerate(held):
        _meeting(book, day, f"held{place + 1}", state="held", result_en="The made-up group agreed on its made-up plan.")
    coming = _meeting(book, book.away(45), "coming", state="confirmed", mode="hybrid")
    for kind, days in (("contributions", 12), ("registration", 7)):
        book.enter(Deadline(meeting=coming, kind=kind, days_before=days))
    for group in ("RAG", "TSAG", "TDAG"):
        for days in (-20, 100):
            day = book.away(days)
            code = f"{group.lower()}-{day:%Y-%m}"
            title = {"title_en": f"Meeting of {group}, made up", "place": "Samplecity"}
            state = "held" if days < 0 else "planned"
            row = Meeting(code=code, body=group, starts_on=day, ends_on=day, state=state, **title)
            book.meetings[group, days > 0] = book.enter(row)
    for key in ("held1", "held2", "held3"):
        _papers(book, book.meetings[key])
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


@transaction.atomic
def _liaison(book):
    meeting = book.meetings["held3"]
    row = Document(meeting=meeting, type="liaison statement", title_en="A question about lighthouses, made up")
    row.submitted_by, row.dated_on = "ISCG", meeting.starts_on
    register.number_and_enter(row, subjects=[book.subjects["ALPHA"]], by=book.by)
    statement = book.enter(LiaisonStatement(document=row, deadline_on=book.away(-3)))
    register.address_to(statement, {"ITU-T SG99 (made up)": "action", "TDAG": "information"}, by=book.by)


def _written_by_coordinators(book):
    """Accepted for the last meeting, waiting and begun for the coming one."""
    account = book.accounts["coordinator@example.org"]
    for key, is_done in (("held3", True), ("coming", False)):
        own = asked_report(account, book.subjects["ALPHA"].slug, book.meetings[key].code, book.on)
        texts = {
            "activities": f"Looked at the workshops on lighthouses before {book.meetings[key].title_en.lower()}.",
            "duplication": "Two of them would have told the same: one was given up.",
            "organizations": "SAMPLEORG was asked, and agrees.",
            "guidance": "BR is asked to keep the list of lighthouses.",
            "results": "- One list of invented lighthouses\n- One word for each of them",
            "next_steps": "A common list of signals by the next meeting.",
        }
        draft = drafts.submit(drafts.keep(own, texts, 0))
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
