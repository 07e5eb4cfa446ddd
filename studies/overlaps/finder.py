"""The finder: looks through the mapping and all that has titles, and keeps what it finds (docs/decisions/0031).

It runs beside the portal, in the lane of the work of the sender; no request waits for it. It writes `StudyFinding`s and
nothing else: what is found changes no record by itself.
"""

import datetime
import logging
import time
from dataclasses import replace
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from iscg_portal import record_version
from iscg_portal.tenure.dates import today
from studies.models import FinderRun, FindingSubject, StudyFinding
from studies.overlaps.gaps import Mapping, gaps
from studies.overlaps.registry import SOURCES, FoundCase
from studies.overlaps.similar import pairs

NOT_OFTENER_THAN = datetime.timedelta(minutes=5)
DIED_AFTER = datetime.timedelta(minutes=15)
AT_ONCE = 500  # rows a statement
GAPS, TITLES = "gaps", "titles"
WRITTEN = ["fingerprint", "facts", "is_recorded", "score", "found_on", "gone_on"]
log = logging.getLogger(__name__)


def look_through_if_due(now=None) -> bool:
    """Look through the record where it changed since the last time, or a day is over; False where not, or another does.

    Three cheap queries where nothing is due.
    """
    now = now or timezone.now()
    run, _is_new = FinderRun.objects.get_or_create(pk=1)
    token = record_version.current()
    if (run.token, run.day) == (token, today()) and not run.failed:
        return False
    claimable = Q(claimed_at=None) | Q(claimed_at__lt=now - DIED_AFTER)
    claimable |= Q(finished_at__gte=F("claimed_at"), claimed_at__lt=now - NOT_OFTENER_THAN)
    if not FinderRun.objects.filter(claimable, pk=1).update(claimed_at=now):
        return False
    look_through()
    return True


def look_through(on=None) -> FinderRun:
    """Find, and keep what was found; gives how it went. What could not be looked at stays as it was found before."""
    on, began, token = on or today(), time.monotonic(), record_version.current()
    found, failed = find(on)
    with transaction.atomic():
        FinderRun.objects.get_or_create(pk=1)
        FinderRun.objects.select_for_update().get(pk=1)
        keep(found, failed, on)
        values = {"token": token, "day": on, "finished_at": timezone.now(), "failed": sorted(failed)}
        FinderRun.objects.filter(pk=1).update(**values, seconds=round(time.monotonic() - began, 2))
    return FinderRun.objects.get(pk=1)


def find(on) -> tuple[list[FoundCase], set[str]]:
    """All that is so on a day; and what could not be looked at, by its label. One failure stops nothing else."""
    found, failed, things = [], set(), []
    looks = {GAPS: lambda: found.extend(gaps(Mapping(on)))}
    looks |= {label: partial(_read, source, on, things) for label, source in SOURCES.items()}
    looks[TITLES] = lambda: found.extend(_similar(things))
    for label, look in looks.items():
        try:
            look()
        except Exception:
            log.exception("The finder failed at %s", label)
            failed.add(label)
    return found, failed


def _read(source, on, things):
    things += [replace(thing, label=source.label) for thing in list(source.read(on))]


def _similar(things):
    """Pairs with nearly the same title, of one kind or of two. The facts name the second kind where it is another."""
    for one, other, language, score in pairs(things):
        is_like = one.label == other.label
        yield FoundCase(
            StudyFinding.Kind.SIMILAR,
            (*one.key, other.pk) if is_like else (*one.key, *other.key),
            {"source": one.label, "ends": [one.pk, other.pk], "language": language}
            | ({} if is_like else {"other_source": other.label}),
            subjects=one.subjects | other.subjects,
            score=score,
            telling=[one.titles, other.titles],
        )


def keep(found, failed, on):
    """Write what is new or other than before, and the day on which the rest was so no longer."""
    before = {row.key: row for row in StudyFinding.objects.all()}
    new, changed = [], []
    for one in found:
        row = before.pop(one.key, None)
        if row is None:
            row = StudyFinding(kind=one.kind, key=one.key, found_on=on)
            new.append(row)
        elif _differs(row, one):
            changed.append(row)
        _fill(row, one, on)
    gone = [row for row in before.values() if row.gone_on is None and failed.isdisjoint(_looked_at(row))]
    for row in gone:
        row.gone_on = on
    StudyFinding.objects.bulk_create(new, batch_size=AT_ONCE)
    StudyFinding.objects.bulk_update([*changed, *gone], WRITTEN, batch_size=AT_ONCE)
    _keep_subjects({one.key: one.subjects for one in found}, new)


def _looked_at(row):
    """The labels of all that must have been looked at for it to be gone."""
    return [TITLES, *(label for label, _pk in row.similar_things)] if row.kind == StudyFinding.Kind.SIMILAR else [GAPS]


def _differs(row, one):
    told = (row.fingerprint, row.facts, row.is_recorded, row.score, row.gone_on)
    return told != (one.fingerprint, one.kept_facts, one.is_recorded, one.score, None)


def _fill(row, one, on):
    if row.gone_on is not None:  # it is so again
        row.found_on, row.gone_on = on, None
    row.fingerprint, row.facts, row.is_recorded, row.score = one.fingerprint, one.kept_facts, one.is_recorded, one.score


def _keep_subjects(subjects, new):
    keys = dict(StudyFinding.objects.filter(gone_on=None).values_list("key", "pk"))
    wanted = {(keys[key], subject) for key, about in subjects.items() if key in keys for subject in about}
    standing = {(row.finding_id, row.subject_id): row.pk for row in FindingSubject.objects.all()}
    now = set(keys.values())
    over = [pk for pair, pk in standing.items() if pair[0] in now and pair not in wanted]
    for at in range(0, len(over), AT_ONCE):
        FindingSubject.objects.filter(pk__in=over[at : at + AT_ONCE]).delete()
    rows = [
        FindingSubject(finding_id=finding, subject_id=subject) for finding, subject in sorted(wanted - set(standing))
    ]
    FindingSubject.objects.bulk_create(rows, batch_size=AT_ONCE)
