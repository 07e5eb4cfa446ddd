"""Tables that belong to the portal as a whole."""

from django.db import models


class RecordVersion(models.Model):
    """One row whose token changes with every change of the record; public pages build their ETag on it.

    The token is random and not a count, so that a restored backup never meets a token that once stood for
    other contents. See docs/decisions/0002-record-version-and-etag.md.
    """

    token = models.CharField(max_length=32)

    class Meta:
        verbose_name = "record version"
        verbose_name_plural = "record version"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="record_version_is_one_row"),
        ]

    def __str__(self):
        return self.token


class ShippedRow(models.Model):
    """That a shipped fact was loaded once, by its permanent key (rule 8).

    From then on the row is the staff's: `load_iscg` never overwrites, doubles or revives it.
    """

    key = models.CharField(max_length=200, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "shipped row"
        verbose_name_plural = "shipped rows"

    def __str__(self):
        return self.key
