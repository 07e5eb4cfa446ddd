"""Acts on a transmission (clause F3): sent through the outbox, each time once; noted or commented on by its group."""

import json
from html import unescape

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.adminkit.site import admin_address
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.history import save_with_reason
from iscg_portal.languages import PREFIX_OF_LANGUAGE
from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Letter, Reader, absolute_url, attach, put, takes_mail, write_mail
from iscg_portal.mail.sending import MAILBOX
from iscg_portal.personal_addresses import of_a_role
from iscg_portal.tenure.dates import GENEVA, print_date, today
from meetings.models import Meeting
from members.mail_readers import of_the_secretariat, reader_with
from reports.covers import sentences
from reports.models import GroupAnswer, Rendition, Transmission, TransmissionMail
from reports.prose.actions import anchor_of_group, asked_in

NO_MAILBOX = gettext_lazy("Enter the mailbox of the group's secretariat first, on the page of the group.")
UNDER_WAY = (Mail.State.WAITING, Mail.State.SENDING)
CAME_TO_NOTHING = (Mail.State.FAILED, Mail.State.CANCELLED)
State = Transmission.State
MOST_REPLY = Transmission._meta.get_field("reply").max_length  # no model minds it by itself


def send(transmission, *, days=None, after=None, by=None) -> Mail | None:
    """Put the mail into the outbox: the `Mail`. The sender delivers it, and then records the transmission as sent.

    While files of the report are still being made there is None: the mail is written once all of them are. `days` are
    the one on which the report is due to the group, and that of its answer; without them those on record stay.
    `after` is the mail that who sends knows to be the last one: without it nothing is sent a second time, with it
    nothing that somebody else sent again meanwhile. Errors: ValidationError, and nothing is sent.
    """
    Mail.objects.call_unknown()
    return _put(transmission, after, by, days)


@transaction.atomic
def send_to_groups(transmissions, by=None) -> list[Mail | None]:
    """Send to several groups, all or none, each with its `days` or None: None for each that waits for files.

    Errors: ValidationError, by group.
    """
    sent = []
    for transmission, days in transmissions:
        try:
            sent.append(send(transmission, days=days, by=by))
        except ValidationError as error:
            group = body_in_words(transmission.group_id)
            refusals = [_("%(group)s: %(why)s") % {"group": group, "why": why} for why in error.messages]
            raise ValidationError(refusals) from None
    return sent


def files_to_make(report):
    """The files of the report that are not made yet, or could not be made. A cover sheet comes after the report."""
    return report.renditions.exclude(state=Rendition.State.MADE).exclude(kind=Rendition.Kind.COVERED)


@transaction.atomic
def hold_back(transmission, *, reason="", by=None):
    """Take back a sending that still waits for the files of the report. Errors: ValidationError if it went."""
    record_version.bump()
    fresh = Transmission.objects.get(pk=transmission.pk)
    if not fresh.sends_when_made:
        raise ValidationError(_("Nothing waits here any more: look at the log."))
    _settle_waiting(fresh, reason or _("Held back"), by)


def send_what_waited() -> int:
    """Write the mails of transmissions that waited for files, once all are made. Returns how many.

    What cannot be sent any more, as after a withdrawal, waits no longer, and its history says why.
    """
    waiting = Transmission.objects.filter(sends_when_made=True).select_related("report", "released_by")
    return sum(_send_if_made(transmission) for transmission in waiting.defer("report__content"))


def _send_if_made(transmission) -> bool:
    if files_to_make(transmission.report).exists():
        return False
    try:
        return _put(transmission, None, transmission.released_by) is not None
    except ValidationError as refusal:
        with transaction.atomic():
            record_version.bump()
            _settle_waiting(Transmission.objects.get(pk=transmission.pk), " ".join(refusal.messages), None)
        return False


def _settle_waiting(fresh, reason, by):
    fresh.sends_when_made, fresh.released_by = False, None
    save_with_reason(fresh, reason, by)


def last_mail(transmission) -> Mail | None:
    """The newest mail that was written for the transmission."""
    newest = transmission.mails.select_related("mail").first()
    return newest and newest.mail


def is_unsent(transmission, last) -> bool:
    """Whether it was never sent, as far as anybody knows; `last` is its last mail."""
    return transmission.state == State.TO_SEND and (last is None or last.state in CAME_TO_NOTHING)


def _refuse_unready(transmission):
    report, to = transmission.report, transmission.group.mailbox
    if report.state != report.State.PUBLISHED:
        raise ValidationError(_("Only a published report is sent."))
    if not to:
        raise ValidationError(NO_MAILBOX)
    of_a_role(to)


