"""The sorts of what waits: which rows, who can act on them, and how they are told."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iscg_portal.mail.models import WAITS_LONG, Mail
from meetings.models import Deadline, Decision, DecisionState, DocumentFile, Meeting
from reports.acts.annual_reports import APPROVE_OWN
from reports.acts.transmissions import UNDER_WAY
from reports.models import AnnualReport, KeyIssue, ReportComment, ReportStep, Transmission, TransmissionMail
from reports.models.transmissions import UNANSWERED
from secretariat.to_do import lines, offices
from secretariat.to_do.rows import day_of, first_few, person
from workspace.models import Participant, Proposal, ReaderCorrection, ReportDraft

ALL_OF_THEM = 60  # of what is told together, or whose day the database cannot count
AHEAD = datetime.timedelta(days=92)  # how far ahead deadlines are told
State = AnnualReport.State


class Sort(NamedTuple):
    """Any one of the `rights` is needed; `tell` makes lines of the rows.

    `is_beside` where the rows change without a new token of the record, or depend on more than who asks.
    """

    heading: object
    rights: tuple[str, ...]
    rows: Callable
    tell: Callable
    is_beside: bool = False


def each(line):
    """Each row is a line of its own."""
    return lambda rows, on: [line(row) for row in rows]


def _to_approve(user, on, most):
    waiting = _of_others(user, AnnualReport.objects.filter(state=State.IN_REVIEW))
    yield first_few("approve", waiting, day_of(_last_step("at", State.IN_REVIEW)), F("code"), most=most)


def _to_publish(user, on, most):
    approved = _of_others(user, AnnualReport.objects.filter(state=State.APPROVED, period_to__lt=on))
    yield first_few("publish", approved, day_of(_last_step("at", State.APPROVED)), F("code"), most=most)


def _last_step(field, state):
    steps = ReportStep.objects.filter(report=OuterRef("pk"), state=state).order_by("-pk")
    return Subquery(steps.values(field)[:1])


def _of_others(user, reports):
    """Without those that the account submitted, unless it may approve its own (`own_report_refusal`)."""
    if user.has_perm(APPROVE_OWN):
        return reports
    reports = reports.annotate(submitted_by=_last_step("by", State.IN_REVIEW))
    return reports.filter(Q(submitted_by__isnull=True) | ~Q(submitted_by=user.pk))


def _comments(user, on, most):
    texts = (F("report__code"), F("report_id"), F("text"))
    yield first_few("comments", ReportComment.objects.waiting(), day_of("at"), *texts, most=most)


def _proposals(user, on, most):
    who, subject = person("person__"), Coalesce("subject__code", "activity__code")
    yield first_few("proposals", Proposal.objects.waiting(), day_of("made_at"), who, subject, most=most)


def _of_readers(user, on, most):
    texts = (F("about"), F("text"), F("source"), F("on_record"))
    yield first_few("readers", ReaderCorrection.objects.waiting(), day_of("made_at"), *texts, most=most)


def _drafts(user, on, most):
    texts = (F("subject__code"), person("person__"), F("meeting__body"), F("meeting__code"))
    yield first_few("drafts", ReportDraft.objects.waiting(), day_of("submitted_at"), *texts, most=most)


def _participants(user, on, most):
    waiting = Participant.objects.waiting()
    yield first_few("participants", waiting, day_of("asked_at"), F("name"), F("affiliation"), most=most)


def _files(user, on, most):
    waiting = DocumentFile.objects.waiting_for_decision()
    yield first_few("files", waiting, day_of("added_at"), F("name"), F("document__number"), most=most)


def _deadlines(user, on, most):
    """The meetings' first days; how many days before them, Python counts (`_due`)."""
    coming = Meeting.objects.coming(on).filter(precision=Meeting.Precision.DAY).values("pk")
    rows = Deadline.objects.filter(meeting__in=coming)
    what = Concat("kind", Value(" "), "days_before", output_field=CharField())
    texts = (what, F("meeting__body"), F("meeting__code"), F("meeting_id"))
    yield first_few("deadlines", rows, F("meeting__starts_on"), *texts, most=max(most, ALL_OF_THEM))


def _due(rows, on):
    """The deadlines to come, the next first."""
    due = ((row, row.day - datetime.timedelta(days=int(row.texts[0].split()[1]))) for row in rows)
    coming = sorted((pair for pair in due if on <= pair[1] <= on + AHEAD), key=lambda pair: pair[1])
    return [lines.of_deadline(row, day) for row, day in coming]


def _actions(user, on, most):
    wording = Coalesce(*(f"wording_{code}" for code in ("en", "fr", "es")), "wording", output_field=CharField())
    what = Concat("number", Value(": "), wording, output_field=CharField())
    overdue = Decision.objects.in_state(DecisionState.OVERDUE, on)
    yield first_few(
        "actions", overdue, F("due_on"), F("meeting__body"), F("meeting__code"), what, F("owner"), most=most
    )


