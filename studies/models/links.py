"""Links between units of different Sectors, and between units and subjects: Tables 1, 2 and 3 are printed from them.

What each side says of a link is a row of its own; what it said last by a day holds on that day.
"""

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Prefetch, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.plain_text import cleaned
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.models import Period, PeriodQuerySet
from iscg_portal.text_fields import LineField, WebAddressField
from iscg_portal.translated import Translated
from studies import rules
from studies.models.confirmations import EARLIER, Confirmation
from studies.models.units import StudyUnit
from subjects.models import Subject

CONFIRMED, TO_BE_CONFIRMED, CONTESTED = "confirmed", "to-be-confirmed", "contested"
STATES = {
    CONFIRMED: pgettext_lazy("mapping link", "confirmed"),
    TO_BE_CONFIRMED: _("to be confirmed"),
    CONTESTED: _("contested"),
}


# How the first unit stands to the second, told of the second.
OTHER_WAY_ROUND = {"part of": "comprises", "comprises": "part of"}


class LinkQuerySet(PeriodQuerySet):
    """Links, and where each stands on a day."""

    def with_names(self):
        """Each with its units, their periods and its subject."""
        return self.with_units().join_public("subject")

    def with_units(self):
        """Each with its units and their periods."""
        return self.join_public("first__period", "second__period")

    def with_shared_names(self):
        """As `with_names`, for files of many thousand links: a unit that many links name is read once. Four queries."""
        units = StudyUnit.objects.public().with_period()
        ends = [Prefetch(end, units) for end in ("first", "second")]
        return self.prefetch_related(*ends, Prefetch("subject", Subject.objects.public()))

    def with_state(self, on):
        """Each with its `state` on a day, one of STATES, by what each side said last.

        A joint group has no side that could confirm. A Sector that the link joined before is none any more.
        """
        said = Confirmation.objects.filter(link=OuterRef("pk"), said_on__lte=on).order_by("-said_on", "-turn")
        last = said.values("stance")
        first, second = (last.filter(sector=OuterRef(f"{end}__sector"))[:1] for end in ("first", "second"))
        confirmed, contested = Confirmation.Stance.CONFIRMED, Confirmation.Stance.CONTESTED
        agrees = Q(first__sector="") | Q(said_by_first=confirmed)
        other_agrees = Q(second__isnull=True) | Q(second__sector="") | Q(said_by_second=confirmed)
        state = Case(
            When(Q(said_by_first=contested) | Q(said_by_second=contested), then=Value(CONTESTED)),
            When(agrees & other_agrees, then=Value(CONFIRMED)),
            default=Value(TO_BE_CONFIRMED),
            output_field=CharField(),
        )
        return self.alias(said_by_first=Subquery(first), said_by_second=Subquery(second)).annotate(state=state)

    def with_waits(self, sides, on):
        """Each with `waits`: whether it waits for one of the sides on a day.

        `sides` are pairs of a subject's key and the Sector that speaks on links about it. A side has not spoken yet,
        or the other one said something else since.
        """
        waits = Q(pk__in=[])
        for subject, sector in sides:
            others = Confirmation.objects.standing(on).filter(link=OuterRef("link")).exclude(sector=sector)
            contrary = others.exclude(EARLIER).exclude(stance=OuterRef("stance"))
            own = Confirmation.objects.standing(on).filter(link=OuterRef("pk"), sector=sector)
            waits |= of_side(subject, sector) & ~Exists(own.filter(~Exists(contrary)))
        return self.annotate(waits=Case(When(waits, then=True), default=False, output_field=models.BooleanField()))

    def of_sides(self, sides):
        """Those on which one of the sides speaks."""
        found = Q(pk__in=[])
        for subject, sector in sides:
            found |= of_side(subject, sector)
        return self.filter(found)

    def about(self, subject):
        """Those about a subject, by its code."""
        return self.filter(subject__code=subject)

    def of_group(self, slug):
        """Those that touch a study group, or a unit below it."""
        paths = ("first", "first__parent", "first__parent__parent")
        paths += tuple(path.replace("first", "second", 1) for path in paths)
        touched = Q(pk__in=[])
        for path in paths:
            touched |= Q((f"{path}__slug", slug))
        return self.filter(touched)

    def in_printed_order(self, *, turned=False):
        """By the first unit, then the second; `turned` where the table names the second first."""
        first, second = ([f"{end}__sector", f"{end}__sort_key"] for end in ("first", "second"))
        if turned:
            return self.annotate(turned=Value(True)).order_by(*second, *first, "pk")
        return self.order_by(*first, *second, "pk")


def of_side(subject, sector):
    """The condition that a link is about a subject, by its key, and one of its units is of a Sector."""
    return Q(subject=subject) & (Q(first__sector=sector) | Q(second__sector=sector))


