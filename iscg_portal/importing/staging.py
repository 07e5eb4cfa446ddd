"""From an upload to the record in two steps: a preview is kept, and an account confirms it (rule 11).

The file stays in the database until then, so that every worker finds it and no browser can change it. It
belongs to the account that uploaded it, is found by a random token, and is forgotten after two hours.
"""

import datetime
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.history import public_part
from iscg_portal.importing.formats import read_file
from iscg_portal.importing.preview import Preview
from iscg_portal.importing.registry import resource_for
from iscg_portal.importing.rows import ChangedMeanwhile, columns_of, judge, write
from iscg_portal.importing.sheet import FileRefused
from iscg_portal.models import StagedImport
from iscg_portal.record_version import bump

KEPT = datetime.timedelta(hours=2)
ROWS_AT_ONCE = 100  # a request judges or writes so many in about a second
State = StagedImport.State


class NotConfirmed(ValidationError):
    """Nothing was written, for the reason that the sentence gives."""


def stage(account, model, file_name, content):
    """Read a file, judge it and keep both for the account; a long one is judged by the sender. Errors: FileRefused."""
    sheet, resource = read_file(content), resource_for(model)()
    read = resource.unfolded(sheet)
    columns_of(read, resource)  # refused at once, however long it is
    is_long = len(read.rows) > ROWS_AT_ONCE
    try:
        preview = {} if is_long else judge(model, sheet).as_json()
    except OperationalError:
        raise FileRefused(_("The database is busy. Upload the file again in a minute.")) from None
    return StagedImport.objects.create(
        token=secrets.token_urlsafe(32),
        account=account,
        model=model._meta.label_lower,
        file_name=file_name[:200],
        content=content,
        content_digest=hashlib.sha256(content).hexdigest(),
        preview=preview,
        state=State.TO_JUDGE if is_long else State.JUDGED,
        rows=len(read.rows),
        language=get_language(),
        queued_at=timezone.now() if is_long else None,
    )


def is_long(staged) -> bool:
    """Whether the sender judges and writes it, since a request would take too long."""
    return staged.rows > ROWS_AT_ONCE


def ask_for_writing(staged, reason):
    """Put a long import that was judged into the queue. Errors: NotConfirmed where it is there, or over, already."""
    judged = StagedImport.objects.filter(pk=staged.pk, state=State.JUDGED, confirmed_at=None)
    asked = {"reason": str(reason), "public_reason": public_part(reason), "language": get_language(), "refusals": []}
    if not judged.update(state=State.TO_WRITE, queued_at=timezone.now(), **asked):
        raise NotConfirmed(_("This import is in the queue or was written already. Nothing is written a second time."))


def forget_old_previews(now=None):
    """Forget what nobody confirmed in time; `files.leftovers` asks for it."""
    StagedImport.objects.filter(created_at__lt=(now or timezone.now()) - KEPT).delete()


def staged_for(account, model, token):
    """The account's own staged import, or None where there is none or its time is over."""
    found = StagedImport.objects.defer("content").filter(
        token=token, account=account, model=model._meta.label_lower, created_at__gte=timezone.now() - KEPT
    )
    return found.first()


def preview_of(staged):
    """The stored preview."""
    return Preview.from_json(staged.preview)


def confirm(staged, model, *, reason, claimed=False):
    """Write a staged import, all or nothing, and give what was written. `claimed`: as the sender, which has taken it.

    Errors: NotConfirmed; then nothing was written. Where the records changed since the preview, the staged
    import has a new preview.
    """
    try:
        with transaction.atomic():
            bump()  # the first lock of every writer: a second confirmation waits here
            kept = StagedImport.objects.select_for_update().filter(pk=staged.pk).first()
            _refuse_if_over(kept)
            _refuse_if_taken(kept, staged.claimed_at if claimed else None)
            preview = write(
                model, read_file(bytes(kept.content)), reason=reason, by=kept.account, state=kept.preview["state"]
            )
            kept.confirmed_at, kept.content, kept.state = timezone.now(), b"", State.JUDGED
            kept.save()
    except ChangedMeanwhile as change:
        staged.preview = change.preview.as_json()
        staged.save(update_fields=["preview"])
        raise NotConfirmed(change.messages) from None
    except OperationalError:
        raise NotConfirmed(_("The database is busy. Nothing was written; confirm again in a minute.")) from None
    return preview


def _refuse_if_taken(kept, claimed_at):
    """`claimed_at` is when the sender took it; None for a request, which writes what is in no queue."""
    taken = (State.JUDGED, None) if claimed_at is None else (State.BEING_WRITTEN, claimed_at)
    if (kept.state, claimed_at and kept.claimed_at) != taken:
        raise NotConfirmed(_("This import is in the queue already. Nothing was written a second time."))


def _refuse_if_over(kept):
    if kept is None or kept.created_at < timezone.now() - KEPT:
        raise NotConfirmed(_("The time for this import is over. Nothing was written; upload the file again."))
    if kept.confirmed_at is not None:
        raise NotConfirmed(_("This import was written already. Nothing was written a second time."))
    if hashlib.sha256(bytes(kept.content)).hexdigest() != kept.content_digest:
        raise NotConfirmed(_("The kept file is not the one that was uploaded. Nothing was written; upload it again."))
