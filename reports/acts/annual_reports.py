"""The steps of a report: each is one change, atomic, with the lock that every writer takes first."""

import datetime
import hashlib
import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from iscg_portal import record_version
from iscg_portal.files.checks import KINDS
from iscg_portal.files.stored import keep, nothing_half_stored
from iscg_portal.history import Reason, public_part, save_with_reason
from iscg_portal.languages import PREFIX_OF_LANGUAGE
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.dates import A_DAY, refuse_day, today
from iscg_portal.tenure.typed_dates import NO_DATE, read_days
from meetings.acts import register
from meetings.models import Document
from members.models import AdvisoryGroup
from reports.acts import key_issues
from reports.acts.mails import cancel_mails, tell_correction, tell_review, tell_withdrawal
from reports.acts.transmissions import tell_answers
from reports.composing import sections, whole_of
from reports.content import content_of
from reports.corrections import text_before, why_by_itself
from reports.covers import ask_for_covers
from reports.facts import gather
from reports.models import AnnualReport, ReportBlock, ReportFile, ReportStep, Transmission
from reports.rendering import ask_for_renditions
from reports.renditions import canonical

State = AnnualReport.State
PUBLISH = "reports.publish_annualreport"
APPROVE_OWN = "reports.approve_own_annualreport"
SUFFIX = {"Rev": "rev", "Corr": "corr", "Add": "add"}
CHANGED_SINCE_SEEN = gettext_lazy("The text changed after you opened this page. Look at it again, then publish it.")


def read_period(text):
    """(eve, last day, kind, code) of a period typed as a year, as FROM..TO, or as the portal prints it; both inside.

    The eve is the day before the first day: the events come after it. A whole year is that of the annual report.
    Errors: ValidationError with a sentence.
    """
    try:
        first, last = read_days(text)
        eve = first - A_DAY
    except (ValidationError, OverflowError) as refusal:
        if getattr(refusal, "code", NO_DATE) != NO_DATE:
            raise
        raise ValidationError(_("Write the period as a year, 2025, or as 2025-01-01..2025-06-30.")) from None
    for day in (eve, last):
        refuse_day(day)
    if (first, last) == (datetime.date(first.year, 1, 1), datetime.date(first.year, 12, 31)):
        return eve, last, AnnualReport.Kind.ANNUAL, f"{first.year}"
    return eve, last, AnnualReport.Kind.SPECIAL, f"{first}-{last}"


def open_report(period, by=None, reason=""):
    """Open the draft for a period as `read_period` reads it. Errors: ValidationError."""
    eve, last, kind, code = read_period(period)
    report = AnnualReport(code=code, kind=kind, period_from=eve, period_to=last)
    return _opened(report, by, reason)


