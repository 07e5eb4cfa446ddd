"""“Remove as entered by mistake…” in the place of deletion."""

from datetime import date

import pytest

from members.models import Account, Person, Representative
from subjects.models import Resolution
from tests import world
from tests.admin.conftest import complaints, list_of, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return world.person("Ada Testperson")


def test_row_is_removed_with_a_reason(desk, ada, chief):
    assert desk.post(page_of(ada, "delete"), {"reason": "Entered twice"}).status_code == 302
    last = Person.history.first()
    assert (last.history_type, last.history_change_reason, last.history_user) == ("-", "Entered twice", chief)


@pytest.mark.parametrize("reason", ["", "   "])
def test_reason_is_asked_for(desk, ada, reason):
    assert "required" in complaints(desk.post(page_of(ada, "delete"), {"reason": reason, "post": "yes"}))
    assert Person.objects.exists()


def test_what_others_rest_on_stays_and_the_page_says_why(desk, ada):
    world.representative("RAG1", ada, date(2020, 1, 1))
    assert "other records rest on it" in desk.get(page_of(ada, "delete")).content.decode()
    response = desk.post(page_of(ada, "delete"), {"reason": "Entered twice"})
    assert (response.status_code, Person.objects.count()) == (200, 1)


def test_page_names_the_parts_that_go_along(desk):
    revision = world.revision(world.resolution())
    assert str(revision) in desk.get(page_of(revision.resolution, "delete")).content.decode()
    desk.post(page_of(revision.resolution, "delete"), {"reason": "No such resolution"})
    assert not Resolution.objects.exists()


def test_nothing_is_removed_in_bulk(desk, ada):
    data = {"action": "delete_selected", "_selected_action": [ada.pk], "post": "yes"}
    desk.post(list_of(Person), data)
    assert Person.objects.exists()
    assert "delete_selected" not in desk.get(list_of(Person)).content.decode()


def test_removing_asks_for_the_right(clerk, ada):
    client = clerk("members.change_person")
    assert client.get(page_of(ada, "delete")).status_code == 403
    assert page_of(ada, "delete") not in client.get(page_of(ada)).content.decode()


def test_accounts_are_never_removed(desk, chief):
    assert desk.post(page_of(chief, "delete"), {"reason": "Left"}).status_code == 403
    assert Account.objects.exists()


def test_removed_rows_are_listed_with_their_reason(desk, ada):
    desk.post(page_of(ada, "delete"), {"reason": "Entered twice"})
    page = desk.get(list_of(Person, "removed")).content.decode()
    assert "Ada Testperson" in page
    assert "Entered twice" in page


def test_removed_row_can_be_named_though_its_person_is_gone_too(desk, ada):
    term = world.representative("RAG1", ada, date(2020, 1, 1))
    name = f"representative {term.pk}"
    for record in (term, ada):
        desk.post(page_of(record, "delete"), {"reason": "Made up"})
    assert name in desk.get(list_of(Representative, "removed")).content.decode()


def test_the_page_before_a_removal_does_not_say_that_it_is_done(desk, ada):
    page = desk.get(page_of(ada, "delete")).content.decode()
    assert "This will remove Person “Ada Testperson”. Nothing is removed yet" in page
    assert "is removed." not in page
