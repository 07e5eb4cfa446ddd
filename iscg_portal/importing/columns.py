"""The columns of a file: where a cell's value goes in a record, and what the template says of it."""

import itertools

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from import_export.fields import Field

from iscg_portal.history import remove_with_reason, save_with_reason
from iscg_portal.importing.cells import Cell, Choice, Day, Several, Text, Whole
from iscg_portal.importing.sheet import BadCell, DateCell
from iscg_portal.plain_text import cleaned
from iscg_portal.tables.files import unguarded
from iscg_portal.tenure.completeness import ANSWER, answer_alone
from iscg_portal.tenure.dates import EndPrecision, StartPrecision, parse_date

_declared = itertools.count()


class CellRefused(ValueError):
    """A cell that cannot stand: which column, and a sentence."""

    def __init__(self, column, sentence):
        self.column, self.sentence = column, sentence
        super().__init__(sentence)


def as_cell(text):
    """The text as every format can hold it, and as an import takes it up."""
    return cleaned(str(text), lines=True)


class Column(Field):
    """One column. `required`: no row may leave it empty. `explanation`: a sentence for the template."""

    is_child = False
    is_date = False
    # Where it stands: the key comes first, then who, then the rest as declared, and the sources last.
    place = 5

    def __init__(self, attribute, cell=None, explanation="", *, name=None, required=False, example="", keep=False):
        super().__init__(attribute=attribute, column_name=name or attribute, widget=cell or Text())
        self.explanation, self.required, self.example = explanation, required, example
        self.declared = next(_declared)
        # Whether an empty cell leaves what the record has, or makes for itself.
        self.keep = keep

    def at(self, place):
        """The column, put at a place (0 to 9) among the others."""
        self.place = place
        return self

    def text_of(self, record):
        """The cell of a record."""
        return as_cell(self.widget.render(self.get_value(record)))

    def export(self, instance, **kwargs):
        return self.text_of(instance)

    def given(self, row):
        """The cell of a row as it was before the guard against formulae. Errors: CellRefused."""
        value = row.get(self.column_name, "")
        if isinstance(value, BadCell):
            raise CellRefused(self.column_name, value.reason)
        return unguarded(value) if isinstance(value, str) else value

    def value_in(self, row):
        """What the row says, as a value. Errors: CellRefused."""
        try:
            return self.widget.clean(self.given(row))
        except CellRefused:
            raise
        except ValueError as error:
            raise CellRefused(self.column_name, str(error)) from None

    def key_in(self, row):
        """What the row says, written as an export writes it."""
        return as_cell(self.widget.render(self.value_in(row)))

    def says(self, row, text):
        """Whether the row's cell is the text that an export has for it."""
        return isinstance(self.given(row), str) and as_cell(self.given(row)) == text

    def save(self, instance, row, is_m2m=False, **kwargs):
        """Put the cell into the record. Errors: CellRefused."""
        value = self.value_in(row)
        blank = value is None or value == "" or value == []
        if blank and self.required:
            raise CellRefused(self.column_name, _("Give a value: this column may not be empty."))
        if blank and self.keep:
            return
        if blank:
            field = instance._meta.get_field(self.attribute)
            if field.has_default() and not field.null:
                value = field.get_default()
        if isinstance(value, str):
            value = instance._meta.get_field(self.attribute).to_python(value)
        setattr(instance, self.attribute, value)

    def write(self, instance, reason, by):
        """Save what does not stand on the record itself, once it is saved."""


def columns_of(fields) -> dict[str, Column]:
    """The columns of an import, by their names, of the facts (`iscg_portal.tables.fields`) that a file may bring."""
    columns = {}
    for each in fields:
        if each.cell:
            words = {"attribute": each.key, "explanation": each.explanation} | each.column
            place = words.pop("place", Column.place)
            columns[each.key] = Column(cell=each.cell, name=each.key, **words).at(place)
    return columns


class Shown(Column):
    """For the reader of an export; not imported."""

    def __init__(self, name, show, explanation):
        super().__init__(name, Cell(), explanation)
        self.show, self.readonly = show, True

    def get_value(self, instance):
        return self.show(instance)

    def save(self, instance, row, is_m2m=False, **kwargs):
        """Nothing: the record says this by itself."""


