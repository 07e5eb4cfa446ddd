"""Columns of meetings and documents that no other table has."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.importing.cells import Cell, Several, Text
from iscg_portal.importing.columns import CellRefused, FileColumn
from meetings.acts.register import address_to
from meetings.models import Addressee, AgendaItem
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
        try:
            return datetime.datetime.strptime(hour, "%H:%M").time()
        except ValueError:
            raise ValueError(_("“%(text)s” is not an hour; write it as in 09:30.") % {"text": text[:40]}) from None

    def render(self, value, obj=None, **kwargs):
        return f"{value:%H:%M}" if value is not None else ""


class AgendaNumber(FileColumn):
    """The point of the meeting's agenda, by its number; read once the meeting is known."""

    def __init__(self):
        explanation = gettext_lazy("The number of the point on the meeting's agenda.")
        super().__init__("agenda_item", Text(), explanation, example="3.1")

    def get_value(self, instance):
        return instance.agenda_item.number if instance.agenda_item_id else ""

    def save(self, instance, row, is_m2m=False, **kwargs):
        number = self.value_in(row)
        item = AgendaItem.objects.filter(meeting=instance.meeting_id, number=number).first() if number else None
        if number and item is None:
            message = _("The agenda of this meeting has no point “%(number)s”.")
            raise CellRefused(self.column_name, message % {"number": number[:40]})
        instance.agenda_item = item


class Addressees(FileColumn):
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
