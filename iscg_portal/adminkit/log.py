"""What the admin's log calls a row; it outlives the row, so names that are erased are erased there too."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType


def call_in_log(row, words):
    """Let every entry of the admin's log on the row call it by these words."""
    kind = ContentType.objects.get_for_model(row)
    LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).update(object_repr=str(words)[:200])
