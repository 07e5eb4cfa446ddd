"""Nobody overwrites a colleague unawares: the page refuses once, says who did what, and keeps what was typed."""

from datetime import date

import pytest

from iscg_portal.history import remove_mistake, save_with_reason
from members.models import Account, Person
from subjects.models import Subject
from tests import world
from tests.admin.conftest import as_sent, complaints, page_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return world.person("Ada Testperson")


@pytest.fixture
def colleague():
    return world.account("other@example.org", name="Olga Colleague", is_staff=True)


def overtaken(desk, record, change, **typed):
    """Open the page; a colleague changes something; save what was typed. Gives the data and the answer."""
    data = as_sent(desk.get(page_of(record))) | typed
    change()
    data = {name: value for name, value in data.items() if value is not None}
    return data, desk.post(page_of(record), data)


def renamed(person, by):
    def change():
        person.name = "Ada Renamed"
        save_with_reason(person, "Marriage", by)

    return change


def test_first_save_is_refused_and_says_who_changed_what(desk, ada, colleague):
    _data, response = overtaken(desk, ada, renamed(ada, colleague), honorific="Dr")
    said = complaints(response)
    assert "Someone saved this record after you opened it" in said
    assert "Olga Colleague" in said
    assert "Name: Ada Testperson → Ada Renamed" in said


def test_what_was_typed_is_kept(desk, ada, colleague):
    _data, response = overtaken(desk, ada, renamed(ada, colleague), honorific="Dr")
    assert response.context["adminform"].form["honorific"].value() == "Dr"
    assert Person.objects.get().honorific == ""


def saved_again(desk, record, response):
    """What the page shows after the refusal, sent by the next press of the button."""
    sent = {name: value for name, value in as_sent(response).items() if value is not None}
    return desk.post(page_of(record), sent)


def test_what_only_the_colleague_changed_is_kept_by_the_second_save(desk, ada, colleague):
    _data, response = overtaken(desk, ada, renamed(ada, colleague), honorific="Dr")
    assert saved_again(desk, ada, response).status_code == 302
    assert (Person.objects.get().honorific, Person.objects.get().name) == ("Dr", "Ada Renamed")


def test_what_both_changed_is_as_it_was_typed_last(desk, ada, colleague):
    _data, response = overtaken(desk, ada, renamed(ada, colleague), name="Ada Otherwise")
    assert saved_again(desk, ada, response).status_code == 302
    assert Person.objects.get().name == "Ada Otherwise"


def test_two_editors_of_two_languages_lose_nothing(desk, colleague):
    subject = world.subject("EMF")

    def change():
        subject.summary_en, subject.in_gs = "What one wrote", not subject.in_gs
        save_with_reason(subject, "In English", colleague)

    _data, response = overtaken(desk, subject, change, summary_fr="Ce que l’autre a écrit")
    assert saved_again(desk, subject, response).status_code == 302
    now = Subject.objects.get()
    assert (now.summary_en, now.summary_fr) == ("What one wrote", "Ce que l’autre a écrit")
    assert now.in_gs == subject.in_gs


def test_a_period_keeps_the_days_of_the_colleague(desk, ada, colleague):
    term = world.representative("RAG1", ada, date(2020, 1, 1))

    def change():
        term.starts_on, term.starts_precision = date(2019, 3, 1), "month"
        save_with_reason(term, "", colleague)

    _data, response = overtaken(desk, term, change, note="Asked by phone")
    assert saved_again(desk, term, response).status_code == 302
    now = type(term).objects.get()
    assert (now.starts_on, now.starts_precision, now.note) == (date(2019, 3, 1), "month", "Asked by phone")


def test_second_save_goes_through(desk, ada, colleague):
    data, response = overtaken(desk, ada, renamed(ada, colleague), honorific="Dr")
    desk.post(page_of(ada), data | {"opened_version": response.context["opened_version"]})
    assert (Person.objects.get().honorific, Person.objects.get().name) == ("Dr", "Ada Testperson")


def test_rows_on_the_page_count_too(desk, ada, colleague):
    term = world.representative("RAG1", ada, date(2020, 1, 1))

    def change():
        term.note = "Asked by phone"
        save_with_reason(term, "", colleague)

    _data, response = overtaken(desk, term.seat, change, recorded_from="2020-01-01")
    assert "Representative: Ada Testperson, RAG1, since 1 January 2020, changed" in complaints(response)


def test_row_added_by_a_colleague_counts_too(desk, ada):
    seat = world.seat("RAG1")
    _data, response = overtaken(
        desk, seat, lambda: world.representative("RAG1", ada, date(2020, 1, 1)), recorded_from="2020-01-01"
    )
    assert "a command or a mailed link: Representative" in complaints(response)


def test_other_refusal_does_not_wave_a_later_colleague_through(desk, ada, colleague):
    data = as_sent(desk.get(page_of(ada)))
    refused = desk.post(page_of(ada), data | {"name": ""})
    renamed(ada, colleague)()
    response = desk.post(page_of(ada), data | {"opened_version": refused.context["opened_version"]})
    assert "Someone saved this record" in complaints(response)


def test_page_of_another_record_is_not_concerned(desk, ada, colleague):
    other = world.person("Ben Madeup")
    _data, response = overtaken(desk, other, renamed(ada, colleague), honorific="Mr")
    assert response.status_code == 302


@pytest.mark.parametrize("token", ["", "nonsense", "members.historicalperson:x", ",,,:"])
def test_token_that_says_nothing_stops_nobody(desk, ada, token):
    assert save(desk, page_of(ada), honorific="Dr", opened_version=token).status_code == 302


def test_account_pages_have_no_history_and_can_be_saved(desk, chief):
    assert save(desk, page_of(chief), name="New Name").status_code == 302
    assert Account.objects.get().name == "New Name"


@pytest.mark.parametrize("page", ["change", "delete", "answer", "close"])
def test_who_had_a_page_of_a_record_open_that_a_colleague_removed_reads_it_and_keeps_what_was_typed(
    desk, colleague, page
):
    issue = world.key_issue("As it stood, made up")
    address, history = (page_of(issue).replace("change", one) for one in (page, "history"))
    data = as_sent(desk.get(page_of(issue))) if page == "change" else {}
    data = {name: value for name, value in data.items() if value is not None}
    remove_mistake(issue, reason="It is on record twice", by=colleague)
    sent = desk.post(address, data | {"change_reason": "Typed at length"}, headers={"origin": "http://testserver"})
    for answer in (desk.get(address), sent):
        said = answer.content.decode()
        assert answer.status_code == 404 and "As it stood, made up” was removed on" in said
        assert "Olga Colleague" in said and "It is on record twice" in said and history in said
    assert said.count("<textarea") == 1 and "Typed at length" in said


def test_who_may_not_see_a_record_does_not_read_that_it_was_removed(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    issue = world.key_issue("As it stood, made up")
    address = page_of(issue)
    remove_mistake(issue, reason="It is on record twice")
    client.force_login(world.account("clerk@example.org", is_staff=True))
    said = client.get(address)
    assert said.status_code in (403, 404) and "As it stood" not in said.content.decode()
