"""The secretariat's desk: what the admin's front page opens with."""

import datetime
from dataclasses import dataclass

from django.contrib import admin
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from iscg_portal import record_version
from iscg_portal.adminkit.admin_rights import ACT_PAGES, holds, right
from iscg_portal.adminkit.site import admin_address, site_page
from iscg_portal.collation import in_order
from iscg_portal.tenure.dates import print_moment, today
from reports.models import AnnualReport
from secretariat.checks import seats
from secretariat.checks.seats import Team
from secretariat.clause_counts import ClauseLine, clause_lines
from secretariat.kept_checks import KeptChecks, last_asked
from secretariat.log.last_changes import last_changes
from secretariat.record_lists import DeskEntry
from secretariat.to_do import Waiting, sorts_of, to_do
from secretariat.to_do.lines import LOOK, DeskLine

MOST_CHANGES = 5
ENOUGH = 5  # lines before what comes later is folded
SOON = datetime.timedelta(days=7)


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


@dataclass(frozen=True)
class Desk:
    """What waits on a day, the nearest first; what is not in order, a line a clause; what was changed last."""

    on: datetime.date
    buttons: list[Button]
    sorts: list[str]
    waiting: list[Waiting]
    clauses: list[ClauseLine]
    asked: KeptChecks
    changes: list[DeskEntry]
    exports: list[DeskEntry]

    @property
    def by_day(self):
        """(heading, lines, whether folded): now, within seven days, and later; that is folded after enough."""
        lines = [line for waiting in self.waiting for line in waiting.lines]
        groups = {_("Now"): [], _("Within seven days"): [], _("Later"): []}
        now, soon, later = groups.values()
        for line in sorted(lines, key=lambda line: line.day or datetime.date.min):
            is_due = line.day is None or line.day <= self.on
            (now if is_due else soon if line.day <= self.on + SOON else later).append(line)
        is_long = len(now) + len(soon) > ENOUGH
        return [(heading, found, is_long and found is later) for heading, found in groups.items() if found]

    @property
    def looks_only(self):
        """Whether the account can do nothing here, as an auditor: then the log of changes comes first."""
        return not (self.buttons or self.sorts)

    @property
    def has_more(self):
        """The sorts of which there is more than what stands here."""
        return [waiting for waiting in self.waiting if waiting.more > 0]


def desk(user, on=None):
    """The desk of an account on a day (today in Geneva if none is given). Nine queries, six more after a change."""
    on = on or today()
    token, asked, team = record_version.current(), last_asked(), seats.team_on(on)
    clauses, all_as_stored = clause_lines(on, asked, team, user, token)
    waiting = [*_disagreeing(user, asked), *to_do(user, on, token=token)]
    waiting += [] if all_as_stored else [_not_as_stored()]
    return Desk(on, buttons(user, team), sorts_of(user), waiting, clauses, asked, _changes(user, token), exports(user))


def _disagreeing(user, asked):
    """The published reports that no longer agree with the record, as the sender found them."""
    if not (asked.disagreements and user.has_perm("reports.add_annualreport")):
        return
    lines = []
    for code, report, count, draft in asked.disagreements:
        sentence = ngettext(
            "Report %(code)s no longer agrees with the record: %(count)d correction was not told yet.",
            "Report %(code)s no longer agrees with the record: %(count)d corrections were not told yet.",
            count,
        )
        href = admin_address(AnnualReport, draft or report, page="change" if draft else "correct")
        lines.append(DeskLine(sentence % {"code": code, "count": count}, pgettext("button", "Correct"), href))
    yield Waiting("disagreeing", _("Reports that no longer agree with the record"), len(lines), lines[:MOST_CHANGES])


def _not_as_stored():
    """One line for stored files and published reports; what it is about, the page of the record says."""
    text = _("Stored files or published reports are not as they were, or were not read again for a fortnight.")
    line = DeskLine(text, LOOK, f"{site_page('not-in-order', clause='record')}#desk-read-again")
    return Waiting("read again", _("Stored files and published reports, read again"), 1, [line])


def _changes(user, token):
    """The newest changes; many that were made in one go are one entry."""
    runs = []
    for change in last_changes(user, token=token):
        if runs and change.goes_with(runs[-1][-1]):
            runs[-1].append(change)
        else:
            runs.append([change])
    return [_change(run) for run in runs[:MOST_CHANGES]]


def _change(run):
    first = run[0]
    names = {"kind": capfirst(first.kind), "name": first.called, "did": first.did, "count": len(run)}
    text, url = _("%(kind)s %(name)s %(did)s") % names, first.url
    if len(run) > 1:
        names["kind"] = first.model._meta.verbose_name_plural
        text, url = _("%(count)d %(kind)s %(did)s") % names, admin_address(first.model)
    note = {"who": first.who or _("a command or a mailed link"), "at": print_moment(first.at), "reason": first.reason}
    sentence = _("%(who)s, %(at)s: %(reason)s") if first.reason else _("%(who)s, %(at)s")
    return DeskEntry(text, url, sentence % note)


def exports(user) -> list[DeskEntry]:
    """The page of the export of each list, by its name; costs no query beside that of the rights."""
    models = (model for model, its in admin.site._registry.items() if hasattr(its, "export_action"))
    found = [model for model in models if user.has_perm(right("export", model))]
    entries = [
        DeskEntry(capfirst(model._meta.verbose_name_plural), admin_address(model, page="export")) for model in found
    ]
    return in_order(entries, lambda entry: entry.text)


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
            yield _("%(seat)s: %(person)s") % {"seat": seat, "person": term.person}, href


def _address(user, page, *args):
    """Where the page is; blank for who may not open it."""
    app, model, word = page.split("_")
    if page not in ACT_PAGES and word != "add":
        return ""
    rights = ACT_PAGES[page].rights if page in ACT_PAGES else [f"{app}.add_{model}"]
    return reverse(f"admin:{page}", args=args) if holds(user, rights) else ""
