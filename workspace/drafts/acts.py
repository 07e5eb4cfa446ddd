"""Acts on a Coordinator's draft: kept and submitted by its writer, accepted or sent back by staff (clause A4).

Each is one conditional update: of two at the same time one wins and the other gets a message. Nothing public
changes before `accept`.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal import record_version
from iscg_portal.act_log import log_act
from iscg_portal.acts import cannot_be_undone
from iscg_portal.history import save_with_reason
from iscg_portal.mail.outbox import Letter, absolute_url, put, write_mail
from iscg_portal.tenure.dates import GENEVA, print_moment
from reports.models import CoordinatorReport
from reports.oddities import Oddity, meetings_of
from subjects.models.offices import office_of_subject
from workspace.access.offices import reader_of
from workspace.drafts.models import ReportDraft
from workspace.drafts.own_reports import closed_because, period_start

State = ReportDraft.State
NO_LONGER_WAITS = gettext_lazy("This report no longer waits for a decision.")


class NotAsOpened(ValidationError):
    """The draft is no longer what the page knew: newer, submitted, or decided. Nothing was changed."""


def keep(own, texts, seen, language=None, *, by=None) -> ReportDraft:
    """Save the texts over the version that the page has `seen` (0: none yet); the draft with its new version.

    In the log stands that it was begun, and that it is written on again after it was sent back. They are in the
    `language`, blank where nobody knows it; None is that with which the page opened.
    Errors: NotAsOpened, ValidationError by text.
    """
    if own.closed_because:
        raise NotAsOpened(own.closed_because)
    draft = own.draft or ReportDraft(subject=own.subject, meeting=own.meeting, person=own.term.person, version=0)
    if draft.version != seen:
        raise NotAsOpened(newer(draft))
    for name in ReportDraft.TEXTS:
        setattr(draft, name, texts[name])
    draft.language = own.beginning()["language"] if language is None else language
    before = draft.pk and draft.state
    draft.state, draft.version, draft.saved_at = State.DRAFT, seen + 1, timezone.now()
    draft.clean_fields(exclude=["subject", "meeting", "person", "decided_by"])
    _write(draft, seen)
    if before != State.DRAFT:
        _log_state(draft, by, before)
    return draft


def _log_state(draft, by, before, reason=""):
    """What stands in the log of a draft: how far it is, and never its texts, which are its writer's."""
    log_act(draft, by, {"state": draft.state}, {"state": before} if before else None, reason=reason)


def _write(draft, seen):
    if draft.pk is None:
        try:
            with transaction.atomic():
                draft.save()
        except IntegrityError:
            raise NotAsOpened(_newer_now(draft)) from None
        return
    fields = (*ReportDraft.TEXTS, "language", "state", "version", "saved_at")
    ours = ReportDraft.objects.open().filter(pk=draft.pk, version=seen)
    if not ours.update(**{name: getattr(draft, name) for name in fields}):
        raise NotAsOpened(_newer_now(draft))


def _newer_now(draft):
    """The message about the draft as it is now, whoever wrote it in the meantime."""
    key = {"subject": draft.subject_id, "meeting": draft.meeting_id, "person": draft.person_id}
    now = ReportDraft.objects.get(**key)
    return closed_because(now) or newer(now)


def newer(draft):
    """The message for a page that knows an older version."""
    if not draft.version:
        return _("What you opened no longer exists. Copy what you wrote and open the page again.")
    return _(
        "A newer version was saved on %(when)s, in another window. Nothing was overwritten, and what you wrote is still"
        " here."
    ) % {"when": print_moment(draft.saved_at)}


def report_of(draft) -> CoordinatorReport:
    """The report of the record that the draft would become, or change; not saved."""
    report = CoordinatorReport.objects.filter(subject=draft.subject, meeting=draft.meeting).first()
    if report is None:
        start = period_start(draft.meeting)
        report = CoordinatorReport(subject=draft.subject, meeting=draft.meeting, starts_on=start)
    report.person, report.language = draft.person, draft.language
    for name in ReportDraft.TEXTS:
        setattr(report, name, getattr(draft, name))
    report.is_internal = False  # an accepted report is public, but for its guidance
    moment = draft.submitted_at or timezone.now()
    report.received_on = timezone.localtime(moment, GENEVA).date()
    return report


def submit(draft, *, unchanged=False, by=None) -> ReportDraft:
    """Hand the draft in: it waits for the secretariat, and is closed.

    `unchanged`: it is meant to say word for word what the last report says. Errors: NotAsOpened, ValidationError, with
    the code “unchanged” where that is to be asked.
    """
    if not draft.texts():
        raise ValidationError(_("An empty report cannot be submitted: fill in at least one of its parts."))
    report = report_of(draft)
    if not unchanged and (last := report.repeated()):
        message = _(
            "Your report says word for word what the report to %(meeting)s says. It is saved, and not submitted yet. If"
            " nothing has changed since, tick the box below and submit it again."
        )
        raise ValidationError(message % {"meeting": last.meeting.name}, code="unchanged")
    report.full_clean()
    before = draft.state
    ours = ReportDraft.objects.open().filter(pk=draft.pk, version=draft.version)
    if not ours.update(state=State.SUBMITTED, submitted_at=timezone.now()):
        raise NotAsOpened(_newer_now(draft))
    draft.refresh_from_db()
    _log_state(draft, by, before)
    return draft


