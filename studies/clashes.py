"""Activities that may clash: about the same subject, near in time, and for the same region (clause F2)."""

import datetime
from collections import defaultdict
from typing import NamedTuple

from studies.models import Activity, ActivitySubject
from studies.models.activity_words import REGIONS

NEAR = datetime.timedelta(days=14)  # between the last day of the one and the first day of the other
MOST = 200  # pairs; more than anybody looks at


class Clash(NamedTuple):
    """Two activities, the earlier first, and what they have in common: codes of subjects and of regions."""

    first: Activity
    second: Activity
    subjects: list[str]
    regions: list[str]


class _Event(NamedTuple):
    starts_on: datetime.date
    pk: int
    last_day: datetime.date


def clashes_of(activities, on) -> list[Clash]:
    """The pairs among those activities (a queryset) that are not over on the day and not called off. Two queries.

    Only what is known by its day is compared; of a region that is not recorded nothing can be said (rule 16).
    """
    pairs = pairs_of(activities, on)
    named = Activity.objects.public().in_bulk({pk for pair in pairs for pk in pair[:2]}) if pairs else {}
    return [Clash(named[one], named[other], subjects, regions) for one, other, subjects, regions in pairs]


def pairs_of(activities, on) -> list[tuple]:
    """(key, key, codes of subjects, codes of regions) of each pair, the next first. One query."""
    live = activities.not_over(on).not_called_off().filter(precision=Activity.Precision.DAY)
    columns = ("activity_id", "subject__code", "activity__starts_on", "activity__ends_on")
    columns += tuple(f"activity__{column}" for column in REGIONS.values())
    links = ActivitySubject.objects.filter(activity__in=live.order_by().values("pk"))
    found = {}
    for (code, region), events in _by_subject_and_region(links.values_list(*columns)).items():
        for one, other in _near(events):
            subjects, regions = found.setdefault((one.starts_on, one.pk, other.pk), ([], []))
            subjects += [code] if code not in subjects else []
            regions += [region] if region not in regions else []
    nearest = sorted(found.items(), key=lambda each: each[0])[:MOST]
    return [(one, other, sorted(subjects), regions) for (_day, one, other), (subjects, regions) in nearest]


def _by_subject_and_region(rows):
    """{(subject, region): events by their first day}."""
    found = defaultdict(list)
    for pk, code, starts_on, ends_on, *ticked in rows:
        event = _Event(starts_on, pk, ends_on or starts_on)
        for region, is_ticked in zip(REGIONS, ticked, strict=True):
            if is_ticked:
                found[code, region].append(event)
    return {key: sorted(events) for key, events in found.items()}


def _near(events):
    """The first MOST pairs near in time: with each event those that are not long over."""
    late, number = [], 0
    for event in events:
        late = [one for one in late if one.last_day + NEAR >= event.starts_on]
        for one in late:
            yield one, event
            number += 1
            if number == MOST:
                return
        late.append(event)
