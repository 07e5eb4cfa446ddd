"""Who is on record is found, and not entered a second time, however the name is written; addresses are plain Latin."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from bench.rows import judge_rows, write_rows
from iscg_portal.name_keys import name_key, romanized
from members.models import Person
from tests import world as build
from tests.admin.conftest import as_sent, complaints, list_of

NAME = "Łukasz Øverås"
WRITTEN = [
    "Łukasz Øverås",
    "lukasz overas",
    "ŁUKASZ ØVERÅS",
    "Łukasz Øvera\u030as",
    "Łukasz\u00a0Øverås",
    "Łukasz\u200b Øverås",
    "Ｌukasz Ｏverås",
    "Øverås, Łukasz",
    "  Lukasz   Överås ",
]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Łukasz Øverås", "lukasz overas"),
        ("Weiß-Straße", "strasse weiss"),
        ("IŞIK Çağlar", "caglar isik"),
        ("Işık İnan", "inan isik"),
        ("Đorđe Þórðarson", "dorde thordarson"),
        ("Æsa Cœur", "aesa coeur"),
        ("Ħamrun Ŧ Ɓala Ɛkua Ɔdɔ", "bala ekua hamrun odo t"),
        ("O’Brien, Siân", "brien o sian"),
        ("Əliyev", "aliyev"),
        ("Ёлкин Алексей", "алексеи елкин"),
        ("مُحَمَّد أحمد", "احمد محمد"),
        ("李 明", "明 李"),
        ("राम", "राम"),
        ("", ""),
    ],
)
def test_a_key_has_no_case_accents_width_or_special_letters(name, key):
    assert name_key(name) == key
    assert name_key(key) == key


@pytest.fixture
def known(db):
    return build.person(NAME, name_in_own_script="Łukasz Øverås")


@pytest.mark.parametrize("written", WRITTEN)
def test_form_and_import_find_the_same_double(known, desk, written):
    page = list_of(Person, "add")
    answer = desk.post(page, as_sent(desk.get(page)) | {"name": written})
    assert "Somebody of this name is on record: lukasz-overas (Łukasz Øverås)." in complaints(answer)
    [row] = judge_rows("person", [{"name": written, "slug": ""}]).rows
    assert [
        "Somebody of this name is on record: lukasz-overas (Łukasz Øverås)." in problem.sentence
        for problem in row.problems
    ] == [True]
    assert Person.objects.count() == 1


@pytest.mark.parametrize("written", WRITTEN)
def test_another_person_of_the_name_has_an_address_of_its_own(known, desk, written):
    page = list_of(Person, "add")
    assert desk.post(page, as_sent(desk.get(page)) | {"name": written, "slug": "another"}).status_code == 302
    write_rows("person", [{"name": written, "slug": "a-third"}])
    assert Person.objects.of_the_name(NAME).count() == 3


def test_a_name_in_another_script_is_the_double_of_who_is_on_record_with_it(db):
    build.person("Li Testming", name_in_own_script="李测明")
    with pytest.raises(ValidationError, match="li-testming"):
        Person(name="李测明").full_clean()
    with pytest.raises(ValidationError, match="li-testming"):
        Person(name="Testming LI").full_clean()


def test_two_new_persons_of_one_name_in_a_file_are_refused(db):
    rows = judge_rows("person", [{"name": NAME, "slug": ""}, {"name": "lukasz overas", "slug": ""}]).rows
    assert [row.verdict for row in rows] == ["refused", "refused"]


def test_the_key_follows_a_renaming_and_the_address_does_not(known):
    known.name = "Đuro Novi"
    known.full_clean()
    known.save()
    assert Person.objects.of_the_name("duro novi").get().slug == "lukasz-overas"
    assert not Person.objects.of_the_name(NAME).exclude(name_in_own_script=NAME).exists()


@pytest.mark.parametrize("query", ["lukasz overas", "ŁUKASZ", "Øverås", "overa", "o\u0308veras", "overas lukasz"])
def test_the_admin_finds_a_person_however_the_name_is_typed(known, desk, query):
    build.representative("RAG1", known, build.DAY)
    for page in ("members_person", "members_representative"):
        answer = desk.get(reverse(f"admin:{page}_changelist"), {"q": query})
        assert [str(NAME) in str(row) for row in answer.context["cl"].result_list] == [True]
    looked_up = {"app_label": "members", "model_name": "representative", "field_name": "person", "term": query}
    assert NAME in desk.get(reverse("admin:autocomplete"), looked_up).json()["results"][0]["text"]


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        ({"name": "Łukasz Øverås"}, "lukasz-overas"),
        ({"name": "Þórr Straße-Ðœ"}, "thorr-strasse-doe"),
        ({"name": "李测明", "sort_key": "Li Ceming"}, "li-ceming"),
        ({"name": "Иван Петров", "sort_key": "Petrov Ivan"}, "petrov-ivan"),
        ({"name": "Noah LUO"}, "noah-luo"),
    ],
)
def test_an_address_is_made_in_plain_latin_letters(db, facts, slug):
    assert build.person(**facts).slug == slug


def test_a_second_address_has_a_number(db):
    assert [build.person(NAME).slug for _ in range(2)] == ["lukasz-overas", "lukasz-overas-2"]


def test_a_meeting_of_a_unit_has_a_code_in_plain_letters(db):
    assert build.meeting("", body="study unit", unit="Übung Ø3").code == "UBUNG-O3-2025"


def test_romanized_keeps_what_is_no_latin_letter():
    assert romanized("Łódź 李 Ŋ!") == "Lodz 李 N!"
