"""What a handover file says: what is open, what is due, what was reported, and whom the successor works with."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iscg_portal.languages import with_commas, with_semicolons
from iscg_portal.tenure.dates import print_date, today
from meetings.models import Deadline, LiaisonStatement, Meeting
from meetings.models.liaison import Standing
from members.models import ChairTerm
from reports.models import AnnualReport, CoordinatorReport, KeyIssue
from reports.renditions.blocks import table_block, text_block
from reports.renditions.harmless import with_its_lines
from workspace.access.offices import circles_of

MOST = 200  # rows of a table
MOST_REPORTS = 10


def sections_of(term, on=None) -> list[dict]:
    """The sections of the file for the holder of a term, in the active language, as a report has them."""
    on = on or today()
    subject = getattr(term, "subject", None) if not isinstance(term, ChairTerm) else None
    parts = [
        (_("Open key issues"), [_issues(subject, on)]),
        (_("Unanswered liaison statements"), [_liaison(subject, on)]),
        (_("Meetings and deadlines"), [_deadlines(subject, on)]),
        (_("Reports"), _reports(subject)),
        (_("Whom you work with"), [_contacts(term, on)]),
    ]
    return [
        {"key": f"part-{place}", "number": str(place), "title": title, "blocks": blocks}
        for place, (title, blocks) in enumerate(parts, 1)
    ]


def persons_reached(term, on=None) -> list[int]:
    """The keys of the persons whose contact data stands in the file."""
    return sorted({one.person.pk for _circle, one in _colleagues(term, on or today()) if one.contact})


def _issues(subject, on):
    issues = KeyIssue.objects.public().carried_on(on).order_by("raised_on", "pk")
    issues = issues.filter(subject=subject) if subject else issues
    rows = [
        (print_date(one.raised_on), one.get_addressee_display(), one.statement_shown, one.answer_shown)
        for one in issues[:MOST]
    ]
    columns = [_("Since"), _("Addressed to"), _("Key issue"), _("Answer")]
    return table_block("issues", _("Key issues that are not closed"), columns, rows, _("None is open."))


def _liaison(subject, on):
    """Those in force that ask for action or comment and that nobody answered; public ones alone."""
    open_still = LiaisonStatement.objects.public().with_standing(on).filter(standing__in=[Standing.OPEN, Standing.DUE])
    if subject:
        open_still = open_still.filter(document__subjects=subject)
    found = open_still.select_related("document").prefetch_related("addressees").order_by("deadline_on", "pk")
    rows = [
        (
            one.document.number,
            one.document.title_shown,
            with_semicolons(map(str, one.addressees.all())),
            print_date(one.deadline_on) if one.deadline_on else "",
        )
        for one in found[:MOST]
    ]
    columns = [_("Document"), _("Title"), _("To"), _("Deadline")]
    return table_block("liaison", _("Statements that wait for an answer"), columns, rows, _("None is on record."))


def _deadlines(subject, on):
    """The coming meetings of the group, and those of the subject's Coordinators, each with its deadlines."""
    coming = Meeting.objects.coming(on)
    meetings = coming.of_the_group() | coming.filter(subject=subject) if subject else coming
    meetings = {one.pk: one for one in meetings.distinct().order_by("starts_on", "code")[:MOST]}
    found = [(one.starts_on, one.name, one.dates) for one in meetings.values()]
    for deadline in Deadline.objects.filter(meeting__in=meetings).select_related("meeting"):
        if deadline.due_on and deadline.due_on >= on:
            words = with_commas([deadline.get_kind_display(), print_date(deadline.due_on)])
            found.append((deadline.due_on, deadline.meeting.name, words))
    rows = [row[1:] for row in sorted(found, key=lambda row: row[0])]
    columns = [_("Meeting"), _("What is due, and when")]
    return table_block("deadlines", _("Coming meetings with their deadlines"), columns, rows, _("None is announced."))


def _reports(subject):
    reports = CoordinatorReport.objects.received().select_related("subject", "meeting", "person")
    reports = reports.filter(subject=subject) if subject else reports
    reports = list(reports.order_by("-meeting__starts_on", "subject__code")[: MOST_REPORTS if subject else MOST])
    rows = [(one.subject.code, one.meeting.name, str(one.person), print_date(one.received_on)) for one in reports]
    columns = [_("Subject"), _("Meeting"), _("Coordinator"), _("Received")]
    caption = _("Reports of the Coordinators, the last first")
    blocks = [table_block("coordinators", caption, columns, rows, _("None is on record."))]
    if subject:
        texts = reports[0].texts() if reports else []
        said = (f"### {capfirst(heading)}\n\n{with_its_lines(text)}" for heading, text in texts)
        return blocks + [text_block(f"last-{place}", text) for place, text in enumerate(said)]
    annual = AnnualReport.objects.public().defer("content").order_by("-period_to", "-code")[:MOST_REPORTS]
    rows = [(one.code, one.number, one.period, one.get_state_display()) for one in annual]
    columns = [_("Report"), _("Document"), _("Period"), _("State")]
    return [table_block("annual", _("Annual reports, the last first"), columns, rows, _("None is published.")), *blocks]


def _contacts(term, on):
    rows = [
        (heading, one.person, one.office, getattr(one.contact, "email", ""), getattr(one.contact, "phone", ""))
        for heading, one in _colleagues(term, on)
    ]
    columns = [_("Circle"), _("Name"), _("Office"), _("E-mail address"), _("Phone")]
    caption = _("For the work of the group only; not to be passed on")
    return table_block("contacts", caption, columns, rows, _("Nobody is on record."))


def _colleagues(term, on):
    """(heading, colleague) of everybody whom the holder may reach on the day, or on the first of the term."""
    circles = circles_of(term.person_id, max(on, term.starts_on))
    return [(circle.heading, one) for circle in circles for one in circle.colleagues]
