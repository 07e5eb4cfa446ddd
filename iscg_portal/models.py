"""Tables that belong to the portal as a whole."""

from django.conf import settings
from django.db import models

from iscg_portal.mail.models import Attachment, Mail


class RecordVersion(models.Model):
    """One row whose token changes with every change of the record; public pages build their ETag on it.

    The token is random and not a count, so that a restored backup never meets a token that once stood for
    other contents. See docs/decisions/0002-record-version-and-etag.md.
    """

    no_record = True

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

    From then on the row is the staff's: `load_iscg` never overwrites, doubles or revives it. `digest` tells which
    version of the fact was looked at last; `correction`, whether what is shipped since then waits for staff.
    """

    class Correction(models.TextChoices):
        """How far a correction of the shipped fact is."""

        NONE = "", "none"
        OFFERED = "offered", "offered"
        SOURCE = "source", "offered, of the source alone"
        NOT_NOW = "not now", "not now"

    key = models.CharField(max_length=200, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)
    digest = models.CharField(max_length=64, blank=True)
    correction = models.CharField(max_length=7, choices=Correction, blank=True, default="")

    class Meta:
        verbose_name = "shipped row"
        verbose_name_plural = "shipped rows"

    def __str__(self):
        return self.key


class StagedImport(models.Model):
    """An uploaded file with its preview, until the account that uploaded it confirms (rule 11).

    Found by its token; written, kept and forgotten by `iscg_portal.importing.staging`. No part of the record.
    """

    no_record = True

    token = models.CharField(max_length=50, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    model = models.CharField(max_length=100)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    content_digest = models.CharField(max_length=64)
    preview = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "staged import"
        verbose_name_plural = "staged imports"

    def __str__(self):
        return self.file_name


class WaitingFile(models.Model):
    """An uploaded file until the account that uploaded it says what it is; `facts` is what was read in it.

    Found by its token; its content lies beside the stored files. Written, kept and forgotten by
    `iscg_portal.files.waiting`. No part of the record.
    """

    no_record = True

    token = models.CharField(max_length=50, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=50)
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    facts = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "waiting file"
        verbose_name_plural = "waiting files"

    def __str__(self):
        return self.file_name


class StoredFile(models.Model):
    """A file kept under the SHA-256 of its content; the same content is kept once, and never changes.

    Who may read it is the business of the record that points to it (rule 5); the folder is not public.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "stored file"
        verbose_name_plural = "stored files"

    def __str__(self):
        return self.sha256


class Verification(models.Model):
    """One row: when everything was last read again, and what was found then and since not to be as it was stored.

    Each of the `findings` is a sentence with its names (`iscg_portal.integrity.findings`). No part of the record.
    """

    no_record = True

    finished_at = models.DateTimeField(null=True)
    findings = models.JSONField(default=list)

    class Meta:
        verbose_name = "verification"
        verbose_name_plural = "verification"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="verification_is_one_row"),
        ]

    def __str__(self):
        return str(self.finished_at)
