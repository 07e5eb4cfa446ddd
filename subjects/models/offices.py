"""Who works on the subjects: Coordinators, Focal Points, partner organizations (clauses A0, A2, A3)."""

from django.db import models
from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import SECRETARIAT_BODIES, FocalPointBody, GroupCode
from iscg_portal.fixed_terms import body_in_words, initials
from iscg_portal.history import tracked
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.languages import in_brackets, with_colon, with_commas
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.exclusive import Exclusive
from iscg_portal.tenure.models import SitsFor, Tenure, TenureQuerySet, holding_day
from iscg_portal.text_fields import LineField, WebAddressField
from iscg_portal.translated import Translated
from iscg_portal.visibility import PublicQuerySet
from subjects.models.focal_points import FocalPointRecord

_NEVER_BOTH = _("A secretariat focal point cannot be a Coordinator on the same day.")
OF_GROUP = {f"of_{group.lower()}": Q(appointments__group=group) for group in GroupCode.values}

SECRETARIAT = "secretariat"  # for which its own focal points sit, beside the words of `SitsFor`


class CoordinatorQuerySet(TenureQuerySet):
    """Coordinators with the decisions that appointed them."""

    def with_decisions(self):
        """Each with its `decisions`. An advisory group appoints once, so one join for each group reads them all."""
        joins = {name: FilteredRelation("appointments", condition=where) for name, where in OF_GROUP.items()}
        return self.annotate(**joins).select_related(*joins)

    def that_make_the_state(self, on):
        """Of each subject who began last by a day; two never begin on one day."""
        begun = Coordinator.objects.filter(subject=OuterRef("subject"), starts_on__lte=on)
        return self.filter(starts_on=Subquery(begun.order_by("-starts_on").values("starts_on")[:1]))

    def without_decision(self):
        """One to three groups appoint, each by a decision of its own: none of them is recorded either."""
        decided = Appointment.objects.filter(coordinator=OuterRef("pk")).exclude(document="")
        return super().without_decision().exclude(Exists(decided))


class Coordinator(Tenure):
    """The one Coordinator of a subject, from the membership, appointed by one to three groups (A0)."""

    subject = models.ForeignKey("Subject", models.PROTECT, verbose_name=_("subject"))

    objects = CoordinatorQuerySet.as_manager()
    history = tracked(lists_removed=True)

    class Meta(Tenure.Meta):
        verbose_name = _("Coordinator")
        verbose_name_plural = _("Coordinators")
        ordering = ["subject__code", "-starts_on"]
        indexes = [
            models.Index(fields=["ends_on", "starts_on"], name="subjects_coordinator_days"),
            models.Index(fields=["grade"], name="subjects_coordinator_grade"),
        ]
        constraints = [
            *Tenure.Meta.constraints,
            NoOverlap(
                name="subjects_coordinator_one",
                partition=["subject"],
                violation_error_message=_(
                    "This subject has another Coordinator on a day of this term; end that one first."
                ),
            ),
            Exclusive(
                name="subjects_coordinator_not_secretariat",
                other="subjects.FocalPoint",
                other_where={"body": SECRETARIAT_BODIES},
                violation_error_message=_NEVER_BOTH,
            ),
        ]

    def __str__(self):
        return with_commas((self.person, self.subject.code, self.since))

    @property
    def office_name(self):
        return of_holder(in_forms("Coordinator"), self.printed_name)

    @property
    def office_in_full(self):
        return office_of_subject(self.subject.code, name=self.printed_name)

    def record_keeper(self):
        return self.subject if self.subject_id else None

    @property
    def decisions(self):
        """The advisory groups' appointments; for rows read `with_decisions`."""
        found = (getattr(self, name, None) for name in OF_GROUP)  # a join that finds nothing sets nothing
        return [appointment for appointment in found if appointment]


class Appointment(Sourced):
    """That an advisory group appointed a Coordinator, with the group's own decision (A0)."""

    coordinator = models.ForeignKey(
        Coordinator, models.CASCADE, related_name="appointments", verbose_name=_("Coordinator")
    )
    group = models.CharField(_("advisory group"), max_length=4, choices=GroupCode)
    decided_on = DayField(_("decided on"), null=True, blank=True, has_happened=True)
    document = LineField(_("document"), max_length=200, blank=True, help_text=_("Its number."))
    document_url = WebAddressField(_("link to the document"), max_length=500, blank=True)

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("appointment by an advisory group")
        verbose_name_plural = _("appointments by advisory groups")
        ordering = ["group"]
        indexes = [models.Index(fields=["grade"], name="subjects_appointment_grade")]
        constraints = [
            models.UniqueConstraint(
                name="subjects_appointment_once",
                fields=["coordinator", "group"],
                violation_error_message=_("This advisory group's appointment is already recorded."),
            )
        ]

    def __str__(self):
        return f"{initials(self.group)} {self.document}".strip()


def office_of_subject(subject, body="", name="") -> str:
    """“Coordinator of EMF”; with a body “Focal Point for RAG: EMF”. `subject` is the code, `name` the holder's."""
    if not body:
        return of_holder(in_forms("Coordinator of %(subject)s"), name) % {"subject": subject}
    secretariat = gettext("Secretariat focal point for %(body)s: %(subject)s")
    kind = secretariat if body in SECRETARIAT_BODIES else gettext("Focal Point for %(body)s: %(subject)s")
    return kind % {"body": body_in_words(body), "subject": subject}


