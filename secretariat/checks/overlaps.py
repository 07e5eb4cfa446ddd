"""What clause A1 asks of the activities examined: overlaps and gaps that the finder found, and nobody has settled."""

import datetime
from collections import Counter

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.tenure.dates import today
from secretariat.findings import CARE, NOT_RECORDED, OPEN, Finding, topic
from studies.models import FinderRun, StudyFinding, StudyUnit
from studies.models.findings import FindingState
from studies.overlaps.printing import print_findings

SHOWN = 10  # of a kind; the list in the admin has all of them
LATELY = datetime.timedelta(days=2)  # the sender looks again as soon as the record has changed, and each day

Kind = StudyFinding.Kind
TOPICS = {
    (Kind.SIMILAR, True): topic(
        "A1", OPEN, "%(count)d pair has nearly the same title", "%(count)d pairs have nearly the same title"
    ),
    (Kind.NO_COORDINATOR, True): topic(
        "A1",
        OPEN,
        "%(count)d subject is studied in several Sectors without a Coordinator",
        "%(count)d subjects are studied in several Sectors without a Coordinator",
    ),
    (Kind.NO_COORDINATOR, False): topic(
        "A1",
        NOT_RECORDED,
        "%(count)d subject is studied in several Sectors, with no Coordinator recorded",
        "%(count)d subjects are studied in several Sectors, with no Coordinator recorded",
    ),
    (Kind.NO_FOCAL_POINT, True): topic(
        "A1",
        OPEN,
        "%(count)d time a Sector studies a subject without a Focal Point",
        "%(count)d times a Sector studies a subject without a Focal Point",
    ),
    (Kind.NO_FOCAL_POINT, False): topic(
        "A1",
        NOT_RECORDED,
        "%(count)d time a Sector studies a subject with no Focal Point recorded",
        "%(count)d times a Sector studies a subject with no Focal Point recorded",
    ),
    (Kind.ONE_SIDED, True): topic("A1", OPEN, "%(count)d link is contested", "%(count)d links are contested"),
    (Kind.ONE_SIDED, False): topic(
        "A1",
        NOT_RECORDED,
        "%(count)d link is the claim of one side",
        "%(count)d links are the claim of one side",
    ),
    (Kind.CLOSED_UNIT, True): topic(
        "A1", OPEN, "%(count)d link stands on a unit that ended", "%(count)d links stand on units that ended"
    ),
    (Kind.NO_LINK, False): topic(
        "A1", NOT_RECORDED, "%(count)d unit has no link on record", "%(count)d units have no link on record"
    ),
}
NOT_LOOKED_FOR = topic(
    "A1", CARE, "Overlaps and gaps were not looked for lately", "Overlaps and gaps were not looked for lately"
)


def to_count(on):
    """The rows that `ask_overlaps` wants counted (see `secretariat.findings`)."""
    lately = FinderRun.objects.filter(finished_at__gte=timezone.now() - LATELY)
    return {
        "overlaps and gaps": StudyFinding.objects.unsettled(on),
        "units to look through": StudyUnit.objects.all(),
        "looked through lately": lately,
    }


def ask_overlaps(on, count):
    """Up to ten findings a kind, and how many more there are; none to five queries, one more for each other room."""
    if count["units to look through"] and not count["looked through lately"] and on == today():
        sentence = _("Nobody looked for overlaps and gaps in the last two days: the sender does.")
        yield Finding(NOT_LOOKED_FOR, sentence)
    if not count["overlaps and gaps"]:
        return
    unsettled = StudyFinding.objects.unsettled(on)
    numbers = Counter()
    for kind, is_recorded, number in (
        unsettled.order_by().values_list("kind", "is_recorded").annotate(number=Count("pk"))
    ):
        numbers[kind, is_recorded] += number
    place = Window(RowNumber(), partition_by=["kind", "is_recorded"], order_by=[F("score").desc(), "found_on", "pk"])
    first = unsettled.select_related("decision__person", "decision__account").annotate(place=place)
    shown = Counter()
    for printed in print_findings(first.filter(place__lte=SHOWN)):
        finding = printed.finding
        case = (finding.kind, finding.is_recorded)
        shown[case] += 1
        yield Finding(TOPICS[case], _sentence(printed), admin_address(StudyFinding, finding.pk))
    for (kind, is_recorded), number in numbers.items():
        more = number - shown[kind, is_recorded]
        if more:
            url = admin_address(StudyFinding, kind__exact=kind, is_recorded__exact=int(is_recorded))
            sentence = _("Further ones in the list: %(count)d.") % {"count": more}
            yield Finding(TOPICS[kind, is_recorded], sentence, url, stands_for=more)


def _sentence(printed):
    finding = printed.finding
    if finding.state == FindingState.ASSIGNED:
        who = {"finding": printed.sentence, "who": finding.decided.assigned_to}
        return _("%(finding)s Assigned to %(who)s.") % who
    if finding.facts_have_changed:
        return _("%(finding)s It was dismissed, and the facts have changed since.") % {"finding": printed.sentence}
    return printed.sentence
