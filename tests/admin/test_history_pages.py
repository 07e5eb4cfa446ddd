"""The history of a record, its old versions, and how one is brought back."""

from datetime import date

import pytest
from django.contrib import admin
from django.db.models import AutoField
from django.urls import reverse
from django.utils.html import strip_tags

from iscg_portal.adminkit.history import print_value
from iscg_portal.history import save_with_reason
from members.models import Person, Representative
from reports.models import ReportBlock
from tests import world
from tests.admin.conftest import as_sent, complaints, list_of, page_of, save
from tests.walks import part_of

pytestmark = pytest.mark.django_db
NO_ROW = 888_888


@pytest.fixture
def ada():
    return world.person("Ada Testperson")


def told(response):
    """The words of a page, without its tags and with single spaces."""
    return " ".join(strip_tags(response.content.decode().replace("<", " <")).split())


def version(record, number):
    """The number of a version in the history, the oldest first."""
    return list(record.history.order_by("history_id"))[number].pk


def test_history_says_who_what_and_why(desk, ada, chief):
    save(desk, page_of(ada), honorific="Ms", change_reason="From the list")
    page = told(desk.get(page_of(ada, "history")))
    assert "Sam Staff changed Honorific: — → Ms From the list" in page
    assert "entered" in page


def test_history_names_what_a_row_points_to(desk, ada):
    term = world.representative("RAG1", ada, date(2020, 1, 1))
    save(desk, page_of(term), country=world.country("FR").pk, ends_on="2024-03", how_ended="resigned")
    page = told(desk.get(page_of(term, "history")))
    for words in ("Country: — → France", "How it ended: — → resigned", "To, how exactly: — → month"):
        assert words in page


def test_history_of_a_seat_tells_of_the_terms_in_it(desk, ada):
    term = world.representative("RAG1", ada, date(2020, 1, 1))
    assert f"Representative: {term}: entered" in told(desk.get(page_of(term.seat, "history")))


def test_history_of_contact_data_keeps_no_values(desk, ada):
    contact = world.contact_data(ada, email="ada@example.org")
    contact.email = "new@example.org"
    save_with_reason(contact, "Moved")
    page = told(desk.get(page_of(contact, "history")))
    assert "keeps who and when, not the values" in page
    assert "ada@example.org" not in page


def test_contact_data_in_a_persons_history_is_seen_with_permission_only(clerk, ada):
    world.contact_data(ada)
    client = clerk("members.view_person")
    assert "Contact data" not in told(client.get(page_of(ada, "history"))).partition("Every change")[2]


def test_old_version_shows_every_field(desk, ada):
    save(desk, page_of(ada), name="Ada Renamed")
    page = told(desk.get(page_of(ada, "history") + f"{version(ada, 0)}/"))
    assert "Name Ada Testperson" in page


def test_old_version_opens_in_the_form_and_is_saved_like_any_change(desk, ada, chief):
    save(desk, page_of(ada), name="Ada Renamed", honorific="Dr")
    address = f"{page_of(ada)}?version={version(ada, 0)}"
    response = desk.get(address)
    assert response.context["adminform"].form["name"].value() == "Ada Testperson"
    reason = response.context["change_reason"]
    assert reason.startswith("Restored as it stood on")
    save(desk, address, change_reason=reason)
    ada.refresh_from_db()
    assert (ada.name, ada.honorific) == ("Ada Testperson", "")
    assert ada.history.first().history_change_reason == reason


def test_page_saved_from_an_old_version_goes_on_with_the_new_one(desk, ada):
    save(desk, page_of(ada), name="Ada Renamed")
    response = save(desk, f"{page_of(ada)}?version={version(ada, 0)}", _continue="on")
    assert response.url == page_of(ada)


def test_old_version_that_no_longer_fits_is_refused_in_a_sentence(desk, ada):
    term = world.representative("RAG1", ada, date(2020, 1, 1))
    save(desk, page_of(term), ends_on="2024-01-01")
    world.representative("RAG1", world.person("Ben Madeup"), date(2024, 1, 1))
    response = save(desk, f"{page_of(term)}?version={version(term, 0)}")
    assert "Somebody else holds this seat" in complaints(response)


def test_removed_row_comes_back_under_its_own_key(desk, ada):
    term = world.representative("RAG1", ada, date(2024, 3, 1), starts_precision="month")
    pk = term.pk
    desk.post(page_of(term, "delete"), {"reason": "Entered by mistake"})
    removal = Representative.history.first().pk
    assert f"add/?version={removal}" in desk.get(list_of(Representative, "removed")).content.decode()
    response = save(desk, f"{list_of(Representative, 'add')}?version={removal}", change_reason="It was right")
    assert response.status_code == 302
    back = Representative.objects.get(pk=pk)
    assert (back.person, back.starts_precision) == (ada, "month")
    assert [row.history_type for row in back.history.all()] == ["+", "-", "+"]


