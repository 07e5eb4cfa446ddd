"""That a draft waits for review: the Chair, who is named as its source, comments on it before it is approved (F3)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.mail.outbox import Letter, absolute_url, put, takes_mail, write_mail
from iscg_portal.tenure.dates import today
from members.mail_readers import of_the_secretariat, reader_with, secretariat
from members.models import Account, ChairTerm
from reports.models import AnnualReport


def tell_review(report, right, by=None):
    """A mail to the Chair, and one to each of the staff with the `right` to approve but `by`, who submitted it.

    A Chair without an account cannot read the draft and gets none. Within the act that submits it.
    """
    chairs = Account.objects.filter(person__in=ChairTerm.objects.in_office(today()).values("person"), is_active=True)
    to_chair = [reader_with(account) for account in chairs.select_related("person")]
    to_staff = [reader for reader in secretariat(right) if by is None or reader.email != by.email]
    letters = [(reader, _to_chair) for reader in to_chair] + [(reader, _to_staff) for reader in to_staff]
    put([write_mail(reader, lambda to=to: to(report)) for reader, to in letters if takes_mail(reader)])


def _to_chair(report):
    return Letter(
        _subject(report),
        _("Chair"),
        _("read the draft, and comment on it before it is approved."),
        [_("You are named as the source of the report. Once it is approved it takes no comments any more.")],
        absolute_url(reverse("workspace:review", args=[report.code])),
    )


def _to_staff(report):
    return Letter(
        _subject(report),
        of_the_secretariat(),
        _("read the draft, then approve it or send it back."),
        [_("The Chair was asked to comment on it.")],
        absolute_url(admin_address(AnnualReport, report.pk)),
    )


def _subject(report):
    return _("The draft of the annual report %(code)s waits for review") % {"code": report.code}
