"""The lists of the admin stand in the order of the words of the page's language, on both databases (decision 21).

Days and moments, there and read-only on forms, print as everywhere in the portal: “1er juin 2026”.
"""

from django.contrib.admin import helpers
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import InvalidPage
from django.db.models import CharField, DateField, DateTimeField, F, OrderBy, TextField

from iscg_portal.collation import Collated, InOrder, InWords, in_labels
from iscg_portal.tenure.dates import Dated, print_date, print_moment
from iscg_portal.translated import Translated


class WordOrder(ChangeList):
    """A list whose columns of words sort by ICU; where nothing stands, the row comes last either way.

    Its days and moments are printed as everywhere in the portal: “1er juin 2026”.
    """

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        columns = {name: as_printed(self.model, name) for name in self.list_display}
        self.list_display = list(columns.values())
        self.sortable_by = [columns.get(name, name) for name in self.sortable_by or ()]  # an export has none

    def get_queryset(self, request, exclude_parameters=None):
        """A row that a filter finds twice is listed once."""
        found = super().get_queryset(request, exclude_parameters)
        if not found.query.distinct:
            return found
        once = self.root_queryset.filter(pk__in=found.order_by().values("pk"))
        return once.order_by(*self.get_ordering(request, once))

    def get_results(self, request):
        """The rows of the page, as a list. How many there are is counted where they do not fit on the first page."""
        most, found = self.list_per_page, self.queryset
        paginator = self.model_admin.get_paginator(request, found, most)
        rows = self._read(found[: most + 1]) if self.page_num == 1 else None
        if rows is not None and len(rows) <= most:
            paginator.count = len(rows)
        self.paginator, self.result_count = paginator, paginator.count
        self.multi_page, self.can_show_all = self.result_count > most, self.result_count <= self.list_max_show_all
        if not self.multi_page or (self.show_all and self.can_show_all):
            rows = rows if rows is not None and len(rows) == self.result_count else self._read(found)
        elif rows is None:
            try:
                rows = self._read(paginator.page(self.page_num).object_list)
            except InvalidPage:
                raise IncorrectLookupParameters from None
        else:
            rows = rows[:most]
        self.result_list, self.show_admin_actions = rows, bool(rows)
        self.show_full_result_count, self.full_result_count = False, None

    def _read(self, found):
        """The rows found, with what the list shows of them. The database sorts keys alone. One query."""
        rows = self.root_queryset
        rows = rows if rows.query.select_related else self.apply_select_related(rows)
        return list(rows.filter(pk__in=found.values("pk")).order_by(*found.query.order_by))

    def get_ordering(self, request, queryset):
        return [found for term in super().get_ordering(request, queryset) for found in self._in_words(self.model, term)]

    def _in_words(self, model, term, path=""):
        """A term of an ordering as terms that mean the same on both databases."""
        if not isinstance(term, str):
            placed = term if isinstance(term, OrderBy) else OrderBy(term)
            placed = placed.prefix_references(path) if path else placed
            return [placed if placed.nulls_first else _placed(placed.expression, placed.descending)]
        name, is_down = term.removeprefix("-"), term.startswith("-")
        field = _field(model, name)
        if field is not None and field.is_relation and name.rpartition("__")[2] == field.name:
            return self._of_related(field.related_model, f"{path}{name}", is_down)
        if isinstance(field, CharField) and field.flatchoices:
            return [_placed(in_labels(f"{path}{name}", field.flatchoices, default=F(f"{path}{name}")), is_down)]
        if isinstance(field, CharField | TextField) and field.editable:
            return [_placed(InWords(f"{path}{name}", translated=_is_translated(field)), is_down)]
        is_own = not path and "__" not in name and (name == "pk" or (field is not None and not field.null))
        return [_placed(F(f"{path}{name}"), is_down, may_lack=not is_own)]

    def _of_related(self, model, path, is_down):
        """By the words of the other record: its stored keys, its title, else as its own lists stand."""
        if issubclass(model, Collated):
            found = [(InOrder(f"{path}__"), False)]
        elif issubclass(model, Translated) and "title" in model.TRANSLATED:
            found = [(InWords(f"{path}__title", translated=True), False)]
        else:
            terms = [each for term in model._meta.ordering for each in self._in_words(model, term, f"{path}__")]
            found = [(each.expression, each.descending) for each in terms] or [(F(path), False)]
        return [_placed(expression, is_down != descending) for expression, descending in found]


def _field(model, name):
    """The field to which a name leads; None of a key, and of what is counted for the list."""
    try:
        return get_fields_from_path(model, name)[-1]
    except FieldDoesNotExist:
        return None


def as_printed(model, name):
    """The column of a day or a moment, which prints it; any other as it is."""
    field = _field(model, name) if isinstance(name, str) else None
    if not isinstance(field, DateField):  # which a moment is too
        return name
    printer = print_moment if isinstance(field, DateTimeField) else print_date

    def column(row):
        value = getattr(row, field.name)
        return value and printer(value)

    column.__name__ = field.name  # the class of its cells
    column.short_description, column.admin_order_field = field.verbose_name, field.name
    return column


def _is_translated(field):
    return issubclass(field.model, Translated) and field.name in field.model.TRANSLATED


def _placed(expression, is_down, may_lack=True):
    """`may_lack`: whether a row may have nothing there; else an index of the column has the order."""
    return OrderBy(expression, descending=is_down, nulls_last=may_lack or None)


AS_KNOWN = {"starts_on": "since", "ends_on": "until"}  # of rows with a precision


class PrintedReadonlyField(helpers.AdminReadonlyField):
    """A field that is shown and not edited."""

    def contents(self):
        name, row = self.field["field"], self.form.instance
        if name in AS_KNOWN and isinstance(row, Dated):
            return getattr(row, AS_KNOWN[name]) or self.empty_value_display
        column = as_printed(type(row), name)
        return super().contents() if column is name else column(row) or self.empty_value_display


def print_days_of_forms():
    """The lines of Django's forms take the class from their module, and ask nobody else."""
    helpers.AdminReadonlyField = PrintedReadonlyField
