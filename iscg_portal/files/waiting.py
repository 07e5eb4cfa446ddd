"""An upload in two steps: the file waits until the account that sent it confirms what it is.

As with a staged import (`importing.staging`) it belongs to that account, is found by a random token and is
forgotten after the same time. It lies on disk and not in the database, since a document may be large.
"""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iscg_portal.files.stored import copy
from iscg_portal.importing.staging import KEPT
from iscg_portal.models import WaitingFile


def let_wait(account, purpose, file, name, kind, facts):
    """Keep the open file, which was checked, for the account: the `WaitingFile`."""
    token = secrets.token_urlsafe(32)
    path = _path_of(token)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as target:
            sha256, size = copy(file, target)
        return WaitingFile.objects.create(
            token=token,
            account=account,
            purpose=purpose,
            file_name=name[:200],
            kind=kind.code,
            size=size,
            sha256=sha256,
            facts=facts,
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def waiting_for(account, purpose, token):
    """The account's own waiting file, or None where there is none or its time is over."""
    found = WaitingFile.objects.filter(token=token, account=account, purpose=purpose)
    return found.filter(created_at__gte=timezone.now() - KEPT).first()


def claim(waiting):
    """Inside the act that stores it: the open content; a second act that wants it waits, and gets a refusal.

    Errors: ValidationError where it was stored already or is gone.
    """
    if not WaitingFile.objects.select_for_update().filter(pk=waiting.pk).exists():
        raise ValidationError(_("This upload was stored already. Nothing was stored a second time."))
    try:
        return _path_of(waiting.token).open("rb")
    except FileNotFoundError:
        raise ValidationError(
            _("The time for this upload is over. Nothing was stored; upload the file again.")
        ) from None


def done(waiting):
    """At the end of the act, inside it: once it is committed nothing waits any more."""
    path = _path_of(waiting.token)
    waiting.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def forget_old(now=None):
    """Remove what waited too long; `files.leftovers` asks for it."""
    for waiting in WaitingFile.objects.filter(created_at__lt=(now or timezone.now()) - KEPT):
        done(waiting)


def waiting_folder():
    """Where the contents wait, each under its token."""
    return Path(settings.MEDIA_ROOT) / "waiting"


def _path_of(token):
    return waiting_folder() / token
