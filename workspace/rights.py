"""Who may do what: the one place that says so (rule 4).

Rights follow offices: the roles of an account are computed from the tenures of its person on the day and from the
rights of its staff groups. A right ends on the day the tenure ends, without anyone doing anything. The table in
docs/handbook.md is `handbook_table()`; a test compares the two.
"""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from iscg_portal.dates import today
from members.staff_groups import releasing_rights
from workspace.group_secretariat import group_of
from workspace.offices import Held, held_by


class Role(models.TextChoices):
    """What somebody is on a day; one account may be several of them."""

    VISITOR = "visitor", _("visitor")
    ACCOUNT = "account", _("account without an office")
    REPRESENTATIVE = "representative", _("representative")
    CHAIR = "chair", _("Chair")
    COORDINATOR = "coordinator", _("Coordinator")
    FOCAL_POINT = "focal point", _("Focal Point")
    GROUP_SECRETARIAT = "group secretariat", _("advisory group’s secretariat")
    AUDITOR = "auditor", _("staff who may only look")
    ASSISTANT = "assistant", _("assistant")
    SECRETARIAT = "secretariat", _("secretariat")


class Act(models.TextChoices):
    """What may be done."""

    READ = "read", _("read what is public")
    OPEN_WORKSPACE = "open workspace", _("open the workspace, change one's own settings")
    SEE_OWN_SUBJECTS = "see own subjects", _("find meetings and documents of one's subjects there")
    ANSWER_TRANSMISSIONS = (
        "answer transmissions",
        _("see and answer the transmissions to one’s advisory group, with the files for it"),
    )
    OPEN_ADMIN = "open admin", _("open the admin")
    KEEP_RECORD = "keep record", _("enter and change what staff groups allow")
    RELEASE = "release", _("publish and send, decide who takes part")


SIGNED_IN = frozenset(Role) - {Role.VISITOR}
STAFF = frozenset({Role.AUDITOR, Role.ASSISTANT, Role.SECRETARIAT})
MAY = {
    Act.READ: frozenset(Role),
    Act.OPEN_WORKSPACE: SIGNED_IN,
    Act.SEE_OWN_SUBJECTS: frozenset({Role.COORDINATOR, Role.FOCAL_POINT}),
    Act.ANSWER_TRANSMISSIONS: frozenset({Role.GROUP_SECRETARIAT}),
    Act.OPEN_ADMIN: STAFF,
    Act.KEEP_RECORD: STAFF - {Role.AUDITOR},
    Act.RELEASE: frozenset({Role.SECRETARIAT}),
}
ROLE_OF_OFFICE = {
    "representative": Role.REPRESENTATIVE,
    "chairterm": Role.CHAIR,
    "coordinator": Role.COORDINATOR,
    "focalpoint": Role.FOCAL_POINT,
}


def roles_of(
    account, on: datetime.date | None = None, held: list[Held] | None = None, group: str | None = None
) -> set[Role]:
    """What the account is on the day (today in Geneva if not given).

    `held` and `group` where its offices, and the group for whose secretariat it works, are at hand.
    """
    if not account.is_authenticated or not account.is_active:
        return {Role.VISITOR}
    on = on or today()
    held = held_by(account.person_id, on) if held is None else held
    roles = {ROLE_OF_OFFICE[office.kind] for office in held}
    if group_of(account, on) if group is None else group:
        roles.add(Role.GROUP_SECRETARIAT)
    if account.is_staff:
        roles.add(_role_of_staff(account.get_all_permissions()))
    return roles or {Role.ACCOUNT}


def _role_of_staff(rights):
    """By what the rights of its groups let it do: only look, keep the record, or publish and send too."""
    if all(right.partition(".")[2].startswith("view_") for right in rights):
        return Role.AUDITOR
    return Role.ASSISTANT if rights.isdisjoint(releasing_rights()) else Role.SECRETARIAT


def may(account, act: Act, on: datetime.date | None = None) -> bool:
    """Whether the account may do it on the day (today in Geneva if not given)."""
    return not MAY[act].isdisjoint(roles_of(account, on))


def handbook_table() -> str:
    """The table of the handbook: a line for each act, a column for each role."""
    lines = [["", *(str(role.label) for role in Role)], ["---"] * (len(Role) + 1)]
    lines += [[str(act.label), *("yes" if role in MAY[act] else "" for role in Role)] for act in Act]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
