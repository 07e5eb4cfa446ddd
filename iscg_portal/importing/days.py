"""The columns of a file that hold days: of an office with its precision, and from when its record is complete."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.importing.cells import Choice, Day
from iscg_portal.importing.columns import CellRefused, FileColumn, as_cell
from iscg_portal.importing.sheet import BadCell, DateCell
from iscg_portal.scheduled import Precision
from iscg_portal.tenure.completeness import ANSWER, answer_alone
from iscg_portal.tenure.dates import EndPrecision, StartPrecision, parse_date


def _refused_date(value):
    """Why a true date of a spreadsheet is refused where its precision column is empty."""
    message = _(
        "The cell holds a true date (%(day)s), and a spreadsheet turns 2016-03 into 1 March 2016."
        " Say how exactly it is known in the precision column, or give the cell the format “Text”"
        " and write it again."
    )
    return message % {"day": value}


class DateColumn(FileColumn):
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


class PrecisionColumn(FileColumn):
    """How exactly the date beside it is known; read by its `DateColumn`."""

    def __init__(self, attribute, explanation, *, ends=False):
        super().__init__(attribute, Choice(EndPrecision if ends else StartPrecision), explanation, example="month")
        self.day = attribute.replace("_precision", "_on")

    def get_value(self, instance):
        return getattr(instance, self.attribute) if getattr(instance, self.day) else None

    def save(self, instance, row, is_m2m=False, **kwargs):
        """Done by the date."""


class FirstDay(DateColumn):
    """The first day of what is held on days, read together with how exactly it is known: a day, a month or a year."""

    def __init__(self):
        super().__init__("starts_on", gettext_lazy("The first day."), required=True)
        self.precision = "precision"

    def precision_in(self, row):
        value = row.get(self.precision, "")
        if isinstance(value, (BadCell, DateCell)):
            raise CellRefused(self.precision, getattr(value, "reason", _("A precision is a word, not a date.")))
        try:
            return Choice(Precision).clean(value)
        except ValueError as error:
            raise CellRefused(self.precision, str(error)) from None

    def value_in(self, row, starts_on=None):
        day, precision = super().value_in(row)
        if precision and precision not in Precision.values:
            raise CellRefused(self.column_name, _("Write the day, the month or the year: 2026-03-15, 2026-03 or 2026."))
        return day, precision


class PrecisionOfFirstDay(PrecisionColumn):
    """How exactly the first day is known."""

    def __init__(self):
        super().__init__("precision", gettext_lazy("How exactly the first day is known."))
        self.widget, self.day = Choice(Precision), "starts_on"


class DayOrNotKnown(Day):
    """A full day, or the words “not known”."""

    words = "not known"

    def read(self, text):
        return self.words if text.casefold() == self.words else super().read(text)

    def allowed(self):
        return [self.words]


class AnswerColumn(FileColumn):
    """From when the record of the row's office is complete now; where the row takes back what that rests on.

    An answer belongs to one change, so an export leaves it empty.
    """

    is_child = True

    def __init__(self, explanation=None):
        explanation = explanation or gettext_lazy(
            "Only where the row takes days back on which the record had a holder, or gives a day known only as “by” or"
            " “after”: the day from which the record of this office is complete now, or “not known”."
        )
        super().__init__(ANSWER, DayOrNotKnown(), explanation)

    def get_value(self, instance):
        day = instance.__dict__.get(ANSWER, "")
        return DayOrNotKnown.words if day is None else day

    def stood(self, state):
        """The day that the keeper has; of a row that moves, the keeper of the place that it leaves."""
        row = state.instance
        keeper = (row if state.is_new else type(row)._base_manager.get(pk=row.pk)).record_keeper()
        return as_cell(self.widget.render(keeper.recorded_from or DayOrNotKnown.words)) if keeper else ""

    def save(self, instance, row, is_m2m=False, **kwargs):
        day = self.value_in(row)
        if day is not None:
            setattr(instance, ANSWER, None if day == DayOrNotKnown.words else day)

    def write(self, instance, reason, by):
        """An answer that stands alone; else it was saved with the row."""
        if ANSWER in instance.__dict__:
            answer_alone(instance, reason, by)
