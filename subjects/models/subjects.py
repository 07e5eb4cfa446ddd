"""Subjects of mutual interest, what stands beside one on a day, and how many there are (F1)."""

from operator import attrgetter

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, DateField, Exists, FilteredRelation, OuterRef, Prefetch, Q, Value
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from iscg_portal.collation import Collated
from iscg_portal.fixed_terms import lazy_initials
from iscg_portal.identifiers import WikidataField
from iscg_portal.languages import with_colon
from iscg_portal.sourced import Sourced
from iscg_portal.tables.addresses import record_address
from iscg_portal.tenure.completeness import RecordKeeper, recorded_from_problem
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.models import holding_day
from iscg_portal.tenure.office_on import OfficeState, office_on
from iscg_portal.text_fields import AddressField, LineField, LongTextField
from iscg_portal.translated import Translated
from iscg_portal.visibility import PublicQuerySet, private_columns
from subjects.models.counts import ScopeCount, SubjectCounts
from subjects.models.focal_points import FocalPointRecord, bodies_on, complete_from, lines_of
from subjects.models.listings import NOT_RECORDED as UNKNOWN
from subjects.models.listings import Listing, in_state, is_evident, listing_on, off_the_list, on_the_list
from subjects.models.offices import Coordinator, FocalPoint, Partner, Partnership
from subjects.models.resolutions import Mandate, Resolution, of_verdicts
from subjects.theme_rule import judge

SECTORS = {"R": "in_r", "T": "in_t", "D": "in_d", "GS": "in_gs"}
HELD, VACANT, NOT_RECORDED = (state.in_address for state in OfficeState)


class SubjectQuerySet(PublicQuerySet):
    """Selections of subjects, and what stands beside each of them on a day.

    The `read_…` methods add a query each, whatever the number of subjects; slice before they are evaluated.
    """

    def concerning(self, sector):
        """Those with this letter in their scope."""
        return self.filter(**{SECTORS[sector]: True})

    def on_the_list(self, on):
        """Those on the list on a day, since when known or not."""
        return self.filter(on_the_list(on))

    def in_state(self, state, on):
        """Those whose listing is in one of the states of `listings.STATES` on a day."""
        return self.filter(in_state(state, on))

    def without_evidence(self, on):
        """Those with a time on the list of which nobody knows whether it had begun by a day; in their order."""
        undated = Listing.objects.filter(subject=OuterRef("pk"), starts_on__isnull=True).exclude(ends_on__lte=on)
        return self.filter(in_state(UNKNOWN, on), Exists(undated)).order_by("code")

    def in_verdict(self, verdict, on):
        """Those for which the theme rule is met, not met or cannot be told on a day."""
        return self.filter(of_verdicts(on)[verdict])

    def in_office_state(self, state, on):
        """Those whose Coordinator is HELD, VACANT or NOT_RECORDED on a day."""
        return self.filter(in_office_state(state, on))

    def with_offices(self, on):
        """Those on the list on a day, and those for which somebody holds an office all the same."""
        return self.filter(Q(on_the_list(on)) | Q(_held(Coordinator, on)) | Q(_held(FocalPoint, on)))

    def on(self, day):
        """Each with everything that stands beside it on a day."""
        return self.read_listings(day).read_mandates(day).read_offices(day)

    def read_offices(self, day):
        """Each with its offices on the day, and the decisions that appointed the Coordinator."""
        begun = Coordinator.objects.that_make_the_state(day).with_decisions()
        return self._read_coordinators(day, begun).read_focal_points(day)

    def with_partners(self):
        """A row for each partner organization of each subject, its `cooperation`; one row for a subject without any."""
        private = [f"cooperation__{column}" for column in private_columns(Partnership)]
        private += [f"cooperation__partner__{column}" for column in private_columns(Partner)]
        joined = self.annotate(cooperation=FilteredRelation("partnership"))
        return joined.select_related("cooperation__partner").defer(*private)

    def read_listings(self, on):
        """Each with its `listing` on the day."""
        return self._as_on(on).prefetch_related(
            Prefetch("listings", Listing.objects.public().dated(), to_attr="times_listed")
        )

    def read_mandates(self, on):
        """Each with its `resolutions` and its `theme` on the day."""
        mandates = Mandate.objects.covering(on).citing()
        return self._as_on(on).prefetch_related(Prefetch("mandate_set", mandates, to_attr="mandates_on_day"))

    def read_coordinator(self, on):
        """Each with its `office` on the day: the Coordinator who began last is all that it rests on."""
        return self._read_coordinators(on, Coordinator.objects.that_make_the_state(on))

    def read_coordinator_and_next(self, on):
        """The same, and its `next_coordinator`."""
        begun = Coordinator.objects.that_make_the_state(on)
        return self._read_coordinators(on, begun | Coordinator.objects.upcoming(on))

    def _read_coordinators(self, on, coordinators):
        rows = coordinators.public().named_on(on).order_by()
        return self._as_on(on).prefetch_related(Prefetch("coordinator_set", rows, to_attr="last_coordinators"))

    def read_focal_points(self, on):
        """Each with its `focal_points` in office on the day, and the state of each body."""
        rows = FocalPoint.objects.public().that_make_the_state(on).named_on(on).order_by()
        read = self._as_on(on).prefetch_related(Prefetch("focalpoint_set", rows, to_attr="last_focal_points"))
        return read.annotate(**complete_from())

    def counts(self, on) -> SubjectCounts:
        """How many of them are on the list on a day, by scope, or may be. Two queries, whatever their number."""
        scopes = self.count_by_scope(on)
        number = self.aggregate(all=Count("pk"), off=Count("pk", filter=off_the_list(on)))
        return SubjectCounts(scopes, number["all"] - number["off"] - sum(scope.number for scope in scopes))

    def count_by_scope(self, on) -> list[ScopeCount]:
        """How many of them are on the list on a day, by scope and by the state of their Coordinator."""
        # At most one listing and one Coordinator of a subject hold a day, so the joins double no subject. One that was
        # never listed joins nulls, and not a listing without a first day.
        is_listed = Q(listings__starts_on__isnull=False) | is_evident(on, subject="pk", listing="listings__")
        listed = self.rewrite(False).filter(holding_day(on, "listings__"), is_listed, listings__isnull=False)
        office = FilteredRelation("coordinator", condition=holding_day(on, "coordinator__"))
        is_vacant = Q(office_now=None, recorded_from__lte=on)
        found = listed.annotate(office_now=office).order_by().values(*SECTORS.values())
        rows = found.annotate(number=Count("pk"), held=Count("office_now__pk"), vacant=Count("pk", filter=is_vacant))
        return [_scope_count(**row) for row in rows]

    def _as_on(self, day):
        return self.annotate(as_on=Value(day, DateField()))