class Indicative(Column):
    """Whether no source says the fact: it follows from the grade, and a cell that says otherwise is refused."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        said = self.value_in(row)
        if said is not None and said != instance.indicative:
            raise CellRefused(self.column_name, _("This follows from the column “grade”; change that one."))


def _refused_date(value):
    """Why a true date of a spreadsheet is refused where its precision column is empty."""
    message = _(
        "The cell holds a true date (%(day)s), and a spreadsheet turns 2016-03 into 1 March 2016."
        " Say how exactly it is known in the precision column, or give the cell the format “Text”"
        " and write it again."
    )
    return message % {"day": value}


class DateColumn(Column):
    """A date, read together with the column that says how exactly it is known."""

    is_date = True

    def __init__(self, attribute, explanation, *, ends=False, required=False):
        super().__init__(attribute, Day(), explanation, required=required, example="2016-03")
        self.ends, self.precision = ends, attribute.replace("_on", "_precision")

    def value_in(self, row, starts_on=None):
        """The date and its precision; (None, "") for empty cells."""
        value, precision = self.given(row), self.precision_in(row)
        if isinstance(value, DateCell) and not precision:
            raise CellRefused(self.column_name, _refused_date(value))
        if not str(value).strip():
            if precision:
                raise CellRefused(self.precision, _("There is a precision here, but no date beside it."))
            return None, ""
        try:
            return parse_date(str(value), precision, ends=self.ends, starts_on=starts_on)
        except ValidationError as error:
            raise CellRefused(self.column_name, " ".join(error.messages)) from None

    def precision_in(self, row):
        """The word of the precision column, "" where it is empty. Errors: CellRefused."""
        value = row.get(self.precision, "")
        if isinstance(value, (BadCell, DateCell)):
            raise CellRefused(self.precision, getattr(value, "reason", _("A precision is a word, not a date.")))
        try:
            return Choice(EndPrecision if self.ends else StartPrecision).clean(value)
        except ValueError as error:
            raise CellRefused(self.precision, str(error)) from None

    def key_in(self, row):
        return self.widget.render(self.value_in(row)[0])

    def save(self, instance, row, is_m2m=False, **kwargs):
        day, precision = self.value_in(row, instance.starts_on if self.ends else None)
        if day is None and self.required:
            raise CellRefused(self.column_name, _("Give a date: this column may not be empty."))
        setattr(instance, self.attribute, day)
        setattr(instance, self.precision, precision or (None if self.ends else StartPrecision.DAY))


class PrecisionColumn(Column):
    """How exactly the date beside it is known; read by its `DateColumn`."""

    def __init__(self, attribute, explanation, *, ends=False):
        super().__init__(attribute, Choice(EndPrecision if ends else StartPrecision), explanation, example="month")
        self.day = attribute.replace("_precision", "_on")

    def get_value(self, instance):
        return getattr(instance, self.attribute) if getattr(instance, self.day) else None

    def save(self, instance, row, is_m2m=False, **kwargs):
        """Done by the date."""


class IdColumn(Column):
    """The permanent number of a row, by which a file finds it again."""

    def __init__(self):
        explanation = _lazy("The row's permanent number. Leave it empty to add a row.")
        super().__init__("id", Whole(), explanation)
        self.readonly = True

    def save(self, instance, row, is_m2m=False, **kwargs):
        """Nothing: the portal gives the number."""


class DayOrNotKnown(Day):
    """A full day, or the words “not known”."""

    words = "not known"

    def read(self, text):
        return self.words if text.casefold() == self.words else super().read(text)

    def allowed(self):
        return [self.words]


class AnswerColumn(Column):
    """From when the record of the row's office is complete now; where the row takes back what that rests on.

    An answer belongs to one change, so an export leaves it empty.
    """

    is_child = True

    def __init__(self):
        explanation = _lazy(
            "Only where the row takes days back on which the record had a holder, or gives a day known only as “by” or"
            " “after”: the day from which the record of this office is complete now, or “not known”."
        )
        super().__init__(ANSWER, DayOrNotKnown(), explanation)

    def get_value(self, instance):
        day = instance.__dict__.get(ANSWER, "")
        return DayOrNotKnown.words if day is None else day

    def save(self, instance, row, is_m2m=False, **kwargs):
        day = self.value_in(row)
        if day is not None:
            setattr(instance, ANSWER, None if day == DayOrNotKnown.words else day)

    def write(self, instance, reason, by):
        """An answer that stands alone; else it was saved with the row."""
        if ANSWER in instance.__dict__:
            answer_alone(instance, reason, by)


class Flags(Column):
    """Several truth values of a record as one list of letters."""

    def __init__(self, name, cell, flags, explanation, **options):
        super().__init__(name, cell, explanation, **options)
        self.flags = flags

    def get_value(self, instance):
        return [word for word, flag in self.flags.items() if getattr(instance, flag)]

    def save(self, instance, row, is_m2m=False, **kwargs):
        words = self.value_in(row)
        for word, flag in self.flags.items():
            setattr(instance, flag, word in words)


class Links(Column):
    """The records that a table of links (mandates, partnerships) ties to this one.

    A link with days of its own is history: a cell that leaves it out is refused.
    """

    is_child = True

    def __init__(self, name, one, links, target, explanation, **options):
        super().__init__(name, Several(one), explanation, **options)
        self.links, self.target = links, target

    def rows_of(self, instance):
        """The saved links."""
        return list(getattr(instance, self.links).all()) if instance.pk else []

    def get_value(self, instance):
        if self.column_name in getattr(instance, "wanted_links", {}):
            return instance.wanted_links[self.column_name]
        return list(dict.fromkeys(getattr(row, self.target) for row in self.rows_of(instance)))

    def save(self, instance, row, is_m2m=False, **kwargs):
        wanted = self.value_in(row)
        for link in self.rows_of(instance):
            dated = getattr(link, "starts_on", None) or getattr(link, "ends_on", None)
            if dated and getattr(link, self.target) not in wanted:
                message = _("%(record)s is recorded with days; end or remove it on the page of this record.")
                raise CellRefused(self.column_name, message % {"record": getattr(link, self.target)})
        instance.wanted_links = {**getattr(instance, "wanted_links", {}), self.column_name: wanted}

    def write(self, instance, reason, by):
        wanted = getattr(instance, "wanted_links", {}).get(self.column_name)
        if wanted is None:
            return
        rows = self.rows_of(instance)
        for link in rows:
            if getattr(link, self.target) not in wanted:
                remove_with_reason(link, reason, by)
        there = {getattr(link, self.target) for link in rows}
        manager = getattr(instance, self.links)
        for record in wanted:
            if record not in there:
                link = manager.model(**{manager.field.name: instance, self.target: record})
                link.full_clean()
                save_with_reason(link, reason, by)
