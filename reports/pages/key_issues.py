"""The public page of key issues: those that were published, with their state today (clause F3)."""

import re

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from iscg_portal.collation import in_labels
from iscg_portal.tables import Column, Table, read_choice, shown
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page, takes
from reports.models import KeyIssue

LIKE_A_KEY = re.compile("[0-9]{1,18}")


@public_page
@takes("state", "issue", "sort", "page")
def key_issue_list(request):
    """The issues that reports carry, open or answered, newest first; closed ones and a single one are asked for."""
    state, on = read_choice(request, "state", KeyIssue.State.values), today()
    single = request.GET.get("issue", "")
    table = shown(request, key_issues_table(_one(single) if single else public_issues(state, on)))
    context = {
        "states": KeyIssue.State.choices,
        "state": state,
        "single": single,
        "table": table,
        "rows": [(issue, KeyIssue.State(issue.state_on(on)).label) for issue in table.rows],
    }
    return render(request, "reports/key_issue_list.html", context)


def public_issues(state, on):
    """What anyone may read of those in a state on a day, newest first; a blank state is open or answered."""
    issues = KeyIssue.objects.public().join_public("subject").in_state(state, on)
    return issues.order_by("-raised_on", "-pk")


def _one(key):
    """The published issue with this key, whatever its state. Errors: Http404 with a sentence."""
    issues = KeyIssue.objects.public().join_public("subject")
    issues = issues.filter(pk=key) if LIKE_A_KEY.fullmatch(key) else issues.none()
    if not issues:
        raise Http404(_("No published key issue has this address."))
    return issues


def key_issues_table(issues):
    """One row an issue."""
    return Table(
        "key-issues",
        [
            Column("raised_on", _("Since"), sort=("raised_on",), kind="date"),
            Column("statement", _("Key issue")),
            Column("addressee", _("Addressed to"), sort=(in_labels("addressee", KeyIssue.Addressee.choices),)),
            Column("subject", _("Subject"), sort=("subject__code",)),
            Column("state", _("State")),
            Column("answer", _("Answer")),
        ],
        issues,
        sort="-raised_on",
    )
