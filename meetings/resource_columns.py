"""Columns of meetings and documents that no other table has."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.importing.cells import Cell, Choice, Several, Text
from iscg_portal.importing.columns import CellRefused, Column
from iscg_portal.importing.days import DateColumn, PrecisionColumn
from iscg_portal.importing.sheet import BadCell, DateCell
from meetings.acts.register import address_to
from meetings.models import Addressee, AgendaItem, Meeting
from meetings.numbers import read_number


class PrintedNumberCell(Text):
    """A document's number, however it is printed: with its language's letter or without."""

    def read(self, text):
        try:
            return str(read_number(text))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from None


class Hour(Cell):
    """An hour of the day, as in 09:30."""

    is_text = False

    def refuse_date(self, value):
        return _("Write an hour as text, as in 09:30.")

    def read(self, text):
        hour = text.removesuffix(":00") if text.count(":") == 2 else text
        hour = text.removesuffix(":00") if text.count(":") == 2 else text
        try:
            return datetime.datetime.strptime(hour, "%H:%M").time()
        except ValueError:
            raise ValueError(_("“%(text)s” is not an hour; write it as in 09:30.") % {"text": text[:40]}) from None

    def render(self, value, obj=None, **kwargs):
        return f"{value:%H:%M}" if value is not None else ""


class FirstDay(DateColumn):
    """The first day of a meeting, read together with how exactly it is known: a day, a month or a year."""

    def __init__(self):
        super().__init__("starts_on", gettext_lazy("The first day."), required=True)
        self.precision = "precision"

    def precision_in(self, row):
        value = row.get(self.precision, "")
        if isinstance(value, (BadCell, DateCell)):
            raise CellRefused(self.precision, getattr(value, "reason", _("A precision is a word, not a date.")))
        try:
            return Choice(Meeting.Precision).clean(value)
        except ValueError as error:
            raise CellRefused(self.precision, str(error)) from None

    def value_in(self, row, starts_on=None):
        day, precision = super().value_in(row)
        if precision and precision not in Meeting.Precision.values:
            raise CellRefused(self.column_name, _("Write the day, the month or the year: 2026-03-15, 2026-03 or 2026."))
        return day, precision


class PrecisionOfMeeting(PrecisionColumn):
    """How exactly the first day is known."""

    def __init__(self):
        super().__init__("precision", gettext_lazy("How exactly the first day is known."))
        self.widget, self.day = Choice(Meeting.Precision), "starts_on"


class AgendaNumber(Column):
    """The point of the meeting's agenda, by its number; read once the meeting is known."""

    def __init__(self):
        explanation = gettext_lazy("The number of the point on the meeting's agenda.")
        super().__init__("agenda_item", Text(), explanation, example="3.1")

    def get_value(self, instance):
        return instance.agenda_item.number if instance.agenda_item_id else ""

    def save(self, instance, row, is_m2m=False, **kwargs):
        number = self.value_in(row)
        item = AgendaItem.objects.filter(meeting=instance.meeting, number=number).first() if number else None
        if number and item is None:
            message = _("The agenda of this meeting has no point “%(number)s”.")
            raise CellRefused(self.column_name, message % {"number": number[:40]})
        instance.agenda_item = item


class Addressees(Column):
    """The addressees for one purpose of a liaison statement."""

    is_child = True

    def __init__(self, purpose, explanation):
        super().__init__(f"for_{purpose}", Several(Text()), explanation, example="ITU-T SG5; ITU-R WP 1A")
        self.purpose = purpose

    def get_value(self, instance):
        return [body for body, purpose in wanted_by(instance).items() if purpose == self.purpose]

    def save(self, instance, row, is_m2m=False, **kwargs):
        others = {body: purpose for body, purpose in wanted_by(instance).items() if purpose != self.purpose}
        instance.wanted_addressees = others | dict.fromkeys(self.value_in(row), self.purpose)

    def write(self, instance, reason, by):
        address_to(instance, instance.wanted_addressees, reason=reason, by=by)


def wanted_by(liaison):
    """The addressees as {body: purpose}: as the file wants them, else as they are saved."""
    if "wanted_addressees" not in liaison.__dict__:
        saved = liaison.addressees.all() if liaison.pk else Addressee.objects.none()
        liaison.wanted_addressees = {addressee.body: addressee.purpose for addressee in saved}
    return liaison.wanted_addressees