def correct(base, variant, by=None, reason=""):
    """Open the draft of the next revision, corrigendum or addendum of a published report. Errors: ValidationError.

    A revision begins with what was written by hand in the text that it replaces; a list of corrections with the
    reason for the public.
    """
    if base.base_id:
        raise ValidationError(_("Correct the report itself; a revision takes the next number."))
    if base.is_archive:
        raise ValidationError(_("This report exists only as a file, so it has no text to correct."))
    if base.state not in (State.PUBLISHED, State.SUPERSEDED):
        raise ValidationError(_("Only a published report is corrected; a draft can be changed."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the report is corrected.")})
    public = public_part(reason)
    no_personal_address(public)
    with nothing_half_stored():
        number = base.variants.filter(variant=variant).count() + 1
        report = AnnualReport(
            code=f"{base.code}-{SUFFIX[variant]}{number}",
            base=base,
            variant=variant,
            variant_number=number,
            kind=base.kind,
            period_from=base.period_from,
            period_to=base.period_to,
            original_language=base.original_language,
            place=base.place,
        )
        opened = _opened(report, by, reason)
        begun = _begun_with(report, public)
        # A report of today may have no such block any more; the one that is corrected keeps it.
        parts = [ReportBlock(report=opened, key=key) for key in begun if whole_of(key)]
        for block in [*opened.blocks.filter(key__in=begun), *parts]:
            block.mode, block.texts, block.seen = begun[block.key]
            save_with_reason(block, reason, by)
    return opened


def _begun_with(report, public):
    """{key of a block: its mode, texts and what was seen} with which the draft of a correction begins."""
    if report.is_whole:
        written = text_before(report).blocks.exclude(mode=ReportBlock.Mode.LIVE)
        return {block.key: (block.mode, block.texts, block.seen) for block in written}
    if not public:
        return {}
    prefix = PREFIX_OF_LANGUAGE[report.original_language]
    with override(report.original_language):
        return {"why": (ReportBlock.Mode.EDITED, {prefix: public}, {prefix: why_by_itself()})}


def _opened(report, by, reason):
    with nothing_half_stored():
        report.full_clean()
        save_with_reason(report, reason, by)
        for *_section, keys in sections(report):
            for key in keys:
                save_with_reason(ReportBlock(report=report, key=key), reason, by)
        ReportStep.objects.create(report=report, state=State.DRAFT, by=by, reason=reason)
    return report


def give_number(report, *, meeting=None, number="", by=None, reason=""):
    """Give the report the next number of a meeting in the register, or one it has already. Errors: ValidationError.

    The register is the only giver: a number is never that of a document, or of two reports.
    """
    with nothing_half_stored():
        require_state(report, [State.DRAFT, State.IN_REVIEW, State.APPROVED])
        report.number = register.give(name_of(report), meeting=meeting, number=number, reason=reason, by=by)
        report.full_clean()
        save_with_reason(report, reason, by)


def name_of(report):
    return f"annual report {report.code}"  # as the register keeps it, in the language of its numbers


def submit(report, by=None, reason="", *, is_read=True):
    """From draft to review; a mail tells the Chair and those who approve, unless nobody `is_read` it before.

    Errors: ValidationError.
    """
    with nothing_half_stored():
        _step(report, [State.DRAFT], State.IN_REVIEW, by, reason)
        if is_read:
            tell_review(report, PUBLISH, by)


def send_back(report, by, reason):
    """Back to draft, with a reason. Errors: ValidationError."""
    _step(report, [State.IN_REVIEW, State.APPROVED], State.DRAFT, by, _needed(reason))


def approve(report, by, reason=""):
    """From review to approved, by a second person (see `second_person`). Errors: ValidationError."""
    require_right(by)
    require_state(report, [State.IN_REVIEW])
    _step(report, [State.IN_REVIEW], State.APPROVED, by, second_person(report, by, reason))


def publish(report, by, reason="", *, seen="", on=None):
    """Freeze text and data, and make them public for ever, once the period is over on the day (today in Geneva).

    Who submitted it does not publish it (see `second_person`). `seen` is the SHA-256 of the content that it
    looked at: another one is not published. Errors: ValidationError; nothing is published then.
    """
    require_right(by)
    with nothing_half_stored():
        require_state(report, [State.APPROVED])
        reason = second_person(report, by, reason)
        if problem := report.publication_problem(on) or _problem_of_number(report):
            raise ValidationError(problem)
        report.dated_on = report.dated_on or on or today()
        report.full_clean()
        facts = gather(report, on)
        data = canonical(content_of(report, facts))
        if seen and hashlib.sha256(data).hexdigest() != seen:
            raise ValidationError(CHANGED_SINCE_SEEN)
        stored = keep(io.BytesIO(data), KINDS["json"])
        report.content, report.content_sha256 = data.decode(), stored.sha256
        _step(report, [State.APPROVED], State.PUBLISHED, by, reason)
        save_with_reason(ReportFile(report=report, language=report.original_language, stored=stored, kind="json"))
        key_issues.publish(facts.issues, report.dated_on, reason=reason, by=by)
        tell_answers(facts.answers, report, reason, by)
        for group in AdvisoryGroup.objects.order_by("code"):  # the three answer each for themselves (F3)
            save_with_reason(Transmission(report=report, group=group), reason, by)
        ask_for_renditions(report)
        if report.variant == AnnualReport.Variant.REVISION:
            _supersede(report, by)
            cancel_mails()
        if report.base_id:
            tell_correction(report, by)
            ask_for_covers(report)


def _problem_of_number(report):
    """A draft from before the register was the only giver may have the number of a document."""
    if not report.number or not Document.objects.filter(number=report.number).exists():
        return ""
    return _("%(number)s is the number of a document: give the report another one first.") % {"number": report.number}


def _supersede(report, by):
    """The report and its earlier revisions keep their pages, which say that a revision replaces them."""
    family = [report.base, *report.base.variants.filter(variant=report.variant).exclude(pk=report.pk)]
    for older in family:
        if older.state == State.PUBLISHED:
            _step(older, [State.PUBLISHED], State.SUPERSEDED, by, _("Superseded by %(code)s.") % {"code": report.code})


def withdraw(report, by, reason):
    """Withdraw a published report: its page stays and says why, as the `Reason` has it for the public.

    What it told is told by the next one, unless another of its revisions still tells it. A mail tells it to each group
    that got the report. Errors: ValidationError.
    """
    require_right(by)
    if not public_part(reason):
        raise ValidationError({"public_reason": _("Say why, for those who read the report.")})
    with nothing_half_stored():
        _step(report, [State.PUBLISHED, State.SUPERSEDED], State.WITHDRAWN, by, reason)
        cancel_mails()
        tell_withdrawal(report, public_part(reason), by)
        ask_for_covers(report)


def submitter(report):
    """Who submitted it last, else who opened it; None where a script did."""
    steps = report.steps.filter(state__in=[State.DRAFT, State.IN_REVIEW]).order_by("-pk")
    step = steps.filter(state=State.IN_REVIEW).first() or steps.first()
    return step.by if step else None


def own_report_refusal(report, by):
    """The sentence for who submitted the report and has no right to the exception; blank for anybody else."""
    if by is None or submitter(report) != by or by.has_perm(APPROVE_OWN):
        return ""
    return _("You submitted this report, so somebody else approves and publishes it.")


def second_person(report, by, reason):
    """The reason as the step keeps it: an exception is told as one, with its reason, where the report's steps stand.

    Errors: ValidationError for the account that submitted it, without the right to the exception or without a reason.
    """
    if refusal := own_report_refusal(report, by):
        raise ValidationError(refusal)
    if by is None or submitter(report) != by:
        return reason
    if not reason.strip():
        message = _("You submitted this report. Say why you take this step yourself: its list of steps will show it.")
        raise ValidationError({"reason": message})
    return Reason(_("By the person who submitted it: %(why)s") % {"why": reason}, public_part(reason))


def require_right(by):
    """ValidationError unless the account may make reports public. A script has no account, and may."""
    if by is not None and not by.has_perm(PUBLISH):
        raise ValidationError(_("Your account may write reports, but not approve, publish or withdraw them."))


def _needed(reason):
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    return reason.strip()


def require_state(report, allowed):
    """Lock the record. ValidationError unless the report is in one of the states now."""
    record_version.bump()  # the second of two who act at once waits here, and sees what the first did
    now = AnnualReport.objects.values_list("state", flat=True).get(pk=report.pk)
    if now not in allowed:
        raise ValidationError(not_possible(report.code, now))


def not_possible(code, state):
    """The sentence for whoever comes too late with a step of a report."""
    message = _("%(report)s is %(state)s now, so this step is not possible.")
    return message % {"report": code, "state": State(state).label}


def _step(report, allowed, state, by, reason):
    with nothing_half_stored():
        require_state(report, allowed)
        before = report.state
        report.state = state
        try:
            save_with_reason(report, reason, by)
            public = public_part(reason)
            why = {"public_reason": public, "public_language": getattr(public, "language", "")}
            ReportStep.objects.create(report=report, state=state, by=by, reason=reason, **why)
        except BaseException:
            report.state = before
            raise
