"""A finding: what a clause of the Terms of Reference asks and is not so, or what the record owes itself."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import CharField, Count, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from iscg_portal.translated import plain

OPEN = "open"  # a clause asks it, and the record says that it is not so
NOT_RECORDED = "not recorded"  # a clause asks it, and the record cannot tell
CARE = "care"  # the record itself lacks a source, a document or a confirmation
REMARK = "remark"  # worth knowing; nothing is broken

KINDS = {OPEN: _("open"), NOT_RECORDED: _("not recorded"), CARE: _("care of the record"), REMARK: _("remark")}

# The clauses that are looked after here, in the order of the Terms of Reference. The record itself comes last.
CLAUSES = {
    "F1": _("An updated list of subjects, under the mandates of the assemblies and conferences"),
    "F2": _("Joint activities and events, with attention to developing countries and the regional offices"),
    "F3": _("A report each year to the advisory groups, with key issues for the Directors and the task force"),
    "A0": _("Focal Points and one Coordinator for each subject"),
    "A1": _("The activities of the Sectors examined, so that nothing is done twice"),
    "A3": _("The corresponding focal points of the secretariat"),
    "A4": _("The Coordinators’ reports to the meetings of the group"),
    "C1": _("Two representatives of each of RAG, TSAG and TDAG, with regional balance"),
    "C2": _("The Chair, appointed shortly after a Plenipotentiary Conference"),
    "S1": _("The secretariat’s support: what was asked of others, and their answers"),
    "W3": _("The meetings of the group and of the bodies around it"),
    "": _("The record itself: sources, documents, confirmations"),
}


@dataclass(frozen=True, eq=False)
class FindingTopic:
    """What findings of one sort have in common; `heading` counts them. Clause "" is the record itself."""

    clause: str
    kind: str
    heading: object

    @property
    def kind_word(self):
        """The kind in the reader's language."""
        return KINDS[self.kind]

    def counted(self, count):
        """The heading for so many findings."""
        return self.heading % {"count": count}


def topic(clause, kind, one, many):
    """A `FindingTopic` whose heading counts its findings: “1 seat is vacant”, “2 seats are vacant”."""
    return FindingTopic(clause, kind, ngettext_lazy(one, many, "count"))


@dataclass(frozen=True)
class Finding:
    """One sentence, and the address in the admin where it is mended (empty where there is none).

    `opens_at` is where a button opens the corrigendum that mends it, for those who may. `stands_for` is how many there
    are, where one line names a list of them.
    """

    topic: FindingTopic
    sentence: str
    url: str = ""
    opens_at: str = ""
    stands_for: int = 1


def tally(querysets):
    """{name: number of rows} for {name: queryset}, in one query."""
    if not querysets:
        return {}
    first, *others = (_counted(name, queryset) for name, queryset in querysets.items())
    return dict.fromkeys(querysets, 0) | dict(first.union(*others, all=True) if others else first)


def tally_topics(rows, bases):
    """({topic: number}, {name: number}) of pairs of a topic and a queryset, and of named querysets. One query."""
    pairs = {f"{number}": pair for number, pair in enumerate(rows)}
    count = tally({name: queryset for name, (_topic, queryset) in pairs.items()} | bases)
    found = Counter()
    for name, (topic, _queryset) in pairs.items():
        found[topic] += count[name]
    return found, {name: count[name] for name in bases}


def tally_conditions(queryset, conditions):
    """{name: number of rows} for {name: condition on the rows of the queryset}, in one query."""
    counts = [Count("pk", filter=condition) for condition in conditions.values()]
    found = plain(queryset).aggregate(**{f"number_{place}": count for place, count in enumerate(counts)})
    return dict(zip(conditions, found.values(), strict=True))


def _counted(name, queryset):
    return plain(queryset).values_list(Value(name, output_field=CharField())).annotate(found=Count("pk"))
