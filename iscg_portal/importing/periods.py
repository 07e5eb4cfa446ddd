"""The columns that all periods and all offices have in a file: date and precision are two columns each."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.importing.cells import Text, YesNo
from iscg_portal.importing.columns import CellRefused, Column, DateColumn, IdColumn, PrecisionColumn, Shown, columns_of
from iscg_portal.importing.resource import RecordResource
from iscg_portal.tenure.constraints import share_a_day
from iscg_portal.tenure.fields import TENURE_FIELDS

_HOW_EXACTLY = gettext_lazy("How exactly the date beside it is known.")
_END = gettext_lazy("The first day after the end: on the day of a handover the successor is in office. Empty: open.")


class SourcedResource(RecordResource):
    """A table whose rows say where they come from."""

    source = Column("source", Text(), gettext_lazy("Where this stands: a document's number or a web address.")).at(9)
    indicative = Column(
        "indicative", YesNo(), gettext_lazy("Yes where it is not taken from an official list."), example="no"
    ).at(9)


class PeriodResource(SourcedResource):
    """A table of periods; a row is found by its id or, without one, by its key."""

    id = IdColumn()
    starts_on = DateColumn("starts_on", gettext_lazy("The first day; empty where it is not known."))
    starts_precision = PrecisionColumn("starts_precision", _HOW_EXACTLY)
    ends_on = DateColumn("ends_on", _END, ends=True)
    ends_precision = PrecisionColumn("ends_precision", _HOW_EXACTLY, ends=True)

    def propose(self, state):
        """Say which row on record this new row may be: the same but for its first day."""
        same = [name for name in self.key_columns() if name != "starts_on"]
        for record in self.on_record.ids.values():
            if share_a_day(record, state.instance) and all(
                state.after[name] == self.fields[name].text_of(record) for name in same
            ):
                message = _("If this is the row on record “%(record)s”, put its id %(id)s in the column “id”.")
                state.remarks.append(message % {"record": record, "id": record.pk})


def person_name(record):
    """The person's name as printed, for the reader of an export."""
    return str(record.person) if record.person_id else ""


class TenureResource(PeriodResource):
    """A table of offices. Subclasses declare `person` and `country`, whose keys the apps know."""

    person_name = Shown(
        "person_name",
        person_name,
        gettext_lazy("For reading. Where “person” is empty, the name and the country propose who it may be."),
    ).at(1)
    vars().update(columns_of(TENURE_FIELDS))
    starts_on = DateColumn("starts_on", gettext_lazy("The first day in office."), required=True).at(4)
    starts_precision = PrecisionColumn("starts_precision", _HOW_EXACTLY).at(4)
    ends_on = DateColumn("ends_on", _END, ends=True).at(4)
    ends_precision = PrecisionColumn("ends_precision", _HOW_EXACTLY, ends=True).at(4)

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
        found = [f"{one}, {country}" if one.split(" ")[0] in sat_for else one for one in found]
        found.sort(key=lambda one: one.split(" ")[0] not in sat_for)
        if not found:
            return sentence + " " + _("Nobody on record has a name like “%(name)s”.") % {"name": name[:80]}
        values = {"name": name[:80], "persons": _(" or ").join(found)}
        return sentence + " " + _("“%(name)s” may be %(persons)s.") % values
