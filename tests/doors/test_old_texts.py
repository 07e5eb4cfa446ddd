"""Texts of before the rule that cleans them are cleaned by one command, which says what it changed."""

import pytest
from django.core.management import call_command
from django.db.models import Value

from iscg_portal.old_texts import clean_old_texts, tracked_models
from iscg_portal.text_fields import is_typed
from members.models import Conference, Person
from secretariat.attention import attention
from subjects.models import Partner
from tests import world as build

pytestmark = pytest.mark.django_db

OLD = "Jose\u0301\u00a0Test\u200b  person"


def as_typed(rows, **texts):
    """Write texts as an older version did: past the fields."""
    rows.update(**{name: Value(text) for name, text in texts.items()})


@pytest.fixture
def jose():
    who = build.person("Jose", slug="jose")
    as_typed(Person.objects.filter(pk=who.pk), name=OLD, name_key="not yet", told_apart="")
    return who


def told(capsys, *options):
    call_command("clean_texts", *options)
    return capsys.readouterr().out


def named_on_the_desk(words):
    return [finding.sentence for finding in attention() if words in finding.sentence]


def test_a_name_is_cleaned_with_its_key_and_the_history_says_why(jose, capsys):
    said = told(capsys)
    assert f"members.Person {jose.pk}, name: 'Jose\\u0301\\xa0Test\\u200b  person' -> 'Jos\\xe9 Test person'" in said
    assert "1 texts cleaned." in said
    jose.refresh_from_db()
    assert (jose.name, jose.slug) == ("José Test person", "jose")
    assert Person.objects.of_the_name("Jose Test Person").get() == jose
    assert "Texts cleaned" in jose.history.first().history_change_reason


def test_a_dry_run_says_the_same_and_changes_nothing(jose, capsys):
    assert "1 texts would be cleaned." in told(capsys, "--dry-run")
    jose.refresh_from_db()
    assert jose.name == OLD and jose.history.count() == 1


def test_run_again_it_changes_nothing(jose, capsys):
    told(capsys)
    before = jose.history.count()
    assert told(capsys) == "0 texts cleaned.\n"
    assert jose.history.count() == before


def test_two_names_that_become_equal_stand_on_the_desk(jose, capsys):
    build.person("José Test person", slug="other")
    Person.objects.update(told_apart="")
    assert named_on_the_desk("two persons") == []
    told(capsys)
    assert sorted(named_on_the_desk("two persons")) == [
        "José Test person (jose): merge the records, or say that they are two persons.",
        "José Test person (other): merge the records, or say that they are two persons.",
    ]


def test_a_text_that_another_record_has_stays_and_stands_on_the_desk(capsys):
    build.partner(build.subject("EMF"), "ISO")
    old = build.partner(build.subject("ACC"), "IEC").partner
    as_typed(Partner.objects.filter(pk=old.pk), abbreviation="ISO\u200b")
    assert "not changed:" in (said := told(capsys)) and "stands on the desk" in said
    assert Partner.objects.get(pk=old.pk).abbreviation == "ISO\u200b"
    assert len(named_on_the_desk("another entry has the clean text")) == 1
    Partner.objects.filter(pk=old.pk).update(abbreviation="IEC")
    assert named_on_the_desk("another entry has the clean text") == []


def test_texts_in_every_language_and_long_texts_are_cleaned(capsys):
    pp = build.saved(Conference(code="PP-18", body="PP", name="PP", starts_on="2018-10-29", ends_on="2018-11-16"))
    as_typed(Conference.objects.filter(pk=pp.pk), name_fr="Confe\u0301rence", name_ar="مؤتمر\u200f", source="A\u00a0b")
    assert "3 texts cleaned." in told(capsys)
    pp.refresh_from_db()
    assert (pp.name_fr, pp.name_ar, pp.source) == ("Conférence", "مؤتمر", "A b")


def test_what_it_did_is_one_act(jose):
    ada = build.person("Ada Testperson")
    as_typed(Person.objects.filter(pk=ada.pk), source="A\u00a0b")
    clean_old_texts()
    assert jose.history.first().history_act == ada.history.first().history_act is not None


def test_it_looks_at_every_model_with_typed_texts_and_a_history():
    with_texts = {model for model in tracked_models() if any(is_typed(field) for field in model._meta.concrete_fields)}
    assert {Person, Conference, Partner} <= with_texts and len(with_texts) > 20
