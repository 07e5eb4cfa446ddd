"""What staff do in the admin, and the rights that each page of it asks for: one table, enforced and printed.

`DeskSite.admin_view` refuses a page whose rights an account lacks by asking this module, and the table of the handbook
is made from it, so that the two cannot differ. The apps register their pages in `AppConfig.ready`.
"""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffAct(models.TextChoices):
    """What may be done in the admin, as far as the rights of an account go."""

    SEE = "see", _("see records that are not public, and the history")
    ENTER = "enter", _("enter a record")
    CHANGE = "change", _("change a record, bring back an old version")
    REMOVE = "remove", _("remove what was entered by mistake")
    IMPORT = "import", _("import a file")
    EXPORT = "export", _("export a list")
    REPLACE = "replace", _("replace who holds an office, end the seats of a group")
    MERGE = "merge", _("merge two records of one person")
    ADOPT = "adopt", _("adopt or withdraw an edition of the list")
    LOOK = "look", _("mark that a changed mandate was looked at")
    ROLL_OVER = "roll over", _("carry studies over to a new study period")
    MOVE_MEETING = "move meeting", _("postpone or cancel a meeting or an activity, explain unused numbers")
    PUBLISH_DOCUMENT = "publish document", _("enter, publish and withdraw documents and their files")
    WRITE_REPORT = "write report", _("open, correct, write and submit an annual report")
    PUBLISH_REPORT = "publish report", _("approve, publish and withdraw an annual report")
    ANSWER_ISSUE = "answer issue", _("answer or close a key issue")
    DECIDE = "decide", _("accept or refuse what office holders hand in or propose")
    JUDGE = "judge", _("accept, assign or dismiss an overlap or gap in the studies")
    ADMIT = "admit", _("decide who takes part")
    SEND = "send", _("send a report or a file to an advisory group, send mails and links again, cancel mails")
    GIVE_ACCESS = "give access", _("invite somebody, give a new password, take off a second factor")


def never(self, request, obj=None):
    """As a method of an admin, `has_add_permission = never`: nobody may, whatever rights there are."""
    return False


class ActPage(NamedTuple):
    """A page of the admin: which act it is, and the rights that it asks for, all of them."""

    act: StaffAct
    rights: tuple[str, ...]


# The pages that every kind of record has, by the end of their names, and the right on the record that they ask for.
PAGES_OF_A_KIND = {
    "changelist": (StaffAct.SEE, "view"),
    "change": (StaffAct.SEE, "view"),
    "history": (StaffAct.SEE, "view"),
    "simple_history": (StaffAct.SEE, "view"),
    "removed": (StaffAct.SEE, "view"),
    "add": (StaffAct.ENTER, "add"),
    "delete": (StaffAct.REMOVE, "delete"),
    "import": (StaffAct.IMPORT, "import"),
    "import_template": (StaffAct.IMPORT, "import"),
    "import_preview": (StaffAct.IMPORT, "import"),
    "export": (StaffAct.EXPORT, "export"),
}
FILES = ("import", "export")
# What is seen with the right to see something else, by model: {"workspace.reportdraft": "reports.view_…"}.
SEEN_WITH: dict[str, str] = {}
# The pages that carry out an act of their own. A step of a report has its word behind the name.
ACT_PAGES: dict[str, ActPage] = {}
# What is done with ticked rows of a list, by the name of the list and of the action.
ACTIONS: dict[str, ActPage] = {}


def add_pages(act, pages):
    """Register pages that carry out an act: {name of the page: rights}. Each app does so in its `AppConfig.ready`."""
    ACT_PAGES.update({name: ActPage(act, tuple(rights)) for name, rights in pages.items()})


def add_actions(act, actions):
    """Register what is done with ticked rows of a list: {"LIST/ACTION": rights}."""
    ACTIONS.update({name: ActPage(act, tuple(rights)) for name, rights in actions.items()})


def seen_with(model, right):
    """Register that records of a model are seen with the right to see those of another one."""
    SEEN_WITH[model] = right


def right(word, model):
    """The right to "view", "add", "change", "delete", "import" or "export" records of a model."""
    if word == "view" and model._meta.label_lower in SEEN_WITH:
        return SEEN_WITH[model._meta.label_lower]
    return f"{model._meta.app_label}.{word}_{model._meta.model_name}"


def holds(account, rights):
    """Whether the account is staff with all these rights; whoever may change something may see it."""
    if not (account.is_active and account.is_staff):
        return False
    return all(account.has_perm(one) or account.has_perm(one.replace(".view_", ".change_")) for one in rights)


def may_name(account, row) -> bool:
    """Whether the account may read which row it is: not all staff may know, say, who has an account. None reads all."""
    return account is None or holds(account, [right("view", type(row))])


def page_at(match) -> ActPage | None:
    """The act page at a resolved address of the admin; None for the pages that every kind of record has."""
    name = match.url_name or ""
    step = match.kwargs.get("step")
    return ACT_PAGES.get(f"{name}/{step}" if step else name)


def may_open(account, match):
    """Whether the account may open the act page at the address; pages of a kind are judged by their ModelAdmin."""
    page = page_at(match)
    return page is None or holds(account, page.rights)


def require(account, match):
    """Stop with 403 where an act page asks for rights that the account lacks."""
    if not may_open(account, match):
        raise PermissionDenied
