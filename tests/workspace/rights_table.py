"""The table of rights that docs/handbook.md prints, made from what the portal enforces."""

from django.contrib import admin
from django.contrib.auth.models import Permission

from iscg_portal.adminkit.admin_rights import ACT_PAGES, ACTIONS, FILES, PAGES_OF_A_KIND, StaffAct, right
from workspace.access.rights import MAY, Act, Role

# The staff group, as the portal begins with it, whose rights a role of staff has; None: every right.
GROUP_OF = {
    Role.AUDITOR: "Reader of the desk",
    Role.ASSISTANT: "Secretariat: assistant",
    Role.SECRETARIAT: None,
}


def rights_of(role: Role) -> set[str]:
    """The rights in the admin that a role of staff has at first, as `has_perm` names them; one query."""
    if role not in GROUP_OF:
        return set()
    held = Permission.objects.filter(group__name=GROUP_OF[role]) if GROUP_OF[role] else Permission.objects.all()
    return {f"{app}.{codename}" for app, codename in held.values_list("content_type__app_label", "codename")}


def handbook_table() -> str:
    """The table of the handbook: a line for each act, a column for each role; two queries.

    For acts in the admin it says how far the first staff groups of a new portal go.
    """
    lines = [["", *(str(role.label) for role in Role)], ["---"] * (len(Role) + 1)]
    lines += [[str(act.label), *("yes" if role in MAY[act] else "" for role in Role)] for act in Act]
    held = {role: rights_of(role) for role in Role}
    for act, needed in rights_by_act(admin.site._registry).items():
        lines.append([str(act.label), *(_how_far(needed, held[role]) for role in Role)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _how_far(needed, held):
    """`needed`: for each page the rights that it asks for, all of them."""
    open_ones = sum(rights <= held for rights in needed)
    return "yes" if open_ones == len(needed) else "in part" if open_ones else ""


def rights_by_act(kept):
    """{act: {the rights of each of its pages and actions}}; `kept`: what the admin keeps, by model."""
    found = {act: set() for act in StaffAct}
    for page in (*ACT_PAGES.values(), *ACTIONS.values()):
        found[page.act].add(frozenset(page.rights))
    for act, word in {*PAGES_OF_A_KIND.values(), (StaffAct.CHANGE, "change")}:
        # Only some kinds of record can be imported and exported; every kind has the other pages.
        pages = (f"{word}_action", f"{word}_view")  # the library's page, and an export of our own
        having = [model for model, its in kept.items() if word not in FILES or any(hasattr(its, one) for one in pages)]
        found[act].update(frozenset({right(word, model)}) for model in having)
    return found
