"""How each clause of the Terms of Reference is kept on a day, as far as the public record tells.

What is open or not recorded is counted under the topics of `attention`, so both say the same. A clause is kept where
its topics find nothing and the record has what they look at; else it is not recorded (rule 16). Where `attention` looks
at what is not public too, a clause is never called kept: whether it finds something there is not told either.
"""

from collections import Counter
from operator import attrgetter
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import MeetingBody
from iscg_portal.languages import with_full_stop
from iscg_portal.tenure.office_on import OfficeState, office_on
from meetings.models import LiaisonStatement, Meeting
from members.clauses import Clause
from members.composition import offices_of_seats
from members.models import AdvisoryGroup, Conference
from members.models.groups import CHAIR
from reports.models import AnnualReport, CoordinatorReport
from secretariat.checks import activities, answers, meetings, reports, seats
from secretariat.checks import subjects as of_subjects
from secretariat.findings import NOT_RECORDED, OPEN, tally, tally_conditions
from studies.models import Activity, MappingLink
from subjects.models import Coordinator, Edition, Partnership, Resolution, Subject

KEPT = "kept"
STATES = {
    KEPT: pgettext_lazy("of a clause", "kept"),
    OPEN: pgettext_lazy("of a clause", "open"),
    NOT_RECORDED: pgettext_lazy("of a clause", "not recorded"),
}
CSS = {KEPT: "held", OPEN: "vacant", NOT_RECORDED: "unrecorded"}
TERM = ("starts_on", "ends_on", "ends_precision")
BACKGROUND = ["pp-191", "itu-r-75", "wtsa-18", "wtdc-5", "wtdc-59"]


class Kept(NamedTuple):
    """How a clause is kept: `state` is KEPT, OPEN or NOT_RECORDED, and `reasons` are the sentences for it."""

    state: str
    reasons: list[str]

    @property
    def word(self):
        """The state in the reader's language."""
        return STATES[self.state]

    @property
    def css(self):
        """The class of its mark, which is that of an office in a like state."""
        return CSS[self.state]


# Where nothing is open, and the record has something to look at: what keeps it.
SAID_KEPT = {
    "B1": _("All of these resolutions are on record, with their texts."),
    "F1": _("An edition of the list is recorded, and each subject on it meets the theme rule."),
    "F2": _("Of every activity that is over it is recorded whether it was held."),
    "F3": _("A report on last year is published."),
    "A0": _("Each subject on the list has its Coordinator and its Focal Points."),
    "A3": _("Each subject on the list has its focal points of the secretariat."),
    "C1": _("All six seats of the representatives are held."),
    "C2": _("The Chair’s seat is held, and no appointment is due."),
    "C3": _("It is published on the page Composition."),
    "C4": _("They are published on the page Coordinators."),
    "C5": _("Their delegates can ask to take part on this portal."),
    "W2": _("Both addresses stand on the page Contact."),
    "W3": _("Meetings are announced here. Of every one that is over it is recorded whether it was held."),
}
ALWAYS_KEPT = {"C3", "C4", "C5", "W2"}  # the portal itself does it

# What has to be on record before a clause can be kept, and what is said while it is not.
NEEDED = {
    "F1": ("listed", _("No subject is on record as being on the list.")),
    "F2": ("activities", _("No activity is on record.")),
    "A0": ("listed", _("No subject is on record as being on the list.")),
    "A3": ("listed", _("No subject is on record as being on the list.")),
    "W3": ("meetings", _("No meeting is on record.")),
}
# What the record cannot show, with what it has on the point.
CANNOT_SHOW = {
    "A1": (
        "links",
        ngettext_lazy(
            "%(count)d link between studies is on record. Whether all activities were examined is not.",
            "%(count)d links between studies are on record. Whether all activities were examined is not.",
            "count",
        ),
    ),
    "A2": (
        "partnerships",
        ngettext_lazy(
            "%(count)d listed subject has partner organizations on record. What is coordinated with them is not.",
            "%(count)d listed subjects have partner organizations on record. What is coordinated with them is not.",
            "count",
        ),
    ),
    "A4": (
        "coordinators' reports",
        ngettext_lazy(
            "%(count)d Coordinator’s report is public. Whether there were others is not recorded.",
            "%(count)d Coordinators’ reports are public. Whether there were others is not recorded.",
            "count",
        ),
    ),
    "S1": ("", _("No overdue answer to a liaison statement is on record. Other support is not recorded here.")),
    "W1": ("", _("The portal does not see what is written on the list.")),
    "W4": (
        "coordinators' meetings",
        ngettext_lazy(
            "%(count)d meeting of Coordinators is on record. Whether there were others is not.",
            "%(count)d meetings of Coordinators are on record. Whether there were others is not.",
            "count",
        ),
    ),
    "W5": (
        "linked groups",
        ngettext_lazy(
            "This portal links to the page of %(count)d advisory group. Whether it links back is not recorded.",
            "This portal links to the pages of %(count)d advisory groups. Whether they link back is not recorded.",
            "count",
        ),
    ),
}
NOT_ALL_PUBLIC = {"F1", "F3", "C2"}  # mandates to look at, transmissions and corrigenda, what C2 says of a term
NOT_PUBLIC = _("What is public shows nothing missing. What is not public may.")


def how_kept(on) -> dict[str, Kept]:
    """{id: how the clause is kept} for every clause, on a day; five queries at most, whatever is on record."""
    asked = of_subjects.conditions(on)
    partners = Partnership.objects.public().filter(subject=OuterRef("pk"))
    beside = {"listed": Q(), "partnerships": Exists(partners)}
    count = tally_conditions(Subject.objects.on_the_list(on), asked | beside) | tally(_to_count(on))
    found = Counter({topic: count[topic] for topic in asked})
    since = _add_topics(found, on, count)
    return {clause: _kept(clause, found, since, count) for clause in Clause.values}


