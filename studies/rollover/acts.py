"""Deciding what becomes of units, and carrying that out: one act, which can be undone as a whole (rule 18)."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal import record_version
from iscg_portal.history import remove_alike
from iscg_portal.languages import with_colon, with_commas
from iscg_portal.search.following import made_anew_together
from iscg_portal.tenure.joint_validation import RefusedTogether, add_together
from studies.models import Ending, PlannedEnding, StudyPeriod, StudyUnit
from studies.models.endings import SPLIT_ALONE, is_split_alone
from studies.rollover.links import LinkPlan, plan_links

Kind = Ending.Kind
SEVERAL = (Kind.SPLIT, Kind.REPLACED)
LOOKED_UP = ["unit", "successor"]  # found by the caller, so that they need no query


@dataclass(frozen=True)
class Rollover:
    """Two periods of a Sector, one after the other, with their units in printed order."""

    before: StudyPeriod
    period: StudyPeriod
    old: list[StudyUnit]
    new: list[StudyUnit]


def rollover_to(period) -> Rollover | None:
    """The change from the study period before to this one; None where none before it is on record. Three queries."""
    earlier = StudyPeriod.objects.filter(sector=period.sector, starts_on__lt=period.starts_on)
    before = earlier.order_by("-starts_on").first()
    if before is None:
        return None
    units = StudyUnit.objects.filter(period__in=[before, period]).select_related("period", "parent")
    units = list(units.in_printed_order())
    old, new = ([unit for unit in units if unit.period_id == one.pk] for one in (before, period))
    return Rollover(before, period, old, new)


def state_of(rows) -> str:
    """What stands decided of a unit, as a text that a page carries: two who decide at once meet in it."""
    return ";".join(sorted(_in_short(row) for row in rows))


def _in_short(row):
    return f"{row.kind}:{row.successor_id or ''}" + ("+" if row.others_unrecorded else "")


@dataclass(frozen=True)
class RolloverDecision:
    """What becomes of a unit; without `kind` a decision is taken back. `seen` is the `state_of` it that a page had.

    `others_unrecorded`: it was split, and has more successors than are on record (see `Ending`).
    """

    unit: StudyUnit
    kind: str
    successors: list[StudyUnit]
    seen: str
    others_unrecorded: bool = False

    @property
    def rows(self):
        """What it makes, unsaved."""
        said = {"unit": self.unit, "kind": self.kind, "others_unrecorded": self.others_unrecorded}
        return [PlannedEnding(successor=one, **said) for one in self.successors or [None]] if self.kind else []


@transaction.atomic
def decide(decisions, period, *, by=None):
    """Decide what becomes of units in a period, all or nothing.

    Errors: RefusedTogether, with the sentences for each decision that cannot stand, by its place.
    """
    record_version.bump()  # the first lock of every writer: a second one sees what the first one did
    stands, ended = _standing([one.unit for one in decisions])
    gone, wanted, problems = [], [], {}
    for place, one in enumerate(decisions):
        try:
            _refuse_colleague(one, stands[one.unit.pk], ended)
            _refuse_successors(one, period)
        except ValidationError as error:
            problems[place] = error
            continue
        rows = one.rows
        if state_of(rows) != state_of(stands[one.unit.pk]):
            gone += stands[one.unit.pk]
            wanted += [(place, row) for row in rows]
    if problems:
        raise RefusedTogether(problems)
    if gone:
        remove_alike(gone, "", by)
    try:
        add_together([row for _place, row in wanted], by=by, looked_up=LOOKED_UP)
    except RefusedTogether as refused:
        raise RefusedTogether({wanted[index][0]: error for index, error in refused.problems.items()}) from refused


def _standing(units):
    """({key of a unit: the decisions about it}, the keys of those whose end is on record). Two queries."""
    stands = defaultdict(list)
    for row in PlannedEnding.objects.filter(unit__in=units).select_related("successor"):
        stands[row.unit_id].append(row)
    return stands, set(Ending.objects.filter(unit__in=units).values_list("unit", flat=True))


def _refuse_colleague(decision, stands, ended):
    if decision.unit.pk in ended:
        raise ValidationError(_("What became of it is on record since; change it on the unit’s page."))
    if state_of(stands) != decision.seen:
        said = with_commas(
            f"{row.get_kind_display()} {row.successor.number if row.successor else ''}" for row in stands
        )
        message = _("Somebody decided otherwise meanwhile: %(what)s. Look at it again.")
        raise ValidationError(message % {"what": said.strip() or _("the decision was taken back")})


def _refuse_successors(decision, period):
    kind, successors = decision.kind, decision.successors
    for one in successors:
        if one.period_id != period.pk:
            raise ValidationError(_("%(unit)s is not of %(period)s.") % {"unit": one, "period": period})
    if kind and kind != Kind.CLOSED and not successors:
        raise ValidationError(_("Say which unit of the new list it becomes."))
    if kind and kind not in SEVERAL and len(successors) > 1:
        raise ValidationError(_("Only a unit that was split or replaced has several successors."))
    if is_split_alone(decision.rows):
        raise ValidationError(SPLIT_ALONE)


def endings_of(plans, **source) -> list[Ending]:
    """What the decisions make, unsaved; `source` gives the decision behind them, its source and grade."""
    said = ("unit", "kind", "successor", "others_unrecorded")
    return [Ending(**{name: getattr(plan, name) for name in said}, **source) for plan in plans]


def plans_of(before) -> list[PlannedEnding]:
    """The decisions about the units of a period, with the units. One query."""
    rows = PlannedEnding.objects.filter(unit__period=before)
    rows = rows.select_related("unit__period", "successor__period").order_by("unit__sort_key", "pk")
    return list(rows)


def digest_of(plans, links: LinkPlan) -> str:
    """What a page shows, in short: whoever confirms it confirms that and nothing else."""
    parts = [f"{plan.unit_id}:{_in_short(plan)}" for plan in plans]
    parts += [f"{old.pk}>{new.first_id}:{new.second_id}" for old, new in links.follows]
    parts += [f"{left.link.pk}!{left.reason}" for left in links.left]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class CarriedOut:
    """How many units got an end on record, and how many links followed or stayed behind."""

    units: int
    links: int
    left: int

    def __str__(self):
        said = ngettext("%(units)d unit carried over.", "%(units)d units carried over.", self.units)
        return " ".join(
            [
                said % {"units": self.units},
                ngettext(
                    "%(links)d link follows and is to be confirmed.",
                    "%(links)d links follow and are to be confirmed.",
                    self.links,
                )
                % {"links": self.links},
            ]
        )


@transaction.atomic
def carry_out(before, *, shown, reason, by=None, **source) -> CarriedOut:
    """Put what was decided about the units of a period on record, and let the links follow. All or nothing.

    `shown` is the `digest_of` what the page had. Errors: ValidationError where nothing is decided, where something
    changed since the page was opened, and where a rule forbids a row; then nothing is written.
    """
    record_version.bump()
    plans = plans_of(before)
    if not plans:
        raise ValidationError(_("Nothing is decided that is not carried out already."))
    endings = endings_of(plans, **source)
    links = plan_links(endings)
    if digest_of(plans, links) != shown:
        raise ValidationError(_("The decisions or the links changed since this page was opened. Look at it again."))
    with made_anew_together():
        try:
            add_together(endings, reason=reason, by=by, looked_up=LOOKED_UP)
        except RefusedTogether as refused:
            named = ((endings[index].unit.number, error.messages) for index, error in refused.problems.items())
            raise ValidationError(
                [with_colon(number, said) for number, all_said in named for said in all_said]
            ) from refused
        follows = [new for _old, new in links.follows]
        add_together(follows, reason=reason, by=by, looked_up=["first", "second", "subject"])
    remove_alike(plans, reason, by)
    return CarriedOut(len({plan.unit_id for plan in plans}), len(links.follows), len(links.left))
