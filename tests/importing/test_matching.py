"""Which record a row is about: keys match, names only propose."""

import pytest

from bench.rows import judge_rows, write_rows
from members.models import FormerAddress, Person, Representative
from subjects.models import Resolution
from tests.importing.conftest import exported, problems, term, verdicts
from tests.world import person


def remarks(model, rows):
    return [remark for row in judge_rows(model, rows).rows for remark in row.remarks]


RAG1 = term("RAG1", "ada-testperson", "2020-01-01")
EMF = {"subject": "EMF", "starts_on": "2022-04-01", "starts_precision": "day"}


@pytest.mark.parametrize(
    ("model", "row"),
    [
        ("country", {"code": "FR", "council_region": "B"}),
        ("person", {"slug": "ada-testperson", "name": "Ada Renamed"}),
        ("resolution", {"body": "PP", "number": "191", "title_en": "Another title"}),
        ("subject", {"code": "EMF", "scope": "R; T", "title_en": "Another title"}),
        ("conference", {"code": "PP-22", "body": "PP", "starts_on": "2022-09-26", "ends_on": "2022-10-15"}),
        ("revision", {"resolution": "pp-191", "year": "2022", "place": "Testville", "revised": "no"}),
        ("representative", {**RAG1, "note": "new"}),
        ("chairterm", {"person": "gus-example", "starts_on": "2019-03", "starts_precision": "", "kind": "extended"}),
        ("coordinator", {**EMF, "person": "ina-sample", "note": "new"}),
        ("focalpoint", {**EMF, "person": "kim-mockup", "body": "RAG", "note": "new"}),
        ("listing", {**EMF, "starts_on": "2020-05-01", "document": "new"}),
        ("mandate", {**EMF, "starts_on": "", "starts_precision": "", "resolution": "pp-191", "source": "new"}),
    ],
)
def test_business_keys_find_the_record(world, model, row):
    assert verdicts(judge_rows(model, [row])) == ["changed"]


def test_id_finds_a_term_whose_key_changes(world):
    known = Representative.objects.get(person=world.ada)
    [row] = judge_rows("representative", [{"id": str(known.pk), **term("TDAG2", "ada-testperson", "2020-01")}]).rows
    assert [(change.column, change.old, change.new) for change in row.changes] == [
        ("seat", "RAG1", "TDAG2"),
        ("starts_precision", "day", "month"),
    ]


@pytest.mark.parametrize(
    ("model", "row", "named"),
    [
        ("representative", term("RAG9", "ada-testperson", "2020-01-01"), "Ms Ada Testperson, since 1 January 2020"),
        ("resolution", {"body": "PP", "number": "many", "title_en": "Made up"}, "PP Res."),
    ],
)
def test_a_refused_row_is_named_without_what_was_not_understood(world, model, row, named):
    assert [(each.verdict, each.record) for each in judge_rows(model, [row]).rows] == [("refused", named)]


def test_unknown_id_is_refused(world):
    [(cell, sentence)] = problems("representative", [{"id": "999999", **term()}])
    assert cell == "A2" and "Leave it empty to add a row" in sentence


def test_same_term_from_another_day_is_proposed_by_its_id(world):
    known = Representative.objects.get(person=world.ada)
    [row] = judge_rows("representative", [term("RAG1", "ada-testperson", "2021-01-01")]).rows
    assert row.verdict == "refused" and f"put its id {known.pk} in the column “id”" in row.remarks[0]


def test_name_and_country_only_propose_a_person(world):
    [(cell, sentence)] = problems("representative", [term(person="", person_name="Testperson, Adda", country="FR")])
    assert cell == "B2" and "“Testperson, Adda” may be ada-testperson (Ms Ada Testperson), FR." in sentence


def test_whoever_sat_for_the_country_is_proposed_first(world):
    twin = person("Ada Testperson")
    [(_cell, sentence)] = problems("representative", [term(person="", person_name="Ada Testperson", country="FR")])
    assert sentence.index("ada-testperson (") < sentence.index(twin.slug)


