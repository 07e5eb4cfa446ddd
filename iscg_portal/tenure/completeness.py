"""“Record complete from”: what it rests on, and when an act has to say it anew (rule 16).

A keeper (a seat; a subject for its Coordinators; a record of Focal Points) says from which day its record has no
holes: a day without a holder is then a vacancy. That rests on the rows that cover the days since. An act that ends a
term makes a vacancy, which is a fact. An act that takes covered days back (it removes a row, moves it to another
place, or corrects its start to a later day) makes a hole of which nobody said that the office was vacant: so it also
says from which day the record is complete now, or that this is not known. So it is with the mandates of a subject,
of which each resolution is a place of its own. Every door saves through `joint_validation.save_together`, which
judges this.
"""

import datetime
from collections import defaultdict

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.history import save_with_reason
from iscg_portal.tenure.constraints import NoOverlap
from iscg_portal.tenure.dates import print_date, today

ASKS = "asks from when the record is complete"
ANSWER = "record_complete_from"  # the column of a file, and the attribute of a row, that answers


class RecordKeeper:
    """Mixin of a model with `recorded_from`: the day from which the record of an office has no holes."""

    # Further days of the kind that the record says, each with how it is called: {field: words with %(keeper)s}.
    OTHER_RECORDS = {}

    def tenures(self):
        """The rows that say who held the office."""
        raise NotImplementedError

    def records(self):
        """{field: what is complete from the day in it}: the record of the office itself, and the others."""
        others = {field: OtherRecord(self, field) for field in self.OTHER_RECORDS}
        return {"recorded_from": self, **others}

    @property
    def owner(self):
        """The row that says from when the record is complete."""
        return self

    def stored(self):
        """The same as it is saved."""
        return type(self)._base_manager.get(pk=self.pk)

    @property
    def keeper_key(self):
        """What tells it from the other keepers of its kind, saved or not."""
        return str(self.pk)

    def clean(self):
        """The record cannot begin before a date known only as “by” or “after”."""
        super().clean()
        problem = recorded_from_problem(self.recorded_from, self.tenures()) if self.pk else ""
        if problem:
            raise ValidationError({"recorded_from": problem})


class OtherRecord:
    """A further record of a keeper, such as the mandates of a subject: from the day in the field it has no holes."""

    def __init__(self, owner, field):
        self.owner, self.field = owner, field
        self._meta, self.pk, self.keeper_key = owner._meta, owner.pk, f"{owner.keeper_key}-{field}"

    def __str__(self):
        return str(self.owner.OTHER_RECORDS[self.field] % {"keeper": self.owner})

    @property
    def recorded_from(self):
        """The day in the field."""
        return getattr(self.owner, self.field)

    @recorded_from.setter
    def recorded_from(self, day):
        setattr(self.owner, self.field, day)

    def stored(self):
        """The same as it is saved."""
        return OtherRecord(self.owner.stored(), self.field)

    def tenures(self):
        """The rows of which it says from when they are complete."""
        return self.owner.rows_of(self.field)


def key_of(keeper):
    """How an answer names a keeper: “members.seat:RAG1”, “subjects.subject:5-mandates_recorded_from”."""
    return f"{keeper._meta.label_lower}:{keeper.keeper_key}"


def field_of(key):
    """The field of a further record that a key names; None for that of the office."""
    label, _colon, rest = key.partition(":")
    name = rest.partition("-")[2]
    model = next((one for one in apps.get_models() if one._meta.label_lower == label), None)
    return model._meta.get_field(name) if name in getattr(model, "OTHER_RECORDS", ()) else None


def holes_of(row):
    """The fields whose days are known only as “by” or “after”: before such a day the record has a hole."""
    sides = (("starts_on", row.starts_precision), ("ends_on", row.ends_precision))
    return {field: getattr(row, field) for field, how in sides if how in ("by", "after") and getattr(row, field)}


def recorded_from_problem(recorded_from, rows):
    """The sentence that says why a record cannot begin on this day, or "" (see "Time, exactly")."""
    holes = [day for row in rows for day in holes_of(row).values()]
    if recorded_from and holes and recorded_from < max(holes):
        message = _("The record cannot begin before %(day)s: until then a date is known only as “by” or “after”.")
        return message % {"day": print_date(max(holes))}
    return ""


def refuse_holes(row, keeper):
    """Before a *by* start or *after* end the record has holes: `recorded_from` may not lie before it."""
    for field, day in holes_of(row).items():
        if keeper.recorded_from and day > keeper.recorded_from:
            message = _(
                "“%(keeper)s” is recorded without holes from %(day)s on; a date known only as “by” or “after” cannot"
                " lie later. Say from which day the record is complete now, or that this is not known."
            )
            raise ValidationError({field: _asking(message, keeper)})


def _asking(message, keeper):
    return ValidationError(message, ASKS, {"keeper": keeper, "day": print_date(keeper.recorded_from)})


def _asks_after_taking_back(keeper):
    """The question about a keeper of which an act takes days back."""
    message = _(
        "“%(keeper)s” is recorded without holes from %(day)s on, and this takes days back on which the record had a"
        " holder. Say from which day the record is complete now, or that this is not known."
    )
    if keeper.owner is not keeper:  # what is no office has no holder
        message = _("Say from which day the record is complete now, or that this is not known.")
    return _asking(message, keeper)


def asks_of_old_version(keeper):
    """The question about a keeper that is brought back as an old version has it."""
    message = _(
        "The record of “%(keeper)s” was called complete from another day when this version was saved. Say from which"
        " day it is complete now, or that this is not known."
    )
    return ValidationError(message, ASKS, {"keeper": keeper})


def leaves(error):
    """The single refusals of which a ValidationError is made."""
    by_field = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    return [one for errors in by_field for one in errors]


