"""What a reader may ask of a list, and the form in which it is asked (components/_questions.html).

Codes are offered as a list while they are few, else as a field in which one is written: so a page costs the same
however many records are on record.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.tables.addresses import read_choice
from iscg_portal.tenure.dates import FIRST_YEAR, LAST_YEAR

COMING, OVER = "coming", "over"
TIMES = {COMING: gettext_lazy("to come"), OVER: gettext_lazy("past")}
MOST = 60


def read_year(request):
    """`?year=2025`; 0 for none. Errors: BadRequest with a sentence."""
    values = request.GET.getlist("year")
    if len(values) > 1:
        raise BadRequest(_("The address gives “%(name)s” more than once.") % {"name": "year"})
    text = values[0] if values else ""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR):
        message = _("“%(text)s” is not a year from %(first)d to %(last)d; write it as in year=2025.")
        raise BadRequest(message % {"text": text[:40], "first": FIRST_YEAR, "last": LAST_YEAR})
    return int(text)


@dataclass(frozen=True)
class Codes:
    """The codes that a question offers, with their labels; `all_of_them` is False where there are more on record."""

    name: str
    choices: dict[str, str]
    all_of_them: bool
    on_record: QuerySet

    def read(self, request):
        """The code that the address asks for, blank for none. Errors: BadRequest with a sentence."""
        code = read_choice(request, self.name, _Everything())
        if code and code not in self.choices and not self.on_record.filter(code=code).exists():
            message = _("“%(value)s” is not a value of “%(name)s”: no such code is on record.")
            raise BadRequest(message % {"value": code[:40], "name": self.name})
        return code

    def question(self, label, asked):
        """A list where it is short; a code that it lacks stands in it once it was asked for."""
        if not self.all_of_them:
            return Question(self.name, label, [], asked, is_typed=True)
        offered = self.choices | ({asked: asked} if asked and asked not in self.choices else {})
        return Question(self.name, label, list(offered.items()), asked)


class _Everything:
    """Holds every value."""

    def __contains__(self, value):
        return True


def codes_of(name, records, label) -> Codes:
    """The codes of the records (a queryset in the order in which they are offered). One query."""
    found = list(records[: MOST + 1])
    choices = {record.code: label(record) for record in found[:MOST]}
    return Codes(name, choices, len(found) <= MOST, records.model.objects.all())


class Question(NamedTuple):
    """One question: pairs of a value and its label, or a field to write in where `is_typed`; and what was asked."""

    name: str
    label: str
    options: list[tuple[str, str]]
    asked: str = ""
    is_typed: bool = False


def year_question(bounds, asked):
    """The years on record, the latest first, and the one that was asked for."""
    first, last = (int(str(value)[:4]) for value in bounds) if bounds else (0, -1)
    years = {*range(first, last + 1), *([asked] if asked else [])}
    return Question(
        "year", _("Year"), [(str(year), str(year)) for year in sorted(years, reverse=True)], str(asked or "")
    )


def first_and_last(rows, field):
    """The least and the greatest value, each read off the index; None without a row."""
    last = rows.order_by(f"-{field}").values(field)[:1]
    return rows.order_by(field).annotate(last=Subquery(last)).values_list(field, "last").first()