def score(kept) -> list[tuple[Kept, int]]:
    """Each state with the number of clauses that are in it."""
    counts = Counter(one.state for one in kept.values())
    return [(Kept(state, []), counts[state]) for state in STATES]


def _kept(clause, found, since, count):
    if clause in ALWAYS_KEPT:
        return Kept(KEPT, [str(SAID_KEPT[clause])])
    if clause == "B1":
        if count["background"] == len(BACKGROUND):
            return Kept(KEPT, [str(SAID_KEPT[clause])])
        return Kept(NOT_RECORDED, [str(_("Not all of these resolutions are on record."))])
    topics = {topic: number for topic, number in found.items() if topic.clause == clause and number}
    for state in (OPEN, NOT_RECORDED):
        if any(topic.kind == state for topic in topics):
            order = sorted(topics, key=lambda topic: topic.kind != OPEN)
            return Kept(state, [_reason(topic, topics[topic], since.get(topic)) for topic in order])
    if clause in CANNOT_SHOW:
        name, sentence = CANNOT_SHOW[clause]
        return Kept(NOT_RECORDED, [str(sentence % {"count": count[name]} if name else sentence)])
    name, lacking = NEEDED.get(clause, ("", ""))
    if name and not count[name]:
        return Kept(NOT_RECORDED, [str(lacking)])
    if clause in NOT_ALL_PUBLIC:
        return Kept(NOT_RECORDED, [str(SAID_KEPT[clause]), str(NOT_PUBLIC)])
    return Kept(KEPT, [str(SAID_KEPT[clause])])


def _reason(topic, number, first):
    """“2 seats are vacant (since 3 March 2024).”, the day that of the `first` of them, an `OfficeOn`."""
    words = topic.counted(number)
    if first:
        words = gettext("%(what)s (%(since)s)") % {"what": words, "since": first.since}
    return with_full_stop(words)


def _to_count(on):
    """What is counted in one query: {name: queryset of public rows}."""
    last = Conference.objects.plenipotentiary().filter(ends_on__lt=on).order_by("-ends_on").values("pk")[:1]
    closing = on.replace(year=on.year - 1, month=12, day=31)
    annual = AnnualReport.objects.visible_to(AnonymousUser()).filter(
        kind=AnnualReport.Kind.ANNUAL, state=AnnualReport.State.PUBLISHED
    )
    return {
        "editions": Edition.objects.public().filter(adopted_on__lte=on, withdrawn_because=""),
        "chair overdue": Conference.objects.plenipotentiary().filter(pk=Subquery(last), has_new_chair=False),
        "reports on last year": annual.filter(period_from__lt=closing, period_to__gte=closing),
        "activities": Activity.objects.public(),
        "untold activities": Activity.objects.public().unresolved(on),
        "links": MappingLink.objects.public(),
        "meetings": Meeting.objects.public(),
        "untold meetings": Meeting.objects.public().unresolved(on),
        "coordinators' meetings": Meeting.objects.public().filter(body=MeetingBody.COORDINATORS),
        "overdue answers": LiaisonStatement.objects.public().overdue(on),
        "linked groups": AdvisoryGroup.objects.public().exclude(url=""),
        "coordinators' reports": CoordinatorReport.objects.public(),
        "background": Resolution.objects.public().filter(slug__in=BACKGROUND),
    }


def _add_topics(found, on, count):
    """Add how many findings the public record has of other topics; gives {topic: its first vacancy}. Three queries."""
    since = {}
    if found[of_subjects.COORDINATOR_VACANT]:
        since[of_subjects.COORDINATOR_VACANT] = _first_without_a_coordinator(on)
    for topic, office in _of_seats(on):
        found[topic] += 1
        if office.vacant_since:
            since[topic] = min(since.get(topic, office), office, key=attrgetter("vacant_since"))
    found[seats.CHAIR_OVERDUE] = count["chair overdue"]
    found[of_subjects.NO_EDITION] = int(not count["editions"])
    found[reports.NO_ANNUAL_REPORT] = int(not count["reports on last year"])
    found[activities.NOT_RECORDED_AS_HELD] = count["untold activities"]
    found[meetings.NOT_RECORDED_AS_HELD] = count["untold meetings"]
    found[answers.LIAISON_OVERDUE] = count["overdue answers"]
    return since


def _of_seats(on):
    vacant = {True: seats.CHAIR_VACANT, False: seats.SEAT_VACANT}
    not_recorded = {True: seats.CHAIR_NOT_RECORDED, False: seats.SEAT_NOT_RECORDED}
    for code, office in offices_of_seats(on).items():
        topics = {OfficeState.VACANT: vacant, OfficeState.NOT_RECORDED: not_recorded}.get(office.state)
        if topics:
            yield topics[code == CHAIR], office


def _first_without_a_coordinator(on):
    """The vacancy that began first among the subjects on the list, or None."""
    last = Coordinator.objects.filter(subject=OuterRef("pk"), starts_on__lte=on).order_by("-starts_on")
    read = {f"last_{name}": Subquery(last.values(name)[:1]) for name in TERM}
    ended = When(last_ends_on__gte=F("recorded_from"), then="last_ends_on")
    vacant = Subject.objects.on_the_list(on).in_office_state(OfficeState.VACANT, on).order_by().annotate(**read)
    first = vacant.annotate(since=Case(ended, default="recorded_from")).order_by("since", "code")
    for recorded_from, *days in first.values_list("recorded_from", *read)[:1]:
        term = dict(zip(TERM, days, strict=True))
        return office_on(on, recorded_from, [Coordinator(**term)] if term["starts_on"] else [])
    return None
