"""Telling those who follow: one mail for the days on which something changed, and each day once."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from iscg_portal.mail.outbox import Reader, absolute_url, put, takes_mail, write_mail
from iscg_portal.tenure.dates import print_days, today
from workspace.following.acts import stop_address, subject_of, what
from workspace.following.models import COMPOSITION, Follow
from workspace.recorded import A_DAY
from workspace.what_changed import news_of_composition, news_of_subject

MOST_TOLD = 50  # in one mail; of the others the number is said


def tell_followers(on=None) -> int:
    """Put what changed up to yesterday into the outbox, for each who follows it once. Gives how many mails.

    A day is told when it is over, so that there is one mail for it however often staff save. A run that comes late
    tells the days that it missed together. A subject that is gone takes its follows with it.
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
        news = _news(subject, told_until, until)
        if not news:
            followers.update(told_until=until)
            continue
        for follow in followers.order_by("pk"):
            mails += _tell(follow, subject, news, until)
    return mails


def _news(subject, told_until, until):
    if subject is None:
        return news_of_composition(told_until, until)
    return news_of_subject(subject, told_until, until)


def _tell(follow, subject, news, until) -> int:
    """Claim and mail are written together, or neither is. An address that takes no mail is told nothing."""
    reader = Reader(follow.email, follow.language)
    with override(follow.language):
        stop = stop_address(follow)
    first = follow.told_until + A_DAY
    told = [write_mail(reader, lambda: _words(subject, news, first, until), stop)] if takes_mail(reader) else []
    with transaction.atomic():
        if not Follow.objects.claim(follow.pk, follow.told_until, until):
            return 0
        return len(put(told))


def _words(subject, news, first, last):
    followed = {"what": what(subject)}
    page = subject.get_absolute_url() if subject else reverse("members:composition-changes")
    return (
        _("What changed: %(what)s") % followed,
        [
            _("You follow %(what)s.") % followed,
            _("Entered or come about, %(days)s:") % {"days": print_days(first, last)},
            *(str(one) for one in news[:MOST_TOLD]),
            *_others(len(news) - MOST_TOLD),
        ],
        absolute_url(page),
    )


def _others(count):
    if count > 0:
        words = ngettext("%(count)d more change is on the page.", "%(count)d more changes are on the page.", count)
        yield words % {"count": count}