def in_office_state(state, on):
    """The condition that the Coordinator of a subject is HELD, VACANT or NOT_RECORDED on a day."""
    held = Q(pk__in=Coordinator.objects.in_office(on).values("subject"))  # read once, not for each subject
    if state == HELD:
        return held
    recorded = Q(recorded_from__lte=on)
    return recorded & ~held if state == VACANT else ~recorded & ~held


def lacks_focal_points(state, bodies, on):
    """The condition that one of the bodies, as `bodies_on` has them, is VACANT or NOT_RECORDED on a day."""
    in_office = FocalPoint.objects.in_office(on).values("subject")
    begun = FocalPointRecord.objects.filter(recorded_from__lte=on).values("subject")
    if state == VACANT:
        held = in_office.filter(subject=OuterRef("subject"), body=OuterRef("body"))
        return Q(pk__in=begun.filter(~Exists(held), body__in=bodies))
    lacking = Q()
    for body in bodies:
        known = Q(pk__in=in_office.filter(body=body)) | Q(pk__in=begun.filter(body=body))
        lacking |= Q((SECTORS[body.sector], True)) & ~known
    return lacking


def _held(model, on):
    return Exists(model.objects.in_office(on).filter(subject=OuterRef("pk")))


def _scope_count(number, held, vacant, **sectors):
    scope = tuple(letter for letter, field in SECTORS.items() if sectors[field])
    return ScopeCount(scope, held, vacant, number - held - vacant)


