"""What comes of it: an old report that the three groups answered, last year's report, key issues, the next draft."""

from django.db.models import Q

from iscg_portal.files.checks import KINDS
from members.models import AdvisoryGroup
from reports.acts import annual_reports, key_issues, transmissions
from reports.acts.archive import put_in_archive
from reports.models import KeyIssue, Transmission
from workspace.models import GroupSecretariat
from workspace.sender import deliver


def write(book):
    _issues(book)
    _answered_report(book)
    _report_of_last_year(book)
    annual_reports.open_report(str(book.on.year), by=book.by, reason="Opened for the demonstration")


def _issues(book):
    for statement, subject, addressee in (
        ("The list of invented lighthouses has no keeper.", "ALPHA", "BR"),
        ("Nobody coordinates the counting of paper boats.", "DELTA", "BDT"),
    ):
        subject = book.subjects[subject]
        book.enter(KeyIssue(statement_en=statement, subject=subject, addressee=addressee, raised_on=book.day(9, 16)))


def _answered_report(book):
    """Noted by one group, commented on by the next, on the agenda of the third."""
    year = book.last_year - 1
    report = put_in_archive(
        str(year),
        book.open_paper(),
        KINDS["pdf"],
        "en",
        dated_on=book.day(2, 20),
        by=book.by,
        reason="Put in the archive for the demonstration",
    )
    group = AdvisoryGroup.objects.get(pk="RAG")
    account = book.accounts["rag.secretariat@example.org"]
    book.enter(GroupSecretariat(account=account, group=group, starts_on=book.day(1, 1)))
    sent = {}
    for code in ("RAG", "TSAG", "TDAG"):
        row = Transmission(report=report, group_id=code, due_on=book.away(-30), answer_due_on=book.away(30))
        sent[code] = book.enter(row)
        transmissions.send(row, by=book.by)
    deliver()
    said = {"reason": "Noted by RAG, says its secretariat", "by": account}
    transmissions.note(sent["RAG"], meeting=book.meetings["RAG", False], **said)
    words = "TSAG asks for more on the list of invented lighthouses."
    transmissions.comment(sent["TSAG"], words, meeting=book.meetings["TSAG", False], by=book.by)
    transmissions.put_on_agenda(sent["TDAG"], book.meetings["TDAG", True], by=book.by)


def _report_of_last_year(book):
    report = annual_reports.open_report(str(book.last_year), by=book.by, reason="Opened for the demonstration")
    annual_reports.give_number(report, meeting=book.meetings["held3"], by=book.by)
    annual_reports.submit(report, by=book.by, reason="Please look at it")
    annual_reports.approve(report, by=book.approver)
    annual_reports.publish(report, by=book.approver, reason="Approved by the Chair")
    issue = KeyIssue.objects.filter(~Q(published_on=None)).first()
    if issue:
        key_issues.answer(issue, book.on, "The Director named a keeper, made up as all of this.", by=book.by)
    rag = Transmission.objects.get(report=report, group="RAG")
    rag.meeting, rag.answer_due_on = book.meetings["RAG", True], book.away(120)
    transmissions.send(book.enter(rag), by=book.by)  # goes by itself once the files are made
