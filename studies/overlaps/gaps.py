"""The gaps in the mapping on a day: what nobody coordinates, links that lack a side or stand on an ended unit (A1).

The links and units are those that the pages of the mapping show on the day. A missing row is no negative fact (rule
16): where the record is not known to be complete, a finding says so (`is_recorded`).
"""

from collections import defaultdict
from functools import cached_property

from iscg_portal.bodies import GroupCode
from iscg_portal.tenure.office_on import OfficeState
from studies.models import Confirmation, Ending, MappingLink, StudyFinding, StudyUnit
from studies.models.units import STUDYING
from studies.overlaps.registry import FoundCase
from studies.shown_periods import shown_periods
from subjects.models import Subject
from subjects.models.listings import DELISTED, NOT_YET

Kind = StudyFinding.Kind
LETTERS = {letter for letter, _name in STUDYING}
GROUP_OF = {group.sector: group.value for group in GroupCode}
Stance = Confirmation.Stance


class Mapping:
    """The units and links of a day, read once for all that is asked of them. Six queries."""

    def __init__(self, on):
        self.on, self.shown = on, shown_periods(on)
        self.units = {unit.pk: unit for unit in StudyUnit.objects.public().with_period().filter(self.shown.units())}
        links = MappingLink.objects.public().select_related("first__period", "second__period")
        self.every_link = list(links.order_by("pk"))
        holding = set(MappingLink.objects.filter(self.shown.links()).values_list("pk", flat=True))
        self.links = [link for link in self.every_link if link.pk in holding]

    @cached_property
    def studied(self):
        """{subject: {Sector: keys of the units that study it}}."""
        found = defaultdict(lambda: defaultdict(set))
        for link in self.links:
            for unit in ends_of(link) if link.subject_id else ():
                if unit.sector in LETTERS:
                    found[link.subject_id][unit.sector].add(unit.pk)
        return found

    @cached_property
    def linked(self):
        """{unit: units of other Sectors with which a link stands, whenever}."""
        found = defaultdict(set)
        for link in self.every_link:
            if link.second_id:
                found[link.first_id].add(link.second_id)
                found[link.second_id].add(link.first_id)
        return found

    @cached_property
    def subjects_of(self):
        """{unit: subjects of its links on the day}."""
        found = defaultdict(set)
        for subject, sectors in self.studied.items():
            for unit in set().union(*sectors.values()):
                found[unit].add(subject)
        return found


def ends_of(link):
    """Its unit, or its two units."""
    return [link.first, link.second] if link.second_id else [link.first]


def gaps(mapping):
    """Every gap on the day of the mapping; ten queries, whatever there is."""
    yield from _of_subjects(mapping)
    yield from _one_sided(mapping)
    yield from _on_ended_units(mapping)
    yield from _without_link(mapping)


def _of_subjects(mapping):
    """Subjects, not off the list, that several Sectors study without a Coordinator, or one without a Focal Point."""
    on, studied = mapping.on, mapping.studied
    subjects = Subject.objects.public().filter(pk__in=studied)
    for subject in subjects.read_listings(on).read_coordinator(on).read_focal_points(on).order_by("pk"):
        if subject.listing.state in (DELISTED, NOT_YET):
            continue
        sectors = {letter: sorted(units) for letter, units in sorted(studied[subject.pk].items())}
        about = {"subjects": frozenset([subject.pk])}
        if len(sectors) > 1 and subject.office.state != OfficeState.HELD:
            facts = {"subject": subject.pk, "sectors": sectors, **_state(subject.office)}
            yield FoundCase(Kind.NO_COORDINATOR, (subject.pk,), facts, is_recorded=_is_vacant(subject.office), **about)
        offices = {body.body: body.office for body in subject.bodies_of_groups}
        for letter, units in sectors.items():
            office = offices.get(GROUP_OF[letter])
            if office is None or office.state != OfficeState.HELD:
                facts = {"subject": subject.pk, "sector": letter, "units": units, **_state(office)}
                yield FoundCase(
                    Kind.NO_FOCAL_POINT, (subject.pk, letter), facts, is_recorded=_is_vacant(office), **about
                )


