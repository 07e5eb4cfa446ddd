"""Every page of the admin answers, in few queries, for every kind of record."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iscg_portal.apps import our_apps
from members.models import Account
from subjects.models import Mandate
from tests.admin.conftest import complaints, list_of, page_of, registered, save
from tests.walks import part_of

pytestmark = pytest.mark.django_db
OURS = [
    model for name in ("members", "subjects", "studies", "meetings") for model in apps.get_app_config(name).get_models()
]
RECORDS = [model for model in OURS if not model._meta.model_name.startswith("historical")]


@pytest.fixture
def chief(roles):
    """Staff with every right, where there is a record of every kind."""
    return roles.staff


def test_every_model_of_the_record_is_in_the_admin():
    """What the finder keeps beside what it finds is for itself."""
    lacking = [model for model in RECORDS if not admin.site.is_registered(model)]
    assert [model for model in lacking if not getattr(model, "no_record", False)] == []


def statuses(desk, addresses):
    """{address: status} for all that did not answer as expected; each is (address, expected status)."""
    answers = {address: (desk.get(address).status_code, expected) for address, expected in addresses}
    return {address: got for address, (got, expected) in answers.items() if got != expected}


def asked_by(chief):
    """A request of the chief, to ask a ModelAdmin what is allowed."""
    request = RequestFactory().get("/admin/")
    request.user = chief
    return request


@pytest.mark.walk
def test_lists_answer_with_a_search_too(desk):
    """`make test` asks every third kind here, the next ones in the tests below."""
    assert statuses(desk, [(list_of(model) + "?q=a", 200) for model in part_of(registered(), 3)]) == {}


@pytest.mark.walk
def test_lists_of_removed_rows_answer_where_there_is_a_history(desk):
    pages = [
        (list_of(model, "removed"), 200 if hasattr(model, "history") else 404) for model in part_of(registered(), 3, 1)
    ]
    assert statuses(desk, pages) == {}


@pytest.mark.walk
def test_page_and_history_of_a_record_answer(desk):
    """Also where the address names a field and leaves its name out. `make test` asks those of every third kind."""
    records = [model.objects.first() for model in part_of(registered(), 3)]
    pages = ((page_of(record, page), 200) for record in records for page in ("change", "history"))
    assert statuses(desk, [(f"{address}?_to_field=", status) for address, status in pages]) == {}


@pytest.mark.walk
def test_pages_for_a_new_record_and_for_removal_answer_who_may_use_them(desk, chief):
    """`make test` asks those of every third kind."""
    request, pages = asked_by(chief), []
    for model in part_of(registered(), 3, 1):
        model_admin, record = admin.site._registry[model], model.objects.first()
        pages.append((list_of(model, "add"), 200 if model_admin.has_add_permission(request) else 403))
        pages.append((page_of(record, "delete"), 200 if model_admin.has_delete_permission(request, record) else 403))
    assert statuses(desk, pages) == {}


@pytest.mark.walk
def test_old_versions_answer(desk):
    """`make test` asks those of every third kind."""
    records = [model.objects.first() for model in part_of(registered(), 3, 2) if hasattr(model, "history")]
    pages = [page_of(record, "history") + f"{record.history.first().pk}/" for record in records]
    assert statuses(desk, [(page, 200) for page in pages]) == {}


@pytest.mark.walk
def test_lists_answer_and_take_fifteen_queries_at_most(desk):
    taken = {}
    for model in part_of(registered(), 3, 2):
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(list_of(model)).status_code == 200
        taken[model._meta.label] = len(queries)
    assert {label: number for label, number in taken.items() if number > 15} == {}


def test_index_answers_in_the_order_of_the_tasks_without_rows_of_other_pages(desk):
    tasks = desk.get(reverse("admin:index")).context["app_list"]
    assert [str(task["name"]) for task in tasks][:2] == ["The management team", "The subjects"]
    lists = [model["object_name"] for task in tasks for model in task["models"]]
    assert "Mandate" not in lists
    assert "Representative" in lists


def test_index_of_one_app_answers(desk):
    assert desk.get(reverse("admin:app_list", args=["members"])).status_code == 200


def test_admin_speaks_the_language_of_the_account(desk, chief):
    Account.objects.filter(pk=chief.pk).update(language="fr")
    response = desk.get(list_of(Account))
    assert response.headers["Content-Language"] == "fr"
    assert 'lang="fr"' in response.content.decode()


def test_lists_of_libraries_are_not_offered(desk):
    names = {model._meta.app_label for model in admin.site._registry}
    assert names <= {"auth", *(app.label for app in our_apps())}


@pytest.mark.parametrize("typed", ["no key", "9" * 30])
def test_what_is_no_key_of_a_record_is_refused_at_its_field(desk, typed):
    answer = save(desk, page_of(Mandate.objects.first()), resolution=typed)
    assert answer.status_code == 200 and "Select a valid choice" in complaints(answer)
