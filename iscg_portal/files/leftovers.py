"""What killed uploads and previews that nobody confirmed leave behind, cleared when it is old enough.

A file that a row names is never touched. What is younger than a day may belong to an upload under way.
"""

import datetime
import logging
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from iscg_portal import record_version
from iscg_portal.files.stored import BEING_WRITTEN, path_of
from iscg_portal.files.waiting import forget_old, waiting_folder
from iscg_portal.importing.staging import forget_old_previews
from iscg_portal.models import StoredFile, WaitingFile

NEVER_FINISHED = datetime.timedelta(hours=24)
log = logging.getLogger(__name__)


def clear_leftovers(now=None) -> int:
    """Forget previews and uploads whose time is over, and remove files that no row names. Returns how many files."""
    now = now or timezone.now()
    forget_old_previews(now)
    forget_old(now)
    oldest = (now - NEVER_FINISHED).timestamp()
    root = Path(settings.MEDIA_ROOT)
    removed = sum(map(_remove, _older(root.glob(f"{BEING_WRITTEN}*"), oldest)))
    waiting = set(WaitingFile.objects.values_list("token", flat=True))
    removed += sum(_remove(path) for path in _older(waiting_folder().glob("*"), oldest) if path.name not in waiting)
    removed += _clear_contents(oldest)
    if removed:
        log.info("Removed %d files that were left over", removed)
    return removed


def _older(paths, oldest):
    for path in paths:
        try:
            if path.stat().st_mtime < oldest:
                yield path
        except FileNotFoundError:  # another process was faster
            continue


def _remove(path):
    path.unlink(missing_ok=True)
    return 1


def _clear_contents(oldest):
    """Contents on disk whose process was killed before it wrote their row. Returns how many."""
    folder = path_of("0" * 64).parent.parent
    old = {path.name for path in _older(folder.glob("*/*"), oldest)}
    unknown = old - set(StoredFile.objects.values_list("pk", flat=True))
    return sum(_clear_content(folder / name[:2] / name, oldest) for name in sorted(unknown))


@transaction.atomic
def _clear_content(path, oldest):
    """Under the first lock of every writer: the same content may be stored this very moment."""
    record_version.bump()
    is_named = StoredFile.objects.filter(pk=path.name).exists()
    return 0 if is_named or not list(_older([path], oldest)) else _remove(path)
