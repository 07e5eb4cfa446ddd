"""An edition stores the list as adopted on a day, and keeps it (clause F1, rule 6)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from iscg_portal.tenure.dates import today
from subjects.acts import adopt_edition, rows_of_edition, withdraw_edition
from subjects.models import Edition, EditionRow, Subject
from tests import world as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(world):
    return adopt_edition(world.day, "ISCG/99-1/05", by=world.staff, reason="adopted by the meeting")


def row(edition, code):
    return edition.rows.get(code=code)


def test_holds_what_was_on_the_list_that_day_in_the_order_of_codes(edition):
    assert [(each.position, each.code) for each in edition.rows.all()] == [(1, "ACC"), (2, "EMF"), (3, "IOT")]


def test_holds_a_subject_whose_first_day_is_not_recorded(world):
    edition = adopt_edition(date(2022, 1, 1), "ISCG/98-1/05")
    assert row(edition, "OLD").coordinator_state == "not recorded"


def test_is_refused_where_it_is_not_recorded_whether_a_subject_was_on_the_list(world):
    with pytest.raises(ValidationError, match="Whether these subjects were on the list on 1 January 2018.*: OLD. Give"):
        adopt_edition(date(2018, 1, 1), "ISCG/98-1/05")


def test_keeps_the_titles_of_every_language_present(world):
    subject = world.subjects["EMF"]
    subject.title_fr = "Un titre inventé"
    subject.save()
    edition = adopt_edition(world.day, "ISCG/99-1/05")
    assert row(edition, "EMF").titles == {"en": "Subject EMF, made up", "fr": "Un titre inventé"}


def test_keeps_the_words_of_its_day_when_the_record_changes(world, edition):
    subject = world.subjects["EMF"]
    subject.title, subject.in_gs = "Another title", True
    subject.save()
    kept = row(Edition.objects.get(), "EMF")
    assert (kept.titles["en"], kept.scope) == ("Subject EMF, made up", ["R", "T", "D"])


def test_prints_the_coordinator_with_the_country(edition):
    assert row(edition, "EMF").coordinator == "Ms Ina Sample (Japan)"


def test_tells_a_vacancy_from_what_is_not_recorded(edition):
    states = {each.code: each.coordinator_state for each in edition.rows.all()}
    assert states == {"EMF": "held", "ACC": "vacant", "IOT": "not recorded"}


def test_cites_the_revision_in_force_that_day(world, edition):
    assert row(edition, "EMF").mandates == [
        {"slug": "pp-191", "citation": "PP Res. 191 (Rev. Testville, 2022)"},
        {"slug": "wtsa-18", "citation": "WTSA Res. 18"},
    ]


def test_does_not_cite_a_revision_of_a_conference_that_had_not_ended(world):
    last_day = world.pp22.ends_on
    eve = adopt_edition(last_day - timedelta(days=1), "ISCG/98-1/05")
    assert row(eve, "EMF").mandates[0]["citation"] == "PP Res. 191"
    assert row(adopt_edition(last_day, "ISCG/98-2/05"), "EMF").mandates[0]["citation"].endswith("2022)")


def test_a_second_edition_of_one_day_is_refused_with_a_sentence(edition):
    with pytest.raises(ValidationError, match="already an edition of the list of 12 February 2025"):
        adopt_edition(edition.adopted_on, "ISCG/99-1/06")
    assert Edition.objects.count() == 1


def test_an_edition_of_a_day_to_come_is_refused(world):
    with pytest.raises(ValidationError, match="has not come yet"):
        adopt_edition(today() + timedelta(days=1), "ISCG/99-1/05")


def test_an_empty_list_is_refused():
    build.listing(build.subject(), date(2020, 1, 1))
    with pytest.raises(ValidationError, match="No subject is on the list on 1 January 1990"):
        adopt_edition(date(1990, 1, 1), "ISCG/99-1/05")


def test_nothing_is_stored_when_a_row_cannot_be(world, monkeypatch):
    monkeypatch.setattr(Subject, "texts", lambda subject, field: {} if subject.code == "IOT" else {"en": "x"})
    with pytest.raises(ValidationError):
        adopt_edition(world.day, "ISCG/99-1/05")
    assert not Edition.objects.exists() and not EditionRow.objects.exists()


def test_history_says_who_adopted_it_and_why(world, edition):
    entries = [edition.history.get(), *EditionRow.history.all()]
    assert {(each.history_user, each.history_change_reason) for each in entries} == {
        (world.staff, "adopted by the meeting")
    }


def test_withdrawing_keeps_the_edition_with_the_reason(world, edition):
    withdraw_edition(edition, "  a row was missing ", by=world.staff)
    kept = Edition.objects.get()
    assert (kept.withdrawn_because, kept.rows.count()) == ("a row was missing", 3)
    assert kept.history.first().history_change_reason == "a row was missing"


@pytest.mark.parametrize(("before", "because"), [("", "  "), ("a reason", "another")])
def test_withdrawing_needs_a_reason_and_happens_once(edition, before, because):
    edition.withdrawn_because = before
    with pytest.raises(ValidationError):
        withdraw_edition(edition, because)


def test_adopting_asks_few_questions_however_long_the_list(world, django_assert_max_num_queries):
    for number in range(20):
        build.listing(build.subject(f"X{number}"), date(2020, 1, 1))
    with django_assert_max_num_queries(8):
        rows_of_edition(Edition(adopted_on=world.day))