class Subject(RecordKeeper, Collated, Translated, Sourced):
    """A subject of mutual interest of the three Sectors and the General Secretariat, or some of them."""

    TRANSLATED = ("title", "summary")
    OTHER_RECORDS = {"mandates_recorded_from": _("mandates of %(keeper)s")}

    code = LineField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9-]*\Z", _("Capital letters, digits and hyphens."))],
    )
    slug = AddressField(
        _("web address"),
        max_length=40,
        unique=True,
        blank=True,
        help_text=_("Set once; made from the code if blank."),
    )
    title = LineField(_("title"), max_length=300)
    summary = LongTextField(_("summary"), blank=True)
    wikidata = WikidataField()
    in_r = models.BooleanField(lazy_initials("ITU-R"), default=False)
    in_t = models.BooleanField(lazy_initials("ITU-T"), default=False)
    in_d = models.BooleanField(lazy_initials("ITU-D"), default=False)
    in_gs = models.BooleanField(_("General Secretariat"), default=False)
    recorded_from = DayField(
        _("record complete from"),
        null=True,
        blank=True,
        help_text=_(
            "From this day on the record of Coordinators has no holes: a day without one is a vacancy."
            " Before it, or while this is blank, such a day is “not recorded”."
        ),
    )
    mandates_recorded_from = DayField(
        _("mandates complete from"),
        null=True,
        blank=True,
        help_text=_(
            "From this day on every resolution behind this subject is on record. Before it, or while this is blank,"
            " the theme rule is never said to be “not met”, since a resolution may be lacking here."
        ),
    )
    mandates = models.ManyToManyField(
        Resolution, through="Mandate", related_name="subjects", verbose_name=_("mandates")
    )
    partners = models.ManyToManyField(
        "Partner", through="Partnership", related_name="subjects", verbose_name=_("partner organizations")
    )

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["grade"], name="subjects_subject_grade"),
            # Counting the subjects of each pair of Sectors, and those without a Coordinator, reads this and no row.
            models.Index(
                fields=["in_r", "in_t", "in_d", "in_gs", "id", "recorded_from"], name="subjects_subject_counts"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="subjects_subject_concerns_two",
                condition=(
                    Q(in_r=True, in_t=True)
                    | Q(in_r=True, in_d=True)
                    | Q(in_r=True, in_gs=True)
                    | Q(in_t=True, in_d=True)
                    | Q(in_t=True, in_gs=True)
                    | Q(in_d=True, in_gs=True)
                ),
                violation_error_message=_("A subject is of mutual interest: tick at least two of R, T, D and GS."),
            )
        ]

    def __str__(self):
        return with_colon(self.code, self.text("title"))

    def get_absolute_url(self):
        return record_address("subjects:subject-detail", self.slug)

    def collated_text(self, language):
        with override(language):
            return self.text("title")

    @property
    def scope(self):
        """The letters of the Sectors concerned, in the order R, T, D, GS."""
        return [letter for letter, field in SECTORS.items() if getattr(self, field)]

    @property
    def summary_shown(self):
        """`text("summary")`, for templates."""
        return self.text("summary")

    @cached_property
    def listing(self):
        """Its state on the list; for rows read `on` a day, as all that follows."""
        return listing_on(self.as_on, self.times_listed)

    @cached_property
    def resolutions(self):
        """The resolutions among its mandates, in the order in which they are printed."""
        return [mandate.resolution for mandate in self.mandates_in_order]

    @property
    def mandates_in_order(self):
        """Its mandates of the day, in the same order."""
        return sorted(self.mandates_on_day, key=lambda mandate: mandate.resolution.printed_order)

    @cached_property
    def theme(self):
        """The verdict of the theme rule."""
        return judge((mandate.resolution for mandate in self.mandates_on_day), self.has_all_mandates(self.as_on))

    def has_all_mandates(self, on):
        """Whether every resolution behind it is on record on a day."""
        return self.mandates_recorded_from is not None and self.mandates_recorded_from <= on

    @cached_property
    def office(self):
        """The Coordinator's office: held, vacant or not recorded."""
        return office_on(self.as_on, self.recorded_from, self.last_coordinators)

    @property
    def next_coordinator(self):
        """The next one on record who takes office after the day; None where those to come were not read."""
        coming = (one for one in self.last_coordinators if one.starts_on > self.as_on)
        return min(coming, key=attrgetter("starts_on"), default=None)

    @cached_property
    def focal_point_bodies(self):
        """The state of each body's Focal Points (`BodyOn`), in the order in which they are printed."""
        return list(bodies_on(self, self.as_on, self.last_focal_points))

    @property
    def focal_points(self):
        """Its Focal Points in office, in the same order."""
        return [focal_point for body in self.focal_point_bodies for focal_point in body.holders]

    @property
    def bodies_of_groups(self):
        """The states of the advisory groups' Focal Points."""
        return [body for body in self.focal_point_bodies if not body.is_secretariat]

    @property
    def bodies_of_secretariat(self):
        """The states of the secretariat's own."""
        return [body for body in self.focal_point_bodies if body.is_secretariat]

    @property
    def lines_of_groups(self):
        """The same as lines of a table."""
        return lines_of(self.bodies_of_groups)

    @property
    def lines_of_secretariat(self):
        """The same as lines of a table."""
        return lines_of(self.bodies_of_secretariat)

    def tenures(self):
        """The rows that say who coordinated it."""
        return self.coordinator_set.all()

    def rows_of(self, field):
        """The rows of which a further record says from when they are complete."""
        return {"mandates_recorded_from": self.mandate_set}[field].all()

    def clean_fields(self, exclude=None):
        """The address is made from the code, once."""
        self.slug = self.slug or slugify(self.code)
        super().clean_fields(exclude=exclude)

    def clean(self):
        """Nor can the record of its mandates begin before such a date."""
        super().clean()
        problem = recorded_from_problem(self.mandates_recorded_from, self.mandate_set.all()) if self.pk else ""
        if problem:
            raise ValidationError({"mandates_recorded_from": problem})