@pytest.mark.parametrize(
    ("cells", "cell", "suggestion"),
    [
        ({"country": "Frnace"}, "E2", "Did you mean FR (France)?"),
        ({"country": "Fracne"}, "E2", "Did you mean FR (France)?"),
        ({"country": "Germny"}, "E2", "Did you mean DE (Germany)?"),
        ({"country": "Portugal"}, "E2", "“Portugal” is not among the countries that can stand here."),
        ({"person": "lea-nobdy"}, "B2", "Did you mean lea-nobody (Ms Lea Nobody)?"),
        ({"person": "Nobody Lea"}, "B2", "Did you mean lea-nobody (Ms Lea Nobody)?"),
        ({"seat": "RGA1"}, "A2", "Did you mean RAG1"),
        ({"seat": "CHAIR"}, "A2", "not among the seats that can stand here"),
        ({"how_ended": "resgned"}, "E2", "Did you mean resigned?"),
    ],
)
def test_misspelling_gets_the_nearest(world, cells, cell, suggestion):
    [(found, sentence)] = problems("representative", [term(**cells)])
    assert found == cell and suggestion in sentence


def test_codes_may_be_written_in_small_letters(world):
    assert judge_rows("representative", [term("tdag2", country="ch")]).is_accepted


def test_new_person_of_a_known_name_needs_an_address(world):
    [(cell, sentence)] = problems("person", [{"slug": "", "name": "TESTPERSON Ada"}])
    assert cell == "A2" and "on record: ada-testperson (Ms Ada Testperson)" in sentence


def test_new_person_of_a_similar_name_is_added_with_a_remark(world):
    [row] = judge_rows("person", [{"slug": "", "name": "Ada Testpersson"}]).rows
    assert row.verdict == "added" and "ada-testperson (Ms Ada Testperson)" in row.remarks[0]


def test_two_new_persons_get_addresses_from_their_names(world):
    write_rows("person", [{"slug": "", "name": "Zoe Unheard"}, {"slug": "", "name": "Yan Unheard"}])
    assert set(Person.objects.filter(name__endswith="Unheard").values_list("slug", flat=True)) == {
        "zoe-unheard",
        "yan-unheard",
    }


def test_two_new_persons_of_one_name_are_refused(world):
    rows = [{"slug": "", "name": "Zoe Unheard"}, {"slug": "", "name": "Unheard Zoé"}]
    assert {sentence for _cell, sentence in problems("person", rows)} == {"Rows 2 and 3 are about the same record."}


def test_address_of_a_merged_person_is_refused_with_the_new_one(world):
    FormerAddress.objects.create(slug="ada-before", person=world.ada)
    [(_cell, sentence)] = problems("person", [{"slug": "ada-before", "name": "Ada"}])
    assert "leads to “ada-testperson”" in sentence
    [(_cell, sentence)] = problems("representative", [term(person="ada-before")])
    assert "Did you mean ada-testperson (Ms Ada Testperson)?" in sentence


@pytest.mark.parametrize("with_id", [True, False])
def test_two_rows_about_one_record_are_both_refused(world, with_id):
    known = {"id": str(Representative.objects.get(person=world.ada).pk)} if with_id else {"id": ""}
    rows = [{**known, **term("RAG1", "ada-testperson", "2020-01-01", note=note)} for note in ("one", "two")]
    preview = judge_rows("representative", rows)
    assert verdicts(preview) == ["refused", "refused"]
    assert preview.rows[0].problems[0].sentence == "Rows 2 and 3 are about the same record."


def test_resolution_may_be_replaced_by_one_that_the_same_file_adds(world):
    old = {"body": "PP", "number": "191", "title_en": "An old one", "replaced_by": "pp-300"}
    new = {"body": "PP", "number": "300", "title_en": "A new one", "replaced_by": ""}
    write_rows("resolution", [old, new])
    assert Resolution.objects.get(slug="pp-191").replaced_by.slug == "pp-300"


@pytest.mark.parametrize("numbers", [("191", "192"), ("300", "301")], ids=["on record", "new"])
def test_resolutions_that_replace_each_other_are_refused(world, numbers):
    if numbers[0] == "191":
        Resolution(body="PP", number=192, title="Made up", slug="pp-192").save()
    rows = [
        {"body": "PP", "number": one, "title_en": "Made up", "replaced_by": f"pp-{other}"}
        for one, other in (numbers, numbers[::-1])
    ]
    preview = judge_rows("resolution", rows)
    assert not preview.is_accepted and "circle" in preview.rows[-1].problems[0].sentence


def test_whether_a_row_is_indicative_follows_from_its_grade(world):
    Person.objects.filter(pk=world.ada.pk).update(grade="inferred")
    [row] = (row for row in exported("person") if row["slug"] == "ada-testperson")
    assert (row["grade"], row["indicative"]) == ("inferred", "yes")
    assert verdicts(judge_rows("person", [row | {"grade": "copy", "seen_where": "example.org"}])) == ["changed"]
    [(_cell, said)] = problems("person", [row | {"indicative": "no"}])
    assert said == "This follows from the column “grade”; change that one."