def _to_send(user, on, most):
    under_way = TransmissionMail.objects.filter(transmission=OuterRef("pk"), mail__state__in=UNDER_WAY)
    ready = Transmission.objects.to_send().filter(~Exists(under_way), report__state=State.PUBLISHED)
    ready = ready.filter(sends_when_made=False)
    day = Coalesce("due_on", "meeting__starts_on")
    yield first_few("send", ready, day, F("report__code"), F("group_id"), F("report_id"), most=max(most, ALL_OF_THEM))


def _by_report(rows, on):
    by_report = defaultdict(list)
    for row in rows:
        by_report[row.texts[0]].append(row)
    return [lines.of_transmissions(of_one) for of_one in by_report.values()]


def _sent(user, on, most):
    sent = Transmission.objects.filter(state__in=UNANSWERED, report__state=State.PUBLISHED, sent_on__isnull=False)
    yield first_few("sent", sent, F("sent_on"), F("report__code"), F("group_id"), most=most)


def _commented(user, on, most):
    commented = Transmission.objects.filter(state=Transmission.State.COMMENTS)
    yield first_few("commented", commented, F("answered_on"), F("report__code"), F("group_id"), F("reply"), most=most)


def _issues(user, on, most):
    waiting = KeyIssue.objects.visible_to(user).unanswered_on(on)
    statement = Coalesce(*(f"statement_{code}" for code in ("en", "fr", "es")), "statement")
    yield first_few("issues", waiting, F("raised_on"), F("addressee"), statement, most=most)


def _mails(user, on, most):
    refused = Mail.objects.filter(state__in=Mail.OPEN_TO_STAFF)
    yield first_few("mails", refused, day_of("written_at"), F("subject"), F("to"), F("state"), F("error"), most=most)


def _late_mails(user, on, most):
    late = Mail.objects.filter(state=Mail.State.WAITING, written_at__lt=timezone.now() - WAITS_LONG)
    yield first_few("late mails", late, day_of("written_at"), F("error"), most=1)


OF_OFFICES = tuple(offices.right("change", model) for model in offices.PLACES)
SORTS = {
    "approve": Sort(
        _("Reports to approve"),
        ("reports.publish_annualreport",),
        _to_approve,
        each(lines.to_approve),
    ),
    "publish": Sort(
        _("Reports to publish"),
        ("reports.publish_annualreport",),
        _to_publish,
        each(lines.to_publish),
    ),
    "comments": Sort(
        _("Comments of the Chair"),
        ("reports.change_annualreport",),
        _comments,
        each(lines.of_comment),
    ),
    "proposals": Sort(
        _("Proposed corrections"),
        ("workspace.change_proposal",),
        _proposals,
        each(lines.of_proposal),
    ),
    "readers": Sort(
        _("Corrections from readers"),
        ("workspace.change_readercorrection",),
        _of_readers,
        each(lines.of_reader),
        is_beside=True,
    ),
    "drafts": Sort(
        _("Coordinators’ reports to decide on"),
        ("reports.add_coordinatorreport",),
        _drafts,
        each(lines.of_draft),
    ),
    "participants": Sort(
        _("Ask to take part"),
        ("workspace.decide_participant",),
        _participants,
        each(lines.of_participant),
    ),
    "files": Sort(
        _("Files held back for a personal address"),
        ("meetings.change_documentfile",),
        _files,
        each(lines.of_file),
    ),
    "mails": Sort(
        _("Mails that did not go"),
        ("iscg_portal.change_mail",),
        _mails,
        each(lines.of_mail),
        is_beside=True,
    ),
    "late mails": Sort(
        _("Mails that wait for long"),
        ("iscg_portal.view_mail",),
        _late_mails,
        lambda rows, on: [lines.of_late_mails(row) for row in rows],
        is_beside=True,
    ),
    "send": Sort(
        _("Reports to send"),
        ("reports.change_transmission",),
        _to_send,
        _by_report,
        is_beside=True,
    ),
    "sent": Sort(
        _("Sent and unanswered"),
        ("reports.change_transmission",),
        _sent,
        each(lines.of_sent),
    ),
    "commented": Sort(
        _("Comments of the groups"),
        ("reports.change_transmission",),
        _commented,
        each(lines.of_commented),
    ),
    "issues": Sort(
        _("Key issues without an answer"),
        ("reports.change_keyissue",),
        _issues,
        each(lines.of_issue),
        is_beside=True,
    ),
    "deadlines": Sort(_("Deadlines of meetings"), ("meetings.change_meeting",), _deadlines, _due),
    "actions": Sort(_("Decisions and actions"), ("meetings.change_decision",), _actions, each(lines.of_action)),
    "ends": Sort(_("Offices that end"), OF_OFFICES, offices.ends, each(lines.of_office)),
    "begins": Sort(_("Offices that begin"), OF_OFFICES, offices.begins, each(lines.of_office)),
}
# What an account may decides which of their rows it is shown.
RIGHTS = (APPROVE_OWN, *OF_OFFICES, *(offices.right("add", model) for model in offices.PLACES))
