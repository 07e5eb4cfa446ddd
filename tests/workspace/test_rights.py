"""Rights follow the offices of the day and the rights of staff groups."""

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from members.staff_groups import make_staff_groups
from tests import world as build
from workspace.rights import Act, Role, handbook_table, may, roles_of

HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "handbook.md"


def test_the_handbook_has_the_table_of_rights(db):
    make_staff_groups()
    assert handbook_table() in HANDBOOK.read_text(encoding="utf-8")


def test_a_visitor_reads_follows_and_asks_to_take_part_and_no_more():
    assert roles_of(AnonymousUser()) == {Role.VISITOR}
    assert [act for act in Act if may(AnonymousUser(), act)] == [Act.READ, Act.FOLLOW, Act.JOIN]


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


def test_staff_with_every_right_are_the_secretariat(db):
    assert roles_of(build.staff_account()) == {Role.SECRETARIAT}
