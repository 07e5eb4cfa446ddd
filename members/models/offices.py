"""The management team: representatives, Chair terms and the nominations for the Chair (C1, C2)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _

from iscg_portal.fixed_terms import with_initials
from iscg_portal.history import tracked
from iscg_portal.languages import with_commas
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.models import Tenure
from iscg_portal.text_fields import LineField, LongTextField
from members.models.chair_rules import binding_problems
from members.models.countries import LISTED, Country
from members.models.groups import CHAIR, Conference, OfSeat, Seat
from members.models.people import Person


class Representative(OfSeat, Tenure):
    """One of the two representatives of RAG, TSAG or TDAG (clause C1)."""

    seat = models.ForeignKey(Seat, models.PROTECT, verbose_name=_("seat"), limit_choices_to={"group__isnull": False})
    # The group is read off the seat by the database, for the rule "not in two seats of one group".
    group_code = models.GeneratedField(
        expression=Substr("seat", 1, Length("seat") - 1),
        output_field=models.CharField(max_length=4),
        db_persist=True,
    )

    history = tracked(excluded_fields=["group_code"], lists_removed=True)

    class Meta(Tenure.Meta):
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["seat_id", "-starts_on"]
        indexes = [
            models.Index(fields=["grade"], name="members_representative_grade"),
            models.Index(fields=["seat", "starts_on"], name="members_representative_begun"),
            models.Index(fields=["starts_on"], name="members_representative_starts"),
            models.Index(fields=["ends_on"], name="members_representative_ends"),
        ]
        constraints = [
            *Tenure.Meta.constraints,
            NoOverlap(
                name="members_representative_one_holder",
                partition=["seat"],
                violation_error_message=_("Somebody else holds this seat on a day of this term; end that term first."),
            ),
            NoOverlap(
                name="members_representative_one_seat",
                partition=["person", ("group_code", "seat.group_id")],
                violation_error_message=_(
                    "This person already holds a seat of this advisory group on a day of this term."
                ),
            ),
            models.CheckConstraint(
                name="members_representative_not_the_chair",
                condition=~Q(seat=CHAIR),
                violation_error_message=_("The Chair's seat is held by Chair terms."),
            ),
        ]

    def __str__(self):
        return with_commas((self.person, with_initials(self.seat_id), self.since))

    def record_keeper(self):
        return self.seat if self.seat_id else None


class ChairTerm(OfSeat, Tenure):
    """A Chair's term: follows a Plenipotentiary Conference, appointed or extended (clause C2).

    A term is open until succeeded: the conference never sets its end. The rules of clause C2 are in
    `members.models.chair_rules`; they bind terms that start on or after the day the ToR takes effect.
    """

    class Kind(models.TextChoices):
        """How a term came about."""

        APPOINTED = "appointed", _("appointed")
        EXTENDED = "extended", _("extended")

    seat = models.ForeignKey(Seat, models.PROTECT, default=CHAIR, editable=False, verbose_name=_("seat"))
    follows = models.ForeignKey(
        Conference,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"body": "PP"},
        verbose_name=_("follows"),
        help_text=_("The Plenipotentiary Conference shortly after which the Chair was appointed."),
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.APPOINTED)

    history = tracked(lists_removed=True)

    class Meta(Tenure.Meta):
        verbose_name = _("Chair term")
        verbose_name_plural = _("Chair terms")
        ordering = ["-starts_on"]
        indexes = [
            models.Index(fields=["seat", "starts_on"], name="members_chairterm_begun"),
            models.Index(fields=["starts_on"], name="members_chairterm_starts"),
            models.Index(fields=["ends_on"], name="members_chairterm_ends"),
        ]
        constraints = [
            *Tenure.Meta.constraints,
            NoOverlap(
                name="members_chairterm_one_chair",
                partition=["seat"],
                violation_error_message=_("Somebody else is Chair on a day of this term; end that term first."),
            ),
            models.CheckConstraint(
                name="members_chairterm_the_chair",
                condition=Q(seat=CHAIR),
                violation_error_message=_("A Chair term holds the Chair's seat."),
            ),
        ]

    def __str__(self):
        return with_commas((self.person, self.seat_name, self.since))

    def record_keeper(self):
        return Seat.objects.filter(pk=CHAIR).first()

    def clean(self):
        """Refuse what clause C2 does not allow, from the day it binds (`members.models.chair_rules`)."""
        super().clean()
        problems = binding_problems(self)
        if problems:
            raise ValidationError(problems)


def terms_of_seats(chosen, beside=("person",)):
    """The terms of all seats that `chosen(rows)` lets through, as the public may see them, in one query.

    Both tables are read as one: every row is a `ChairTerm` here, with the columns that both tables have. Their
    countries are read apart: `Country.objects.read_for`.
    """
    chair, others = (chosen(kind.objects.public(beside)) for kind in (ChairTerm, Representative))
    return chair.defer("follows", "kind").order_by().union(others.defer("group_code").order_by(), all=True)


def terms_in(seats, chosen):
    """The same of some seats; where one of the two tables has all of these, it alone is read."""
    kinds = {seat.pk == CHAIR: ChairTerm if seat.pk == CHAIR else Representative for seat in seats}
    if len(kinds) == 1:
        return chosen(next(iter(kinds.values())).objects.public(["person"])).filter(seat__in=seats)
    return terms_of_seats(lambda rows: chosen(rows).filter(seat__in=seats))


class Nomination(Sourced):
    """A candidate for the Chair after a Plenipotentiary Conference (clause C2). Seen by staff only."""

    conference = models.ForeignKey(
        Conference, models.PROTECT, limit_choices_to={"body": "PP"}, verbose_name=_("for the term after")
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"))
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, limit_choices_to=LISTED, verbose_name=_("country")
    )
    nominated_on = DayField(_("nominated on"), has_happened=True)
    nominated_by = LineField(_("nominated by"), max_length=200, blank=True)
    withdrawn_on = DayField(
        _("withdrawn on"), null=True, blank=True, help_text=_("While blank, the nomination stands."), has_happened=True
    )
    note = LongTextField(_("note"), blank=True)

    history = tracked()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["-nominated_on"]
        constraints = [
            models.UniqueConstraint(
                name="members_nomination_once",
                fields=["conference", "person"],
                violation_error_message=_("This person is already nominated for the term after this conference."),
            ),
            models.CheckConstraint(
                name="members_nomination_withdrawn_after",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("nominated_on")),
                violation_error_message=_("A nomination cannot be withdrawn before it was made."),
            ),
        ]

    def __str__(self):
        return with_commas([self.person, self.conference])
