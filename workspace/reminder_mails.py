"""The mails of a reminder: to whom, and what they say in the reader's language. They are a duty of the office."""

from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.mail.outbox import Reader, absolute_url, takes_mail, write_mail
from iscg_portal.tenure.dates import print_date, print_until
from members.models import Account, ContactData
from members.models.groups import CHAIR
from subjects.models import Subject
from workspace import report_words as reports
from workspace.models.reminders import Reminder


def mails_of(reminder, row, secretariat):
    """The mails that say it, not saved yet; to whom, says `_readers`. `secretariat` is `staff()`, asked once a run."""
    compose = {
        Reminder.Kind.ENDING: _ending,
        Reminder.Kind.VACANCY: _vacancy,
        Reminder.Kind.DEADLINE: _deadline,
        Reminder.Kind.ANNUAL_REPORT: reports.annual_report,
        Reminder.Kind.COORDINATOR_REPORT: reports.own_report if isinstance(row, Subject) else reports.missing_reports,
        Reminder.Kind.TRANSMISSION: reports.transmission,
    }[reminder.kind]
    readers = _readers(reminder, row, secretariat)
    return [write_mail(reader, lambda: compose(reminder, row)) for reader in readers if takes_mail(reader)]


def _readers(reminder, row, secretariat):
    """The secretariat; with it the holder of a term that ends. The Coordinator alone hears of the own report."""
    if reminder.kind == Reminder.Kind.COORDINATOR_REPORT and isinstance(row, Subject):
        return [reader for term in reports.coordinators(reminder, row) for reader in reader_of(term.person_id)]
    if reminder.kind != Reminder.Kind.ENDING:
        return secretariat
    known = {reader.email for reader in secretariat}
    return [*secretariat, *(reader for reader in reader_of(row.person_id) if reader.email not in known)]


def staff():
    """The secretariat: every active staff account."""
    found = Account.objects.filter(is_staff=True, is_active=True).order_by("email")
    return [Reader(email, language) for email, language in found.values_list("email", "language")]


def reader_of(person):
    """A person's account, else the address in the contact data; an empty list where there is neither."""
    found = Account.objects.filter(person=person, is_active=True).values_list("email", "language").first()
    if found:
        return [Reader(*found)]
    email = ContactData.objects.filter(person=person).exclude(email="").values_list("email", flat=True).first()
    return [Reader(email)] if email else []


def _ending(reminder, row):
    names = {"office": office_name(row), "until": print_until(row.ends_on, row.ends_precision), "who": row.person}
    return (
        _("A term ends: %(office)s") % names,
        [
            _("%(who)s, %(office)s: in office %(until)s.") % names,
            _("Please see to it in time who comes after. If a new appointment is made already, tell the secretariat."),
        ],
        absolute_url(row.person.get_absolute_url()),
    )


def _vacancy(reminder, row):
    is_subject = isinstance(row, Subject)
    names = {
        "office": _("Coordinator of %(subject)s") % {"subject": row.code} if is_subject else str(row),
        "day": print_date(reminder.counts_from),
    }
    page = row.get_absolute_url() if is_subject else reverse("members:composition")
    return (
        _("Vacant: %(office)s") % names,
        [_("%(office)s: vacant, as the record has it since %(day)s.") % names],
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


def office_name(row):
    """“Coordinator of EMF”, “Chair”, “RAG, seat 1”, in the active language."""
    if not hasattr(row, "seat_id"):
        names = {"kind": row._meta.verbose_name, "subject": row.subject.code}
        return _("%(kind)s of %(subject)s") % names
    return _("Chair") if row.seat_id == CHAIR else str(row.seat)