@transaction.atomic
def _put(transmission, after, by, days=None):
    """Of two senders at the same time the second finds the mail of the first."""
    record_version.bump()  # the first lock of every writer
    fresh = Transmission.objects.select_related("report", "group", "meeting").get(pk=transmission.pk)
    _refuse_unready(fresh)
    last = last_mail(fresh)
    if last is not None and last.state in UNDER_WAY:
        raise ValidationError(_("A mail of this is already in the queue or being sent; look at its log."))
    if not is_unsent(fresh, last) and (last is None or last != after):
        raise ValidationError(_("This was already sent, or is being sent; look at its log before you send it again."))
    if days and days != (fresh.due_on, fresh.answer_due_on):
        fresh.due_on, fresh.answer_due_on = days
        fresh.full_clean()
        save_with_reason(fresh, _("The days that the mail names"), by)
    if files_to_make(fresh.report).exists():
        if fresh.sends_when_made:
            raise ValidationError(_("This waits already for the files of the report, and then goes by itself."))
        fresh.sends_when_made, fresh.released_by = True, by
        save_with_reason(fresh, _("Waits until the files of the report are made"), by)
        return None
    if fresh.sends_when_made:
        _settle_waiting(fresh, _("The files of the report are made"), by)
    mail = write_mail(Reader(fresh.group.mailbox, fresh.group.mail_language), lambda: _words(fresh))
    mail.is_kept = True
    put([mail])
    once = {file.stored_id: file for file in fresh.report.files.select_related("stored")}  # the JSON of all languages
    attach(mail, [(file.stored, file.name) for file in once.values()])
    TransmissionMail.objects.create(transmission=fresh, mail=mail, by=by)
    return mail


def _words(transmission):
    report = transmission.report
    words = {
        "group": body_in_words(transmission.group_id),
        "action": transmission.get_action_display(),
        "code": report.code,
    }
    words |= {"meeting": transmission.meeting and transmission.meeting.name, "number": report.number}
    due, answer = transmission.last_day_to_send, transmission.answer_due_on
    return Letter(
        _("ISCG annual report %(code)s") % words,
        _("secretariat of %(group)s") % words,
        _("bring the report before the group, and say by an answer to this mail what it did with it."),
        [
            _("The Inter-Sector Coordination Group (ISCG) sends you its annual report %(code)s.") % words,
            *([_("It is Document %(number)s.") % words] if report.number else []),
            *(unescape(strip_tags(one)) for one in sentences(report)),  # such as a corrigendum, published since
            _("Asked of %(group)s: %(action)s.") % words,
            *_asked(transmission),
            *([_("It is meant for %(meeting)s.") % words] if transmission.meeting else []),
            *([_("It is due to %(group)s on %(day)s.") % (words | {"day": print_date(due)})] if due else []),
            *([_("Your answer is asked for by %(day)s.") % {"day": print_date(answer)}] if answer else []),
            _("If you have an account, you can say so in the workspace of the portal as well."),
            _("The files are attached. The report is also on the portal:"),
        ],
        absolute_url(report.get_absolute_url()),
    )


def asked_of(transmission) -> list[str]:
    """What the frozen report asks of this group, as plain sentences in the active language."""
    return asked_in(*_in_report(transmission))


def _in_report(transmission):
    """The frozen content, the language and the group that say which part of the report is meant."""
    content = json.loads(transmission.report.content or "{}")
    return content, PREFIX_OF_LANGUAGE[get_language()], transmission.group_id


def _asked(transmission):
    """The same, for the mail, below a link to where it stands in the report."""
    part = _in_report(transmission)
    asked, anchor = asked_in(*part), anchor_of_group(*part)
    if not asked:
        return []
    first = _("The report says of %(group)s:") % {"group": body_in_words(transmission.group_id)}
    return [f"{first}\n{absolute_url(transmission.report.get_absolute_url())}#{anchor}", *asked]


def record_what_went() -> int:
    """Record as sent the transmissions whose mails have left. Returns how many."""
    went = TransmissionMail.objects.filter(is_recorded=False, mail__state=Mail.State.SENT)
    return sum(_record(sent) for sent in went.select_related("mail", "by").order_by("pk"))


@transaction.atomic
def _record(sent) -> bool:
    """Once for each mail: what staff later enter about the transmission stays."""
    record_version.bump()  # the first lock of every writer
    if not TransmissionMail.objects.filter(pk=sent.pk, is_recorded=False).update(is_recorded=True):
        return False
    transmission = Transmission.objects.get(pk=sent.transmission_id)
    if transmission.state != State.TO_SEND:
        return False
    transmission.state = State.SENT
    transmission.sent_on = timezone.localtime(sent.mail.sent_at, GENEVA).date()
    save_with_reason(transmission, _("Sent to %(to)s") % {"to": sent.mail.to}, sent.by)
    return True


