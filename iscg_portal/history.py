"""When we recorded it: who, what, before and after, and why (rule 7).

Every model of the record is tracked. Models with translated fields are registered in `iscg_portal.translation`, after
the translation, so that the history has the six columns too.
"""

from collections.abc import Callable
from functools import cache

import simple_history
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.models import ProtectedError, Q
from django.db.models.deletion import Collector
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from iscg_portal import record_version
from iscg_portal.adminkit.admin_rights import may_name
from iscg_portal.collation import SortKeyField, sort_key
from iscg_portal.languages import HTML_LANG, with_colon, with_semicolons
from iscg_portal.plain_text import cleaned
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LongTextField
from iscg_portal.translated import TextShown

NAMED_AT_MOST = 10
AT_ONCE = 500  # rows of one statement

added_alike = Signal()  # (sender, rows): new rows of one model are written; the signals of each row were not sent


_checks_of_public_reasons: list[Callable[[str], None]] = []


def register_check_of_public_reasons(check):
    """Let `check(text)` refuse a reason for the public with a ValidationError, whichever door it comes through."""
    _checks_of_public_reasons.append(check)


def check_public(reason):
    """Refuse what the public must not read. Errors: ValidationError with a sentence."""
    for check in _checks_of_public_reasons:
        check(reason)


class PublicReason(str):
    """What everyone may read, with the language in which it was written: that of the page on which it was."""

    def __new__(cls, text="", language=""):
        reason = super().__new__(cls, text)
        reason.language = language or ""
        return reason


def print_public(reason, language):
    """A reason for the public as a `TextShown`, which is marked where the page has another language."""
    said = TextShown(reason or "")
    said.lang = HTML_LANG[language] if language in HTML_LANG and language != get_language() else ""
    return said


class Reason(str):
    """Why something was done, for the history, which only staff read; `public` is why, for everyone.

    A text made from it has no `public`: nothing written for staff reaches the public by being joined or cut.
    Errors: ValidationError where the public part has what the public must not read.
    """

    __slots__ = ("public",)

    def __new__(cls, history="", public=""):
        reason = super().__new__(cls, history or "")
        reason.public = PublicReason(cleaned(public or ""), getattr(public, "language", get_language()))
        check_public(reason.public)
        return reason


def public_part(reason) -> str:
    """Why, for everyone; blank where only staff may read it."""
    return getattr(reason, "public", "")


class HistoryRow(models.Model):
    """Base of every history: beside the reason for staff the one for the public, and the act that wrote the row.

    An act undone within a day is taken back (`iscg_portal.undoing`): the public is told neither it nor its undoing.
    """

    history_public_reason = LongTextField(null=True, blank=True)
    history_public_language = models.CharField(max_length=7, null=True, editable=False)
    history_act = models.UUIDField(null=True, editable=False, db_index=True)
    history_taken_back = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def public_reason(self):
        """The reason for the public, marked with its language where that is not the page's."""
        return print_public(self.history_public_reason, self.history_public_language)


class _Manager(HistoryManager):
    """Its class for the rows of a history is made once, and not anew each time that a record is saved."""

    from_queryset = classmethod(cache(HistoryManager.from_queryset.__func__))


_OPTIONS = {
    "history_change_reason_field": LongTextField(null=True, blank=True),
    "history_manager": _Manager,
    "bases": [HistoryRow],
}


class _Records(HistoricalRecords):
    """The history tells what was, also days that the record itself would refuse today.

    `lists_removed`: the public is told which rows were removed, so that these are found by an index.
    """

    def __init__(self, *args, lists_removed=False, **options):
        self.lists_removed = lists_removed
        super().__init__(*args, **options)

    def get_meta_options(self, model):
        options = super().get_meta_options(model)
        if self.lists_removed:
            name = f"{model._meta.app_label}_{model._meta.model_name}_gone"
            options["indexes"] = [models.Index(fields=["history_date"], condition=Q(history_type="-"), name=name)]
        return options

    def copy_fields(self, model):
        fields = super().copy_fields(model)
        for field in fields.values():
            if isinstance(field, DayField):
                field.__class__ = models.DateField
        return fields


def tracked(**options):
    """The `history` attribute of a tracked model without translated fields."""
    return _Records(**_OPTIONS, **options)


def track_translated(model):
    """Track a model with translated fields; call it after `translator.register`."""
    keys = [field.name for field in model._meta.fields if isinstance(field, SortKeyField)]
    options = {**_OPTIONS, "excluded_fields": keys}
    simple_history.register(model, app=model._meta.app_label, records_class=_Records, **options)


def save_with_reason(instance, reason="", by=None):
    """Save one row, with the reason and the account that go into its history: both or neither are written.

    `reason` is a text for staff, or a `Reason` that has one for the public too.
    """
    _say_why(instance, reason, by)
    with transaction.atomic():
        instance.save()


