"""Staff who are not superusers work with the rights of their groups; without a right there is no way in."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.urls import reverse

from iscg_portal.adminkit.admin_rights import ACT_PAGES
from iscg_portal.models import ShippedRow
from members.models import ContactData, Person, Representative
from members.staff_groups import make_staff_groups
from subjects.models import Edition
from tests import world
from tests.admin.conftest import list_of, page_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return world.person("Ada Testperson")


def test_reader_sees_and_changes_nothing(clerk, ada):
    client = clerk("members.view_person")
    page = client.get(page_of(ada))
    assert page.status_code == 200
    assert "change_reason" not in page.content.decode()
    assert client.post(page_of(ada), {"name": "Changed"}).status_code == 403
    assert client.get(list_of(Person, "add")).status_code == 403


def test_without_the_right_to_see_there_is_no_list(clerk):
    client = clerk("members.view_person")
    assert client.get(list_of(Representative)).status_code == 403
    assert client.get(list_of(Representative, "removed")).status_code == 403


def test_contact_data_is_seen_with_permission_only(clerk, ada):
    world.contact_data(ada, email="ada@example.org")
    client = clerk("members.change_person")
    assert "ada@example.org" not in client.get(page_of(ada)).content.decode()
    assert client.get(list_of(ContactData)).status_code == 403


def test_contact_data_stays_when_somebody_without_permission_saves_the_person(clerk, ada):
    world.contact_data(ada, email="ada@example.org")
    save(clerk("members.change_person"), page_of(ada), honorific="Ms")
    assert ContactData.objects.get().email == "ada@example.org"


def test_contact_data_is_edited_on_the_persons_page_with_permission(clerk, ada):
    contact = world.contact_data(ada)
    client = clerk("members.change_person", "members.change_contactdata")
    save(client, page_of(ada), **{"contact_data-0-email": "new@example.org"})
    contact.refresh_from_db()
    assert contact.email == "new@example.org"


def test_rows_that_may_not_be_changed_stay_as_they_are(clerk, ada):
    term = world.representative("RAG1", ada, date(2020, 1, 1))
    client = clerk("members.change_seat", "members.view_representative")
    save(client, page_of(term.seat), recorded_from="2020-01-01", **{"representative_set-0-ends_on": "2021-01-01"})
    term.refresh_from_db()
    assert term.ends_on is None


def test_the_table_of_acts_is_what_refuses(clerk, ada, monkeypatch):
    client = clerk("members.change_person", "members.delete_person")
    assert client.get(page_of(ada, "merge")).status_code == 200
    page = ACT_PAGES["members_person_merge"]
    monkeypatch.setitem(ACT_PAGES, "members_person_merge", page._replace(rights=("members.delete_country",)))
    assert client.get(page_of(ada, "merge")).status_code == 403


@pytest.mark.parametrize("act", ["adopt", "withdraw"])
def test_editions_ask_for_their_rights(clerk, act):
    edition = Edition.objects.create(adopted_on=date(2025, 1, 23), document="ISCG/99-1/05")
    address = list_of(Edition, "add") if act == "adopt" else page_of(edition, "withdraw")
    assert clerk("subjects.view_edition").get(address).status_code == 403


def test_who_is_not_staff_does_not_come_in(client, ada):
    client.force_login(world.account())
    assert client.get(page_of(ada)).status_code in (302, 403)


def test_who_is_refused_a_page_is_led_back_to_the_desk(clerk, ada):
    answer = clerk("members.view_country").get(page_of(ada))
    assert answer.status_code == 403
    assert "Back to the desk" in answer.content.decode()


def test_nobody_comes_in_without_signing_in(client, ada):
    response = client.get(page_of(ada))
    assert response.status_code == 302
    assert "login" in response.url


class TestTheGroupsThatAPortalBeginsWith:
    @pytest.fixture
    def keeper(self, client):
        make_staff_groups()
        account = world.account("keeper@example.org", is_staff=True)
        account.groups.add(Group.objects.get(name="Secretariat: keeps the record"))
        client.force_login(account)
        return client

    def test_keeper_of_the_record_works_without_contact_data_and_accounts(self, keeper, ada):
        world.contact_data(ada)
        index = keeper.get(reverse("admin:index")).content.decode()
        assert "Representatives" in index
        assert reverse("admin:members_contactdata_changelist") not in index
        assert reverse("admin:members_account_changelist") not in index

    def test_keeper_of_the_record_changes_it(self, keeper, ada):
        assert save(keeper, page_of(ada), honorific="Ms").status_code == 302

    def test_made_again_they_keep_what_staff_changed(self, keeper):
        Group.objects.get(name="Reader of the desk").permissions.clear()
        make_staff_groups()
        assert not Group.objects.get(name="Reader of the desk").permissions.exists()

    def test_made_again_they_bring_back_none_that_staff_removed(self, keeper):
        Group.objects.get(name="Reader of the desk").delete()
        make_staff_groups()
        assert not Group.objects.filter(name="Reader of the desk").exists()


def test_rights_of_a_group_are_in_plain_words(desk):
    make_staff_groups()
    page = desk.get(page_of(Group.objects.first())).content.decode()
    assert 'aria-label="Chair terms: enter"' in page
    assert "historical" not in page


def test_rights_of_a_group_can_be_changed(desk):
    make_staff_groups()
    group = Group.objects.get(name="Reader of the desk")
    right = group.permissions.get(codename="view_person")
    desk.post(page_of(group), {"name": group.name, "permissions": [right.pk]})
    assert list(group.permissions.all()) == [right]


def test_first_staff_account_comes_with_the_groups(db, capsys):
    call_command("ensure_staff")
    assert Group.objects.filter(name="Secretariat: keeps the record").exists()
    assert "Sign in at" in capsys.readouterr().out


def test_portal_with_staff_gets_a_group_of_a_later_version_when_it_is_brought_up_to_date(chief):
    make_staff_groups()
    Group.objects.get(name="Secretariat: assistant").delete()
    ShippedRow.objects.get(key="staff-group/assistant").delete()  # as if this portal were older than the group
    call_command("migrate", verbosity=0)
    assert Group.objects.get(name="Secretariat: assistant").permissions.filter(codename="change_person").exists()


def brought_up_to_date():
    """What `migrate` does before and after the tables, whose migrations are looked at in tests/test_migrations.py."""
    for emit in (emit_pre_migrate_signal, emit_post_migrate_signal):
        emit(verbosity=0, interactive=False, db="default", apps=apps, plan=[])


NEW = ("subjects", "focalpointrecord")  # a kind of record that a later version brought


def rights_on_the_new(name="Secretariat: keeps the record"):
    found = Group.objects.get(name=name).permissions.filter(content_type__model=NEW[1])
    return set(found.values_list("codename", flat=True))


@pytest.fixture
def older(chief):
    """A portal with staff and groups, of before a kind of record and of before the memory of rights."""
    make_staff_groups()
    wanted = rights_on_the_new()
    Permission.objects.filter(content_type__app_label=NEW[0], content_type__model=NEW[1]).delete()
    ShippedRow.objects.filter(key__startswith="staff-right/").delete()
    ShippedRow.objects.filter(key__startswith="staff-group/").update(digest="")
    return wanted


def test_standing_groups_get_their_rights_on_new_records(older):
    brought_up_to_date()
    assert rights_on_the_new() == older > {"add_focalpointrecord", "import_focalpointrecord"}
    assert rights_on_the_new("Reader of the desk") == {"view_focalpointrecord", "export_focalpointrecord"}
    assert rights_on_the_new("Secretariat: contact data") == set()


def test_rights_that_staff_took_away_before_and_after_do_not_come_back(older):
    keeper = Group.objects.get(name="Secretariat: keeps the record")
    keeper.permissions.filter(codename="delete_person").get().group_set.remove(keeper)
    brought_up_to_date()
    keeper.permissions.remove(*keeper.permissions.filter(content_type__model=NEW[1]))
    brought_up_to_date()
    assert rights_on_the_new() == set()
    assert not keeper.permissions.filter(codename="delete_person").exists()


def test_renamed_group_is_found_again_and_a_removed_one_is_not(older):
    brought_up_to_date()
    Group.objects.filter(name="Secretariat: keeps the record").update(name="Renamed")
    Group.objects.get(name="Reader of the desk").delete()
    Permission.objects.filter(content_type__model=NEW[1]).delete()
    ShippedRow.objects.filter(key__endswith=NEW[1]).delete()  # as if the model were new once more
    brought_up_to_date()
    assert rights_on_the_new("Renamed") == older
    assert not Group.objects.filter(name="Reader of the desk").exists()


def test_portal_without_staff_waits_with_the_groups_for_its_first_account(db):
    brought_up_to_date()
    assert not Group.objects.exists()


def test_nobody_gives_a_group_a_right_that_he_or_she_does_not_have(clerk):
    make_staff_groups()
    client = clerk("auth.view_group", "auth.change_group", "members.view_person")
    group = Group.objects.create(name="Made up")
    more = Permission.objects.get(codename="change_account")
    answer = client.post(page_of(group), {"name": group.name, "permissions": [more.pk]})
    assert "rights that you do not have" in answer.content.decode()
    assert not group.permissions.exists()
    own = Permission.objects.get(codename="view_person")
    client.post(page_of(group), {"name": group.name, "permissions": [own.pk]})
    assert list(group.permissions.all()) == [own]
