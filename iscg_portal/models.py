"""Tables that belong to the portal as a whole."""

import datetime

from django.conf import settings
from django.db import models

from iscg_portal.mail.models import Attachment, Mail
from iscg_portal.search.models import FileText, IndexEntry


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

    Other ledgers of what this portal was asked or told once have their keys here too: rights of staff groups
    (`members.staff_groups`), and rows whose texts could not be cleaned (`iscg_portal.old_texts`).

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


# After so long without an end, the process that judges or writes a long import counts as dead.
IMPORTER_DIED_AFTER = datetime.timedelta(minutes=15)


class StagedImportQuerySet(models.QuerySet):
    """Questions about long imports, and their claim. `now` is a moment."""

    def due(self, now):
        """Long imports in the queue, and those begun so long ago that their process must have died."""
        State = StagedImport.State
        died = models.Q(state__in=[State.BEING_JUDGED, State.BEING_WRITTEN], claimed_at__lt=now - IMPORTER_DIED_AFTER)
        return self.filter(models.Q(state__in=[State.TO_JUDGE, State.TO_WRITE]) | died)

    def claim(self, staged, now) -> bool:
        """Take the import by one conditional update; False if another process has it."""
        State = StagedImport.State
        taken = {State.TO_JUDGE: State.BEING_JUDGED, State.TO_WRITE: State.BEING_WRITTEN}
        state = taken.get(staged.state, staged.state)
        same = self.due(now).filter(pk=staged.pk, state=staged.state)
        return same.update(state=state, claimed_at=now) == 1


class StagedImport(models.Model):
    """An uploaded file with its preview, until the account that uploaded it confirms (rule 11).

    Found by its token; written, kept and forgotten by `iscg_portal.importing.staging`. A long one is judged and written
    by the sender (`importing.queue`); `act` is then the mark of what was written. No part of the record.
    """

    no_record = True

    class State(models.TextChoices):
        """Where it stands. A short one is judged when it is uploaded."""

        TO_JUDGE = "to judge", "to judge"
        BEING_JUDGED = "being judged", "being judged"
        JUDGED = "judged", "judged"
        TO_WRITE = "to write", "to write"
        BEING_WRITTEN = "being written", "being written"
        REFUSED = "refused", "refused as a whole"

    UNDER_WAY = (State.TO_JUDGE, State.BEING_JUDGED, State.TO_WRITE, State.BEING_WRITTEN)

    token = models.CharField(max_length=50, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    model = models.CharField(max_length=100)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    content_digest = models.CharField(max_length=64)
    preview = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=13, choices=State, default=State.JUDGED)
    rows = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default="en")
    queued_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")
    public_reason = models.TextField(blank=True, default="")
    refusals = models.JSONField(default=list)
    act = models.UUIDField(null=True)

    objects = StagedImportQuerySet.as_manager()

    class Meta:
        verbose_name = "staged import"
        verbose_name_plural = "staged imports"

    def __str__(self):
        return self.file_name

    @property
    def is_under_way(self):
        """Whether it is in the queue, or worked on."""
        return self.state in self.UNDER_WAY


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