def keepers_asked(errors):
    """{key: keeper} of those of which one of the ValidationErrors asks from when their record is complete."""
    found = (one for error in errors for one in leaves(error) if one.code == ASKS)
    return {key_of(one.params["keeper"]): one.params["keeper"] for one in found}


def place_of(row):
    """What tells the office of a row from others: its seat; its subject; its subject and body."""
    rules = [rule for rule in row._meta.constraints if isinstance(rule, NoOverlap)]
    names = {name for rule in rules for name in rule.partition if isinstance(name, str)} - {"person"}
    return {name: getattr(row, row._meta.get_field(name).attname) for name in names}


class Claims:
    """The saved rows from which an act takes days, each with its keeper: read before the act, judged after it.

    `answers` is {key of a keeper: the day from which its record is complete now, or None}; a row may bring its own
    answer as the attribute ANSWER. Where rows of an office stand `aside`, nobody can tell which days it had a holder.
    """

    def __init__(self, rows, removed=(), answers=None, aside=()):
        self.answers, self.problems = dict(answers or {}), defaultdict(list)
        self.touched, self.losing = defaultdict(list), []
        saved = _saved([*rows, *removed, *aside])
        self.unclear = [place_of(row) for one in aside for row in (one, saved.get((type(one), one.pk))) if row]
        self.gone = [row for row in removed if isinstance(row, RecordKeeper)]
        for index, row in [*enumerate(rows), *((None, row) for row in removed)]:
            if hasattr(row, "record_keeper"):
                self._read(index, row, saved.get((type(row), row.pk)))

    def _read(self, index, row, old):
        """Note the row, and its keeper where that has to be asked or has been told something."""
        now = row if index is not None and (old is None or place_of(old) == place_of(row)) else None
        is_told = bool(self.answers) or ANSWER in row.__dict__ or bool(now and holes_of(now))
        takes = old is not None and (now is None or _begins_later(now, old) or _ends_earlier(now, old))
        keeper = (now or old).record_keeper() if takes or (now and is_told) else None
        if keeper is not None and keeper.owner not in self.gone:
            self.touched[key_of(keeper)].append((index, keeper))
            self._hear(index, row, keeper)
            if takes:
                self.losing.append((index, now, old, keeper))

    def _hear(self, index, row, keeper):
        """The answer that comes with the row."""
        if ANSWER not in row.__dict__:
            return
        day = row.__dict__.pop(ANSWER)
        if self.answers.setdefault(key_of(keeper), day) != day:
            message = _("Another row says that the record of “%(keeper)s” is complete from another day.")
            self.problems[index].append(ValidationError({ANSWER: message % {"keeper": keeper}}))

    def answer(self, reason="", by=None):
        """Write into the touched keepers what was answered, before the rows are judged."""
        for key in self.answers.keys() & self.touched.keys():
            for _index, keeper in self.touched[key]:
                keeper.recorded_from = self.answers[key]
            stored = keeper.stored() if keeper.pk else keeper
            if not keeper.pk or stored.recorded_from != keeper.recorded_from:
                stored.recorded_from = keeper.recorded_from
                save_with_reason(stored.owner, reason, by)

    def judge(self):
        """{index of the row, None for a removed one: ValidationError} once the act is written."""
        for index, now, old, keeper in self.losing:
            is_asked = keeper.recorded_from and key_of(keeper) not in self.answers
            if is_asked and place_of(old) not in self.unclear and _leaves_a_hole(now, old, keeper):
                self.problems[index].append(ValidationError({ANSWER: _asks_after_taking_back(keeper)}))
        for key in self.answers.keys() & self.touched.keys():
            index, keeper = self.touched[key][0]
            problem = recorded_from_problem(keeper.recorded_from, keeper.tenures().filter())
            if problem:
                self.problems[index].append(ValidationError({ANSWER: problem}))
        return {index: _merged(errors) for index, errors in self.problems.items()}


def answer_alone(row, reason="", by=None):
    """Write the answer that a row brings, where nothing else of the row changes. Errors: ValidationError."""
    claims = Claims([row])
    claims.answer(reason, by)
    for problem in claims.judge().values():
        raise problem


def _saved(rows):
    """{(model, key): the row as it is saved} of the offices among the rows; one query for each model."""
    wanted = defaultdict(list)
    for row in rows:
        if row.pk is not None and hasattr(row, "record_keeper"):
            wanted[type(row)].append(row.pk)
    return {(model, pk): row for model, pks in wanted.items() for pk, row in model._base_manager.in_bulk(pks).items()}


def _begins_later(row, old):
    return row.starts_on is not None and (old.starts_on is None or row.starts_on > old.starts_on)


def _ends_earlier(row, old):
    return row.ends_on is not None and (old.ends_on is None or row.ends_on < old.ends_on)


def _leaves_a_hole(now, old, keeper):
    """Whether a day since the record began, not after today, had a holder and has none though the term did not end.

    `now` is the old row as it stands now, in the same place; None where it is gone from there.
    """
    begins = max(old.starts_on or keeper.recorded_from, keeper.recorded_from)
    ends = today() + datetime.timedelta(days=1)
    ends = min(ends, old.ends_on) if old.ends_on else ends
    if now and now.ends_on and now.ends_on > keeper.recorded_from:
        ends = min(ends, now.ends_on)
    days = keeper.tenures().filter(**place_of(old)).values_list("starts_on", "ends_on")
    for starts_on, ends_on in sorted(days, key=lambda pair: pair[0] or datetime.date.min):
        if starts_on is None or starts_on <= begins:
            begins = max(begins, ends_on) if ends_on else ends
    return begins < ends


def _merged(errors):
    merged = {}
    for error in errors:
        merged = error.update_error_dict(merged)
    return ValidationError(merged)
