"""The history as the admin shows it: who changed what from what to what, when and why.

With it, what stood when a page of the admin was opened, so that nobody overwrites a colleague unawares.
"""

from dataclasses import dataclass, field

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import CharField, Max, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iscg_portal.adminkit.saving import differs
from iscg_portal.collation import SortKeyField
from iscg_portal.languages import in_a_row, in_brackets, with_colon, with_commas, with_semicolons
from iscg_portal.name_keys import NameKeyField
from iscg_portal.tenure.dates import print_date, print_moment, print_since, print_until
from iscg_portal.text_origins import marks_in_words


@dataclass(slots=True)
class Change:
    """One field before and after, as people read it."""

    field: str
    old: str
    new: str


@dataclass(slots=True)
class HistoryEntry:
    """One row of the history, with what it changed; `about` is empty for the page's own record."""

    record: object
    about: str
    changes: list = field(default_factory=list)

    @property
    def kind(self):
        """“entered”, “changed” or “removed”."""
        return {"+": _("entered"), "~": _("changed"), "-": _("removed")}[self.record.history_type]

    @property
    def keeps_no_values(self):
        """Whether this history says who and when only, as that of contact data does."""
        return not is_restorable(self.record.instance_type)


def tracked_fields(model):
    """The fields whose values the history keeps, without the key and the untranslated originals."""
    history = model.history.model
    names = {one.name for one in model._meta.get_fields()}
    return [
        one
        for one in model._meta.concrete_fields
        if one.name not in history._history_excluded_fields
        and not one.primary_key
        and not one.generated
        and f"{one.name}_en" not in names
    ]


def is_restorable(model):
    """Whether an old version says enough to be put back."""
    excluded = model.history.model._history_excluded_fields
    fields = [model._meta.get_field(name) for name in excluded]
    return all(
        field.generated or not field.editable or isinstance(field, NameKeyField | SortKeyField) for field in fields
    )


def load(sources):
    """All history rows of the querysets, the newest first."""
    rows = [row for source in sources for row in source.select_related("history_user")]
    return sorted(rows, key=lambda row: (row.history_date, row.history_id), reverse=True)


def entries(shown, loaded, page_model=None):
    """What each of the rows `shown` changed; `loaded` are the rows among which their predecessors are."""
    before = {}
    for row in reversed(loaded):
        before.setdefault(_identity(row), []).append(row)
    pairs = [(row, _previous(row, before[_identity(row)])) for row in shown]
    names = _Names(row for pair in pairs for row in pair if row is not None)
    found = []
    for row, previous in pairs:
        about = "" if row.instance_type is page_model else f"{capfirst(row.instance_type._meta.verbose_name)}: "
        about = about and about + name_of(row)
        found.append(HistoryEntry(row, about, _changes(row, previous, names) if row.history_type == "~" else []))
    return found


def changes_back(now, before):
    """What changes when a row is put back as it was `before`; nothing where it was or will be gone."""
    there = before is not None and "-" not in (now.history_type, before.history_type)
    return _changes(before, now, _Names([now, before])) if there else []


def values(record, order=()):
    """Every field of one version as (label, printed value): those named in `order` first, days as they are known."""
    names, places = _Names([record]), {name: place for place, name in enumerate(order)}
    fields = [one for one in tracked_fields(record.instance_type) if not _is_said_by_day(one)]
    fields.sort(key=lambda one: places.get(one.name, len(places)))
    return [(capfirst(one.verbose_name), _as_known(one, record) or names.printed(one, record)) for one in fields]


PRINTED_AS_KNOWN = {"starts_on": ("starts_precision", print_since), "ends_on": ("ends_precision", print_until)}


def _is_said_by_day(one):
    """Whether the field only says how exactly a day is known."""
    return one.name in {precision for precision, _print in PRINTED_AS_KNOWN.values()}


def _as_known(one, record):
    """“since March 2016” for the first or last day of a period; blank for anything else."""
    precision, printer = PRINTED_AS_KNOWN.get(one.name, ("", None))
    day, known = getattr(record, one.attname), getattr(record, precision, "")
    return printer(day, known) if day and known else ""


def name_of(record):
    """What the row was called in this version; its kind and key where what it names is gone."""
    try:
        return str(record.instance)
    except (ObjectDoesNotExist, AttributeError):
        model = record.instance_type
        return f"{model._meta.verbose_name} {getattr(record, model._meta.pk.attname)}"


def _identity(row):
    return row.instance_type, getattr(row, row.instance_type._meta.pk.attname)


def _previous(row, versions):
    earlier = [one for one in versions if one.history_id < row.history_id]
    if earlier or row.history_type == "+":
        return earlier[-1] if earlier else None
    key = row.instance_type._meta.pk.attname
    older = type(row).objects.filter(**{key: getattr(row, key)}, history_id__lt=row.history_id)
    return older.order_by("-history_id").first()


