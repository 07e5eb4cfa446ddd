"""Rules about units and links that look at several tables: each is one condition, for the database and for people.

A condition is the SQL of “the row NEW breaks the rule”, the same on both databases. The triggers have it, and
`validate` asks it of a row that is not saved yet, so that both give one verdict (rule 19).
"""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connections

from iscg_portal.across_tables import AcrossTables

UNIT, PERIOD, ENDING, LINK = "studies_studyunit", "studies_studyperiod", "studies_ending", "studies_mappinglink"


def _begins(unit, period):
    return f"COALESCE({unit}.starts_on, {period}.starts_on)"


def _ends(unit, period):
    return f"COALESCE({unit}.ends_on, {period}.ends_on)"


def _share(one, other):
    """Two spans, as pairs of columns, have a day in common; a null side is open."""
    (starts, ends), (begins, over) = one, other
    return (
        f"(({ends}) IS NULL OR ({begins}) IS NULL OR ({begins}) < ({ends}))"
        f" AND (({over}) IS NULL OR ({starts}) IS NULL OR ({starts}) < ({over}))"
    )


class Never(AcrossTables):
    """No row meets `condition`, which names tables of the models `reads`."""

    condition = ""
    reads = ("studies.StudyUnit", "studies.StudyPeriod")
    code = "never"
    sqlstate = "check_violation"

    def other_models(self):
        return [apps.get_model(label) for label in self.reads]

    def conflict_sql(self, model, quote, event="UPDATE"):
        return f"({self.condition})"

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """Raise ValidationError where the row as it is in memory breaks the rule. One query."""
        if self.asked_of(instance, connections[using]):
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def asked_of(self, instance, connection):
        """Whether the row, saved or not, meets the condition."""
        quote, columns, values = connection.ops.quote_name, [], []
        for field in instance._meta.concrete_fields:
            kind = field.cast_db_type(connection) if connection.vendor == "postgresql" else None
            columns.append(f"{f'CAST(%s AS {kind})' if kind else '%s'} AS {quote(field.column)}")
            values.append(field.get_db_prep_value(getattr(instance, field.attname), connection))
        with connection.cursor() as cursor:
            row = f"(SELECT {', '.join(columns)}) NEW"
            cursor.execute(f"SELECT 1 FROM {row} WHERE {self.conflict_sql(type(instance), quote)}", values)
            return cursor.fetchone() is not None


class SetOnce(Never):
    """What says which record a row is, is given once: another Sector, kind or period is another record."""

    made_of = ("fields",)
    reads = ()

    def __init__(self, *, fields, **options):
        self.fields = tuple(fields)
        super().__init__(**options)

    def conflict_sql(self, model, quote, event="UPDATE"):
        """On PostgreSQL an inserted row has no OLD values, and null is unlike nothing."""
        columns = [quote(model._meta.get_field(name).column) for name in self.fields]
        return " OR ".join(f"OLD.{name} <> NEW.{name}" for name in columns) if event == "UPDATE" else "1 = 0"

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        names = [model._meta.get_field(name).attname for name in self.fields]
        saved = model._base_manager.using(using).filter(pk=instance.pk).values(*names).first() if instance.pk else None
        changed = saved and any(value not in (None, getattr(instance, name)) for name, value in saved.items())
        if changed:
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)


class PeriodOfItsSector(Never):
    """A unit's period is one of its Sector."""

    condition = f"EXISTS (SELECT 1 FROM {PERIOD} p WHERE p.id = NEW.period_id AND p.sector <> NEW.sector)"


class DaysInItsPeriod(Never):
    """Where a unit has days of its own, it has a day in its period."""

    condition = (
        f"EXISTS (SELECT 1 FROM {PERIOD} p WHERE p.id = NEW.period_id AND NOT"
        f" ({_share(('NEW.starts_on', 'NEW.ends_on'), ('p.starts_on', 'p.ends_on'))}))"
    )


class BelowAWiderUnit(Never):
    """A unit stands below one of its Sector and period that is of a wider kind, so that there is no circle."""

    condition = (
        f"EXISTS (SELECT 1 FROM {UNIT} p WHERE p.id = NEW.parent_id AND NOT (p.sector = NEW.sector"
        " AND COALESCE(p.period_id, 0) = COALESCE(NEW.period_id, 0) AND ("
        "(p.kind = 'study group' AND NEW.kind IN ('working party', 'question', 'regional group'))"
        " OR (p.kind = 'working party' AND NEW.kind = 'question'))))"
    )


_PERIODS = f"LEFT JOIN {PERIOD} pa ON pa.id = a.period_id LEFT JOIN {PERIOD} pb ON pb.id = b.period_id"


class SuccessorBeginsLater(Never):
    """A successor is of the same Sector and begins later, so that lives make no circle."""

    condition = (
        f"EXISTS (SELECT 1 FROM {UNIT} a JOIN {UNIT} b ON b.id = NEW.successor_id {_PERIODS}"
        " WHERE a.id = NEW.unit_id AND NOT COALESCE(a.sector = b.sector"
        f" AND {_begins('a', 'pa')} < {_begins('b', 'pb')}, FALSE))"
    )


class OneKindOfEnding(Never):
    """A unit ends in one way."""

    reads = ("studies.Ending",)
    condition = (
        f"EXISTS (SELECT 1 FROM {ENDING} r WHERE r.unit_id = NEW.unit_id AND r.id <> COALESCE(NEW.id, -1)"
        " AND r.kind <> NEW.kind)"
    )


def _endings(where, one, other):
    return (
        f"EXISTS (SELECT 1 FROM {ENDING} e JOIN {UNIT} a ON a.id = e.unit_id JOIN {UNIT} b ON b.id = e.successor_id"
        f" {_PERIODS} WHERE {where} AND NOT COALESCE({one} < {other}, FALSE))"
    )


