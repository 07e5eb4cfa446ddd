"""Following something in the record by e-mail: asked for, confirmed, mailed, and stopped.

No answer of the portal shows whether an address already follows: only its owner reads that, in a mail. What changed
comes in one mail for the days on which something did, and each day once.
"""

from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from changes.topics import Topic, topic_of, topics_of
from iscg_portal.mail.one_time import digest_of, new_token
from iscg_portal.mail.outbox import Letter, Reader, absolute_url, put, takes_mail, write_mail
from iscg_portal.signing_in.limits import with_way_in
from iscg_portal.tenure.dates import A_DAY, GENEVA, print_date, print_days, today
from workspace.following.models import DAYS_TO_CONFIRM, Follow

STOPPING = Signer(sep=".", salt="workspace.following")  # each mail has such a token, so the database need not keep any


@transaction.atomic
def ask(email, about, now=None, asked_often=False):
    """Keep the request and write to the address, with the same queries whether or not it already follows.

    `about` is the key of a topic (`changes.topics`); the language is the active one. `asked_often`: whether the mail
    says how to let a browser in.
    """
    email, language = email.lower(), get_language()
    token, digest = new_token()
    asked = {"language": language, "token_digest": digest, "asked_at": now or timezone.now()}
    Follow.objects.bulk_create([Follow(email=email, about=about, **asked)], ignore_conflicts=True)
    Follow.objects.filter(email=email, about=about, confirmed_at__isnull=True).update(**asked)
    follow = Follow.objects.get(email=email, about=about)
    topic = topic_of(about)
    letter = _already if follow.confirmed_at else _please_confirm
    stop = stop_address(follow) if follow.confirmed_at else ""

    def compose():
        written = letter(topic, token)
        return with_way_in(written, email, "workspace:follow") if asked_often else written

    mail = write_mail(Reader(email, language), compose, stop)
    mail.good_until = None if follow.confirmed_at else follow.asked_at + timedelta(days=DAYS_TO_CONFIRM)
    put([mail])


def confirm(token, now=None) -> bool:
    """Use up the link by one conditional update; False if it was used, is too old, or does not exist."""
    waiting = Follow.objects.unconfirmed(now).filter(token_digest=digest_of(token))
    told_until = today() - A_DAY  # changes of this very day belong into the first mail
    return bool(waiting.update(confirmed_at=now or timezone.now(), told_until=told_until, token_digest=None))


def to_confirm(token, now=None) -> Follow | None:
    """The request that a link would confirm."""
    return Follow.objects.unconfirmed(now).filter(token_digest=digest_of(token)).first()


def stop_address(follow) -> str:
    """The address that stops it, in the active language; valid as long as the portal keeps its secret key."""
    return absolute_url(reverse("workspace:follow-stop", args=[STOPPING.sign(str(follow.pk))]))


def key_of(token) -> int | None:
    """The key of the follow in a token of one of our mails, even if it is gone; None if the token is forged."""
    try:
        return int(STOPPING.unsign(token))
    except (BadSignature, ValueError):
        return None


def stop(key) -> None:
    """Unsubscribe: delete the row with its address. Doing it again does no harm."""
    Follow.objects.filter(pk=key).delete()


def followed_by(email):
    """[(topic, where to end it)] of an address; the topic is None where it leads nowhere any more. Five queries."""
    follows = list(Follow.objects.confirmed().filter(email=email.lower()).order_by("about"))
    topics = topics_of([follow.about for follow in follows])
    return [(topics.get(follow.about), stop_address(follow)) for follow in follows]


def name_of(topic) -> str:
    """What is followed, in words of the active language."""
    return topic.name if topic else _("something that is no longer on record")


def _please_confirm(topic, token):
    names = {"what": name_of(topic), "days": DAYS_TO_CONFIRM}
    return Letter(
        _("Please confirm: follow %(what)s") % names,
        "",
        _("to confirm, open the link and press the button there, within %(days)d days.") % names,
        [
            _("Somebody, probably you, asked the portal of the ISCG to write to this address when this changes:"),
            name_of(topic),
            _("If it was not you, do nothing: no other mail comes, and the request is deleted."),
        ],
        absolute_url(reverse("workspace:follow-confirm", args=[token])),
    )


