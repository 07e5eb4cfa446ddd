"""The columns of a file: where a cell's value goes in a record, and what the template says of it."""

import itertools

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field

from iscg_portal.history import remove_with_reason, save_with_reason
from iscg_portal.importing.cells import Cell, Several, Text, Whole
from iscg_portal.importing.mangled import has_lost_letters, lost, unmarked
from iscg_portal.importing.sheet import BadCell, IfNew
from iscg_portal.plain_text import cleaned

_declared = itertools.count()


class CellRefused(ValueError):
    """A cell that cannot stand: which column, and a sentence."""

    def __init__(self, column, sentence):
        self.column, self.sentence = column, sentence
        super().__init__(sentence)


def as_cell(text):
    """The text as every format can hold it, and as an import takes it up."""
    return cleaned(str(text), lines=True)


class FileColumn(Field):
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
        """The cell of a row as it was before it was guarded and marked. Errors: CellRefused."""
        value = row.get(self.column_name, "")
        if isinstance(value, BadCell):
            raise CellRefused(self.column_name, value.reason)
        value = value.text if isinstance(value, IfNew) else value
        return unmarked(value) if isinstance(value, str) else value

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

    def refuse_lost_letters(self, row, text):
        """Refuse what differs from the text on record only by letters lost on its way. Errors: CellRefused."""
        given = self.given(row)
        if isinstance(given, str) and has_lost_letters(as_cell(given), text):
            raise CellRefused(self.column_name, lost(given))

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

    def stood(self, state):
        """What stood on record before a row of a file, for the preview."""
        return state.before.get(self.column_name, "")


def columns_of(fields) -> dict[str, FileColumn]:
    """The columns of an import, by their names, of the facts (`iscg_portal.tables.fields`) that a file may bring."""
    columns = {}
    for each in fields:
        if each.cell:
            words = {"attribute": each.key, "explanation": each.explanation} | each.column
            place = words.pop("place", FileColumn.place)
            columns[each.key] = FileColumn(cell=each.cell, name=each.key, **words).at(place)
    return columns


class ShownColumn(FileColumn):
    """For the reader of an export; not imported."""

    def __init__(self, name, show, explanation):
        super().__init__(name, Cell(), explanation)
        self.show, self.readonly = show, True

    def get_value(self, instance):
        return self.show(instance)

    def save(self, instance, row, is_m2m=False, **kwargs):
        """Nothing: the record says this by itself."""


class Indicative(FileColumn):
    """Whether no source says the fact: it follows from the grade, and a cell that says otherwise is refused."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        said = self.value_in(row)
        if said is not None and said != instance.indicative:
            raise CellRefused(self.column_name, _("This follows from the column “grade”; change that one."))


class IdColumn(FileColumn):
    """The permanent number of a row, by which a file finds it again."""

    def __init__(self):
        explanation = gettext_lazy("The row's permanent number. Leave it empty to add a row.")
        super().__init__("id", Whole(), explanation)
        self.readonly = True

    def save(self, instance, row, is_m2m=False, **kwargs):
        """Nothing: the portal gives the number."""


class Flags(FileColumn):
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


class Links(FileColumn):
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
