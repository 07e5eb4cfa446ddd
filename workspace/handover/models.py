"""The handover files: one for each term of a Chair or a Coordinator."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import with_commas
from iscg_portal.models import StoredFile
from iscg_portal.tenure.dates import today
from members.models import Account, ChairTerm, ContactData
from subjects.models import Coordinator


class HandoverQuerySet(models.QuerySet):
    """Questions about handover files."""

    def for_person(self, person_id, on=None):
        """Those of the terms that a person holds on the day, each with the term. One query."""
        on = on or today()
        chairs = Q(chair_term__in=ChairTerm.objects.in_office(on).filter(person=person_id).order_by())
        coordinators = Q(coordinator__in=Coordinator.objects.in_office(on).filter(person=person_id).order_by())
        if person_id is None:
            return self.none()
        return self.filter(chairs | coordinators).select_related("stored", "chair_term", "coordinator__subject")

    def with_erased_contacts(self):
        """Those that tell how to reach somebody whose contact data was erased since."""
        known = set(ContactData.objects.values_list("person", flat=True))
        gone = [pk for pk, persons in self.values_list("pk", "contacts") if not known.issuperset(persons)]
        return self.filter(pk__in=gone)


class Handover(models.Model):
    """What stood open when a term began, frozen and hashed: for its holder while in office, and for staff.

    No part of the record. `contacts` are the keys of the persons whose contact data stands in it: once that of one of
    them is erased, the file goes too.
    """

    no_record = True

    chair_term = models.OneToOneField(
        ChairTerm, models.CASCADE, null=True, blank=True, related_name="handover", verbose_name=_("term of the Chair")
    )
    coordinator = models.OneToOneField(
        Coordinator, models.CASCADE, null=True, blank=True, related_name="handover", verbose_name=_("Coordinator")
    )
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    stored = models.ForeignKey(StoredFile, models.PROTECT, editable=False, verbose_name=_("content"))
    contacts = models.JSONField(default=list, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover file")
        verbose_name_plural = _("handover files")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="workspace_handover_of_one_term",
                condition=Q(chair_term__isnull=True) ^ Q(coordinator__isnull=True),
                violation_error_message=_("A handover file is of one term."),
            )
        ]

    def __str__(self):
        return with_commas([self.term.office_in_full, self.term.person])

    @property
    def term(self):
        """The term that it is for."""
        return self.chair_term or self.coordinator

    @property
    def name(self):
        """`iscg-handover-emf-2026-11-30.docx`."""
        office = self.coordinator.subject.slug if self.coordinator_id else "chair"
        return f"iscg-handover-{office}-{self.made_at:%Y-%m-%d}.{self.stored.kind}"
