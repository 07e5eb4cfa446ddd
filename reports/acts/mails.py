"""The mails about a report: its draft waits for review, it was withdrawn, and what corrects it (clause F3)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.mail.models import Mail
from iscg_portal.mail.outbox import Letter, Reader, absolute_url, put, takes_mail, write_mail
from iscg_portal.mail.sending import MAILBOX
from iscg_portal.tenure.dates import today
from members.mail_readers import of_the_secretariat, reader_with, secretariat
from members.models import Account, ChairTerm
from reports.corrections import heading_of, reason_in_words
from reports.models import AnnualReport, Transmission, TransmissionMail


def cancel_mails() -> int:
    """Cancel the mails of reports that were withdrawn or superseded and that did not go. Returns how many.

    Within the act, and again before each mail leaves: whoever queued one again, or a server that put it off.
    """
    stopped = TransmissionMail.objects.of_no_more_sent().values("mail")
    return Mail.objects.filter(pk__in=stopped, state__in=(Mail.State.WAITING, Mail.State.FAILED)).cancel()


def tell_withdrawal(report, because, by=None):
    """A mail to each group that got this report, may still get it, or was told that it corrects what the group got.

    Within the act that withdraws it.
    """
    got = Transmission.objects.got(report) if report.base_id else Transmission.objects.arriving().filter(report=report)
    _tell(report, got, lambda words: _words_of_withdrawal(report, because, words), by)


def tell_correction(report, by=None):
    """A mail to each group that got the report to which this revision, corrigendum or addendum belongs.

    Within the act that publishes it. The text itself goes with a transmission of its own.
    """
    got = Transmission.objects.got(report).exclude(report=report.pk)
    _tell(report, got, lambda words: _words_of(report, words), by)


def _tell(report, got, words_for, by):
    """Each group once, by the report if it got that, else by the last text that it got.

    In the language of its secretariat, and in the log of that transmission.
    """
    got = got.select_related("group", "report").defer("report__content")
    last = {one.group_id: one for one in sorted(got, key=lambda one: (one.report_id == report.pk, one.pk))}
    for transmission in last.values():
        mail = write_mail(_reader(transmission.group), lambda one=transmission: words_for(_words(one)))
        mail.is_kept = True
        put([mail])
        TransmissionMail.objects.create(transmission=transmission, mail=mail, by=by, is_recorded=True)


def _words(transmission):
    """In the language of the mail, in which it is called."""
    return {"group": body_in_words(transmission.group_id), "code": transmission.report.code}


def _reader(group):
    reader = Reader(group.mailbox, group.mail_language)
    return reader if takes_mail(reader) else Reader(MAILBOX, group.mail_language)


def _words_of_withdrawal(report, because, words):
    subject = _("ISCG annual report %(code)s: withdrawn")
    first = _("The annual report %(code)s of the ISCG, which you got, is withdrawn.")
    if words["code"] != report.code:  # it was told that this corrects what it got
        words = words | {"code": report.base.code, "heading": heading_of(report)}
        subject = _("ISCG annual report %(code)s: %(heading)s withdrawn")
        first = _("You were told that %(heading)s changed the annual report %(code)s of the ISCG. It is withdrawn.")
    return Letter(
        subject % words,
        _("secretariat of %(group)s") % words,
        _("tell the group that it is withdrawn."),
        [
            first % words,
            _("Why: %(reason)s") % {"reason": reason_in_words(because)},
            _("Its page remains, with a notice."),
        ],
        absolute_url(report.get_absolute_url()),
    )


def _words_of(report, words):
    words = words | {"heading": heading_of(report)}
    said = [
        _("The annual report %(code)s of the ISCG, which you got, was changed: %(heading)s is published.") % words,
        _("It is sent to you with a mail of its own. It is also on the portal:"),
    ]
    return Letter(
        _("ISCG annual report %(code)s: %(heading)s") % words,
        _("secretariat of %(group)s") % words,
        _("tell the group that there is a newer text."),
        said,
        absolute_url(report.get_absolute_url()),
    )


def tell_review(report, right, by=None):
    """A mail to the Chair, and one to each of the staff with the `right` to approve but `by`, who submitted it.

    A Chair without an account cannot read the draft and gets none. Within the act that submits it.
    """
    chairs = Account.objects.filter(person__in=ChairTerm.objects.in_office(today()).values("person"), is_active=True)
    to_chair = [reader for reader in map(reader_with, chairs.select_related("person")) if takes_mail(reader)]
    to_staff = [reader for reader in secretariat(right) if by is None or reader.email != by.email]
    mails = [write_mail(reader, lambda reader=reader: _to_chair(report, reader)) for reader in to_chair]
    asked = bool(mails)
    put(mails + [write_mail(reader, lambda: _to_staff(report, asked)) for reader in to_staff if takes_mail(reader)])


def _to_chair(report, reader):
    return Letter(
        _subject(report),
        of_holder(in_forms("Chair"), reader.name),
        _("read the draft, and comment on it before it is approved."),
        [_("You are named as the source of the report. Once it is approved it takes no comments any more.")],
        absolute_url(reverse("workspace:review", args=[report.code])),
    )


def _to_staff(report, chair_is_asked):
    return Letter(
        _subject(report),
        of_the_secretariat(),
        _("read the draft, then approve it or send it back."),
        [_("The Chair was asked to comment on it.")] if chair_is_asked else [],
        absolute_url(admin_address(AnnualReport, report.pk)),
    )


def _subject(report):
    return _("The draft of the annual report %(code)s waits for review") % {"code": report.code}
