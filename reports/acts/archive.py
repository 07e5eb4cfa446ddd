"""Old reports that exist only as files are put among the others, with what is known of them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.files.stored import keep, nothing_half_stored
from iscg_portal.history import save_with_reason
from iscg_portal.personal_addresses import counts_in_words, found_in
from iscg_portal.tenure.dates import today
from meetings.acts import register
from meetings.numbers import read_number
from reports.acts.annual_reports import name_of, read_period, require_right, require_state
from reports.models import AnnualReport, ReportFile, ReportStep

ARCHIVED_KINDS = ("pdf", "docx")


def put_in_archive(period, file, kind, language, *, decision="", reason="", by=None, **metadata):
    """Make a past report public with its first file: the `AnnualReport`.

    `file` is open and was checked to be of this `Kind`; `period` is read as by `read_period`; `metadata` are
    `number`, `dated_on`, `place` and `original_language`. The events of its period are its own: no later report
    tells them. Errors: ValidationError; nothing is stored then.
    """
    require_right(by)
    eve, last, of_kind, code = read_period(period)
    if last >= today():
        raise ValidationError(_("The period is not over: open a report for it."))
    report = AnnualReport(code=code, kind=of_kind, period_from=eve, period_to=last, is_archive=True, **metadata)
    report.state = AnnualReport.State.PUBLISHED
    with nothing_half_stored():
        report.number = _number_of_old(report, reason, by)
        report.full_clean()
        save_with_reason(report, reason, by)
        why = reason or _("Put in the archive.")
        ReportStep.objects.create(report=report, state=report.state, by=by, reason=why)
        add_archived_file(report, file, kind, language, decision=decision, reason=reason, by=by)
    return report


def _number_of_old(report, reason, by):
    """One of the register is taken from it; an old report may have the number of another body's series."""
    try:
        read_number(report.number)
    except ValidationError:
        return report.number
    return register.give(name_of(report), number=report.number, is_old=True, reason=reason, by=by)


def add_archived_file(report, file, kind, language, *, decision="", reason="", by=None):
    """Put a further file to a report of the archive, in another language or format: the `ReportFile`.

    A file with personal addresses is refused without a `decision`, which goes into the history. Errors:
    ValidationError; nothing is stored then.
    """
    require_right(by)
    if not report.is_archive:
        raise ValidationError(_("The files of this report are made from its text."))
    if kind.code not in ARCHIVED_KINDS:
        raise ValidationError(_("A report of the archive is a PDF or a DOCX."))
    found = found_in(file, kind.code)
    if found and not decision.strip():
        message = _("%(what)s in it: say why it is published anyway, or upload it without them.")
        raise ValidationError(message % {"what": counts_in_words(found)})
    with nothing_half_stored():
        require_state(report, [AnnualReport.State.PUBLISHED])
        row = ReportFile(report=report, language=language, kind=kind.code, stored=keep(file, kind))
        row.full_clean()
        save_with_reason(row, " ".join([reason, decision.strip()]).strip(), by)
    return row
