"""What the finder found among the studies of the Sectors, and what the secretariat decided about it (A1)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.history import check_public, tracked
from iscg_portal.languages import with_colon, with_commas
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LongTextField
from subjects.models import Subject

MOST_TEXT = 2_000


class FindingState(models.TextChoices):
    """Where a finding stands."""

    OPEN = "open", _("to be decided")
    ASSIGNED = "assigned", _("assigned")
    ACCEPTED = "accepted", pgettext_lazy("finding", "accepted")
    DISMISSED = "dismissed", _("dismissed")
    GONE = "gone", _("no longer so")


class FindingQuerySet(models.QuerySet):
    """Questions about findings. `on` is a date; None means today in Geneva."""

    def found(self, on=None):
        """Those that were so on the day, as far as the finder had looked."""
        on = on or today()
        return self.filter(Q(gone_on__isnull=True) | Q(gone_on__gt=on), found_on__lte=on)

    def with_state(self, on=None):
        """Each with its `state` on the day. A dismissal holds until the facts change."""
        on = on or today()
        decided = Q(decision__decided_on__lte=on)
        same_facts = Q(decision__fingerprint=F("fingerprint"))
        taken = (FindingDecision.Act.ACCEPTED, FindingDecision.Act.ASSIGNED)
        state = Case(
            When(gone_on__lte=on, then=Value(FindingState.GONE.value)),
            *(When(decided & Q(decision__act=act), then=Value(act.value)) for act in taken),
            When(decided & same_facts & Q(decision__act="dismissed"), then=Value(FindingState.DISMISSED.value)),
            default=Value(FindingState.OPEN.value),
            output_field=CharField(),
        )
        return self.annotate(state=state)

    def unsettled(self, on=None):
        """Those that were so on the day, and were neither accepted nor dismissed."""
        return self.found(on).with_state(on).filter(state__in=[FindingState.OPEN, FindingState.ASSIGNED])

    def for_account(self, account, subjects, on=None):
        """The unsettled ones about the subjects, and those that are assigned to the account or its person."""
        about = FindingSubject.objects.filter(finding=OuterRef("pk"), subject__in=subjects)
        mine = Q(decision__account=account.pk)
        if account.person_id:
            mine |= Q(decision__person=account.person_id)
        return self.unsettled(on).filter(Exists(about) | (mine & Q(state=FindingState.ASSIGNED)))


class StudyFinding(models.Model):
    """An overlap or a gap: found by the finder, which writes it; it changes nothing else. No part of the record.

    `key` says what it is about, for ever; `fingerprint` what of it would make another case. The `facts` name records by
    their keys and hold no name and no title, so that what is not public any more is not kept here.
    """

    no_record = True

    class Kind(models.TextChoices):
        """What is found."""

        SIMILAR = "similar titles", _("nearly the same title")
        NO_COORDINATOR = "no coordinator", _("several Sectors, no Coordinator")
        NO_FOCAL_POINT = "no focal point", _("studied, no Focal Point of the Sector")
        ONE_SIDED = "one-sided", _("claim of one side")
        CLOSED_UNIT = "closed unit", _("link to a unit that ended")
        NO_LINK = "no link", _("unit without a link")

    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    key = models.CharField(max_length=120, unique=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    facts = models.JSONField(default=dict, editable=False)
    is_recorded = models.BooleanField(
        _("known for certain"),
        default=True,
        help_text=_("No: the record is not known to be complete on the point, so it is “not recorded” (rule 16)."),
    )
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    found_on = DayField(_("found on"))
    gone_on = DayField(_("no longer so since"), null=True, blank=True)
    subjects = models.ManyToManyField(Subject, through="FindingSubject", related_name="+", verbose_name=_("subjects"))

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("overlap or gap")
        verbose_name_plural = _("overlaps and gaps")
        ordering = ["kind", F("score").desc(nulls_last=True), "key"]
        indexes = [models.Index(fields=["gone_on", "kind"], name="studies_finding_now")]

    def __str__(self):
        return with_commas([self.get_kind_display(), self.pk])

    @property
    def is_duplication(self):
        """Whether it is work done twice; the others are gaps."""
        return self.kind == self.Kind.SIMILAR

    @property
    def similar_things(self):
        """Of nearly the same titles, the two things: (label of the model, key)."""
        source = self.facts["source"]
        return list(zip((source, self.facts.get("other_source", source)), self.facts["ends"], strict=True))

    @property
    def decided(self):
        """The decision on it; None where there is none."""
        return getattr(self, "decision", None)

    @property
    def facts_have_changed(self):
        """Whether they are other ones than those that were decided on."""
        return self.decided is not None and self.decided.fingerprint != self.fingerprint


class FindingSubject(models.Model):
    """A subject that a finding is about: its Coordinator sees it in the workspace."""

    no_record = True

    finding = models.ForeignKey(StudyFinding, models.CASCADE)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "subject of an overlap or gap"
        verbose_name_plural = "subjects of overlaps and gaps"
        constraints = [models.UniqueConstraint(name="studies_findingsubject_once", fields=["finding", "subject"])]

    def __str__(self):
        return with_colon(self.finding_id, self.subject_id)


class FindingDecision(models.Model):
    """What the secretariat decided about a finding: one row, its history has what was decided before.

    A dismissal is about facts (`fingerprint`), and holds until they change. What was accepted stands in the annual
    report of its day.
    """

    class Act(models.TextChoices):
        """What was decided."""

        ACCEPTED = FindingState.ACCEPTED.value, FindingState.ACCEPTED.label
        ASSIGNED = FindingState.ASSIGNED.value, FindingState.ASSIGNED.label
        DISMISSED = FindingState.DISMISSED.value, FindingState.DISMISSED.label

    finding = models.OneToOneField(
        StudyFinding, models.PROTECT, related_name="decision", verbose_name=_("overlap or gap")
    )
    act = models.CharField(_("decision"), max_length=9, choices=Act)
    decided_on = DayField(_("decided on"), has_happened=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    person = models.ForeignKey(
        "members.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings_assigned",
        verbose_name=_("assigned to a person with an office"),
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings_assigned",
        verbose_name=_("assigned to an account"),
    )
    because = LongTextField(_("reason"), max_length=MOST_TEXT, blank=True, help_text=_("For staff; never public."))
    outcome = LongTextField(
        pgettext_lazy("of an overlap or gap", "what comes of it"),
        max_length=MOST_TEXT,
        blank=True,
        validators=[check_public],
        help_text=_("Public: the annual report prints it."),
    )

    history = tracked()

    class Meta:
        verbose_name = _("decision on an overlap or gap")
        verbose_name_plural = _("decisions on overlaps and gaps")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="studies_decision_dismissed_because",
                condition=~Q(act="dismissed") | ~Q(because=""),
                violation_error_message=_("Say why it is dismissed."),
            ),
            models.CheckConstraint(
                name="studies_decision_assigned_to_one",
                condition=(
                    Q(act="assigned", person__isnull=False, account__isnull=True)
                    | Q(act="assigned", person__isnull=True, account__isnull=False)
                    | (~Q(act="assigned") & Q(person__isnull=True, account__isnull=True))
                ),
                violation_error_message=_("It is assigned to one person or to one account."),
            ),
            models.CheckConstraint(
                name="studies_decision_outcome_of_accepted",
                condition=Q(act="accepted") | Q(outcome=""),
                violation_error_message=_("What comes of it is said of what is accepted."),
            ),
        ]

    def __str__(self):
        return with_colon(self.finding, self.get_act_display())

    @property
    def assigned_to(self):
        """The person or the account; None where it is assigned to nobody."""
        return self.person or self.account

    def clean(self):
        """Who is assigned something can see it: an account that is open."""
        if self.account_id and not self.account.is_active:
            raise ValidationError({"account": _("This account is closed.")})


class FinderRun(models.Model):
    """One row: when the finder last looked, and at which state and day of the record. No part of the record."""

    no_record = True

    token = models.CharField(max_length=32, blank=True, default="")
    day = models.DateField(null=True)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0)
    failed = models.JSONField(default=list)

    class Meta:
        verbose_name = "run of the finder"
        verbose_name_plural = "run of the finder"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="studies_finder_run_is_one_row")]

    def __str__(self):
        return str(self.finished_at)
