"""What reminders of reports say: annual reports, Coordinators' reports, and transmissions (clauses F3 and A4)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.mail.outbox import absolute_url
from iscg_portal.tenure.dates import print_date
from meetings.models import Meeting
from reports.coordinators_due import missing_at
from subjects.models import Coordinator


def annual_report(reminder, meeting):
    """To the secretariat, before a meeting of an advisory group."""
    names = {"year": reminder.counts_from.year - 1, "meeting": meeting.name, "day": print_date(reminder.counts_from)}
    return (
        _("The annual report on %(year)d is due: %(meeting)s") % names,
        [
            _("The annual report on %(year)d is not published. %(meeting)s, which is to receive it, begins on %(day)s.")
            % names,
        ],
        absolute_url(reverse("admin:reports_annualreport_changelist")),
    )


def own_report(reminder, subject):
    """To the Coordinator of a subject."""
    meeting = _meeting(reminder)
    names = {"subject": subject.code, "meeting": meeting.name, "day": print_date(meeting.starts_on)}
    return (
        _("Your report on %(subject)s to %(meeting)s is due") % names,
        [
            _("%(meeting)s begins on %(day)s. Your report as Coordinator of %(subject)s is not there yet.") % names,
            _("If you cannot write it in time, tell the secretariat."),
        ],
        absolute_url(reverse("workspace:workspace")),
    )


def missing_reports(reminder, meeting):
    """To the secretariat: which reports the meeting lacks."""
    names = {"meeting": meeting.name, "day": print_date(meeting.starts_on)}
    missing = [due for _meeting, found in missing_at([meeting]) for due in found]
    return (
        _("Coordinators’ reports to %(meeting)s are missing") % names,
        [
            _("%(meeting)s begins on %(day)s. These reports are not there yet:") % names,
            *(f"{due.subject.code}: {due.person}" for due in missing),
        ],
        absolute_url(meeting.get_absolute_url()),
    )


def transmission(reminder, row):
    """To the secretariat: a transmission is due, or overdue."""
    names = {"group": row.group_id, "code": row.report.code, "day": print_date(reminder.counts_from)}
    names["meeting"] = row.meeting.name if row.meeting else ""
    if reminder.step == "overdue":
        subject = _("Overdue: report %(code)s to %(group)s") % names
        sentence = _("%(group)s: report %(code)s was to be sent by %(day)s.") % names
    else:
        subject = _("Report %(code)s to %(group)s is due") % names
        sentence = _("%(group)s: report %(code)s is to be sent by %(day)s.") % names
    for_meeting = [_("It is for %(meeting)s.") % names] if row.meeting else []
    page = reverse("admin:reports_transmission_change", args=[row.pk])
    return subject, [sentence, *for_meeting], absolute_url(page)


def coordinators(reminder, subject):
    """Who coordinates the subject on the last day of the meeting; nobody where the meeting is gone."""
    meeting = _meeting(reminder)
    if meeting is None:
        return Coordinator.objects.none()
    return Coordinator.objects.in_office(meeting.last_day).filter(subject=subject)


def _meeting(reminder):
    """The group's meeting that begins on the day from which the reminder counts."""
    group = Meeting.objects.coming(reminder.counts_from).of_the_group()
    return group.filter(starts_on=reminder.counts_from).first()
