"""Which links follow their units into a new study period, and which cannot, with the reason."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.sourced import Grade
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.translated import columns_of
from studies.models import Ending, MappingLink
from studies.models.links import CONTESTED


@dataclass(frozen=True)
class Left:
    """A link that does not follow, and why. It stays where it is: in the tables of its own period."""

    link: MappingLink
    reason: str


@dataclass
class LinkPlan:
    """What becomes of the links of units that end. `follows` are (old link, new one, unsaved)."""

    follows: list[tuple[MappingLink, MappingLink]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


@dataclass(frozen=True)
class UnitDays:
    """The days of a unit: its own, else those of its period."""

    starts_on: object
    ends_on: object

    def meets(self, other):
        """Whether they have a day in common."""
        return (not self.ends_on or not other.starts_on or other.starts_on < self.ends_on) and (
            not other.ends_on or not self.starts_on or self.starts_on < other.ends_on
        )


def span_of(unit) -> UnitDays:
    """The days of a unit, read with its period."""
    period = unit.period if unit.period_id else None
    return UnitDays(unit.starts_on or (period and period.starts_on), unit.ends_on or (period and period.ends_on))


def plan_links(endings) -> LinkPlan:
    """The links that follow from what units become. `endings` are saved or not. Two queries, and one for each
    further study period through which the units at the other end have to be followed."""
    became = defaultdict(list)
    for ending in endings:
        became[ending.unit_id].append(ending)
    links = list(_links_of(became))
    others = {other.pk: other for link in links for other in _both(link) if other.pk not in became}
    lives = _lives(others)
    plan, known = LinkPlan(), {_key(link) for link in _links_of({one.successor_id: 1 for one in endings})}
    for link in links:
        _follow(link, became, lives, plan, known)
    return plan


def _links_of(units):
    """The links of units, by their keys, with what is asked of them."""
    touching = MappingLink.objects.filter(Q(first__in=list(units)) | Q(second__in=list(units)))
    touching = touching.select_related("first__period", "second__period", "subject").with_state(today())
    return list(touching.in_printed_order())


def _both(link):
    return [unit for unit in (link.first, link.second) if unit is not None]


def _lives(units):
    """{key of a unit: its endings}, for the units and everything that they became."""
    lives, asked = defaultdict(list), set(units)
    while asked:
        found = list(Ending.objects.filter(unit__in=asked).select_related("successor__period"))
        for ending in found:
            lives[ending.unit_id].append(ending)
        asked = {ending.successor_id for ending in found if ending.successor_id} - set(lives)
    return lives


def _key(link):
    return link.first_id, link.second_id, link.subject_id if not link.second_id else None, link.topic_key


def _follow(link, became, lives, plan, known):
    """Note the links that take the place of one."""
    old = link.first if link.first_id in became else link.second
    other = link.other_than(old)
    if link.state == CONTESTED:
        plan.left.append(Left(link, _("A side contests it: enter it anew once both agree.")))
        return
    for ending in became[old.pk]:
        if ending.successor is None:
            plan.left.append(Left(link, _("%(unit)s is closed.") % {"unit": old}))
            continue
        span = span_of(ending.successor)
        if link.ends_on and span.starts_on and link.ends_on <= span.starts_on:
            plan.left.append(Left(link, _("The link itself ended: %(day)s.") % {"day": print_date(link.ends_on)}))
            continue
        ends = [None] if other is None else list(_standing_with(other, span, lives))
        if not ends:
            plan.left.append(Left(link, _why_not(other, lives)))
        for end in ends:
            new = _made_of(link, old, ending.successor, end)
            if _key(new) in known:
                said = _("A link between the same units on the same topic is there, or follows already.")
                plan.left.append(Left(link, said))
            else:
                known.add(_key(new))
                plan.follows.append((link, new))


def _standing_with(unit, span, lives, seen=()):
    """The unit and what it became, as far as these stand on a day of the span."""
    if span_of(unit).meets(span):
        yield unit
    for ending in lives.get(unit.pk, ()):
        if ending.successor is not None and ending.successor_id not in seen:
            yield from _standing_with(ending.successor, span, lives, (*seen, unit.pk))


def _why_not(unit, lives):
    if any(ending.successor is None for ending in lives.get(unit.pk, ())):
        return _("%(unit)s is closed.") % {"unit": unit}
    return _("%(unit)s ended before, and no unit of the new time is recorded in its place.") % {"unit": unit}


def _made_of(link, old, successor, end):
    """The link of the new period, unsaved: nobody has confirmed it yet."""
    kind = link.kind
    if link.first_id != old.pk:  # it is turned round, so that the unit that follows stands first
        turned = {MappingLink.Kind.PART: MappingLink.Kind.WHOLE, MappingLink.Kind.WHOLE: MappingLink.Kind.PART}
        kind = turned.get(kind, kind)
    new = MappingLink(first=successor, second=end, subject=link.subject, kind=kind)
    new.original_language, new.grade = link.original_language, Grade.INFERRED
    for column in columns_of("topic"):
        setattr(new, column, getattr(link, column))
    new.ends_on, new.ends_precision = link.ends_on, link.ends_precision
    if link.starts_on and span_of(successor).starts_on and link.starts_on > span_of(successor).starts_on:
        new.starts_on, new.starts_precision = link.starts_on, link.starts_precision
    with override("en"):
        new.source = _("Follows from the link of the study period before: %(link)s") % {"link": link}
    new.source = new.source[:500]
    new.clean_fields(exclude=["first", "second", "subject"])
    return new
