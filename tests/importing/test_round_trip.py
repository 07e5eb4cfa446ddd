"""An export imported again changes nothing, whatever is on record."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_portal.importing.formats import FORMATS, export_file, read_file
from iscg_portal.importing.registry import all_resources, resource_for
from iscg_portal.importing.rows import judge
from members.models import Country, Person, Representative
from studies.models import Activity, Ending, MappingLink, StudyUnit
from subjects.models import Appointment, Coordinator, FocalPointRecord, Mandate, Resolution, Revision, Subject
from tests.importing.conftest import as_file, exported, verdicts
from tests.properties.drawn import steady
from tests.world import (
    coordinator_report,
    link,
    listing,
    meeting,
    membership,
    partner,
    person,
    representative,
    seat,
    standing_iscg,
    study_unit,
)

MODELS = [name for name in sorted(all_resources()) if not name.startswith("meetings.")]  # they have their own tests
WILD = "'=1+1\r\nzwei\tx ‚Çé 漢字 العربية \x0b_x0041_"


def imported_again(model, format):
    resource = resource_for(model)
    content = export_file(resource(), resource.model().objects.all(), FORMATS[format])
    return judge(model, read_file(content))


def full_columns():
    fill_every_column(standing_iscg())


@pytest.fixture(scope="session")
def kept_full_columns(kept):
    return kept(full_columns)


@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("model", MODELS)
def test_export_imported_again_changes_nothing(db, kept_full_columns, model, format):
    kept_full_columns.put_back()
    preview = imported_again(model, format)
    assert preview.rows and set(verdicts(preview)) == {"unchanged"}, [row for row in preview.rows if row.changes]


@pytest.mark.parametrize("model", MODELS)
def test_queries_of_an_export_do_not_grow(world, model, django_assert_max_num_queries):
    resource = resource_for(model)
    with django_assert_max_num_queries(6):
        export_file(resource(), resource.model().objects.all(), FORMATS["csv"])


def fill_every_column(world):
    """Something in every kind of cell."""
    rows = Representative.objects.filter(person=world.ben)
    rows.update(note=WILD, starts_decision_body="PP", starts_decision="@a", last_confirmed_on=date(2024, 2, 29))
    Person.objects.filter(pk=world.lea.pk).update(name=WILD, honorific="-", source="+x", grade="copy", seen_where="=x")
    membership(Country.objects.get(pk="FR"), "CEPT")
    membership(Country.objects.get(pk="FR"), "APT", starts_on=date(2001, 2, 1), starts_precision="month")
    Country.objects.filter(pk="FR").update(is_ldc=False, marks_source="UN")
    Subject.objects.filter(code="EMF").update(title_zh_hans="频谱", summary_fr=WILD, original_language="zh-hans")
    Subject.objects.filter(code="ACC").update(recorded_from=date(2021, 1, 1))
    Resolution.objects.update(calls_for_coordination=None, title_ar="عنوان")
    Revision.objects.update(title_ar="عنوان النص", revised=None, url="https://example.org/?a=1&b='2'")
    Mandate.objects.update(starts_on=date(2019, 1, 5), starts_precision="month")
    Coordinator.objects.update(how_ended="")
    Appointment.objects.update(document="=1", source="kept though no column has it")
    partner(world.subjects["EMF"], "OTHERORG")
    FocalPointRecord.objects.create(subject=world.subjects["EMF"], body="RAG", recorded_from=date(2020, 1, 1))
    term = Coordinator.objects.order_by("pk").first()
    fill_the_mapping(world)
    since, to = term.starts_on, meeting("99-1", term.starts_on + timedelta(days=90))
    coordinator_report(
        term.subject, to, term.person, starts_on=since, received_on=None, guidance=WILD, language="zh-hans"
    )


def fill_the_mapping(world):
    """Something in every kind of cell of units, of what became of them, of links of both kinds, and of activities."""
    Activity.objects.update(title_fr=WILD, office="=1", languages="en; fr", org_atu=True, for_ldc=True, uid="@x")
    Activity.objects.update(ends_on=None, state_note="-", source_dated_on=date(2025, 1, 2), precision="month")
    StudyUnit.objects.update(title_fr=WILD, source="=x", seen_where="+x")
    Ending.objects.update(decision="-1", grade="copy")
    MappingLink.objects.update(topic_en=WILD, ends_on=date(2025, 3, 31), ends_precision="month")
    link(world.link.second, None, "", subject=world.subjects["ACC"], decision="@x")
    study_unit("IRG-X", "", "joint group")


STARTS = [("day", 15), ("month", 1), ("month", 15), ("year", 1), ("year", 15), ("by", 15)]
ENDS = [("day", 20), ("month", 31), ("month", 20), ("year", 31), ("after", 20), (None, None)]


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_every_precision_comes_back(lea, format):
    where, pairs = seat("TDAG2"), list(product(STARTS, ENDS))
    for year, ((starts, day), (ends, last)) in enumerate(pairs, start=1900):
        end = date(year, 3, last) if last else None
        if end:
            representative(where, lea, date(year, 1, day), end, starts_precision=starts, ends_precision=ends)
    for year, (starts, day) in enumerate(STARTS, start=1):
        representative(seat(f"RAG{year}"), lea if year == 1 else person(), date(2000, 1, day), starts_precision=starts)
    assert set(verdicts(imported_again("representative", format))) == {"unchanged"}


def test_unknown_start_comes_back(world):
    listing(world.subjects["IOT"], None, date(2001, 1, 1), ends_precision="year")
    assert set(verdicts(imported_again("listing", "xlsx"))) == {"unchanged"}


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_changed_cells_of_an_export_are_the_only_change(world, format):
    rows = exported("person")
    rows[0]["honorific"] = "Dr"
    preview = judge("person", read_file(as_file(rows, format)))
    assert [(change.column, change.new) for row in preview.rows for change in row.changes] == [("honorific", "Dr")]


texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=30)


@pytest.mark.walk
@steady(examples=60)
@given(name=texts, note=texts | st.sampled_from(["=x", "+x", "-x", "@x", "'x", "''x", " x ", "yes", "2016-03", "1.0"]))
def test_any_text_comes_back(world, name, note):
    Person.objects.filter(pk=world.lea.pk).update(name=name, source=note)
    for format in ("xlsx", "csv"):
        assert set(verdicts(imported_again("person", format))) == {"unchanged"}