@transaction.atomic
def acknowledge(given, *, reason="", by=None):
    """The group's secretariat has it: it says so once. Errors: ValidationError."""
    fresh = _sent(given)
    if fresh.state != State.SENT:
        raise ValidationError(_("Receipt is known already: it is %(state)s.") % {"state": fresh.get_state_display()})
    fresh.state, fresh.received_on = State.RECEIVED, today()
    return _saved(fresh, reason, by)


@transaction.atomic
def put_on_agenda(given, meeting, *, reason="", by=None):
    """The report is on the agenda of a meeting of the group. Errors: ValidationError."""
    fresh = _sent(given)
    if not fresh.asks_for_an_answer:
        raise ValidationError(_("There is already an answer: %(state)s.") % {"state": fresh.get_state_display()})
    fresh.state, fresh.meeting = State.ON_AGENDA, meeting
    fresh.received_on = fresh.received_on or today()
    return _saved(fresh, reason, by)


@transaction.atomic
def note(given, on=None, *, meeting=None, reason="", by=None):
    """The group noted the report in session, on a day (today), once; at a meeting, or that on whose agenda it was.

    Errors: ValidationError.
    """
    fresh = _sent(given)
    if not fresh.asks_for_an_answer:
        raise ValidationError(_("There is already an answer: %(state)s.") % {"state": fresh.get_state_display()})
    return _answered(fresh, State.NOTED, GroupAnswer(transmission=fresh, meeting=meeting, said_on=on), reason, by)


@transaction.atomic
def comment(given, text, on=None, *, language="", meeting=None, reason="", by=None):
    """The group's comments: the reply, or added to it below what it says already; a mail brings them to who sent it.

    Day and meeting as of `note`, each time; a blank language is one that nobody knows. Errors: ValidationError.
    """
    fresh = _sent(given)
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not text:
        raise ValidationError({"reply": _("Write the comments first.")})
    fresh.reply = f"{fresh.reply.rstrip()}\n\n{text}".strip()
    if len(fresh.reply) > MOST_REPLY:
        message = _("With what the group said before, this is longer than %(most)d characters.")
        raise ValidationError({"reply": message % {"most": MOST_REPLY}})
    state = State.FOLLOW_UP if fresh.state == State.FOLLOW_UP else State.COMMENTS
    answer = GroupAnswer(transmission=fresh, meeting=meeting, said_on=on, text=text, language=language)
    answered = _answered(fresh, state, answer, reason, by)
    put([write_mail(_who_sent(fresh), lambda: _words_of_comments(fresh, text))])
    return answered


def _who_sent(transmission):
    """The account that sent it and is still of the staff; else the mailbox of the group."""
    sent = transmission.mails.select_related("by__person").exclude(by=None).first()
    by = sent and sent.by
    reader = reader_with(by) if by and by.is_active and by.is_staff else Reader(MAILBOX)
    return reader if takes_mail(reader) else Reader(MAILBOX)


def _words_of_comments(transmission, text):
    words = {"group": body_in_words(transmission.group_id), "code": transmission.report.code}
    return Letter(
        _("%(group)s commented on the annual report %(code)s") % words,
        of_the_secretariat(),
        _("answer it, and set the state of the transmission to “follow-up”."),
        [
            _("%(group)s commented on the annual report %(code)s of the ISCG:") % words,
            text,
            _("Until then it is on the desk."),
        ],
        absolute_url(admin_address(Transmission, transmission.pk)),
    )


def _sent(given):
    """The transmission as it is now, under the first lock of every writer."""
    record_version.bump()
    fresh = Transmission.objects.get(pk=given.pk)
    if fresh.state == State.TO_SEND:
        raise ValidationError(_("It has not been sent yet, so there is nothing to answer."))
    return fresh


def _answered(fresh, state, answer, reason, by):
    answer.meeting, answer.said_on = answer.meeting or fresh.meeting, answer.said_on or today()
    at_one = answer.meeting and answer.meeting.has_begun
    if not at_one and meetings_of(fresh.group_id).exists():
        raise ValidationError({"meeting": _("Choose the meeting of the group at which it did so.")})
    fresh.state = state
    fresh.meeting = fresh.meeting or answer.meeting
    fresh.answered_on = fresh.answered_on or answer.said_on
    fresh.received_on = fresh.received_on or fresh.answered_on
    saved = _saved(fresh, reason, by)
    answer.full_clean()
    save_with_reason(answer, reason, by)
    return saved


def meetings_of(group):
    """The meetings at which an advisory group can have noted or commented, the latest first."""
    return Meeting.objects.filter(body=group, starts_on__lte=today()).not_called_off().order_by("-starts_on")


def tell_answers(answers, report, reason="", by=None):
    """Say of the answers that the report tells them. Within the act that publishes it."""
    for answer in answers:
        answer.told_by = report
        save_with_reason(answer, reason, by)


def _saved(fresh, reason, by):
    fresh.full_clean()
    save_with_reason(fresh, reason, by)
    return fresh