def test_row_that_is_there_is_not_brought_back_as_a_second_one(desk, ada):
    address = f"{list_of(Person, 'add')}?version={version(ada, 0)}"
    assert desk.get(address).context["adminform"].form["name"].value() in (None, "")


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "99999"])
def test_version_that_never_was_changes_nothing(desk, ada, number):
    response = desk.get(f"{page_of(ada)}?version={number}")
    assert response.context["adminform"].form["name"].value() == "Ada Testperson"


@pytest.mark.parametrize("address", ["history/99999/", "history/0/"])
def test_version_that_never_was_has_no_page(desk, ada, address):
    assert desk.get(page_of(ada).replace("change/", address)).status_code == 404


@pytest.mark.parametrize("key", ["99999", "nonsense", "%00", "1e9"])
def test_record_that_never_was_has_no_history(desk, key):
    assert desk.get(f"{list_of(Person)}{key}/history/").status_code == 404


def test_history_of_a_removed_row_still_answers(desk, ada):
    address = page_of(ada, "history")
    desk.post(page_of(ada, "delete"), {"reason": "Entered twice"})
    assert "Entered twice" in told(desk.get(address))


def test_who_may_only_see_is_offered_no_restoring(clerk, ada):
    client = clerk("members.view_person")
    assert "Restore" not in told(client.get(page_of(ada, "history") + f"{version(ada, 0)}/"))
    assert client.post(f"{page_of(ada)}?version={version(ada, 0)}", {"name": "X"}).status_code == 403


def test_long_history_has_pages_and_few_queries(desk, ada, django_assert_max_num_queries):
    for number in range(51):
        ada.honorific = str(number)
        save_with_reason(ada, f"Change {number}")
    with django_assert_max_num_queries(15):
        first = desk.get(page_of(ada, "history"))
    assert len(first.context["entries"]) == 50
    assert "Change 0" in told(desk.get(page_of(ada, "history"), {"p": 2}))
    assert as_sent(desk.get(page_of(ada)))["honorific"] == "50"


def test_texts_by_language_are_printed_as_people_write_them():
    texts = ReportBlock._meta.get_field("texts")
    assert print_value(texts, {"en": "Made up", "fr": "Inventé"}) == "en: Made up; fr: Inventé"
    assert print_value(texts, {}) == "—"


def test_days_of_old_versions_are_printed_as_exactly_as_they_are_known(desk, ada):
    meeting = world.meeting("26-1", date(2026, 3, 1), precision="month")
    term = world.representative("RAG1", ada, date(2024, 3, 1), starts_precision="month")
    for row, day in ((meeting, date(2026, 2, 1)), (term, date(2024, 2, 1))):
        row.starts_on = day
        save_with_reason(row, "Moved")
    assert "First day: March 2026 → February 2026" in told(desk.get(page_of(meeting, "history")))
    assert "From: March 2024 → February 2024" in told(desk.get(page_of(term, "history")))
    old = reverse("admin:meetings_meeting_simple_history", args=[meeting.pk, version(meeting, 0)])
    assert "March 2026" in told(desk.get(old)) and "1 March 2026" not in told(desk.get(old))


@pytest.mark.walk
@pytest.mark.parametrize("gone", [False, True], ids=["what it names stands", "what it names is gone"])
def test_pages_of_removed_rows_of_every_kind_answer(roles, client, settings, gone):
    """A row that is gone is called by its kind and key where what it names is gone as well."""
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(roles.staff)
    answers = {}
    for model in part_of([model for model in admin.site._registry if hasattr(model, "history")], 4, 2 * gone):
        if (row := model.history.order_by("history_id").last()) is None:
            continue
        key = model._meta.pk
        row.pk, row.history_type, row.history_user = None, "-", roles.staff
        setattr(row, key.attname, NO_ROW if isinstance(key, AutoField) else "no-row")
        for field in model._meta.concrete_fields:
            if gone and field.is_relation and not field.primary_key:
                setattr(row, field.attname, NO_ROW if isinstance(field.target_field, AutoField) else "no-row")
        row.save()
        removed = model(pk=getattr(row, key.attname))
        for address in (
            page_of(removed, "history"),
            reverse(
                f"admin:{model._meta.app_label}_{model._meta.model_name}_simple_history", args=[removed.pk, row.pk]
            ),
            list_of(model, "removed"),
        ):
            answers[address] = client.get(address).status_code
    for address in (reverse("admin:index"), reverse("admin:change-log")):
        answers[address] = client.get(address).status_code
    assert len(answers) > 20
    assert {address: status for address, status in answers.items() if status != 200} == {}
