"""Who may do what: the one place that says so (rule 4).

Rights follow offices: the roles of an account are computed from the tenures of its person on the day and from the
rights of its staff groups. A right ends on the day the tenure ends, without anyone doing anything. The table in
docs/handbook.md is `handbook_table()`; a test compares the two.
"""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from iscg_portal.dates import today
from workspace.offices import Held, held_by


class Role(models.TextChoices):
    """What somebody is on a day; one account may be several of them."""

    VISITOR = "visitor", _("visitor")
    ACCOUNT = "account", _("account without an office")
    REPRESENTATIVE = "representative", _("representative")
    CHAIR = "chair", _("Chair")
    COORDINATOR = "coordinator", _("Coordinator")
    FOCAL_POINT = "focal point", _("Focal Point")
    AUDITOR = "auditor", _("staff who may only look")
    SECRETARIAT = "secretariat", _("secretariat")


class Act(models.TextChoices):
    """What may be done."""

    READ = "read", _("read what is public")
    FOLLOW = "follow", _("follow the composition or a subject by e-mail")
    OPEN_WORKSPACE = "open workspace", _("open the workspace, change one's own settings")
    KEEP_OWN_DATA = "keep own data", _("download one's own data, close one's own account")
    SEE_OWN_SUBJECTS = "see own subjects", _("find meetings and documents of one's subjects there")
    PROPOSE = "propose", _("propose corrections and activities for one's subjects")
    OPEN_ADMIN = "open admin", _("open the admin")
    DECIDE_PROPOSALS = "decide proposals", _("accept or refuse what is proposed")


SIGNED_IN = frozenset(Role) - {Role.VISITOR}
STAFF = frozenset({Role.AUDITOR, Role.SECRETARIAT})
MAY = {
    Act.READ: frozenset(Role),
    Act.FOLLOW: frozenset(Role),
    Act.OPEN_WORKSPACE: SIGNED_IN,
    Act.KEEP_OWN_DATA: SIGNED_IN,
    Act.SEE_OWN_SUBJECTS: frozenset({Role.COORDINATOR, Role.FOCAL_POINT}),
    Act.PROPOSE: frozenset({Role.COORDINATOR, Role.FOCAL_POINT}),
    Act.OPEN_ADMIN: STAFF,
    Act.DECIDE_PROPOSALS: frozenset({Role.SECRETARIAT}),
}
ROLE_OF_OFFICE = {
    "representative": Role.REPRESENTATIVE,
    "chairterm": Role.CHAIR,
    "coordinator": Role.COORDINATOR,
    "focalpoint": Role.FOCAL_POINT,
}


def roles_of(account, on: datetime.date | None = None, held: list[Held] | None = None) -> set[Role]:
    """What the account is on the day (today in Geneva if not given); `held` where its offices are at hand."""
    if not account.is_authenticated or not account.is_active:
        return {Role.VISITOR}
    held = held_by(account.person_id, on or today()) if held is None else held
    roles = {ROLE_OF_OFFICE[office.kind] for office in held}
    if account.is_staff:
        changes = any(not right.partition(".")[2].startswith("view_") for right in account.get_all_permissions())
        roles.add(Role.SECRETARIAT if changes else Role.AUDITOR)
    return roles or {Role.ACCOUNT}


def may(account, act: Act, on: datetime.date | None = None) -> bool:
    """Whether the account may do it on the day (today in Geneva if not given)."""
    return not MAY[act].isdisjoint(roles_of(account, on))


def may_for(account, act: Act, subject, on: datetime.date | None = None) -> bool:
    """Whether the account may do it for this subject: of its offices only those for the subject count."""
    if not account.is_authenticated or not account.is_active:
        return False
    held = [office for office in held_by(account.person_id, on or today()) if office.subject == subject]
    return not MAY[act].isdisjoint(ROLE_OF_OFFICE[office.kind] for office in held)


def handbook_table() -> str:
    """The table of the handbook: a line for each act, a column for each role."""
    lines = [["", *(str(role.label) for role in Role)], ["---"] * (len(Role) + 1)]
    lines += [[str(act.label), *("yes" if role in MAY[act] else "" for role in Role)] for act in Act]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