def take_back(draft, *, by=None) -> ReportDraft:
    """Take back what was handed in, until it is decided: it can be written on again. Errors: NotAsOpened."""
    ours = ReportDraft.objects.waiting().filter(pk=draft.pk, version=draft.version)
    if not ours.order_by().update(state=State.DRAFT, submitted_at=None):
        raise NotAsOpened(_newer_now(draft))
    draft.refresh_from_db()
    _log_state(draft, by, State.SUBMITTED)
    return draft


@transaction.atomic
def accept(draft, version, *, reason="", by=None) -> CoordinatorReport:
    """The draft becomes the report of the record, or changes it; its writer gets a mail.

    Errors: ValidationError, and nothing is changed.
    """
    draft = _as_it_waits(draft, version)
    report = report_of(draft)
    report.full_clean()
    words = {"person": draft.person, "when": print_moment(draft.submitted_at)}
    why = _("Written by %(person)s, submitted on %(when)s.") % words
    save_with_reason(report, f"{why} {reason}".strip(), by)
    _decide(draft, State.ACCEPTED, by, reason="")
    _tell_writer(draft, _taken_up)
    return report


@transaction.atomic
def refuse(draft, version, *, reason, by=None):
    """Send the draft back with a reason, by mail too; it can be written on again. Errors: ValidationError."""
    draft = _as_it_waits(draft, version)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is sent back.")})
    _decide(draft, State.REFUSED, by, reason=reason.strip())
    _tell_writer(draft, lambda of, reader: _sent_back(of, reader, reason.strip()))


def _as_it_waits(draft, version):
    """The draft as it is now, under the lock; it must still wait, and be the version that staff looked at."""
    record_version.bump()  # the first lock of every writer
    now = ReportDraft.objects.select_related("subject", "meeting", "person", "decided_by").get(pk=draft.pk)
    if now.state != State.SUBMITTED:
        raise ValidationError(decided(now))
    if now.version != version:
        raise ValidationError(_("The report was submitted again after you opened this page; look at it again."))
    return now


def decided(draft):
    """The message for whoever comes after the decision."""
    words = {"who": draft.decided_by or _("the secretariat"), "state": draft.get_state_display()}
    if draft.decided_at is None or draft.state == State.DRAFT:
        return NO_LONGER_WAITS
    return _("%(who)s decided before you; this report is: %(state)s.") % words


def _decide(draft, state, by, *, reason):
    cannot_be_undone()  # no history keeps what a draft was
    ours = ReportDraft.objects.filter(pk=draft.pk, state=State.SUBMITTED, version=draft.version)
    ours.update(state=state, decided_at=timezone.now(), decided_by=by, reason=reason)
    draft.state = state
    _log_state(draft, by, State.SUBMITTED, reason)


def _tell_writer(draft, compose):
    put([write_mail(reader, lambda reader=reader: compose(draft, reader)) for reader in reader_of(draft.person_id)])


def _taken_up(draft, reader):
    """The mail, in the reader's language."""
    words = _words(draft)
    report = CoordinatorReport.objects.get(subject=draft.subject, meeting=draft.meeting)
    return Letter(
        _("Your report on %(subject)s to %(meeting)s was accepted") % words,
        office_of_subject(draft.subject.code, name=reader.name),
        "",
        [
            _("The secretariat accepted your report on %(subject)s to %(meeting)s.") % words,
            _(
                "It is on record and public now, without your guidance to the focal points of the secretariat; the"
                " annual report on its period will include it."
            ),
            _("Thank you."),
        ],
        absolute_url(report.get_absolute_url()),
    )


def _sent_back(draft, reader, reason):
    """The mail, in the reader's language."""
    words = _words(draft)
    return Letter(
        _("Your report on %(subject)s to %(meeting)s was sent back") % words,
        office_of_subject(draft.subject.code, name=reader.name),
        _("change your text on the page below, and submit it again.")
        if reader.has_account
        else _("answer this mail with what is to be changed; the secretariat enters it."),
        [
            _("The secretariat sent your report on %(subject)s to %(meeting)s back, with this reason:") % words,
            reason,
            _("Your text is kept."),
            _("Thank you."),
        ],
        _page_of(draft) if reader.has_account else "",
    )


def _words(draft):
    return {"subject": draft.subject.code, "meeting": draft.meeting.name}


def _page_of(draft):
    """The page on which it was written, in the active language."""
    return absolute_url(reverse("workspace:report-draft", args=[draft.subject.slug, draft.meeting.code]))


def waiting_for(_report, facts):
    """Coordinators' reports to meetings of the period that were handed in and not decided on. One query."""
    waiting = ReportDraft.objects.waiting().filter(meeting__in=meetings_of(facts))
    for draft in waiting.select_related("subject", "meeting", "person"):
        words = {"subject": draft.subject.code, "person": draft.person, "meeting": draft.meeting.name}
        said = _("%(subject)s: the report of %(person)s to %(meeting)s waits on the desk for a decision.")
        yield Oddity(said % words, ReportDraft, draft.pk)
