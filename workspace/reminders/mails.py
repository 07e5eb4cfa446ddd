"""The mails of a reminder: to whom, and what they say in the reader's language. They are a duty of the office."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.languages import with_colon
from iscg_portal.mail.outbox import Letter, absolute_url, takes_mail, write_mail
from iscg_portal.tenure.dates import print_date, print_until
from meetings.models import Meeting
from members.mail_readers import of_the_secretariat, secretariat
from members.models.groups import CHAIR
from reports.coordinators_due import missing_at
from reports.models import CoordinatorReport
from subjects.models import Coordinator, Subject
from subjects.models.offices import office_of_subject
from workspace.access.offices import page_of_person, reader_of
from workspace.reminders.links import focal_points_asked, links_waiting
from workspace.reminders.models import Reminder


def mails_of(reminder, row):
    """The mails of a reminder, not saved yet, to `_readers`."""
    compose = {
        Reminder.Kind.ENDING: _ending,
        Reminder.Kind.VACANCY: _vacancy,
        Reminder.Kind.DEADLINE: _deadline,
        Reminder.Kind.ANNUAL_REPORT: _annual_report,
        Reminder.Kind.COORDINATOR_REPORT: _own_report if isinstance(row, Subject) else _missing_reports,
        Reminder.Kind.TRANSMISSION: _transmission,
        Reminder.Kind.LINKS: links_waiting,
    }[reminder.kind]
    readers = [(reader, compose) for reader in _readers(reminder, row)]
    if reminder.kind == Reminder.Kind.ENDING:
        readers += [(reader, _own_ending) for reader in _holder(row, readers)]
    return [
        write_mail(reader, lambda reader=reader, compose=compose: compose(reminder, row, reader))
        for reader, compose in readers
        if takes_mail(reader)
    ]


def _readers(reminder, row):
    """The staff who may do what is asked. Only the Coordinator is reminded of the own report.

    Of links that wait for a side its Focal Points are told, and the secretariat where there is none.
    """
    if reminder.kind == Reminder.Kind.COORDINATOR_REPORT and isinstance(row, Subject):
        return [reader for term in _coordinators(reminder, row) for reader in reader_of(term.person_id)]
    if reminder.kind == Reminder.Kind.LINKS:
        return focal_points_asked(reminder, row) or secretariat("studies.change_mappinglink")
    return secretariat(_right(reminder, row))


def _right(reminder, row):
    """The right of those who can do what the reminder asks for."""
    if reminder.kind == Reminder.Kind.ENDING:
        return f"{row._meta.app_label}.add_{row._meta.model_name}"
    if reminder.kind == Reminder.Kind.VACANCY and not isinstance(row, Subject):
        return "members.add_chairterm" if row.pk == CHAIR else "members.add_representative"
    return {
        Reminder.Kind.VACANCY: "subjects.add_coordinator",
        Reminder.Kind.DEADLINE: "meetings.change_meeting",
        Reminder.Kind.ANNUAL_REPORT: "reports.add_annualreport",
        Reminder.Kind.COORDINATOR_REPORT: "reports.change_annualreport",
        Reminder.Kind.TRANSMISSION: "reports.change_transmission",
    }[reminder.kind]


def _holder(row, told):
    """The reader of a term that ends, unless it is one of the staff who are told."""
    known = {reader.email for reader, _compose in told}
    return [reader for reader in reader_of(row.person_id) if reader.email not in known]


def _ending(reminder, row, reader):
    names = {"office": row.office_in_full, "until": print_until(row.ends_on, row.ends_precision), "who": row.person}
    return Letter(
        _("A term ends: %(office)s") % names,
        of_the_secretariat(),
        _("arrange in time who comes next, and enter the new appointment."),
        [_("%(who)s, %(office)s: in office %(until)s.") % names],
        absolute_url(admin_address(type(row), row.pk)),
    )


def _own_ending(reminder, row, reader):
    """To the holder."""
    names = {"office": row.office_in_full, "until": print_until(row.ends_on, row.ends_precision), "who": row.person}
    return Letter(
        _("Your term ends: %(office)s") % names,
        names["office"],
        _("if you know who comes next, or stay in office, answer this mail."),
        [_("%(who)s, %(office)s: in office %(until)s.") % names, _("Thank you for your work.")],
        page_of_person(row.person),
    )


def _vacancy(reminder, row, reader):
    is_subject = isinstance(row, Subject)
    names = {
        "office": office_of_subject(row.code) if is_subject else str(row),
        "day": print_date(reminder.counts_from),
    }
    page = row.get_absolute_url() if is_subject else reverse("members:composition")
    return Letter(
        _("Vacant: %(office)s") % names,
        of_the_secretariat(),
        _("ask who is appointed, and enter the new appointment."),
        [_("%(office)s: vacant since %(day)s, according to the record.") % names],
        absolute_url(page),
    )


def _deadline(reminder, row, reader):
    names = {
        "meeting": row.meeting,
        "kind": row.get_kind_display(),
        "day": print_date(row.due_on),
        "hour": f"{row.hour:%H:%M}",
    }
    return Letter(
        _("Deadline of %(meeting)s: %(kind)s") % names,
        of_the_secretariat(),
        _("see what is still to come in before the deadline."),
        [_("%(meeting)s, %(kind)s: the deadline is %(day)s, %(hour)s Geneva time.") % names],
        absolute_url(row.meeting.get_absolute_url()),
    )


def _annual_report(reminder, meeting, reader):
    """To the secretariat, before a meeting of an advisory group."""
    names = {"year": reminder.counts_from.year - 1, "meeting": meeting.name, "day": print_date(reminder.counts_from)}
    return Letter(
        _("The annual report on %(year)d is due: %(meeting)s") % names,
        of_the_secretariat(),
        _("finish the report, and have it approved and published."),
        [
            _("The annual report on %(year)d is not published. %(meeting)s, which is to receive it, begins on %(day)s.")
            % names,
        ],
        absolute_url(reverse("admin:reports_annualreport_changelist")),
    )


def _own_report(reminder, subject, reader):
    """To the Coordinator of a subject."""
    meeting = _meeting(reminder)
    names = {"subject": subject.code, "meeting": meeting.name, "day": print_date(meeting.starts_on)}
    return Letter(
        _("Your report on %(subject)s to %(meeting)s is due") % names,
        office_of_subject(subject.code, name=reader.name),
        _("write your report in the workspace, and submit it before %(day)s.") % names
        if reader.has_account
        else _("answer this mail with your report before %(day)s; the secretariat enters it.") % names,
        [
            _("%(meeting)s begins on %(day)s. Your report on %(subject)s has not arrived yet.") % names,
            *([] if reader.has_account else [_parts_of_a_report()]),
            _("If you cannot write it in time, tell the secretariat."),
        ],
        absolute_url(reverse("workspace:report-draft", args=[subject.slug, meeting.code]))
        if reader.has_account
        else absolute_url(subject.get_absolute_url()),
    )


def _parts_of_a_report():
    """Which parts it has, for who writes it in a mail."""
    parts = "\n".join(
        str(capfirst(CoordinatorReport._meta.get_field(name).verbose_name)) for name in CoordinatorReport.TEXTS
    )
    return "\n".join([_("These are its parts; leave out what you have nothing on:"), parts])


def _missing_reports(reminder, meeting, reader):
    """To the secretariat: which reports the meeting lacks."""
    names = {"meeting": meeting.name, "day": print_date(meeting.starts_on)}
    missing = [due for _meeting, found in missing_at([meeting]) for due in found]
    return Letter(
        _("Coordinators’ reports to %(meeting)s have not arrived yet") % names,
        of_the_secretariat(),
        _("ask those who have not handed in their report."),
        [
            _("%(meeting)s begins on %(day)s. These reports have not arrived yet:") % names,
            *(with_colon(due.subject.code, due.person) for due in missing),
        ],
        absolute_url(meeting.get_absolute_url()),
    )


def _transmission(reminder, row, reader):
    """To the secretariat: a transmission is due, or overdue."""
    names = {"group": body_in_words(row.group_id), "code": row.report.code, "day": print_date(reminder.counts_from)}
    names["meeting"] = row.meeting.name if row.meeting else ""
    if reminder.step == "overdue":
        subject = _("Overdue: report %(code)s to %(group)s") % names
        sentence = _("%(group)s: report %(code)s was to be sent by %(day)s.") % names
    else:
        subject = _("Report %(code)s to %(group)s is due") % names
        sentence = _("%(group)s: report %(code)s is to be sent by %(day)s.") % names
    for_meeting = [_("It is for %(meeting)s.") % names] if row.meeting else []
    page = reverse("admin:reports_transmission_change", args=[row.pk])
    to_do = _("send the report, from the page of the transmission.")
    return Letter(subject, of_the_secretariat(), to_do, [sentence, *for_meeting], absolute_url(page))


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