class MappingLink(Period, Translated, Sourced):
    """Two units of different Sectors study the same, or a unit studies a subject. Each pair is stored once."""

    TRANSLATED = ("topic",)

    class Kind(models.TextChoices):
        """How the first stands to the second, or to the subject."""

        SAME = "same topic", _("same topic")
        PART = "part of", _("part of it")
        WHOLE = "comprises", _("comprises it")
        RELATED = "related", _("related")

    first = models.ForeignKey(StudyUnit, models.PROTECT, related_name="links_as_first", verbose_name=_("unit"))
    second = models.ForeignKey(
        StudyUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links_as_second",
        verbose_name=_("unit of another Sector"),
        help_text=_("In whichever order you enter them, the Sector that comes first in D, GS, R, T is stored first."),
    )
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="study_links",
        verbose_name=_("subject"),
        help_text=_("The subject that the link is about; without another unit, what the unit studies."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RELATED)
    topic = LineField(
        _("topic"),
        max_length=300,
        blank=True,
        default="",
        validators=[no_personal_address],
        help_text=_("In words."),
    )
    decision = LineField(_("decision"), max_length=200, blank=True, help_text=_("The number of its document."))
    decision_url = WebAddressField(_("link to the document"), max_length=500, blank=True)
    topic_key = models.CharField(max_length=300, editable=False, default="")  # the topic, whatever its language
    turned = False  # whether a table names the second unit first (`LinkQuerySet.in_printed_order`)

    objects = LinkQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = _("mapping link")
        verbose_name_plural = _("mapping links")
        ordering = ["first_id", "second_id", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="studies_link_to_something",
                condition=Q(second__isnull=False) | Q(subject__isnull=False),
                violation_error_message=_("A link leads to a unit of another Sector, to a subject, or to both."),
            ),
            models.UniqueConstraint(
                name="studies_link_once",
                fields=["first", "second", "topic_key"],
                condition=Q(second__isnull=False),
                violation_error_message=_("These two units are already linked on this topic."),
            ),
            models.UniqueConstraint(
                name="studies_link_subject_once",
                fields=["first", "subject"],
                condition=Q(second__isnull=True),
                violation_error_message=_("This unit is already linked to this subject."),
            ),
            rules.AcrossSectors(
                name="studies_link_across", violation_error_message=_("A link joins units of different Sectors.")
            ),
            rules.StoredOnce(
                name="studies_link_in_order",
                violation_error_message=_("A link is stored once: the Sector that comes first in D, GS, R, T first."),
            ),
            rules.OfOneTime(
                name="studies_link_of_one_time",
                violation_error_message=_("The study periods of these two units have no day in common."),
            ),
            rules.WhileItsUnitsStand(
                name="studies_link_while_units_stand",
                violation_error_message=_("The days of the link lie outside the study period of one of its units."),
            ),
        ]

    def __str__(self):
        return " – ".join(str(one) for one in (self.first, self.second or (self.subject and self.subject.code)) if one)

    @property
    def code(self):
        """How files name it: “d-2022-2025-q7-2 + r-2023-2027-wp-1c: measurement”."""
        other = self.second.slug if self.second_id else self.subject.code
        return f"{self.first.slug} + {other}" + (f": {self.topic_key}" if self.topic_key else "")

    @property
    def topic_shown(self):
        """The topic in the page's language, else the title of the subject."""
        return self.text("topic") or (self.subject.title_shown if self.subject_id else "")

    @property
    def topic_in_original(self):
        """The topic in the language in which it was entered, blank where there is none."""
        return getattr(self, f"topic_{self.original_language.replace('-', '_')}") or ""

    @property
    def ends(self):
        """Both, the one first that the table names first; the other is None where it is a subject."""
        return (self.second, self.first) if self.turned else (self.first, self.second)

    @property
    def kind_of_first(self):
        """How the unit that the table names first stands to the other."""
        return OTHER_WAY_ROUND.get(self.kind, self.kind) if self.turned else self.kind

    @property
    def kind_in_words(self):
        """The same, as it is printed."""
        return dict(self.Kind.choices).get(self.kind_of_first, self.kind_of_first)

    @property
    def units(self):
        """The units at its ends."""
        return [unit for unit in (self.first, self.second) if unit]

    @property
    def state_in_words(self):
        """“to be confirmed”; for rows read `with_state`."""
        return STATES[self.state]

    @property
    def sides(self):
        """The Sectors that can confirm it."""
        return [unit.sector for unit in self.units if unit.sector]

    def stands_on(self, day):
        """Whether a day is one of its own, and one of the units at its ends; for rows read `with_names`."""
        return self.covers(day) and all(unit.stands_on(day) for unit in self.units)

    def other_than(self, unit):
        """The unit at the other end, None where that is a subject."""
        return self.second if self.first_id == unit.pk else self.first

    def clean_fields(self, exclude=None):
        """Whichever way round it is entered, it is stored in one order."""
        if self.first_id and self.second_id and self.first.sector > self.second.sector:
            self.first, self.second = self.second, self.first
            self.kind = OTHER_WAY_ROUND.get(self.kind, self.kind)
        self.topic_key = cleaned(self.topic_in_original).casefold()[:300]
        super().clean_fields(exclude=exclude)
