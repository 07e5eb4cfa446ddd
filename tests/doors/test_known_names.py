"""Nobody gets a name that is on record unawares, by whichever door; nobody gets an address that says nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bench.rows import judge_rows, write_rows
from members.models import Country, Person
from secretariat.attention import attention
from tests import world as build
from tests.admin.conftest import as_sent, complaints, list_of, page_of
from workspace.models import ProposedChange
from workspace.proposals.acts import accept, change, submit

pytestmark = pytest.mark.django_db
SAID = "Somebody of this name is on record: ada-testperson (Ms Ada Testperson)."
LATIN = "Give the sort key in Latin letters, as the Union prints the name"


@pytest.fixture
def known():
    return build.person("Ada Testperson", "Ms")


@pytest.fixture
def other():
    return build.person("Zoe Renamed")


def posted(desk, page, **cells):
    return desk.post(page, as_sent(desk.get(page)) | cells)


def proposed(who, name):
    return submit(who, [change(ProposedChange.Field.NAME, name, who, language="en")], language="en")


def sentences(**cells):
    return [problem.sentence for row in judge_rows("person", [cells]).rows for problem in row.problems]


def on_the_desk():
    return {finding.url for finding in attention() if "two persons" in finding.sentence}


def test_a_form_asks_before_a_renaming_makes_two_of_one_name(known, other, desk):
    answer = posted(desk, page_of(other), name="TESTPERSON Áda")
    assert SAID in complaints(answer) and "merge the two records" in complaints(answer)
    assert answer.context["title"] == "Zoe Renamed"
    assert 'type="checkbox" name="is_another"' in answer.content.decode()
    assert posted(desk, page_of(other), name="TESTPERSON Áda", is_another="on").status_code == 302
    other.refresh_from_db()
    assert (other.name, other.slug) == ("TESTPERSON Áda", "zoe-renamed")


def test_only_who_has_a_public_page_is_viewed_on_the_site(known, desk):
    assert known.get_absolute_url() not in desk.get(page_of(known)).content.decode()
    build.representative("RAG1", known, date(2020, 1, 1))
    assert known.get_absolute_url() in desk.get(page_of(known)).content.decode()


def test_a_form_that_renames_to_a_free_name_asks_nothing(known, other, desk):
    assert 'type="hidden" name="is_another"' in desk.get(page_of(other)).content.decode()
    assert posted(desk, page_of(other), name="Zoe Free").status_code == 302


@pytest.mark.parametrize(
    ("model", "cells", "said"),
    [
        (Person, {"name": "A. Testpersonn"}, "Is it somebody who is on record? <a"),
        (Country, {"short_name_en": "Frence", "code": "QX"}, "Is it a State that is on record? <a"),
    ],
)
def test_a_new_record_of_nearly_the_name_is_asked_about_with_the_way_to_those_that_are_there(
    known, desk, model, cells, said
):
    france, page, before = build.country("FR"), list_of(model, "add"), model.objects.count()
    assert 'type="hidden" name="is_new"' in desk.get(page).content.decode()
    answer = posted(desk, page, **cells)
    assert said in answer.content.decode() and model.objects.count() == before
    assert page_of(known if model is Person else france) in answer.content.decode()
    assert 'type="checkbox" name="is_new"' in answer.content.decode()
    assert said not in posted(desk, page, **cells, is_new="on").content.decode()


def test_an_import_is_refused_until_it_says_that_it_is_another_person(known, other):
    cells = {"slug": "zoe-renamed", "name": "Testperson Ada"}
    assert [SAID in sentence for sentence in sentences(**cells)] == [True]
    assert [SAID in sentence for sentence in sentences(**cells, another_person="no")] == [True]
    write_rows("person", [cells | {"another_person": "yes"}])
    assert Person.objects.of_the_name("Ada Testperson").count() == 2


def test_a_yes_about_an_earlier_name_says_nothing_of_the_next_one(known, other):
    build.person("Yan Namesake")
    write_rows("person", [{"slug": "zoe-renamed", "name": "Yan Namesake", "another_person": "yes"}])
    assert sentences(slug="zoe-renamed", name="Ada Testperson") == sentences(slug="zoe-renamed", name="ada testperson")
    assert SAID in sentences(slug="zoe-renamed", name="Ada Testperson")[0]


def test_a_proposal_is_accepted_once_staff_say_that_it_is_another_person(known, other, desk):
    proposal = proposed(other, "Ada Testperson")
    page = page_of(proposal, "accept")
    refused = posted(desk, page, reason="")
    assert SAID in refused.content.decode() and 'name="is_another"' in refused.content.decode()
    assert posted(desk, page, reason="", is_another="on").status_code == 302
    other.refresh_from_db()
    assert other.name == "Ada Testperson"


def test_a_proposal_of_a_free_name_asks_nothing(known, other, desk):
    proposal = proposed(other, "Zoe Free")
    assert 'name="is_another"' not in desk.get(page_of(proposal, "accept")).content.decode()
    accept(proposal, by=None)
    other.refresh_from_db()
    assert other.name == "Zoe Free"


def test_name_in_the_own_script_of_somebody_else_is_asked_about_too(other):
    build.person("Li Testming", name_in_own_script="李测明")
    other.name_in_own_script = "李测明"
    with pytest.raises(ValidationError, match="li-testming"):
        other.full_clean()


def test_other_changes_of_namesakes_ask_nothing(known, desk):
    twin = build.person("Ada Testperson")
    assert posted(desk, page_of(twin), honorific="Dr").status_code == 302
    assert sentences(slug=twin.slug, name="ADA Testperson", honorific="Mr") == []


def test_the_desk_names_persons_of_one_name_until_staff_tell_them_apart(known, other, desk):
    Person.objects.update(name_key="Ada Testperson", told_apart="")  # as they were entered before the rule
    Person.objects.update(name="Ada Testperson")
    assert on_the_desk() == {page_of(known), page_of(other)}
    page = page_of(other)
    assert 'type="checkbox" name="is_another"' in desk.get(page).content.decode()
    assert posted(desk, page, is_another="on").status_code == 302
    assert on_the_desk() == set()


@pytest.mark.parametrize("name", ["Иван Петров", "李测明", "محمد أحمد", "Noah 李", "— —"])
def test_a_name_without_latin_letters_needs_a_sort_key_in_them(desk, name):
    page = list_of(Person, "add")
    assert LATIN in complaints(posted(desk, page, name=name))
    assert [LATIN in sentence for sentence in sentences(name=name, slug="")] == [True]
    assert posted(desk, page, name=name, sort_key="Latinov Ivan").status_code == 302
    assert Person.objects.get().slug == "latinov-ivan"


def test_an_address_given_by_staff_needs_no_sort_key_and_stays(desk):
    write_rows("person", [{"name": "Иван Петров", "slug": "ivan-petrov"}])
    who = Person.objects.get()
    assert (who.slug, who.sort_key) == ("ivan-petrov", "Петров Иван")
    assert posted(desk, page_of(who), sort_key="Petrov Ivan", name="Ivan Petroff").status_code == 302
    assert Person.objects.get().slug == "ivan-petrov"


def test_a_meeting_of_a_unit_without_latin_letters_needs_a_code():
    with pytest.raises(ValidationError, match="Give a code in Latin letters"):
        build.meeting("", body="study unit", unit="Рабочая группа")
