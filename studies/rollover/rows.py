"""The rows of the page on which staff decide: what stands on record, what is decided, what the portal proposes."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from studies.models import Ending, StudyUnit
from studies.rollover.acts import Kind, Rollover, plans_of, state_of
from studies.rollover.proposals import Candidate, ProposedEnding, propose

OPEN, DECIDED, RECORDED = "open", "decided", "recorded"
SURE, ALL = "sure", "all"  # which proposals are put into the form
LONGEST_KEY = 19  # digits


@dataclass
class RolloverRow:
    """One unit of the old period. `stands` are its endings, or the decisions about it; `links` how many it has."""

    unit: StudyUnit
    state: str
    proposal: ProposedEnding
    stands: list = field(default_factory=list)
    links: int = 0
    # What the form has: chosen kind, ticked successors by their keys, further ones as typed, whether others are not
    # recorded, and what it refused.
    kind: str = ""
    ticked: set = field(default_factory=set)
    typed: str = ""
    others_unrecorded: bool = False
    errors: list = field(default_factory=list)

    @property
    def seen(self):
        """What stood decided when the page was made."""
        return state_of(self.stands) if self.state == DECIDED else ""

    @property
    def kind_in_words(self):
        """How it ends, as it stands."""
        return self.stands[0].get_kind_display() if self.stands else ""

    @property
    def proposed(self):
        """The proposal in words: “merged: SG21”."""
        return Kind(self.proposal.kind).label

    @property
    def is_split(self):
        """Whether the form asks if it has other successors."""
        return self.kind == Kind.SPLIT

    @property
    def offered(self):
        """The successors to tick: those that stand, then the likeliest."""
        standing = [row.successor for row in self.stands if row.successor]
        rows = {candidate.unit.pk: candidate for candidate in self.proposal.candidates}
        rows = {one.pk: rows.get(one.pk) or Candidate(one, None) for one in standing} | rows
        return [(candidate, pk in self.ticked) for pk, candidate in rows.items()]

    @property
    def preset(self):
        """The successors that the page ticks by itself."""
        units = [row.successor for row in self.stands] if self.stands else self.proposal.successors
        return {unit.pk for unit in units if unit}


def rows_of(rollover: Rollover, fill="") -> list[RolloverRow]:
    """A row for each unit of the old period. `fill`: put the sure proposals into the form, or all. Three queries."""
    proposals = propose(rollover.old, rollover.new)
    recorded, decided = defaultdict(list), defaultdict(list)
    endings = Ending.objects.filter(unit__period=rollover.before).select_related("successor__period")
    for ending in endings.order_by("pk"):
        recorded[ending.unit_id].append(ending)
    for plan in plans_of(rollover.before):
        decided[plan.unit_id].append(plan)
    links = _count_links(rollover)
    rows = []
    for unit in rollover.old:
        stands = recorded.get(unit.pk) or decided.get(unit.pk) or []
        state = RECORDED if unit.pk in recorded else DECIDED if stands else OPEN
        row = RolloverRow(unit, state, proposals[unit.pk], stands, links.get(unit.pk, 0))
        row.ticked = row.preset
        row.others_unrecorded = any(one.others_unrecorded for one in row.stands)
        wanted = fill == ALL or fill == SURE and row.proposal.is_sure
        row.kind = row.stands[0].kind if state == DECIDED else row.proposal.kind if wanted and state == OPEN else ""
        rows.append(row)
    return rows


def _count_links(rollover):
    """{key of a unit: how many links it has}. One query."""
    firsts = StudyUnit.objects.filter(period=rollover.before).values_list("pk", "links_as_first", "links_as_second")
    found = defaultdict(set)
    for unit, *links in firsts.order_by():
        found[unit].update(link for link in links if link)
    return {unit: len(links) for unit, links in found.items()}


def read_row(row, data, by_number):
    """Take over what was typed into a row; what cannot be read stands in its `errors`. Gives its successors."""
    pk = row.unit.pk
    row.kind = data.get(f"kind-{pk}", "")
    row.kind = row.kind if row.kind in Kind.values else ""
    row.typed = data.get(f"other-{pk}", "").strip()
    row.others_unrecorded = row.is_split and f"others-{pk}" in data
    row.ticked = {int(one) for one in data.getlist(f"to-{pk}") if one.isdecimal() and len(one) <= LONGEST_KEY}
    offered = {unit.pk: unit for unit in by_number.values()}
    successors = [offered[one] for one in row.ticked if one in offered]
    if len(successors) < len(row.ticked):
        row.errors.append(_("A unit that was ticked is not in the new list any more. Look at the row again."))
    for number in filter(None, (part.strip() for part in row.typed.replace(";", ",").split(","))):
        found = by_number.get(plain(number))
        if found is None:
            row.errors.append(_("“%(number)s” is not in the new list.") % {"number": number[:40]})
        elif found not in successors:
            successors.append(found)
    changed = row.ticked != row.preset or bool(row.typed)
    if row.kind == Kind.CLOSED:
        if changed and successors:
            row.errors.append(_("A unit that was closed has no successor: take the ticks away."))
        return []
    if not row.kind and changed and row.ticked | set(successors) and not row.errors:
        row.errors.append(_("Say how it ends."))
    return sorted(successors, key=lambda unit: unit.sort_key)


def plain(number):
    """A number as it is typed: without spaces and capitals."""
    return "".join(number.split()).casefold()
