"""The files that the portal gives: an export, and the template for an import."""

from dataclasses import dataclass

import tablib
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iscg_portal.importing.formats import FORMATS
from iscg_portal.importing.sheet import REMARK
from iscg_portal.tenure.dates import today


def export_file(resource, queryset, format):
    """The bytes of an export: the records of the queryset, all their columns. Errors: CellTooLong."""
    headers, *rows = resource.export_rows(queryset)
    dataset = tablib.Dataset(*rows, headers=headers)
    return FORMATS[format].export_data(dataset, title=title_of(resource))


def template_file(resource, format):
    """The bytes of an empty table: an XLSX file explains its columns on a second sheet, a CSV file in a row."""
    columns = list(resource.fields.values())
    headers = [column.column_name for column in columns]
    if format == "xlsx":
        return FORMATS[format].write([headers], title_of(resource), explanations(columns))
    remarks = [str(column.explanation) for column in columns]
    remarks[0] = f"{REMARK} {remarks[0]}"
    return FORMATS[format].write([headers, remarks], title_of(resource))


@dataclass(frozen=True)
class Explained:
    """One column of a table, for who fills it in."""

    name: str
    text: str
    required: bool
    allowed: list[str]
    example: str


def explained(column):
    """What a column holds, whether it may be empty, and which words may stand in it."""
    allowed = [str(word) for word in column.widget.allowed()]
    return Explained(column.column_name, str(column.explanation), column.required, allowed, column.example)


def explanations(columns):
    """The rows of the sheet that explains the columns."""
    yield [_("Column"), _("What it holds"), _("May be empty"), _("What may stand in it"), _("Example")]
    for one in map(explained, columns):
        may_be_empty = _("no") if one.required else _("yes")
        yield [one.name, one.text, may_be_empty, "\n".join(one.allowed), one.example]


def title_of(resource):
    """The name of the table."""
    return capfirst(resource.plural())


def file_name(resource, format, kind):
    """As in `iscg-representatives-2025-02-12.xlsx`; `kind` is "template" or empty."""
    name = resource.model()._meta.verbose_name_plural
    slug = "-".join("".join(sign if sign.isalnum() else " " for sign in str(name).lower()).split())
    last = kind or today().isoformat()
    return f"iscg-{slug}-{last}.{format}"
