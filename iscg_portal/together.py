"""Rows saved in one act are judged as they will stand, whatever their order (rule 2).

An inline page that ends a holder and adds the successor, or an import file that swaps two seats, is
right or wrong as a whole. So existing rows first step aside, inside the transaction, and then each
row is validated and saved in its new state: it meets only rows in their final state.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iscg_portal.constraints import NoOverlap, sentence_for
from iscg_portal.history import remove_with_reason, save_with_reason


def judge_together(rows):
    """Check only the rules about overlaps, without touching the database.

    Each row is checked against the saved rows that are not among `rows`, and against the others. Returns
    {index: [sentences]}; of a clashing pair the later row is named.
    """
    together = {row.pk for row in rows if row.pk is not None}
    problems = {}
    for index, row in enumerate(rows):
        row.judged_with = together
        for constraint in row._meta.constraints:
            if isinstance(constraint, NoOverlap):
                try:
                    constraint.validate(type(row), row)
                    for other in rows[:index]:
                        if type(other) is type(row) and constraint.clash(row, other):
                            raise constraint.refusal(other)
                except ValidationError as error:
                    problems.setdefault(index, []).extend(error.messages)
    return problems


class RefusedTogether(ValidationError):
    """Nothing was saved. `problems` is {index of the row: ValidationError}."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__([message for error in problems.values() for message in error.messages])


def save_together(rows, removed=(), *, reason="", by=None):
    """Remove `removed`, then validate (`full_clean`) and save `rows`, all or nothing, in one transaction.

    Rows are instances of one `Period` model. `reason` and the account `by` go into each row's history.
    Errors: RefusedTogether, with a sentence for each row that cannot stand.
    """
    problems = {}
    with transaction.atomic():
        for row in removed:
            remove_with_reason(row, reason, by)
        bystanders = _step_aside(rows)
        for index, row in enumerate(rows):
            try:
                row.judged_with = ()
                row.full_clean()
                with transaction.atomic():
                    save_with_reason(row, reason, by)
            except ValidationError as error:
                problems[index] = error
            except IntegrityError as error:
                problems[index] = ValidationError(str(sentence_for(error)))
        if problems:
            raise RefusedTogether(problems)
        for manager, pk, ends_on, ends_precision in bystanders:
            manager.filter(pk=pk).update(starts_on=None, ends_on=ends_on, ends_precision=ends_precision)


def _step_aside(rows):
    """Move saved rows to days of the year 1, where nothing can clash with them.

    A row with an unknown start covers those days too, so it steps aside as well and is put back last.
    Returns what to put back. No history is written: nobody ever sees these days.
    """
    saved = [row for row in rows if row.pk is not None]
    bystanders = []
    if saved and type(saved[0])._meta.get_field("starts_on").null:
        manager = type(saved[0])._base_manager
        others = manager.filter(starts_on__isnull=True).exclude(pk__in=[row.pk for row in saved])
        bystanders = [(manager, *values) for values in others.values_list("pk", "ends_on", "ends_precision")]
    day = datetime.date.min
    for pk in [row.pk for row in saved] + [bystander[1] for bystander in bystanders]:
        after = day + datetime.timedelta(days=1)
        model = type(saved[0])
        model._base_manager.filter(pk=pk).update(starts_on=day, ends_on=after, ends_precision="day")
        day = after
    return bystanders