def _already(topic, _token):
    return Letter(
        _("You already follow: %(what)s") % {"what": name_of(topic)},
        "",
        "",
        [
            _("Somebody, probably you, asked the portal of the ISCG to write to this address when this changes:"),
            name_of(topic),
            _("You have already confirmed it."),
        ],
    )


MOST_IN_A_MAIL = 50  # events; of the others the number is given
CLOCKS_DIFFER = timedelta(hours=1)  # of two machines at the most


def mail_followers(on=None) -> int:
    """Put what changed up to yesterday into the outbox, for each who follows it once. Gives how many mails.

    A day is mailed when it is over, so that there is one mail for it however often staff save. A run that comes late
    mails the days that it missed together. Who follows what is gone is told so once, and follows it no more.
    """
    if on is None:
        _take_back_days_to_come()
    until = (on or today()) - A_DAY
    waiting = Follow.objects.confirmed().filter(told_until__lt=until)
    mails = 0
    for about, told_until in waiting.order_by("about", "told_until").values_list("about", "told_until").distinct():
        followers = Follow.objects.filter(about=about, told_until=told_until)
        topic = topic_of(about)
        if topic is None:
            mails += sum(_end(follow) for follow in followers.order_by("pk"))
            continue
        news = topic.news(told_until, until)
        if not news:
            followers.update(told_until=until)
            continue
        for follow in followers.order_by("pk"):
            mails += _mail(follow, topic, news, until)
    return mails


def _take_back_days_to_come():
    """Days that a clock told which was ahead are not over: what changes on them is still to be mailed."""
    soon = (timezone.now() + CLOCKS_DIFFER).astimezone(GENEVA).date()
    Follow.objects.confirmed().filter(told_until__gte=soon).update(told_until=today() - A_DAY)


def _end(follow) -> int:
    """End a follow that leads nowhere and say so, together or not at all. An address that takes no mail gets none.

    The mail does not name what it was about: that may be a person of whom the portal may no longer tell.
    """
    reader = Reader(follow.email, follow.language)
    asked_on = follow.asked_at.astimezone(GENEVA).date()
    mails = [write_mail(reader, lambda: _nowhere(asked_on))] if takes_mail(reader) else []
    with transaction.atomic():
        ended, _by_model = Follow.objects.filter(pk=follow.pk, about=follow.about).delete()
        return len(put(mails)) if ended else 0


def _nowhere(asked_on):
    return Letter(
        _("What you followed is no longer on record"),
        "",
        "",
        [
            _("On %(day)s you asked the portal of the ISCG to write to you when something changes.")
            % {"day": print_date(asked_on)},
            _("The page that you followed is no longer on record, or may no longer be shown."),
            _("No more mails come of it, and your address is deleted there. You can follow something else:"),
        ],
        absolute_url(reverse("workspace:follow")),
    )


def _mail(follow, topic, news, until) -> int:
    """Claim and mail are written together, or neither is. An address that takes no mail gets none."""
    reader = Reader(follow.email, follow.language)
    with override(follow.language):
        stop = stop_address(follow)
    first = follow.told_until + A_DAY
    mails = [write_mail(reader, lambda: _words(topic, news, first, until), stop)] if takes_mail(reader) else []
    with transaction.atomic():
        if not Follow.objects.claim(follow.pk, follow.told_until, until):
            return 0
        return len(put(mails))


def _words(topic: Topic, news, first, last):
    names = {"what": topic.name}
    return Letter(
        _("What changed: %(what)s") % names,
        "",
        "",
        [
            _("You follow %(what)s.") % names,
            _("Entered or come about, %(days)s:") % {"days": print_days(first, last)},
            *(event.line for event in news[:MOST_IN_A_MAIL]),
            *_others(len(news) - MOST_IN_A_MAIL),
        ],
        absolute_url(topic.page),
    )


def _others(count):
    if count > 0:
        words = ngettext("%(count)d more change is on the page.", "%(count)d more changes are on the page.", count)
        yield words % {"count": count}
