"""The rows of a file judged together, as they will stand (rule 2), and saved where nothing refuses them.

The verdict does not depend on the order of the rows: rows that clash inside the file are found first and both
named; the others are taken in the order of their days, or after the rows that they refer to.
"""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from iscg_portal.history import add_alike
from iscg_portal.importing.preview import UNCHANGED
from iscg_portal.tenure.constraints import NoOverlap, sentence_for, share_a_day
from iscg_portal.tenure.joint_validation import RefusedTogether, save_together
from iscg_portal.tenure.models import Period


def judge_and_save(resource):
    """Save the rows of `resource.states`, noting on each why it cannot stand. The caller rolls back."""
    states = [state for state in resource.states if state.instance is not None]
    refuse_doubles(resource, states)
    if issubclass(resource.model(), Period):
        refuse_clashes(states)
    waiting = [state for state in states if not state.problems and state.verdict != UNCHANGED]
    if issubclass(resource.model(), Period):
        _save_periods(resource, resource.in_saving_order([state for state in waiting if state.record_changes]))
    else:
        at_once = {id(state) for state in _save_at_once(resource, waiting)}
        for state in resource.in_saving_order(waiting):
            if id(state) not in at_once and not state.problems:
                _save_record(resource, state)
    for state in waiting:
        if not state.problems:
            _save_links(resource, state)


def refuse_doubles(resource, states):
    """Two rows about the same record."""
    first = {}
    for state in states:
        if set(state.problems) & {"id", *resource.key_columns()}:
            continue
        marks = [resource.mark_of(state), *([state.instance.pk] if state.instance.pk else [])]
        for mark in marks:
            other = first.setdefault(mark, state)
            if other is not state:
                message = _("Rows %(one)d and %(other)d are about the same record.")
                for each in (other, state):
                    each.refuse("", message % {"one": other.number, "other": state.number})


def refuse_clashes(states):
    """Two rows of the file that may not share a day, both named."""
    constraints = states[0].instance._meta.constraints if states else ()
    for constraint in constraints:
        if isinstance(constraint, NoOverlap):
            groups = {}
            for state in states:
                if _is_readable(state, constraint):
                    groups.setdefault(constraint.key(state.instance), []).append(state)
            for group in groups.values():
                _refuse_overlaps(constraint, group)


def _is_readable(state, constraint):
    """Whether the row says where and when it stands."""
    fields = {*constraint.involved_fields(), "starts_precision", "ends_precision"}
    if fields & set(state.problems) or any(getattr(state.instance, f"{name}_id", "") is None for name in fields):
        return False
    starts_on, ends_on = state.instance.starts_on, state.instance.ends_on
    is_forward = starts_on is None or ends_on is None or starts_on < ends_on
    return is_forward and constraint.key(state.instance) is not None


def _refuse_overlaps(constraint, group):
    """Each row against the one before it that lasts longest."""
    longest = None
    for state in sorted(group, key=lambda each: (each.instance.starts_on is not None, each.instance.starts_on or 0)):
        if longest is not None and share_a_day(longest.instance, state.instance):
            rows = sorted((longest.number, state.number))
            message = _("%(rule)s Rows %(one)d and %(other)d stand in each other's way.")
            values = {"rule": constraint.get_violation_error_message(), "one": rows[0], "other": rows[1]}
            for each in (longest, state):
                each.refuse("", message % values)
        if longest is None or _lasts_longer(state.instance, longest.instance):
            longest = state


def _lasts_longer(one, other):
    return other.ends_on is not None and (one.ends_on is None or one.ends_on > other.ends_on)


def _save_periods(resource, states):
    """Save the rows; the saved rows of the file that are refused already are in nobody's way."""
    refused = [state.instance for state in resource.states if state.problems and not state.is_new]
    history = {"reason": resource.reason, "by": resource.by}
    try:
        with transaction.atomic():
            rows = [state.instance for state in states]
            save_together(rows, aside=refused, looked_up=resource.looked_up(), **history)
    except RefusedTogether as refusal:
        for index, error in refusal.problems.items():
            note(resource, states[index], error)
    except IntegrityError as error:  # what no single row can be blamed for
        for state in states:
            state.refuse("", str(sentence_for(error)))


def _save_at_once(resource, waiting):
    """Write the new rows that no other row of the file has a say in, and give them.

    Where the database refuses one, none is written: then each is saved by itself, and asked for the sentence.
    """
    states = resource.saved_at_once([state for state in waiting if state.is_new])
    for state in states:
        try:
            state.instance.full_clean(validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            note(resource, state, error)
    sound = [state for state in states if not state.problems]
    try:
        add_alike([state.instance for state in sound], resource.reason, resource.by)
    except IntegrityError:
        for state in sound:
            state.instance.pk, state.instance._state.adding = None, True
        return []
    return sound


def _save_record(resource, state):
    refuse_unsaved(resource, state)
    if state.record_changes and not state.problems:
        try:
            with transaction.atomic():
                resource.save_record(state.instance)
        except ValidationError as error:
            note(resource, state, error)
        except IntegrityError as error:
            note(resource, state, ValidationError(str(sentence_for(error))))


def refuse_unsaved(resource, state):
    """A row that refers to a row that was not saved before it."""
    for column in resource.fields.values():
        target = getattr(state.instance, column.attribute, None) if not column.is_child else None
        if isinstance(target, Model) and target.pk is None:
            message = _("The row of %(record)s is refused, or waits for this one in a circle.")
            state.refuse(column.column_name, message % {"record": target})


def _save_links(resource, state):
    for column in resource.fields.values():
        if column.is_child and column.column_name in state.changed:
            try:
                with transaction.atomic():
                    column.write(state.instance, resource.reason, resource.by)
            except ValidationError as error:
                for sentence in error.messages:
                    state.refuse(column.column_name, sentence)
            except IntegrityError as error:
                state.refuse(column.column_name, str(sentence_for(error)))


def note(resource, state, error):
    """Put what the model refused beside the columns that it concerns."""
    columns = {column.attribute: column.column_name for column in resource.fields.values()}
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for field, sentences in by_field.items():
        for sentence in sentences:
            state.refuse(columns.get(field, ""), sentence)
