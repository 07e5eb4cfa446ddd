"""What a column holds is said once: in the files, on the page of the data, and where it is imported or exported."""

import pytest

from iscg_portal.importing.columns import Flags
from iscg_portal.importing.registry import all_resources, resource_for
from iscg_portal.importing.resource import in_six_languages
from iscg_portal.visibility import private_columns
from meetings.tables import documents_table, meetings_table
from subjects.resolution_tables import resolutions_table

# What other columns give: the order of a file's rows, the number of a document, the code of a subject.
FOLLOWS = {"AgendaItem.position", "Document.base", "Document.variant", "Document.variant_number", "Subject.slug"}
# For staff, or what the page of the record alone tells.
NOT_IN_PUBLIC_FILES = {"original_language", "seen_where", "Decision.agenda_item", "Document.agenda_item"}
NOT_IN_PUBLIC_FILES |= {"Document.contact_role", "Document.visibility", "Document.withheld_because"}
NOT_IN_PUBLIC_FILES |= {"Document.languages"}  # the public table has the addresses of the files
TABLES = [label for label, resource in sorted(all_resources().items()) if resource.table]


@pytest.mark.parametrize("label", sorted(all_resources()))
def test_every_field_of_a_record_can_be_imported(label):
    resource = resource_for(label)
    model, filled = resource.model(), set(getattr(resource.model(), "TRANSLATED", ()))
    for column in resource().fields.values():
        filled |= set(column.flags.values()) if isinstance(column, Flags) else {column.attribute}
    fields = {field.name for field in model._meta.fields if field.editable and not field.primary_key}
    forgotten = {f"{model.__name__}.{name}" for name in fields - filled} - FOLLOWS
    assert not forgotten, f"Give each a FileColumn in {resource.__name__}, or its facts a cell: {sorted(forgotten)}"


@pytest.mark.parametrize("label", TABLES)
def test_every_public_column_of_an_import_is_in_the_public_files(label):
    resource = resource_for(label)
    model, told = resource.model(), {key for key, _explanation in resource.table().explained}
    texts = {name for field in model.TRANSLATED for name in in_six_languages(field, "")}
    names = set(resource().fields) - told - texts - set(private_columns(model)) - NOT_IN_PUBLIC_FILES
    forgotten = {f"{model.__name__}.{name}" for name in names} - NOT_IN_PUBLIC_FILES
    assert not forgotten, f"Give each a Column in the table, or name it in PRIVATE of the model: {sorted(forgotten)}"


@pytest.mark.parametrize("label", sorted(all_resources()))
def test_every_column_of_an_import_is_explained(label):
    fields = resource_for(label)().fields
    assert [name for name, column in fields.items() if not str(column.explanation)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(all_resources()))
def test_every_table_is_exported_whole_under_its_own_heads(label, world):
    resource = resource_for(label)()
    headers, *rows = resource.export_rows()
    assert headers == [column.column_name for column in resource.fields.values()]
    assert len(rows) == resource.model()._default_manager.count()


@pytest.mark.parametrize(
    ("model", "table", "names"),
    [
        ("meeting", meetings_table, ["unit", "ends_on", "time_zone", "place", "mode"]),
        ("document", documents_table, ["type", "purpose", "submitted_by", "withdrawn_on"]),
        ("resolution", resolutions_table, ["body", "number", "calls_for_coordination"]),
    ],
)
def test_a_field_is_explained_in_an_import_as_on_the_page_of_the_data(model, table, names):
    fields, told = resource_for(model)().fields, dict(table().explained)
    assert [fields[name].explanation for name in names] == [told[name] for name in names]
