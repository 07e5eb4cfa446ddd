"""Rights follow the offices of the day and the rights of staff groups."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission

from iscg_portal.adminkit.admin_rights import ACT_PAGES, ACTIONS, StaffAct, holds
from members.staff_groups import RELEASING, make_staff_groups
from reports.acts import annual_reports as report_acts
from tests import world as build
from tests.workspace.rights_table import handbook_table
from workspace.access.rights import Act, Role, may, roles_of
from workspace.models import GroupSecretariat

HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "handbook.md"


def test_the_handbook_has_the_table_of_rights(db):
    make_staff_groups()
    assert handbook_table() in HANDBOOK.read_text(encoding="utf-8")


def test_a_visitor_reads_follows_suggests_and_asks_to_take_part_and_no_more():
    assert roles_of(AnonymousUser()) == {Role.VISITOR}
    assert [act for act in Act if may(AnonymousUser(), act)] == [Act.READ, Act.FOLLOW, Act.SUGGEST, Act.JOIN]


@pytest.mark.parametrize(
    ("who", "role"),
    [("ina", Role.COORDINATOR), ("kim", Role.FOCAL_POINT), ("ada", Role.REPRESENTATIVE), ("gus", Role.CHAIR)],
)
def test_an_office_gives_its_role(world, who, role):
    account = build.account(f"{who}@example.org", person=getattr(world, who))
    assert role in roles_of(account, world.day)


def test_a_right_ends_on_the_day_the_tenure_ends(world):
    account = build.account("max@example.org", person=world.max)
    assert may(account, Act.SEE_OWN_SUBJECTS, date(2023, 4, 30))
    assert not may(account, Act.SEE_OWN_SUBJECTS, date(2023, 5, 1))


def test_the_right_to_write_a_report_ends_on_that_day_too(world):
    account = build.account("max@example.org", person=world.max)
    assert may(account, Act.WRITE_OWN_REPORT, date(2023, 4, 30))
    assert not may(account, Act.WRITE_OWN_REPORT, date(2023, 5, 1))


def test_an_account_that_was_closed_may_what_a_visitor_may(world):
    account = build.account("ina@example.org", person=world.ina, is_active=False)
    assert roles_of(account, world.day) == {Role.VISITOR}


def test_staff_who_may_only_look_are_auditors(db):
    account = build.account("auditor@example.org", is_staff=True)
    account.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    assert roles_of(account) == {Role.AUDITOR}


def staff_of(group):
    """A staff account in one of the groups that a portal begins with."""
    make_staff_groups()
    account = build.account("clerk@example.org", is_staff=True)
    account.groups.add(Group.objects.get(name=group))
    return account


@pytest.mark.parametrize(
    ("group", "role"),
    [
        ("Secretariat: keeps the record", Role.SECRETARIAT),
        ("Secretariat: assistant", Role.ASSISTANT),
        ("Reader of the desk", Role.AUDITOR),
    ],
)
def test_a_staff_group_gives_its_role(db, group, role):
    assert roles_of(staff_of(group)) == {role}


def test_an_assistant_publishes_sends_decides_and_removes_nothing(db):
    rights = staff_of("Secretariat: assistant").get_all_permissions()
    assert rights.isdisjoint(RELEASING)
    assert not [right for right in rights if re.search(r"\.(publish|approve|withdraw|decide|delete|import)_", right)]
    assert {"members.change_representative", "reports.change_reportblock", "reports.view_transmission"} <= rights
    assert rights.isdisjoint({"members.view_contactdata", "members.view_account", "workspace.view_participant"})


DECIDING = {
    StaffAct.PUBLISH_REPORT,
    StaffAct.PUBLISH_DOCUMENT,
    StaffAct.ANSWER_ISSUE,
    StaffAct.DECIDE,
    StaffAct.JUDGE,
    StaffAct.ADMIT,
    StaffAct.SEND,
    StaffAct.ADOPT,
    StaffAct.MERGE,
    StaffAct.REMOVE,
    StaffAct.GIVE_ACCESS,
}


def test_no_page_that_decides_opens_to_an_assistant(db):
    assistant = staff_of("Secretariat: assistant")
    pages = {**ACT_PAGES, **ACTIONS}
    assert [name for name, page in pages.items() if page.act in DECIDING and holds(assistant, page.rights)] == []


def test_an_auditor_finds_the_log_and_the_exports_first(client, db, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(staff_of("Reader of the desk"))
    page = client.get("/admin/").content.decode()
    assert page.index("The log of changes") < page.index("Files to take along") < page.index("What is not in order")
    assert "/admin/members/representative/export/" in page and "/admin/changes/csv/" in page
    assert "/admin/members/contactdata/export/" not in page


@pytest.mark.parametrize("step", ["submit", "approve", "publish"])
def test_an_assistant_takes_no_step_of_a_report_to_the_public(client, db, settings, step):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(staff_of("Secretariat: assistant"))
    report = report_acts.open_report("2024")
    client.post(f"/admin/reports/annualreport/{report.pk}/step/{step}/", {"reason": "Made up"})
    report.refresh_from_db()
    assert report.state in ("draft", "in review")


def test_an_account_of_a_groups_secretariat_is_one_from_a_day_to_a_day(db):
    account = build.account()
    binding = GroupSecretariat(account=account, group=build.advisory_group("RAG"))
    binding.starts_on, binding.ends_on = date(2024, 1, 1), date(2025, 1, 1)
    build.saved(binding)
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    assert [may(account, Act.ANSWER_TRANSMISSIONS, day) for day in days] == [False, True, True, False]


def test_staff_with_every_right_are_the_secretariat(db):
    assert roles_of(build.staff_account()) == {Role.SECRETARIAT}
