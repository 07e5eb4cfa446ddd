"""What a column holds is said once: in the files, on the page of the data, and where it is imported or exported."""

import pytest

from iscg_portal.importing.registry import all_resources, resource_for
from meetings.tables import documents_table, meetings_table
from subjects.resolution_tables import resolutions_table


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