class UnitKeepsItsPlaceInLives(Never):
    """Days of a unit are not moved across those of what it follows or what follows it."""

    reads = ("studies.StudyUnit", "studies.StudyPeriod", "studies.Ending")
    condition = " OR ".join(
        [
            _endings("a.id = NEW.id", "COALESCE(NEW.starts_on, pa.starts_on)", _begins("b", "pb")),
            _endings("b.id = NEW.id", _begins("a", "pa"), "COALESCE(NEW.starts_on, pb.starts_on)"),
        ]
    )


class PeriodKeepsItsPlaceInLives(Never):
    """Days of a period are not moved so that a unit would follow itself or what comes after it."""

    reads = UnitKeepsItsPlaceInLives.reads
    condition = _endings(
        "NEW.id IN (a.period_id, b.period_id)",
        "COALESCE(a.starts_on, CASE WHEN a.period_id = NEW.id THEN NEW.starts_on ELSE pa.starts_on END)",
        "COALESCE(b.starts_on, CASE WHEN b.period_id = NEW.id THEN NEW.starts_on ELSE pb.starts_on END)",
    )


class PeriodKeepsItsUnits(Never):
    """Days of a period are not moved away from those of its units."""

    reads = ("studies.StudyUnit",)
    condition = (
        f"EXISTS (SELECT 1 FROM {UNIT} u WHERE u.period_id = NEW.id AND NOT"
        f" ({_share(('u.starts_on', 'u.ends_on'), ('NEW.starts_on', 'NEW.ends_on'))}))"
    )


def _broken_link(first, second):
    """The condition that link l lies outside one of its units, or that these have no day in common."""
    days = ("l.starts_on", "l.ends_on")
    return (
        f"(NOT ({_share(first, days)}) OR (b.id IS NOT NULL AND"
        f" (NOT ({_share(second, days)}) OR NOT ({_share(first, second)}))))"
    )


class UnitKeepsItsLinks(Never):
    """Days of a unit are not moved away from those of its links, nor of the units at their other ends."""

    reads = ("studies.StudyUnit", "studies.StudyPeriod", "studies.MappingLink")
    condition = (
        f"EXISTS (SELECT 1 FROM {LINK} l LEFT JOIN {UNIT} b ON b.id <> NEW.id AND b.id IN (l.first_id, l.second_id)"
        f" LEFT JOIN {PERIOD} pa ON pa.id = NEW.period_id LEFT JOIN {PERIOD} pb ON pb.id = b.period_id"
        " WHERE (l.first_id = NEW.id OR l.second_id = NEW.id) AND "
        f"{_broken_link((_begins('NEW', 'pa'), _ends('NEW', 'pa')), (_begins('b', 'pb'), _ends('b', 'pb')))})"
    )


def _as_moved(unit, period, field):
    return f"COALESCE({unit}.{field}, CASE WHEN {unit}.period_id = NEW.id THEN NEW.{field} ELSE {period}.{field} END)"


def _span_as_moved(unit, period):
    return _as_moved(unit, period, "starts_on"), _as_moved(unit, period, "ends_on")


class PeriodKeepsItsLinks(Never):
    """Days of a period are not moved so that a link of one of its units would lose its days."""

    reads = UnitKeepsItsLinks.reads
    condition = (
        f"EXISTS (SELECT 1 FROM {LINK} l JOIN {UNIT} a ON a.id = l.first_id LEFT JOIN {UNIT} b ON b.id = l.second_id"
        f" {_PERIODS} WHERE (a.period_id = NEW.id OR b.period_id = NEW.id) AND "
        f"{_broken_link(_span_as_moved('a', 'pa'), _span_as_moved('b', 'pb'))})"
    )


_PAIR = f"SELECT 1 FROM {UNIT} a JOIN {UNIT} b ON b.id = NEW.second_id {_PERIODS} WHERE a.id = NEW.first_id"


class AcrossSectors(Never):
    """A link joins units of different Sectors."""

    condition = f"EXISTS ({_PAIR} AND a.sector = b.sector)"


class StoredOnce(Never):
    """The unit of the Sector that comes first by its letter is the first: no link is stored the other way round."""

    condition = f"EXISTS ({_PAIR} AND a.sector > b.sector)"


class OfOneTime(Never):
    """The periods of the two units have a day in common."""

    condition = (
        f"EXISTS ({_PAIR} AND NOT"
        f" ({_share((_begins('a', 'pa'), _ends('a', 'pa')), (_begins('b', 'pb'), _ends('b', 'pb')))}))"
    )


class WhileItsUnitsStand(Never):
    """The days of a link have one in common with each of its units."""

    condition = (
        f"EXISTS (SELECT 1 FROM {UNIT} a LEFT JOIN {PERIOD} pa ON pa.id = a.period_id"
        " WHERE a.id IN (NEW.first_id, NEW.second_id) AND NOT"
        f" ({_share((_begins('a', 'pa'), _ends('a', 'pa')), ('NEW.starts_on', 'NEW.ends_on'))}))"
    )


class OfASideOfTheLink(Never):
    """Only the Sectors that a link joins confirm or contest it."""

    reads = ("studies.MappingLink", "studies.StudyUnit")
    condition = (
        f"EXISTS (SELECT 1 FROM {LINK} l JOIN {UNIT} a ON a.id = l.first_id LEFT JOIN {UNIT} b ON b.id = l.second_id"
        " WHERE l.id = NEW.link_id AND NEW.sector <> a.sector AND NEW.sector <> COALESCE(b.sector, ''))"
    )
