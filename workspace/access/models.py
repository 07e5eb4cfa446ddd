"""Invitations: a one-time link that gives a person on record an account, or links the one that is there."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import with_commas
from iscg_portal.mail.one_time import OneTimeLink, OneTimeQuerySet
from iscg_portal.text_fields import MailAddressField
from members.models import Person


class InvitationQuerySet(OneTimeQuerySet):
    """Ending what is open. `now` is a moment; None means now."""

    def end_open(self, person, now=None) -> int:
        """End the links of a person that nobody used. Returns how many."""
        now = now or timezone.now()
        return self.open(now).filter(person=person).update(good_until=now)


class Invitation(OneTimeLink):
    """One link to one address for one person; of its token only the digest is kept."""

    put_back_by_others = frozenset({"person"})  # a merge moves it, and `FormerAddress` knows it

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations", verbose_name=_("person"))
    email = MailAddressField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("invited by")
    )
    made_at = models.DateTimeField(_("invited"), default=timezone.now)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]

    def __str__(self):
        return with_commas([self.person, self.email])
