"""The mails of a reminder: to whom, and what they say in the reader's language. They are a duty of the office."""

from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.mail.outbox import absolute_url, takes_mail, write_mail
from iscg_portal.tenure.dates import print_date, print_until
from iscg_portal.terms import initials
from meetings.models import Meeting
from members.models.groups import CHAIR
from reports.coordinators_due import missing_at
from subjects.models import Coordinator, Subject
from subjects.models.offices import office_of_subject
from workspace.access.offices import reader_of
from workspace.reminders.links import focal_points_asked, links_waiting
from workspace.reminders.models import Reminder


def mails_of(reminder, row, secretariat):
    """The mails of a reminder, not saved yet, to `_readers`. `secretariat`: its readers."""
    compose = {
        Reminder.Kind.ENDING: _ending,
        Reminder.Kind.VACANCY: _vacancy,
        Reminder.Kind.DEADLINE: _deadline,
        Reminder.Kind.ANNUAL_REPORT: _annual_report,
        Reminder.Kind.COORDINATOR_REPORT: _own_report if isinstance(row, Subject) else _missing_reports,
        Reminder.Kind.TRANSMISSION: _transmission,
        Reminder.Kind.LINKS: links_waiting,
    }[reminder.kind]
    readers = _readers(reminder, row, secretariat)
    return [write_mail(reader, lambda: compose(reminder, row)) for reader in readers if takes_mail(reader)]


def _readers(reminder, row, secretariat):
    """The secretariat, with the holder of a term that ends. Only the Coordinator is reminded of the own report.

    Of links that wait for a side its Focal Points are told, and the secretariat where there is none.
    """
    if reminder.kind == Reminder.Kind.COORDINATOR_REPORT and isinstance(row, Subject):
        return [reader for term in _coordinators(reminder, row) for reader in reader_of(term.person_id)]
    if reminder.kind == Reminder.Kind.LINKS:
        return focal_points_asked(reminder, row) or secretariat
    if reminder.kind != Reminder.Kind.ENDING:
        return secretariat
    known = {reader.email for reader in secretariat}
    return [*secretariat, *(reader for reader in reader_of(row.person_id) if reader.email not in known)]


def _ending(reminder, row):
    names = {"office": _office_name(row), "until": print_until(row.ends_on, row.ends_precision), "who": row.person}
    return (
        _("A term ends: %(office)s") % names,
        [
            _("%(who)s, %(office)s: in office %(until)s.") % names,
            _("Please arrange in time who comes next. If a new appointment has been made, tell the secretariat."),
        ],
        absolute_url(row.person.get_absolute_url()),
    )


def _vacancy(reminder, row):
    is_subject = isinstance(row, Subject)
    names = {
        "office": office_of_subject(row.code) if is_subject else str(row),
        "day": print_date(reminder.counts_from),
    }
    page = row.get_absolute_url() if is_subject else reverse("members:composition")
    return (
        _("Vacant: %(office)s") % names,
        [_("%(office)s: vacant since %(day)s, according to the record.") % names],
        absolute_url(page),
    )


def _deadline(reminder, row):
    names = {
        "meeting": row.meeting,
        "kind": row.get_kind_display(),
        "day": print_date(row.due_on),
        "hour": f"{row.hour:%H:%M}",
    }
    return (
        _("Deadline of %(meeting)s: %(kind)s") % names,
        [_("%(meeting)s, %(kind)s: the deadline is %(day)s, %(hour)s Geneva time.") % names],
        absolute_url(row.meeting.get_absolute_url()),
    )


def _office_name(row):
    """“Coordinator of EMF”, “Chair”, “RAG, seat 1”, in the active language."""
    if not hasattr(row, "seat_id"):
        names = {"kind": row._meta.verbose_name, "subject": row.subject.code}
        return _("%(kind)s of %(subject)s") % names
    return _("Chair") if row.seat_id == CHAIR else str(row.seat)


def _annual_report(reminder, meeting):
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


def _own_report(reminder, subject):
    """To the Coordinator of a subject."""
    meeting = _meeting(reminder)
    names = {"subject": subject.code, "meeting": meeting.name, "day": print_date(meeting.starts_on)}
    return (
        _("Your report on %(subject)s to %(meeting)s is due") % names,
        [
            _("%(meeting)s begins on %(day)s. Your report as Coordinator of %(subject)s has not arrived yet.") % names,
            _("If you cannot write it in time, tell the secretariat."),
        ],
        absolute_url(reverse("workspace:workspace")),
    )


def _missing_reports(reminder, meeting):
    """To the secretariat: which reports the meeting lacks."""
    names = {"meeting": meeting.name, "day": print_date(meeting.starts_on)}
    missing = [due for _meeting, found in missing_at([meeting]) for due in found]
    return (
        _("Coordinators’ reports to %(meeting)s have not arrived yet") % names,
        [
            _("%(meeting)s begins on %(day)s. These reports have not arrived yet:") % names,
            *(f"{due.subject.code}: {due.person}" for due in missing),
        ],
        absolute_url(meeting.get_absolute_url()),
    )


def _transmission(reminder, row):
    """To the secretariat: a transmission is due, or overdue."""
    names = {"group": initials(row.group_id), "code": row.report.code, "day": print_date(reminder.counts_from)}
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


def _coordinators(reminder, subject):
    """Who coordinates the subject on the last day of the meeting; nobody where the meeting is gone."""
    meeting = _meeting(reminder)
    if meeting is None:
        return Coordinator.objects.none()
    return Coordinator.objects.in_office(meeting.last_day).filter(subject=subject)


def _meeting(reminder):
    """The group's meeting that begins on the day from which the reminder counts."""
    group = Meeting.objects.coming(reminder.counts_from).of_the_group()
    return group.filter(starts_on=reminder.counts_from).first()
