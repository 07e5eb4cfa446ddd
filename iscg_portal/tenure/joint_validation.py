"""Rows saved in one act are judged as they will stand, whatever their order.

An inline page that ends a holder and adds the successor, or an import file that swaps two seats, is
right or wrong as a whole. So the rules about overlaps are judged first, over all the rows at once. Then,
inside one transaction, the saved rows among them are taken away, and each row is written in its new state:
it meets only rows in their final state.
"""

import datetime
from collections import defaultdict
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import add_alike, remove_alike, remove_with_reason, save_with_reason
from iscg_portal.search.following import made_anew_together
from iscg_portal.tenure.completeness import Claims, leaves
from iscg_portal.tenure.constraints import PeriodConstraint, sentence_for, share_a_day


def judge_together(rows, removed=()):
    """Check only the rules about overlaps, without writing anything: one query for each rule.

    Each row, of whatever `Period` model, is checked against the others and against the saved rows that are
    neither among `rows` nor `removed`. Returns {index: [sentences]}; of a clashing pair the later is named.
    """
    together = frozenset((type(row), row.pk) for row in (*rows, *removed) if row.pk is not None)
    problems, met = defaultdict(list), _saved_beside(rows, together)
    for index, row in enumerate(rows):
        row.judged_with = together
        for rule in _rules_of(row, PeriodConstraint):
            place = rule.place(row)
            if place is None:
                continue
            rivals = (other for other in met[place] if rule.opposes(row, other) and share_a_day(row, other))
            rival = next(rivals, None)
            if rival is not None:
                problems[index].extend(rule.refusal(rival).messages)
            met[place].append(row)
    return dict(problems)


def _saved_beside(rows, together):
    """The saved rows that may be in the way of one of the rows, by the place where they are."""
    met, of_type = defaultdict(list), defaultdict(list)
    for row in rows:
        of_type[type(row)].append(row)
    for alike in of_type.values():
        for rule in _rules_of(alike[0], PeriodConstraint):
            for place, saved in rule.saved_beside(alike):
                if (type(saved), saved.pk) not in together:
                    met[place].append(saved)
    return met


class RefusedTogether(ValidationError):
    """Nothing was saved. `problems` is {index of the row, None for a removed one: ValidationError}."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__([one for error in problems.values() for one in leaves(error)])


def save_together(rows, removed=(), *, reason="", by=None, looked_up=(), aside=(), answers=None):
    """Remove `removed`, then validate (as `full_clean`) and save `rows`, all or nothing, in one transaction.

    Rows are instances of `Period` models; removed ones may be any. `reason` and the account `by` go into each row's
    history. `looked_up` names the foreign keys whose records the caller has just found, so that they need no query.
    `aside` are saved rows that step aside too and are not saved: of an act that the caller refuses anyway, so that
    no row is judged against their old state. `answers` says from when the records concerned are complete now, where
    the act takes back what that rests on (`tenure.completeness`). What the database checks by itself is left to it: a
    file of a thousand rows has no time to ask twice.
    Errors: RefusedTogether, with a sentence for each row that cannot stand; the instances are then again
    as new or as saved as they were.
    """
    before = [(row, row.pk) for row in (*rows, *removed)]
    try:
        with transaction.atomic(), made_anew_together():
            record_version.bump()  # the first lock of every writer
            claims = Claims(rows, removed, answers, aside)
            claims.answer(reason, by)
            _refuse(_problems_on_paper(rows, [*removed, *aside], looked_up))
            _remove(removed, reason, by)
            taken = _take_away([*rows, *aside])
            _refuse(_write(rows, taken, reason, by))
            _refuse(claims.judge())
    except BaseException:
        for row, pk in before:
            row.pk, row._state.adding = pk, pk is None
        raise


def add_together(rows, *, reason="", by=None, looked_up=()):
    """Validate and write many new rows of one model at once, all or nothing: of one without rules about overlaps.

    The rules are left to the database. Only where it refuses, each row is asked for the sentence. Errors as of
    `save_together`.
    """
    problems = {}
    for index, row in enumerate(rows):
        try:
            row.clean_fields(exclude=looked_up)
            row.clean()
        except ValidationError as error:
            problems[index] = error
    _refuse(problems)
    try:
        add_alike(rows, reason, by)
    except IntegrityError as error:
        for row in rows:
            row.pk, row._state.adding = None, True
        raise RefusedTogether(_refused_by_rules(rows, str(sentence_for(error)))) from error


def _refused_by_rules(rows, sentence):
    """{index: ValidationError} of the rows that break a rule; where they break it among each other, of them all."""
    problems = {}
    for index, row in enumerate(rows):
        try:
            row.validate_unique()
            row.validate_constraints()
        except ValidationError as error:
            problems[index] = error
    return problems or {index: ValidationError(sentence) for index in range(len(rows))}


def _rules_of(row, kind):
    return [rule for rule in row._meta.constraints if isinstance(rule, kind)]


def _refuse(problems):
    if problems:
        raise RefusedTogether(problems)


def _problems_on_paper(rows, removed, looked_up):
    """Fields that are wrong in themselves; the other rows are judged for overlaps."""
    problems = {}
    for index, row in enumerate(rows):
        try:
            row.clean_fields(exclude=looked_up)
        except ValidationError as error:
            problems[index] = error
    sound = [index for index in range(len(rows)) if index not in problems]
    overlaps = judge_together([rows[index] for index in sound], removed)
    return problems | {sound[place]: ValidationError(messages) for place, messages in overlaps.items()}


def _write(rows, taken, reason, by):
    """Save the rows in the order of their days, so that a row finds its predecessor; unknown starts last."""
    problems = {}
    for index, row in sorted(enumerate(rows), key=lambda pair: (pair[1].starts_on or datetime.date.max, pair[0])):
        row.judged_with = ()
        try:
            _refuse_unsaved(row)
            row.clean()
            row.validate_unique()
            with transaction.atomic():
                if (type(row), row.pk) in taken:  # it comes back as it will stand, and its history goes on
                    type(row)._base_manager.bulk_create([row])
                save_with_reason(row, reason, by)
        except ValidationError as error:
            problems[index] = error
        except IntegrityError as error:
            problems[index] = ValidationError(str(sentence_for(error)))
    return problems


def _remove(rows, reason, by):
    """In their order, those of one model at once; one by one where they may rest on each other."""
    for model, alike in groupby(rows, key=type):
        if any(field.related_model is model for field in model._meta.concrete_fields):
            for row in alike:
                remove_with_reason(row, reason, by)
        else:
            remove_alike(list(alike), reason, by)


def _refuse_unsaved(row):
    """A row that points to one of the act that was refused before it."""
    for field in row._meta.concrete_fields:
        if field.is_relation and field.is_cached(row):
            target = field.get_cached_value(row)
            if target is not None and target.pk is None:
                message = _("The row of %(record)s, on which this one rests, is refused.")
                raise ValidationError({field.name: ValidationError(message % {"record": target})})


def _take_away(rows):
    """Take the saved rows out of their tables, so that each comes back to rows in their final state alone.

    No signal, no history: nobody ever sees the table without them. Foreign keys are asked when the transaction ends.
    """
    taken, keys = set(), defaultdict(set)
    for row in rows:
        keys[type(row)].add(row.pk)
    for model, pks in keys.items():
        found = model._base_manager.filter(pk__in=pks - {None})
        taken.update((model, pk) for pk in found.values_list("pk", flat=True))
        found._raw_delete(found.db)
    return taken
