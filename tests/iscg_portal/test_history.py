"""When we recorded it: every write of the record leaves who, what and why (rule 7)."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction

from bench.rows import write_rows
from iscg_portal.history import remove_with_reason, save_with_reason
from members.models import AdvisoryGroup, ContactData, Person, Representative
from subjects.models import Subject
from tests.admin.conftest import page_of, save
from tests.world import contact_data, representative

OURS = ("members", "subjects", "studies", "meetings", "reports")
UNTRACKED = {
    "members.Account",  # access, not the record; the admin's own log keeps who gave it
    "reports.ReportComment",  # never changed, and kept as it was sent
    "reports.ReportStep",  # these four are logs or jobs themselves: written once, or by the portal alone
    "reports.ReportedEvent",
    "reports.Rendition",
    "reports.TransmissionMail",
}


def models_of_the_record():
    found = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    record = [model for model in found if not hasattr(model, "history_type") and not hasattr(model, "no_record")]
    return [model for model in record if model._meta.label not in UNTRACKED]


@pytest.mark.parametrize("model", models_of_the_record(), ids=lambda model: model._meta.label)
def test_every_model_of_the_record_is_tracked(model):
    assert hasattr(model, "history")


@pytest.mark.parametrize("model", [AdvisoryGroup, Subject], ids=lambda model: model.__name__)
def test_history_has_the_columns_of_all_six_languages(model):
    columns = {field.name for field in model.history.model._meta.get_fields()}
    field = "name" if model is AdvisoryGroup else "title"
    assert {f"{field}_{code}" for code in ("ar", "en", "es", "fr", "ru", "zh_hans")} <= columns


def test_a_change_leaves_who_what_and_why(world):
    world.ada.name = "Ada Renamed"
    save_with_reason(world.ada, "Her own wish", world.staff)
    latest, first = world.ada.history.all()
    assert (latest.history_user, latest.history_change_reason) == (world.staff, "Her own wish")
    assert [(change.field, change.old, change.new) for change in latest.diff_against(first).changes] == [
        ("name", "Ada Testperson", "Ada Renamed")
    ]


def test_reason_of_one_change_is_not_that_of_the_next(world):
    save_with_reason(world.ada, "A reason", world.staff)
    save_with_reason(world.ada)
    assert world.ada.history.first().history_change_reason is None


def test_removed_row_is_kept_in_the_history_with_its_reason(world):
    term = Representative.objects.get(person=world.ada)
    key = term.pk
    remove_with_reason(term, "Never appointed", world.staff)
    last = Representative.history.filter(id=key).first()
    assert (last.history_type, last.history_change_reason, last.history_user) == ("-", "Never appointed", world.staff)


def test_row_and_history_are_written_together_or_not_at_all(world, monkeypatch):
    def fail(*args, **kwargs):
        raise IntegrityError("no room for history")

    monkeypatch.setattr(Person.history.model, "save", fail)
    world.ada.name = "Ada Renamed"
    with pytest.raises(IntegrityError), transaction.atomic():
        save_with_reason(world.ada, "A reason", world.staff)
    assert Person.objects.get(pk=world.ada.pk).name == "Ada Testperson"


def test_history_of_contact_data_keeps_who_and_when_but_not_the_values(world):
    data = contact_data(world.ada, email="ada@example.org", phone="+41 00 000 00 01", note="Call in the morning")
    data.email = "new@example.org"
    save_with_reason(data, "New address", world.staff)
    latest = data.history.first()
    assert latest.history_user == world.staff
    assert ContactData.history.count() == 2
    assert not {"email", "phone", "note"} & {field.name for field in latest._meta.get_fields()}


def test_a_term_keeps_the_country_of_its_time(world):
    term = representative("TDAG2", world.lea, date(2025, 1, 1), country=world.lea_country)
    term.country = world.max_country
    save_with_reason(term, "Typing mistake")
    assert [version.country for version in term.history.all()] == [world.max_country, world.lea_country]


def test_a_change_in_the_admin_leaves_who_and_why(world, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(world.staff)
    save(client, page_of(world.ada), name="Ada Renamed", change_reason="Her own wish")
    latest = world.ada.history.first()
    assert (latest.name, latest.history_user, latest.history_change_reason) == (
        "Ada Renamed",
        world.staff,
        "Her own wish",
    )


def test_an_imported_change_leaves_who_and_why(world):
    rows = [{"slug": world.ada.slug, "name": "Ada Renamed"}]
    write_rows(Person, rows, reason="A new list", by=world.staff)
    latest = world.ada.history.first()
    assert (latest.name, latest.history_user, latest.history_change_reason) == (
        "Ada Renamed",
        world.staff,
        "A new list",
    )


def test_loading_the_shipped_data_is_in_the_history(shipped_record):
    for model in models_of_the_record():
        recorded = set(model.history.values_list(model._meta.pk.attname, flat=True))
        assert recorded >= set(model._base_manager.values_list("pk", flat=True)), model._meta.label


def test_rights_of_staff_are_not_rows_of_the_record():
    assert not hasattr(Group, "history")
    assert not hasattr(Permission, "history")
