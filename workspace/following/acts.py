"""Following the composition or a subject by e-mail: asked for, confirmed by the reader, and stopped.

No answer of the portal shows whether an address already follows: only its owner reads that, in a mail.
"""

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.mail.one_time import digest_of, new_token
from iscg_portal.mail.outbox import Reader, absolute_url, put_at_once, write_mail
from iscg_portal.tenure.dates import A_DAY, today
from subjects.models import Subject
from workspace.following.models import COMPOSITION, DAYS_TO_CONFIRM, Follow

STOPPING = Signer(sep=".", salt="workspace.following")  # each mail has such a token, so the database need not keep any


@transaction.atomic
def ask(email, about, now=None):
    """Keep the request and write to the address, with the same queries whether or not it already follows.

    `about` is the address of a subject, or COMPOSITION; the language is the active one.
    """
    email, language = email.lower(), get_language()
    token, digest = new_token()
    asked = {"language": language, "token_digest": digest, "asked_at": now or timezone.now()}
    Follow.objects.bulk_create([Follow(email=email, about=about, **asked)], ignore_conflicts=True)
    Follow.objects.filter(email=email, about=about, confirmed_at__isnull=True).update(**asked)
    follow = Follow.objects.get(email=email, about=about)
    subject = Subject.objects.filter(slug=about).first()
    compose = _already if follow.confirmed_at else _please_confirm
    stop = stop_address(follow) if follow.confirmed_at else ""
    put_at_once(write_mail(Reader(email, language), lambda: compose(what(subject), token), stop))


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


def what(subject) -> str:
    """What is followed, in words of the active language."""
    return str(subject) if subject else _("the composition of the ISCG")


def subject_of(about) -> Subject | None:
    """The subject that a follow is about; None for the composition, or if it is gone."""
    return Subject.objects.filter(slug=about).first() if about != COMPOSITION else None


def followed_by(email):
    """[(what, where to end it)] of an address, in words of the active language; two queries."""
    follows = list(Follow.objects.confirmed().filter(email=email.lower()).order_by("about"))
    subjects = Subject.objects.in_bulk([follow.about for follow in follows], field_name="slug")
    there = [follow for follow in follows if follow.about == COMPOSITION or follow.about in subjects]
    return [(what(subjects.get(follow.about)), stop_address(follow)) for follow in there]


def _please_confirm(what_for, token):
    names = {"what": what_for, "days": DAYS_TO_CONFIRM}
    return (
        _("Please confirm: follow %(what)s") % names,
        [
            _("Somebody, probably you, asked the portal of the ISCG to write to this address when this changes:"),
            what_for,
            _("To confirm, open the link and press the button there, within %(days)d days.") % names,
            _("If it was not you, do nothing: no other mail comes, and the request is deleted."),
        ],
        absolute_url(reverse("workspace:follow-confirm", args=[token])),
    )


def _already(what_for, _token):
    return (
        _("You already follow: %(what)s") % {"what": what_for},
        [
            _("Somebody, probably you, asked the portal of the ISCG to write to this address when this changes:"),
            what_for,
            _("You have already confirmed it; there is nothing to do."),
        ],
        "",
    )
