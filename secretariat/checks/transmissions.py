"""What clause F3 asks of each report to each advisory group: sent in time, answered, and the answer taken up."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.tenure.dates import print_date
from reports.acts.transmissions import UNDER_WAY
from reports.models import Rendition, Transmission, TransmissionMail
from reports.models.transmissions import UNANSWERED
from secretariat.findings import OPEN, Finding, topic

State = Transmission.State

OVERDUE = topic("F3", OPEN, "%(count)d transmission is overdue", "%(count)d transmissions are overdue")
NOT_SENT = topic(
    "F3",
    OPEN,
    "%(count)d published report was not sent to its advisory group",
    "%(count)d published reports were not sent to their advisory groups",
)
WITHOUT_FILES = topic(
    "F3",
    OPEN,
    "%(count)d transmission waits for a file that could not be made",
    "%(count)d transmissions wait for files that could not be made",
)
UNANSWERED_REPORT = topic(
    "F3", OPEN, "%(count)d answer of an advisory group is late", "%(count)d answers of advisory groups are late"
)
COMMENTED = topic(
    "F3",
    OPEN,
    "%(count)d comment of an advisory group waits for a follow-up",
    "%(count)d comments of advisory groups wait for a follow-up",
)


def ask_transmissions(on):
    """Each group for itself. One query."""
    mails = TransmissionMail.objects.filter(transmission=OuterRef("pk"), mail__state__in=UNDER_WAY)
    failed = Rendition.objects.filter(report=OuterRef("report"), state=Rendition.State.FAILED)
    failed = failed.exclude(kind=Rendition.Kind.COVERED)
    found = to_look_at(on).annotate(is_under_way=Exists(mails), has_failed_files=Exists(failed))
    found = found.select_related("report", "meeting").defer("report__content")
    for transmission in found.order_by("group_id", "pk"):
        found = _finding(transmission, on)
        if found:
            said, sentence = found
            yield Finding(said, sentence % _names(transmission), admin_address(Transmission, transmission.pk))


def to_look_at(on):
    """Those that may be open on a day: not sent, without an answer in time, or with a comment."""
    of_public = Q(report__state="published")
    unsent = Q(pk__in=Transmission.objects.to_send().values("pk")) & of_public
    late = Q(state__in=UNANSWERED, answer_due_on__lt=on) & ~Q(state=State.TO_SEND) & of_public
    return Transmission.objects.filter(unsent | late | Q(state=State.COMMENTS))


def _names(transmission):
    due, answer = transmission.last_day_to_send, transmission.answer_due_on
    return {
        "group": body_in_words(transmission.group_id),
        "code": transmission.report.code,
        "day": due and print_date(due),
        "answer": answer and print_date(answer),
        "meeting": transmission.meeting and transmission.meeting.name,
    }


def _finding(transmission, on):
    """(topic, sentence), or None where all is as it should be."""
    if transmission.state == State.COMMENTS:
        return COMMENTED, _("%(group)s commented on the report %(code)s, and nobody has taken that up.")
    if transmission.state != State.TO_SEND:
        return UNANSWERED_REPORT, _("%(group)s: an answer on the report %(code)s was asked for by %(answer)s.")
    due = transmission.last_day_to_send
    if due and due < on:
        if transmission.meeting:
            return OVERDUE, _("%(group)s: report %(code)s was to be sent by %(day)s, for %(meeting)s.")
        return OVERDUE, _("%(group)s: report %(code)s was to be sent by %(day)s.")
    if transmission.sends_when_made:
        failed = _("%(group)s: report %(code)s waits to be sent, since a file of it could not be made.")
        return (WITHOUT_FILES, failed) if transmission.has_failed_files else None
    if transmission.is_under_way:
        return None
    return NOT_SENT, _("%(group)s: the published report %(code)s was not sent yet.")
