"""What somebody outside the record sends and staff decide once: a proposal, or a correction from a reader."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iscg_portal.text_fields import LongTextField


class DecidedQuerySet(models.QuerySet):
    """Questions about all that staff decide."""

    def waiting(self):
        """Those that nobody has decided yet, the oldest first."""
        return self.filter(state=self.model.State.WAITING).order_by("made_at", "pk")


class Decided(models.Model):
    """Waits for staff, who decide it once, by a conditional update. Each has a `State` with “waiting” and “refused”."""

    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    made_at = models.DateTimeField(_("submitted"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    answer = LongTextField(_("answer"), max_length=1000, blank=True)

    class Meta:
        abstract = True


def decided_once(name, *, moment, because):
    """The rules of one: with its decision it has the moment, and with a refusal the answer. Both refuse in words."""
    return [
        models.CheckConstraint(
            name=f"{name}_decided_has_moment",
            condition=Q(state="waiting", decided_at__isnull=True) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
            violation_error_message=moment,
        ),
        models.CheckConstraint(
            name=f"{name}_refused_has_answer",
            condition=~Q(state="refused") | ~Q(answer=""),
            violation_error_message=because,
        ),
    ]
