"""Mails to those who follow: one mail for the days on which something changed, and each day once."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from changes.offices import news_of_composition
from changes.subjects import news_of_subject
from iscg_portal.mail.outbox import Reader, absolute_url, put, takes_mail, write_mail
from iscg_portal.tenure.dates import A_DAY, print_days, today
from workspace.following.acts import stop_address, subject_of, what
from workspace.following.models import COMPOSITION, Follow

MOST_IN_A_MAIL = 50  # events; of the others the number is given


def mail_followers(on=None) -> int:
    """Put what changed up to yesterday into the outbox, for each who follows it once. Gives how many mails.

    A day is mailed when it is over, so that there is one mail for it however often staff save. A run that comes late
    mails the days that it missed together. A subject that is gone takes its follows with it.
    """
    until = (on or today()) - A_DAY
    waiting = Follow.objects.confirmed().filter(told_until__lt=until)
    mails = 0
    for about, told_until in waiting.order_by("about", "told_until").values_list("about", "told_until").distinct():
        followers = Follow.objects.filter(about=about, told_until=told_until)
        subject = subject_of(about)
        if about != COMPOSITION and subject is None:
            followers.delete()
            continue
        days = (told_until, until)
        news = news_of_subject(subject, *days) if subject else news_of_composition(*days)
        if not news:
            followers.update(told_until=until)
            continue
        for follow in followers.order_by("pk"):
            mails += _mail(follow, subject, news, until)
    return mails


def _mail(follow, subject, news, until) -> int:
    """Claim and mail are written together, or neither is. An address that takes no mail gets none."""
    reader = Reader(follow.email, follow.language)
    with override(follow.language):
        stop = stop_address(follow)
    first = follow.told_until + A_DAY
    mails = [write_mail(reader, lambda: _words(subject, news, first, until), stop)] if takes_mail(reader) else []
    with transaction.atomic():
        if not Follow.objects.claim(follow.pk, follow.told_until, until):
            return 0
        return len(put(mails))


def _words(subject, news, first, last):
    followed = {"what": what(subject)}
    page = subject.get_absolute_url() if subject else reverse("changes:composition")
    return (
        _("What changed: %(what)s") % followed,
        [
            _("You follow %(what)s.") % followed,
            _("Entered or come about, %(days)s:") % {"days": print_days(first, last)},
            *(event.line for event in news[:MOST_IN_A_MAIL]),
            *_others(len(news) - MOST_IN_A_MAIL),
        ],
        absolute_url(page),
    )


def _others(count):
    if count > 0:
        words = ngettext("%(count)d more change is on the page.", "%(count)d more changes are on the page.", count)
        yield words % {"count": count}
