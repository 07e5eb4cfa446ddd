"""`RecordResource`: one table of the record for import and export, on django-import-export's resources.

Differs from a plain resource in three things: rows are matched on business keys loaded once; a cell that says
what the record says is left alone (`reading`); rows are not saved one by one but judged together (`judged`).
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from iscg_portal import translated
from iscg_portal.history import save_with_reason
from iscg_portal.importing.cells import Choice, Reference, Text, YesNo
from iscg_portal.importing.columns import (
    CellRefused,
    FileColumn,
    IdColumn,
    Indicative,
    ShownColumn,
    columns_of,
)
from iscg_portal.importing.days import AnswerColumn, DateColumn, PrecisionColumn
from iscg_portal.importing.reading import ByKey, RowReader
from iscg_portal.languages import LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE, with_commas
from iscg_portal.sourced import Grade
from iscg_portal.tenure.constraints import share_a_day
from iscg_portal.tenure.fields import TENURE_FIELDS


class RecordResource(RowReader):
    """Import and export of one model. Subclasses declare columns; `handles` gives model and key.

    `table` gives the public table of the same records: a column without an explanation of its own has the one there.
    `companions` are labels of models whose rows hang on this one's; `takes_calendars` says whether iCalendar files are
    read too. `reason` and the account `by` go into the history
    of what is written.
    """

    table = None
    companions = ()
    takes_calendars = False
    select_related = ()
    prefetch_related = ()

    class Meta:
        instance_loader_class = ByKey
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        skip_diff = True
        use_bulk = False

    def __init__(self, reason="", by=None, **kwargs):
        super().__init__(**kwargs)
        self.reason, self.by, self.states, self.on_record = reason, by, [], None
        self.fields = dict(sorted(self.fields.items(), key=lambda item: self._place(*item)))
        explained = dict(self.table().explained) if self.table else {}
        for name, column in self.fields.items():
            column.explanation = column.explanation or explained.get(name, "")

    def _place(self, name, column):
        """Id and key come first, the others by their place and as they are declared."""
        leading = ("id", *self.key_columns())
        if name in leading and not column.is_date:
            return (0, leading.index(name))
        return (column.place, column.declared)

    @classmethod
    def model(cls):
        return cls._meta.model

    @classmethod
    def plural(cls):
        """The records' name, as in “representatives”."""
        return str(cls._meta.model._meta.verbose_name_plural)

    @classmethod
    def key_columns(cls):
        """The columns whose values say which record a row is about."""
        return tuple(cls._meta.import_id_fields)

    def get_queryset(self):
        """All records; an export and an import read them as `filter_export` says, once."""
        return self.model()._default_manager.all()

    def filter_export(self, queryset, **kwargs):
        queryset = queryset.prefetch_related(*self.prefetch_related)
        return queryset.select_related(*self.select_related) if self.select_related else queryset

    def export_rows(self, queryset=None):
        """The headers, then each record's cells as texts."""
        rows = self.model()._default_manager.all() if queryset is None else queryset  # `export` filters them itself
        with override("en"):
            dataset = self.export(rows)
        return [list(dataset.headers), *(list(row) for row in dataset)]

    def cells_of(self, record):
        """Every cell of a record by its column."""
        return {column.column_name: column.text_of(record) for column in self.fields.values()}

    def key_of(self, record):
        """The key of a record, as texts."""
        return tuple(self.fields[name].text_of(record) for name in self.key_columns())

    def find(self, row, loader):
        """The record that a row is about, or None for a new one. Errors: CellRefused."""
        given_id = str(self.fields["id"].given(row)).strip() if "id" in self.fields else ""
        if given_id:
            if given_id not in loader.ids:
                message = _("There is none of the %(records)s with the id %(id)s. Leave it empty to add a row.")
                raise CellRefused("id", message % {"records": self.plural(), "id": given_id[:20]})
            return loader.ids[given_id]
        return loader.keys.get(tuple(self.fields[name].key_in(row) for name in self.key_columns()))

    def looked_up(self):
        """The foreign keys whose records the columns have found."""
        return [column.attribute for column in self.fields.values() if isinstance(column.widget, Reference)]

    # What a table may say of itself: each of these does the plain thing.

    also_reads = ""  # a sentence about another form of the table that can be imported

    def unfolded(self, sheet):
        """The sheet with a record in each row, where it has another form. Errors: FileRefused."""
        return sheet

    def loaded(self, on_record):
        """Look at the records on file before the first row is read."""

    def mark_of(self, state):
        """What no two rows of a file have in common: the key."""
        return tuple(state.after.get(name) for name in self.key_columns())

    def label_of(self, instance):
        """How the preview names a new row; what is refused may lack anything."""
        try:
            return str(instance)
        except Exception:  # the text of a record may rest on what is missing here
            return ""

    def complete(self, state):
        """Refuse what no single cell shows."""

    def propose(self, state):
        """Add remarks on a new row that may be a record already there."""

    def in_saving_order(self, states):
        """Rows that other rows refer to come first."""
        return states

    def saved_at_once(self, states):
        """Those of the new rows that may be written together: what they say is judged as if each came alone."""
        return []

    def save_record(self, record):
        """Judge a record as a form would, and save it. Errors: ValidationError, IntegrityError."""
        record.full_clean()
        save_with_reason(record, self.reason, self.by)