class FocalPointQuerySet(TenureQuerySet):
    """Focal Points whose names are public, and those that say what is so on a day."""

    def that_make_the_state(self, on):
        """Those in office on the day, and of each subject and body who left last before it."""
        same = FocalPoint.objects.filter(subject=OuterRef("subject"), body=OuterRef("body"))
        left = Subquery(same.ended(on).order_by("-ends_on", "pk").values("pk")[:1])
        return self.filter(holding_day(on) | Q(pk=left))

    def with_public_name(self):
        """For an advisory group always; for the secretariat where publication of the name was decided."""
        return self.filter(~Q(body__in=SECRETARIAT_BODIES) | Q(name_is_public=True))


class FocalPoint(Tenure):
    """A Focal Point of a subject: for an advisory group (A0), or the secretariat's own (A3).

    The secretariat's focal points are public by body, and by name only where that was decided.
    """

    subject = models.ForeignKey("Subject", models.PROTECT, verbose_name=_("subject"))
    body = models.CharField(_("for"), max_length=4, choices=FocalPointBody)
    name_is_public = models.BooleanField(
        _("publication of the name was decided"),
        default=False,
        help_text=_("For BR, TSB, BDT and GS: the public sees the body alone while this is not ticked."),
    )

    objects = FocalPointQuerySet.as_manager()
    history = tracked()

    class Meta(Tenure.Meta):
        verbose_name = _("Focal Point")
        verbose_name_plural = _("Focal Points")
        ordering = ["subject__code", "body", "-starts_on"]
        indexes = [
            models.Index(fields=["ends_on", "starts_on"], name="subjects_focalpoint_days"),
            models.Index(fields=["grade"], name="subjects_focalpoint_grade"),
        ]
        constraints = [
            *Tenure.Meta.constraints,
            NoOverlap(
                name="subjects_focalpoint_once",
                partition=["person", "subject", "body"],
                violation_error_message=_("This person is already Focal Point of this subject for this body."),
            ),
            Exclusive(
                name="subjects_secretariat_not_coordinator",
                other="subjects.Coordinator",
                where={"body": SECRETARIAT_BODIES},
                violation_error_message=_NEVER_BOTH,
            ),
            models.CheckConstraint(
                name="subjects_focalpoint_body",
                condition=Q(body__in=FocalPointBody.values),
                violation_error_message=_("A Focal Point stands for an advisory group, a Bureau or GS."),
            ),
        ]

    def __str__(self):
        return with_commas((self.person, f"{self.subject.code}{in_brackets(initials(self.body))}", self.since))

    @property
    def sits_for_kind(self):
        """The secretariat's own sit for it."""
        found = super().sits_for_kind
        return SECRETARIAT if self.is_secretariat and found == SitsFor.NOT_RECORDED else found

    def record_keeper(self):
        return FocalPointRecord.of(self.subject_id, self.body) if self.subject_id and self.body else None

    @property
    def printed_order(self):
        """What to sort by: the bodies in the order of `FocalPointBody`, then who began first."""
        return FocalPointBody.values.index(self.body), self.starts_on, self.pk

    @property
    def office_name(self):
        """“Focal Point for RAG”, “Secretariat focal point for BR”."""
        if self.is_secretariat:
            return gettext("Secretariat focal point for %(body)s") % {"body": body_in_words(self.body)}
        return gettext("Focal Point for %(body)s") % {"body": body_in_words(self.body)}

    @property
    def office_in_full(self):
        return office_of_subject(self.subject.code, self.body)

    @property
    def has_public_name(self):
        """Whether the public may know the name: of the secretariat's own where publication was decided."""
        return self.name_is_public or not self.is_secretariat

    @property
    def is_secretariat(self):
        """Whether this is a secretariat focal point (A3)."""
        return self.body in SECRETARIAT_BODIES


class Partner(Translated, Sourced):
    """An external organization with which a subject is coordinated (clause A2)."""

    TRANSLATED = ("name",)

    abbreviation = LineField(_("abbreviation"), max_length=30, unique=True)
    name = LineField(_("name"), max_length=200)
    url = WebAddressField(_("web address"), max_length=500, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner organization")
        verbose_name_plural = _("partner organizations")
        ordering = ["abbreviation"]

    def __str__(self):
        return self.abbreviation

    @property
    def name_shown(self):
        """`text("name")`, for templates."""
        return self.text("name")


class Partnership(Sourced):
    """That a partner organization works on a subject."""

    subject = models.ForeignKey("Subject", models.CASCADE, verbose_name=_("subject"))
    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("partner organization"))

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("partner organization of a subject")
        verbose_name_plural = _("partner organizations of subjects")
        ordering = ["partner__abbreviation"]
        constraints = [
            models.UniqueConstraint(
                name="subjects_partnership_once",
                fields=["subject", "partner"],
                violation_error_message=_("This organization is already a partner of this subject."),
            )
        ]

    def __str__(self):
        return with_colon(self.subject.code, self.partner)
