"""What an assembly or conference made of mandates, and who has looked at it (clauses B1, F1)."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from iscg_portal.history import tracked
from iscg_portal.tenure.constraints import NotToCome
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField
from iscg_portal.visibility import PublicQuerySet
from members.models import Conference
from subjects.models.resolutions import Resolution, Revision


class MandateLook(models.Model):
    """That somebody looked at what a conference made of a resolution behind a subject, and a word on it.

    Without a subject: at a new resolution, which is behind none. Nothing else follows from it.
    """

    PRIVATE = ("said_by", "word")

    subject = models.ForeignKey(
        "Subject", models.CASCADE, null=True, blank=True, related_name="looks", verbose_name=_("subject")
    )
    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="looks", verbose_name=_("resolution"))
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="looks", verbose_name=_("conference"))
    word = LineField(
        _("in a word"), max_length=300, help_text=_("What follows from it, or that nothing does. For staff.")
    )
    looked_at_on = DayField(_("looked at on"), has_happened=True)
    said_by = LineField(
        _("by whom"), max_length=200, blank=True, help_text=_("The Coordinator or Focal Point; never public.")
    )

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("look at a changed mandate")
        verbose_name_plural = _("looks at changed mandates")
        ordering = ["-looked_at_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="subjects_look_once",
                fields=["subject", "resolution", "conference"],
                condition=Q(subject__isnull=False),
                violation_error_message=_("Somebody has looked at this mandate already."),
            ),
            models.UniqueConstraint(
                name="subjects_look_at_new_once",
                fields=["resolution", "conference"],
                condition=Q(subject__isnull=True),
                violation_error_message=_("Somebody has looked at this resolution already."),
            ),
            NotToCome(name="subjects_look_has_happened", field="looked_at_on"),
        ]

    def __str__(self):
        return " ".join(filter(None, (self.subject and f"{self.subject.code}:", str(self.resolution))))


def changed_at(on, since, *, resolution="resolution"):
    """In a query: the newest conference of the time that made something of a resolution, given as a path; else null.

    It adopted a text of it, suppressed it, or adopted the first text of what replaced it.
    """
    prefix = f"{resolution}__" if resolution else ""
    own, after = resolution or "pk", f"{prefix}replaced_by"
    texts = Revision.objects.filter(year=OuterRef("ends_on__year"))
    older = Revision.objects.filter(resolution=OuterRef("resolution"), year__lt=OuterRef("year"))
    held = Conference.objects.filter(body=OuterRef(f"{prefix}body"), ends_on__gte=since, ends_on__lte=on)
    held = held.filter(
        Exists(texts.filter(resolution=OuterRef(OuterRef(own))))
        | Q(ends_on__year=OuterRef(f"{prefix}suppressed_in"))
        | Exists(texts.filter(~Exists(older), resolution=OuterRef(OuterRef(after))))
    )
    return Subquery(held.order_by("-ends_on").values("pk")[:1])


def not_looked_at(*, subject=None, resolution="resolution"):
    """The condition that nobody has looked at what `changed_at` found; `subject` is a path, None for no subject."""
    of_it = MandateLook.objects.filter(resolution=OuterRef(resolution), conference=OuterRef("changed_at"))
    named = of_it.filter(subject=OuterRef(subject)) if subject else of_it.filter(subject__isnull=True)
    return ~Exists(named)