def _changes(row, previous, names):
    if previous is None:
        return []
    return [
        Change(capfirst(one.verbose_name), names.printed(one, previous), names.printed(one, row))
        for one in tracked_fields(row.instance_type)
        if differs(getattr(previous, one.attname), getattr(row, one.attname))
    ]


class _Names:
    """Prints values; what rows of other tables are called is asked once a table."""

    def __init__(self, records):
        wanted = {}
        for record in records:
            for one in tracked_fields(record.instance_type):
                if one.is_relation and getattr(record, one.attname) is not None:
                    wanted.setdefault(one.related_model, set()).add(getattr(record, one.attname))
        self._found = {model: model._base_manager.in_bulk(keys) for model, keys in wanted.items()}

    def printed(self, one, record):
        value = getattr(record, one.attname)
        if one.is_relation and value is not None:
            found = self._found[one.related_model].get(value)
            return str(found) if found is not None else f"{value}{in_brackets(_('removed'))}"
        return print_value(one, value, record)


def value_in_words(one, row):
    """What a row says in a field, as people read it; a model may have words of its own for it (`in_words`)."""
    own = row.in_words(one.name) if hasattr(row, "in_words") else None
    return own or print_value(one, getattr(row, one.name), row)


# {(label of a model, name of a field): how its values are read}; an app adds its own in `AppConfig.ready`.
PRINTERS = {}


def print_value(one, value, row=None):
    """A value of a field as people read it; “—” for none. Of a relation, what it leads to.

    `row` is the version that says it: of a first or last day it tells how exactly that is known.
    """
    if value is None or value in ("", [], {}):
        return "—"
    if printer := PRINTERS.get((one.model._meta.label_lower, one.name)):
        return printer(value)
    if one.name == "text_origins":
        return marks_in_words(one.model, value)
    if one.choices:
        return str(dict(one.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if one.get_internal_type() == "DateField":
        return _day_as_known(one, value, row)
    if one.get_internal_type() == "DateTimeField":
        return print_moment(value)
    return _without_code(value)


def _day_as_known(one, day, row):
    precision, printer = PRINTED_AS_KNOWN.get(one.name, ("", None))
    if printer is None:
        return print_date(day)
    known = getattr(row, precision, None) or getattr(row, "precision", None) or "day"
    return printer(day, known) if known in ("by", "after") else print_date(day, known)


def _without_code(value):
    """Stored texts by language, and lists, without the brackets of code."""
    if isinstance(value, dict):
        return with_semicolons(with_colon(key, text) for key, text in value.items())
    return in_a_row(map(_without_code, value)) if isinstance(value, list) else str(value)


def call_in_log(row, words):
    """Let every entry of the admin's log call the row by these words: the log outlives the row and its name."""
    kind = ContentType.objects.get_for_model(row)
    LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).update(object_repr=str(words)[:200])


OPENED = "opened_version"
NAMED_AT_MOST = 5


def version_of(sources):
    """A short text that names the newest history row of every table on the page. One query."""
    numbers = [source.order_by().values_list(_tabled(source)).annotate(Max("history_id")) for source in sources]
    if not numbers:
        return ""
    newest = dict(numbers[0].union(*numbers[1:], all=True) if numbers[1:] else numbers[0])
    return ",".join(f"{_label(source)}:{newest.get(_label(source)) or 0}" for source in sources)


def refusal(sources, opened):
    """The sentence for who saved since the page was opened, as a ValidationError; None if nobody did."""
    then = _read(opened)
    newer = [source.filter(history_id__gt=then[_label(source)]) for source in sources if _label(source) in then]
    rows = load(newer)
    if not rows:
        return None
    saved = [_told(entry) for entry in entries(rows[:NAMED_AT_MOST], load(sources))]
    return ValidationError(
        [
            _("Someone saved this record after you opened it. Nothing was saved yet; what you typed is kept below."),
            *saved,
            _("Look at what they changed. If you save again, what you typed replaces it."),
        ]
    )


def number_at_opening(source, opened):
    """The number of the newest row of a history when the page was opened; None where the page does not say it."""
    return _read(opened).get(_label(source))


def _told(entry):
    record = entry.record
    when = print_moment(record.history_date)
    who = record.history_user or _("a command or a mailed link")
    changes = with_semicolons(with_colon(change.field, f"{change.old} → {change.new}") for change in entry.changes)
    saved = with_colon(with_commas([when, who]), with_commas([entry.about, entry.kind]))
    return f"{saved}{in_brackets(changes)}" if changes else saved


def _label(source):
    return source.model._meta.label_lower


def _tabled(source):
    return Value(_label(source), output_field=CharField())


def _read(opened):
    pairs = [part.rpartition(":") for part in opened.split(",")]
    return {label: int(number) for label, _colon, number in pairs if number.isascii() and number.isdigit()}
