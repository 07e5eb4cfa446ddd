"""Who follows something in the record by e-mail."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.languages import with_commas
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField, MailAddressField

DAYS_TO_CONFIRM = 7


class FollowQuerySet(models.QuerySet):
    """Questions about follows, and their claim. `now` is a moment; None means now."""

    def confirmed(self):
        """Those that their readers confirmed."""
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed(self, now=None):
        """Requests that can still be confirmed."""
        return self.filter(confirmed_at__isnull=True, asked_at__gt=_too_old(now))

    def lapsed(self, now=None):
        """Requests that nobody confirmed in time."""
        return self.filter(confirmed_at__isnull=True, asked_at__lte=_too_old(now))

    def claim(self, pk, told_until, until) -> bool:
        """Take one follow for a mail up to a day, by one conditional update; False if another process has it."""
        return bool(self.filter(pk=pk, told_until=told_until).update(told_until=until))


def _too_old(now):
    return (now or timezone.now()) - datetime.timedelta(days=DAYS_TO_CONFIRM)


class Follow(models.Model):
    """A reader who wants a mail when something in the record changes (`changes.topics`): a request, then confirmed.

    Needs no account. Until it is confirmed it has the digest of the one-time link, and nothing is sent on it.
    Unsubscribing deletes it. No part of the record: it has no history, and changes by conditional updates alone.
    """

    no_record = True

    email = MailAddressField(_("e-mail address"))
    about = LineField(
        _("about"),
        max_length=120,
        blank=True,
        help_text=_(
            "The web address of a subject; of a study unit after units/, of a person after people/; an activity after "
            "activities/, a body after bodies/; calendar/, mapping/ or activities/; blank for the composition."
        ),
    )
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    token_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(pgettext_lazy("time", "confirmed"), null=True, blank=True)
    told_until = DayField(_("told until"), null=True, blank=True, help_text=_("The last day of the last mail."))

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = pgettext_lazy("subscriptions", "follows")
        ordering = ["email", "about"]
        indexes = [models.Index(fields=["told_until", "about"], name="workspace_follow_to_tell")]
        constraints = [
            models.UniqueConstraint(
                name="workspace_follow_once",
                fields=["email", "about"],
                violation_error_message=_("This address already follows it."),
            ),
            models.CheckConstraint(
                name="workspace_follow_request_or_confirmed",
                condition=Q(confirmed_at__isnull=True, told_until__isnull=True, token_digest__isnull=False)
                | Q(confirmed_at__isnull=False, told_until__isnull=False, token_digest__isnull=True),
                violation_error_message=_("A follow is either a request with a link, or confirmed."),
            ),
        ]

    def __str__(self):
        return with_commas([self.email, self.about or _("Composition")])
