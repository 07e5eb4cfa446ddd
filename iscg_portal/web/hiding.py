"""What the public may no longer see leaves no copy in nginx, which else gives what it kept while the portal is down.

Whoever restricts, erases or removes something that the public saw leaves a mark: a file beside the stored ones. On a
server `iscg-forget.path` waits for it, and nginx forgets all that it keeps (docs/decisions/0024-public-cache.md).
"""

import logging
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save, pre_delete, pre_save

from iscg_portal.record_version import is_unseen, recorded_models
from iscg_portal.visibility import PublicQuerySet

MARK = "hidden"
log = logging.getLogger(__name__)


def connect() -> None:
    """Listen to the models that the public sees; of those that hide no row by a column, to removals alone."""
    for model in recorded_models():
        kind = type(model._default_manager.all())
        if not issubclass(kind, PublicQuerySet):
            continue
        pre_delete.connect(_removed, sender=model, dispatch_uid="hiding")
        if hides_rows(kind):
            pre_save.connect(_before, sender=model, dispatch_uid="hiding")
            post_save.connect(_after, sender=model, dispatch_uid="hiding")


def hides_rows(kind) -> bool:
    """Whether a queryset of this kind leaves out rows, or their names, for what stands in them."""
    own = (base for base in kind.__mro__ if base.__module__.partition(".")[0] != "iscg_portal")
    return any(name in vars(base) for base in own for name in ("visible_to", "with_public_name"))


def leave_mark(using="default") -> None:
    """Once what is done here is in the record."""
    transaction.on_commit(_write_mark, using=using)


def _write_mark():
    """A disk that is full or away stops nobody from hiding something; nginx then learns of it within a minute."""
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).touch()
    except OSError as error:
        log.error("nginx is not told that something may no longer be seen: %s", error)


def _is_shown(instance, using):
    rows = type(instance)._default_manager.using(using).public()
    rows = rows.with_public_name() if hasattr(rows, "with_public_name") else rows
    return rows.filter(pk=instance.pk).exists()


def _before(sender, instance, using, raw=False, update_fields=None, **kwargs):
    is_new = raw or instance._state.adding or is_unseen(update_fields)
    instance._was_shown = not is_new and _is_shown(instance, using)


def _after(sender, instance, using, **kwargs):
    if instance.__dict__.pop("_was_shown", False) and not _is_shown(instance, using):
        leave_mark(using)


def _removed(sender, instance, using, **kwargs):
    if _is_shown(instance, using):
        leave_mark(using)