_HOW_EXACTLY = gettext_lazy("How exactly the date beside it is known.")
_END = gettext_lazy("The first day after the end: on the day of a handover the successor is in office. Empty: open.")


class SourcedResource(RecordResource):
    """A table whose rows say where they come from."""

    source = FileColumn("source", Text(), gettext_lazy("Where this stands: a document's number or a web address.")).at(
        9
    )
    grade = FileColumn(
        "grade", Choice(Grade), gettext_lazy("What the source is."), example=Grade.OWN_DOCUMENT.value
    ).at(9)
    indicative = Indicative("indicative", YesNo(), gettext_lazy("Follows from the grade; may stay empty.")).at(9)
    seen_where = FileColumn("seen_where", Text(), gettext_lazy("Of a copy: where it was seen. For staff.")).at(9)


class PeriodResource(SourcedResource):
    """A table of periods; a row is found by its id or, without one, by its key."""

    id = IdColumn()
    starts_on = DateColumn("starts_on", gettext_lazy("The first day; empty where it is not known."))
    starts_precision = PrecisionColumn("starts_precision", _HOW_EXACTLY)
    ends_on = DateColumn("ends_on", _END, ends=True)
    ends_precision = PrecisionColumn("ends_precision", _HOW_EXACTLY, ends=True)

    def propose(self, state):
        """Say which row on record this new row may be: the same but for its first day."""
        same = {name: state.after[name] for name in self.key_columns() if name != "starts_on"}
        for record in self.on_record.with_cells(same):
            if share_a_day(record, state.instance):
                message = _("If this is the row on record “%(record)s”, put its id %(id)s in the column “id”.")
                state.remarks.append(message % {"record": record, "id": record.pk})


def person_name(record):
    """The person's name as printed, for the reader of an export."""
    return str(record.person) if record.person_id else ""


class TenureResource(PeriodResource):
    """A table of offices. Subclasses declare `person` and `country`, whose keys the apps know."""

    person_name = ShownColumn(
        "person_name",
        person_name,
        gettext_lazy("For reading. Where “person” is empty, the name and the country propose who it may be."),
    ).at(1)
    vars().update(columns_of(TENURE_FIELDS))
    starts_on = DateColumn("starts_on", gettext_lazy("The first day in office."), required=True).at(4)
    starts_precision = PrecisionColumn("starts_precision", _HOW_EXACTLY).at(4)
    ends_on = DateColumn("ends_on", _END, ends=True).at(4)
    ends_precision = PrecisionColumn("ends_precision", _HOW_EXACTLY, ends=True).at(4)
    record_complete_from = AnswerColumn()

    select_related = ("person", "country")

    def find(self, row, loader):
        if not str(self.fields["person"].given(row)).strip():
            raise CellRefused("person", self._who_it_may_be(row))
        return super().find(row, loader)

    def _who_it_may_be(self, row):
        """A name and a country only propose a person; staff put the key in."""
        name = str(self.fields["person_name"].given(row)).strip()
        sentence = _("Give the person's address (slug): this column may not be empty.")
        if not name:
            return sentence
        found = self.fields["person"].widget.nearest_names().to(name)
        country = str(self.fields["country"].given(row)).strip().upper()
        sat_for = {
            record.person.slug for record in self.on_record.ids.values() if record.country_id == country and country
        }
        found = [with_commas([one, country]) if one.split(" ")[0] in sat_for else one for one in found]
        found.sort(key=lambda one: one.split(" ")[0] not in sat_for)
        if not found:
            return sentence + " " + _("Nobody on record has a name like “%(name)s”.") % {"name": name[:80]}
        values = {"name": name[:80], "persons": _(" or ").join(found)}
        return sentence + " " + _("“%(name)s” may be %(persons)s.") % values


class Language(Choice):
    """One of the six languages, by the letters of the addresses."""

    def __init__(self):
        super().__init__([(PREFIX_OF_LANGUAGE[code], name) for code, name in settings.LANGUAGES])

    def read(self, text):
        return LANGUAGE_OF_PREFIX[super().read(text)]

    def render(self, value, obj=None, **kwargs):
        return PREFIX_OF_LANGUAGE.get(value, value or "")


def in_six_languages(field, explanation):
    """A column for each language, by its name."""
    columns = {}
    for prefix, attribute in zip(LANGUAGE_OF_PREFIX, translated.columns_of(field), strict=True):
        name = f"{field}_{prefix}"
        columns[name] = FileColumn(attribute, Text(), explanation, name=name)
    return columns


def original_language():
    """The column of a table with texts in six languages; the one in this language may not be empty."""
    explanation = gettext_lazy("Shown where a translation is missing.")
    return FileColumn("original_language", Language(), explanation, example="en").at(8)


class TranslatedResource(SourcedResource):
    """A table with texts in six languages."""

    original_language = original_language()
