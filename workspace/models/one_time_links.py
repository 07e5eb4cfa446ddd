"""What rows behind a one-time link have in common: the digest of the token, until when it is good, and the claim."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspace.one_time import digest_of


class OneTimeQuerySet(models.QuerySet):
    """Finding the row of a link, and its claim. `now` is a moment; None means now."""

    def at(self, token):
        """The row of a link, or None where there is no such link."""
        return self.filter(digest=digest_of(token)).first()

    def open(self, now=None):
        """Links that were not used and are not over."""
        return self.filter(spent_at__isnull=True, good_until__gt=now or timezone.now())

    def spend(self, pk, now=None) -> bool:
        """Use up a link by one conditional update; False where it was used, or is over."""
        now = now or timezone.now()
        return bool(self.open(now).filter(pk=pk).update(spent_at=now))


class OneTimeLink(models.Model):
    """A link that is good once, until a moment."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    good_until = models.DateTimeField(_("good until"))
    spent_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self):
        """Whether it can be used now."""
        return self.spent_at is None and self.good_until > timezone.now()
