"""What was done in one act is undone in one act (rule 18): every row that it touched is again as before it.

That goes until one of these rows is changed again. Within a day of the act the public is told neither it nor its
undoing; later what is undone is a correction like any other (rule 6).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.models import registered_models

from iscg_portal import record_version
from iscg_portal.acts import one_act
from iscg_portal.adminkit.history import is_restorable, name_of, tracked_fields
from iscg_portal.history import Reason, parts_of, public_part, remove_alike, save_with_reason
from iscg_portal.languages import in_brackets, with_colon
from iscg_portal.search.following import made_anew_together
from iscg_portal.tenure.completeness import key_of
from iscg_portal.tenure.dates import print_moment
from iscg_portal.tenure.joint_validation import save_together
from iscg_portal.tenure.models import Period

A_DAY = timedelta(days=1)
RIGHTS = {"+": "add", "~": "change", "-": "delete"}
ADDED, CHANGED, REMOVED, AS_BEFORE = "added", "changed", "removed", "as before"


@dataclass
class Touched:
    """A row that an act touched. `before`, `first`, `last` and `since` are rows of its history.

    `before` is the last one before the act, `since` the newest after it; both may be missing.
    """

    model: Any
    pk: Any
    first: Any = None
    last: Any = None
    before: Any = None
    since: Any = None

    @property
    def was_there(self):
        return self.before is not None and self.before.history_type != "-"

    @property
    def is_there(self):
        return self.last.history_type != "-"

    @property
    def kind(self):
        """What the act made of it."""
        if self.was_there and self.is_there:
            return CHANGED if self.changed_fields else AS_BEFORE
        return ADDED if self.is_there else REMOVED if self.was_there else AS_BEFORE

    @cached_property
    def changed_fields(self):
        return _differences(self.before, self.last)

    @property
    def is_changed_since(self):
        """Whether the record says something else now than after the act; what was changed and put back does not."""
        if self.since is None:
            return False
        is_there = self.since.history_type != "-"
        return is_there != self.is_there or not is_restorable(self.model) or bool(_differences(self.last, self.since))

    def __str__(self):
        return with_colon(capfirst(self.model._meta.verbose_name), name_of(self.last))

    def refusal(self):
        """The sentence that says why it cannot be put back, or ""."""
        if self.is_changed_since:
            when = print_moment(self.since.history_date)
            who = self.since.history_user or _("a command or a mailed link")
            why = self.since.history_change_reason
            message = _("“%(row)s” was changed after this act, on %(when)s by %(who)s, so it can no longer be undone.")
            said = message % {"row": self, "when": when, "who": who}
            return f"{said}{in_brackets(why)}" if why else said
        if self.first.history_type == "~" and self.before is None:
            return _("The history does not know what “%(row)s” said before.") % {"row": self}
        if not is_restorable(self.model) and self.kind not in (ADDED, CHANGED):
            return _("The history keeps no values of “%(row)s”, so they cannot be put back.") % {"row": self}
        return ""


def _differences(one, other):
    """The fields in which two rows of a history differ."""
    fields = tracked_fields(one.instance_type)
    return [field for field in fields if getattr(one, field.attname) != getattr(other, field.attname)]


class Done:
    """An act as the histories have it; `rows` are in the order of the models."""

    def __init__(self, mark):
        self.mark = mark
        self.rows = [row for model in _models_of(mark) for row in _touched(model, mark)]

    @property
    def at(self):
        """The moment at which it began."""
        return min(row.first.history_date for row in self.rows)

    @property
    def by(self):
        return self.rows[0].first.history_user

    @property
    def reason(self):
        return next((row.first.history_change_reason for row in self.rows if row.first.history_change_reason), "")

    @property
    def to_put_back(self):
        return [row for row in self.rows if row.kind != AS_BEFORE]

    @property
    def is_for_the_public(self):
        """Whether undoing it now is a correction."""
        return timezone.now() - self.at > A_DAY or any(row.first.history_taken_back for row in self.rows)

    def refusals(self):
        """The sentences that say why it cannot be undone; none if it can."""
        if not self.to_put_back:
            return [_("This act left nothing to undo.")]
        late = self._is_too_late()
        return [late] if late else list(filter(None, (row.refusal() for row in self.rows)))

    def _is_too_late(self):
        """The sentence on what has been public for a day, and is withdrawn from then on; or ""."""
        found = [row for row in self.to_put_back if getattr(row.model, "undone_within_a_day", False)]
        if not found or timezone.now() - self.at <= A_DAY:
            return ""
        message = _("“%(row)s” has been public for more than a day, so it is not undone any more; withdraw it.")
        return message % {"row": found[0]}

    def may_be_undone_by(self, account):
        """Whether the account may do what the act did."""
        needed = {(row.model._meta, RIGHTS[one.history_type]) for row in self.rows for one in (row.first, row.last)}
        return all(account.has_perm(f"{of.app_label}.{word}_{of.model_name}") for of, word in needed)


def _models_of(mark):
    """The models whose histories have the mark; one query, written here since Django takes long over so many parts."""
    models = sorted(registered_models.values(), key=lambda model: model._meta.label)
    tables = [connection.ops.quote_name(model.history.model._meta.db_table) for model in models]
    parts = [f"SELECT {at} WHERE EXISTS (SELECT 1 FROM {t} WHERE history_act = %s)" for at, t in enumerate(tables)]
    as_stored = models[0].history.model._meta.get_field("history_act").get_db_prep_value(mark, connection)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [as_stored] * len(tables))
        return [models[at] for (at,) in cursor.fetchall()]


def _touched(model, mark):
    """The rows of the model that the act touched; one query."""
    key, history = model._meta.pk.attname, model.history
    pks = history.filter(history_act=mark).order_by().values(key)
    found = {}
    for version in history.filter(**{f"{key}__in": pks}).select_related("history_user").order_by("history_id"):
        row = found.setdefault(getattr(version, key), Touched(model, getattr(version, key)))
        if version.history_act == mark:
            row.first, row.last, row.since = row.first or version, version, None
        elif row.first is None:
            row.before = version
        else:
            row.since = version
    return list(found.values())


def undo(mark, *, reason, by=None, answers=None):
    """Put back every row as it was before the act; remove what it added, bring back what it removed. Gives the `Done`.

    `answers` as in `save_together`. Errors: ValidationError without a reason, where a row was changed since or another
    one rests on it, and where a rule forbids what would stand.
    """
    if not reason.strip():
        raise ValidationError(_("Say why this is undone."))
    because = Reason(_("Undone: %(why)s") % {"why": reason}, public_part(reason))
    with transaction.atomic(), one_act() as act, made_anew_together():
        record_version.bump()  # the first lock of every writer: a second one sees what the first one did
        done = Done(mark)
        refusals = done.refusals()
        if refusals:
            raise ValidationError(refusals)
        act.takes_back = not done.is_for_the_public
        if act.takes_back:
            for model in {row.model for row in done.rows}:
                model.history.filter(history_act=mark).update(history_taken_back=True)
        _put_back(done, because, by, answers)
    return done


def _put_back(done, reason, by, answers):
    """Rows without days first, so that those with days are judged beside them; what they rest on goes last."""
    kept = [row for row in done.to_put_back if row.kind != ADDED]
    there = _on_record(row for row in done.to_put_back if row.is_there)
    alone = [_as_before(row, there) for row in kept if not issubclass(row.model, Period)]
    for row in alone:
        save_with_reason(row, reason, by)
    added = sorted((row for row in done.to_put_back if row.kind == ADDED), key=_removal_order)
    gone = [there[row.model, row.pk] for row in added if rests_on_days(row.model)]
    _refuse_parts(gone, gone, by)
    periods = [_as_before(row, there) for row in kept if issubclass(row.model, Period)]
    moved = list(_on_record(row for row in kept if row.is_there).values())
    answers = _unchanged_since(done, [*gone, *periods, *moved]) | (answers or {})
    save_together(periods, gone, reason=reason, by=by, answers=answers)
    rest = [row for row in added if not rests_on_days(row.model)]
    there = _on_record(rest)
    rest = [there[row.model, row.pk] for row in rest]
    for _model, rows in groupby(rest, key=type):
        alike = list(rows)
        _refuse_parts(alike, alike, by)
        for row in alike:
            if hasattr(row, "before_undone"):
                row.before_undone()
        remove_alike(alike, reason, by)
    for row in alone:
        type(row)._base_manager.get(pk=row.pk).full_clean()


def _on_record(rows):
    """{(model, key): the row as it is saved}; one query for each model."""
    keys = defaultdict(list)
    for row in rows:
        keys[row.model].append(row.pk)
    return {(model, pk): row for model, pks in keys.items() for pk, row in model._base_manager.in_bulk(pks).items()}


def _as_before(touched, there):
    """The row as it was before the act, unsaved."""
    row = there[touched.model, touched.pk] if touched.is_there else touched.model(pk=touched.pk)
    for field in tracked_fields(touched.model) if not touched.is_there else touched.changed_fields:
        setattr(row, field.attname, getattr(touched.before, field.attname))
    return row


def _refuse_parts(rows, gone, by):
    """What was added to one of the rows since the act would go with it."""
    for _model, alike in groupby(rows, key=type):
        part = next((part for part in parts_of(*alike, by=by) if part not in gone), None)
        if part is not None:
            message = _("“%(part)s” was entered after this act and rests on its rows, so it can no longer be undone.")
            raise ValidationError(message % {"part": part})


def _unchanged_since(done, rows):
    """What the act or the time before it said of “record complete from” stands again: {key of a keeper: day}."""
    answers = {}
    for row in rows:
        keeper = row.record_keeper() if hasattr(row, "record_keeper") else None
        if keeper is not None and keeper.pk:
            model = type(keeper.owner)
            history = model.history.filter(**{model._meta.pk.attname: keeper.pk})
            is_changed = history.exclude(history_act=done.mark).filter(history_date__gt=done.at)
            own = [one for one in done.rows if (one.model, one.pk) == (model, keeper.pk)]
            if own or not is_changed.exists():
                answers[key_of(keeper)] = keeper.stored().recorded_from
    return answers


@cache
def rests_on_days(model):
    """Whether the rows of the model have days, or are part of rows that do, as an appointment is of a Coordinator."""
    return issubclass(model, Period) or any(rests_on_days(one) for one in _points_to(model))


def _removal_order(row):
    """What points to others goes before them; of one model, the newest first."""
    return -_depth(row.model), row.model._meta.label, -row.last.history_id


@cache
def _depth(model):
    return 1 + max((_depth(one) for one in _points_to(model)), default=0)


def _points_to(model):
    """The other tracked models that rows of the model point to."""
    tracked = registered_models.values()
    found = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return [one for one in found if one in tracked and one is not model]
