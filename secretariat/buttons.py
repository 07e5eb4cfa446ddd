"""The tasks of the week as buttons at the top of the desk; one that needs a choice opens to what can be chosen."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.admin_rights import ACT_PAGES, holds
from iscg_portal.terms import with_initials
from members.models.groups import CHAIR
from secretariat.checks.seats import Team


@dataclass(frozen=True, slots=True)
class Button:
    """A task: where it begins, or the choices (words, address) with which it begins."""

    label: object
    href: str = ""
    choices: tuple[tuple[str, str], ...] = ()


# The tasks that begin on a page of their own: the button's words, and the page's name in the admin.
PAGES = (
    (gettext_lazy("Name a Coordinator"), "subjects_coordinator_name"),
    (gettext_lazy("Announce a meeting"), "meetings_meeting_add"),
    (gettext_lazy("Register a document"), "meetings_document_add"),
    (gettext_lazy("Open the report"), "reports_annualreport_open"),
)
# Those that begin with a seat that is held: the name of the act in the admin.
OF_SEATS = (
    (gettext_lazy("Replace a representative"), "replace"),
    (gettext_lazy("A seat falls vacant"), "falls-vacant"),
)


def buttons(user, team: Team) -> list[Button]:
    """The tasks that the account may do; costs no query."""
    found = [Button(label, choices=tuple(_seats(user, team, act))) for label, act in OF_SEATS]
    found += [Button(label, _address(user, page)) for label, page in PAGES]
    return [button for button in found if button.href or button.choices]


def _seats(user, team, act):
    """The seats that are held, each with the page of the act on its holder."""
    for seat, office in team.offices.items():
        if office.tenure is None:
            continue
        term = office.tenure
        href = _address(user, f"{term._meta.app_label}_{term._meta.model_name}_{act}", term.pk)
        if href:
            words = {"seat": _("Chair") if seat.code == CHAIR else with_initials(seat.code), "person": term.person}
            yield _("%(seat)s: %(person)s") % words, href


def _address(user, page, *args):
    """Where the page is; blank for who may not open it."""
    app, model, word = page.split("_")
    if page not in ACT_PAGES and word != "add":
        return ""
    rights = ACT_PAGES[page].rights if page in ACT_PAGES else [f"{app}.add_{model}"]
    return reverse(f"admin:{page}", args=args) if holds(user, rights) else ""