def remove_with_reason(instance, reason, by=None):
    """Remove a row entered by mistake; the history keeps it, and it is listed as a correction (rule 6)."""
    _say_why(instance, reason, by)
    with transaction.atomic():
        instance.delete()


def _say_why(instance, reason, by):
    instance._change_reason = str(reason) or None
    instance._public_reason = public_part(reason) or None
    if by is not None:
        instance._history_user = by


def keep_public_reason(sender, instance, history_instance, **kwargs):
    """Write the public reason beside the other one; simple_history asks before it saves a row of a history."""
    reason = getattr(instance, "_public_reason", None)
    history_instance.history_public_reason = reason
    history_instance.history_public_language = getattr(reason, "language", None)


def keep_numbers_of_removed_rows(sender, using=DEFAULT_DB_ALIAS, **kwargs):
    """After `migrate` on SQLite, which forgets them with each table made anew: else a new row would get the history."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for model in (one for one in sender.get_models() if isinstance(one._meta.pk, models.AutoField)):
            table, past = model._meta.db_table, getattr(getattr(model, "history", None), "model", None)
            if past is None or not {table, past._meta.db_table} <= set(tables):
                continue
            cursor.execute(f'SELECT max({model._meta.pk.column}) FROM "{past._meta.db_table}"')
            (last,) = cursor.fetchone()
            if last:
                cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, table])
                if not cursor.rowcount:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def add_alike(rows, reason="", by=None):
    """Write new rows of one model at once; the history of each says who, when and why.

    Their fields are clean, and the rules are left to the database. Errors: IntegrityError; then none is written.
    """
    if not rows:
        return
    model = type(rows[0])
    for row in rows:
        _say_why(row, reason, by)
    with transaction.atomic():
        record_version.bump()  # the first lock of every writer
        model._base_manager.bulk_create(rows, batch_size=AT_ONCE)
        model.history.model._base_manager.bulk_create(map(_first_version, rows), batch_size=AT_ONCE)
        added_alike.send(model, rows=rows)


def _first_version(row):
    """The row of the history that saving this one would have written."""
    past = type(row).history.model
    version = past(
        history_date=timezone.now(),
        history_type="+",
        history_user=past.get_default_history_user(row),
        history_change_reason=row._change_reason,
        **{field.attname: getattr(row, field.attname) for field in past.tracked_fields},
    )
    pre_create_historical_record.send(past, instance=row, history_instance=version)
    return version


def parts_of(*rows, by=None):
    """The rows that are part of these rows of one model and go with them, such as a resolution's revisions.

    Errors: ValidationError that names what stands in the way, as far as the account `by` may see it.
    """
    collector = Collector(using=rows[0]._state.db, origin=rows[0])
    try:
        collector.collect(rows)
    except ProtectedError as error:
        for row in rows if len(rows) > 1 else ():
            parts_of(row, by=by)  # which of them it is
        raise ValidationError(_in_the_way(rows[0], error.protected_objects, by)) from error
    found = [part for instances in collector.data.values() for part in instances]
    found += [part for queryset in collector.fast_deletes for part in queryset]
    own = set(rows)
    return [part for part in found if part not in own]


def remove_alike(rows, reason, by=None):
    """Remove rows of one model at once; the history of each says who, when and why.

    Errors: ProtectedError where something rests on one of them. What is part of them goes along.
    """
    collector = Collector(using=rows[0]._state.db, origin=rows[0])
    collector.collect(rows)
    for row in rows:
        _say_why(row, reason, by)
    with transaction.atomic():
        collector.delete()


@transaction.atomic
def remove_mistake(row, *, reason, by=None, answers=None):
    """Remove a row and its parts; each one's history says who, when and why.

    `answers` as in `save_together`. Errors: ValidationError without a reason, where other records rest on the row, or
    where it has to be said from when a record is complete now.
    """
    from iscg_portal.tenure.joint_validation import save_together

    if not reason.strip():
        raise ValidationError(_("Say why this was a mistake."))
    record_version.bump()  # the first lock of every writer
    save_together((), [*parts_of(row, by=by), row], reason=reason, by=by, answers=answers)


def _in_the_way(row, protected, by):
    seen = [other for other in protected if may_name(by, other)]
    names = sorted({with_colon(other._meta.verbose_name, other) for other in seen}, key=sort_key)
    if len(names) > NAMED_AT_MOST or len(seen) < len(protected):
        names = [*names[:NAMED_AT_MOST], "…"]
    message = _("“%(row)s” cannot be removed, because other records rest on it: %(names)s.")
    return message % {"row": row, "names": with_semicolons(names)}