def _is_vacant(office):
    return office is not None and office.state == OfficeState.VACANT


def _state(office):
    since = office.vacant_since if office else None
    return {"since": since.isoformat(), "since_precision": office.vacant_since_precision} if since else {}


def _one_sided(mapping):
    """Links on which one side has spoken: the other has not, or says otherwise."""
    said = defaultdict(dict)
    for link, sector, stance in Confirmation.objects.filter(said_on__lte=mapping.on).values_list(
        "link", "sector", "stance"
    ):
        said[link][sector] = stance
    for link in mapping.links:
        stances = {side: said[link.pk][side] for side in link.sides if side in said.get(link.pk, ())}
        if not stances or list(stances.values()) == [Stance.CONFIRMED] * len(link.sides):
            continue
        facts = {"link": link.pk, "said": stances, "silent": [side for side in link.sides if side not in stances]}
        yield FoundCase(
            Kind.ONE_SIDED,
            (link.pk,),
            facts,
            subjects=_subjects_of(link, mapping),
            is_recorded=Stance.CONTESTED in stances.values(),
        )


def _on_ended_units(mapping):
    """Links without an end, to a unit that has ended, although the other one or the subject goes on without it."""
    became = defaultdict(list)
    for unit, kind, successor in Ending.objects.order_by("pk").values_list("unit", "kind", "successor"):
        became[unit].append((kind, successor))
    about = {(unit.pk, link.subject_id) for link in mapping.every_link for unit in ends_of(link) if link.subject_id}
    for link in (link for link in mapping.every_link if link.covers(mapping.on)):
        for unit in ends_of(link):
            ended_on, endings = _ended_on(unit, mapping.on), became[unit.pk]
            if ended_on is None or not (endings or unit.ends_on):
                continue
            following = {successor for _kind, successor in endings if successor}
            if _is_left_behind(link, unit, following, mapping, about):
                facts = {"link": link.pk, "unit": unit.pk, "ended_on": ended_on.isoformat(), "became": endings}
                yield FoundCase(Kind.CLOSED_UNIT, (link.pk, unit.pk), facts, subjects=_subjects_of(link, mapping))


def _is_left_behind(link, unit, following, mapping, about):
    """Whether nobody has linked what the link leads to with a successor of the unit."""
    other = link.other_than(unit)
    if other is None:
        return not any((one, link.subject_id) in about for one in following)
    stands = other.pk in mapping.units and _ended_on(other, mapping.on) is None
    return stands and not following & mapping.linked[other.pk]


def _ended_on(unit, on):
    """The day on which a unit ended, by its own days or those of its period; None while it stands."""
    ends_on = unit.ends_on or (unit.period.ends_on if unit.period_id else None)
    return ends_on if ends_on and ends_on <= on else None


def _without_link(mapping):
    """Units of the day without any link; a unit below which one is linked is not meant.

    Nor is one of which nobody knows whether it is in force.
    That the links of a period are complete is nowhere on record: so none is recorded, which is all that is said.
    """
    touched = {unit.pk for link in mapping.links for unit in ends_of(link)}
    for pk in list(touched):
        above = mapping.units.get(pk)
        while above is not None and above.parent_id:
            touched.add(above.parent_id)
            above = mapping.units.get(above.parent_id)
    for pk, unit in sorted(mapping.units.items()):
        if pk not in touched and unit.sector in LETTERS and not unit.in_force_unrecorded:
            yield FoundCase(Kind.NO_LINK, (pk,), {"unit": pk}, is_recorded=False)


def _subjects_of(link, mapping):
    if link.subject_id:
        return frozenset([link.subject_id])
    return frozenset().union(*(mapping.subjects_of[unit.pk] for unit in ends_of(link)))
