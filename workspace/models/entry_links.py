"""One-time links by which an office holder confirms his or her entry before a meeting."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iscg_portal.mail.one_time import digest_of
from iscg_portal.tenure.dates import today
from meetings.models import Meeting
from members.models import Person


class EntryLinkQuerySet(models.QuerySet):
    """Questions about links, and their claim. `on` is a date; None means today in Geneva."""

    def of_token(self, token):
        """The link with this token, or None."""
        return self.filter(digest=digest_of(token)).select_related("person").first()

    def open(self, on=None):
        """Links that can be answered on the day."""
        return self.filter(answered_at__isnull=True, expires_on__gte=on or today())

    def spend(self, pk, answer, on=None) -> bool:
        """Answer a link by one conditional update; False if it was answered already or is too old."""
        return bool(self.open(on).filter(pk=pk).update(answered_at=timezone.now(), answer=answer))


class EntryLink(models.Model):
    """A link that was sent to one person, to be answered once. Only the SHA-256 of its token is kept.

    No part of the record: it has no history, and changes by conditional updates alone.
    """

    class Answer(models.TextChoices):
        """What the person said."""

        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("proposed corrections")
        NO_LONGER = "no longer", _("no longer in office")

    person = models.ForeignKey(Person, models.PROTECT, related_name="entry_links", verbose_name=_("person"))
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("before the meeting")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_on = models.DateField(_("last day"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, blank=True)

    objects = EntryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to confirm an entry")
        verbose_name_plural = _("links to confirm entries")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["meeting", "person"], name="workspace_entrylink_meeting")]
        constraints = [
            models.CheckConstraint(
                name="workspace_entrylink_answered_has_answer",
                condition=models.Q(answered_at__isnull=True, answer="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answer=""),
                violation_error_message=_("An answer has the moment at which it was given."),
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.meeting or self.expires_on}"
