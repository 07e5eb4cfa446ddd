"""What the Chair says of a draft, before it is approved, and what the secretariat answers."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal import record_version
from iscg_portal.act_log import log_act, values_of
from iscg_portal.adminkit.site import admin_address
from iscg_portal.files.stored import nothing_half_stored
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.mail.outbox import Letter, absolute_url, put, takes_mail, write_mail
from iscg_portal.tenure.dates import print_moment
from members.mail_readers import of_the_secretariat, reader_with, secretariat
from reports.acts.annual_reports import State, require_state
from reports.models import AnnualReport, ReportComment

OPEN_TO_COMMENTS = (State.DRAFT, State.IN_REVIEW)
ANSWERED_MEANWHILE = gettext_lazy("A colleague answered this comment in the meantime.")
WRITES = "reports.change_annualreport"  # the right of those who write a report


def comment(report, text, by) -> ReportComment:
    """Keep a comment beside the draft; whoever may write the report gets it by mail, and it stands on the desk.

    Errors: ValidationError, once approved.
    """
    with nothing_half_stored():
        require_state(report, OPEN_TO_COMMENTS)
        said = ReportComment(report=report, by=by, text=text.strip())
        said.full_clean()
        said.save()
        log_act(said, by, values_of(said, "report", "text"))
        put([write_mail(reader, lambda: _to_staff(said)) for reader in secretariat(WRITES) if takes_mail(reader)])
    return said


def answer(said, words, by) -> ReportComment:
    """Answer a comment, once; its writer gets the answer by mail. Errors: ValidationError."""
    with nothing_half_stored():
        record_version.bump()  # the first lock of every writer
        given = {"answer": words.strip(), "answered_by": by, "answered_at": timezone.now()}
        fresh = ReportComment(pk=said.pk, report=said.report, by=said.by, text=said.text, **given)
        fresh.clean_fields()
        if not given["answer"]:
            raise ValidationError({"words": _("Write the answer first.")})
        if not ReportComment.objects.waiting().filter(pk=said.pk).order_by().update(**given):
            raise ValidationError(ANSWERED_MEANWHILE)
        log_act(fresh, by, {"answer": fresh.answer}, {"answer": ""})
        if said.by.is_active and takes_mail(reader := reader_with(said.by)):
            put([write_mail(reader, lambda: _to_chair(fresh, reader))])
    return fresh


def _to_staff(said):
    words = {"who": said.by.person or said.by, "code": said.report.code}
    return Letter(
        _("%(who)s commented on the draft of the annual report %(code)s") % words,
        of_the_secretariat(),
        _("look at the comment, change the draft where it is right, and answer it on the page of the report."),
        [said.text, _("Until it is answered it is on the desk.")],
        absolute_url(admin_address(AnnualReport, said.report_id)),
    )


def _to_chair(said, reader):
    words = {"code": said.report.code, "day": print_moment(said.at)}
    return Letter(
        _("Your comment on the draft of the annual report %(code)s was answered") % words,
        of_holder(in_forms("Chair"), reader.name),
        "",
        [
            _("Thank you for your comment of %(day)s:") % words,
            said.text,
            _("The secretariat answers:"),
            said.answer,
        ],
        absolute_url(reverse("workspace:review", args=[said.report.code]))
        if said.report.state in (*OPEN_TO_COMMENTS, State.APPROVED)
        else absolute_url(said.report.get_absolute_url()),
    )
