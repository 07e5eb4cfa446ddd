"""The admin's pages of proposals, links, participants, mails, and reports handed in, in a real browser."""

import pytest
from django.contrib import admin

from iscg_portal.mail.models import Mail
from iscg_portal.tenure.dates import today
from reports.models import Transmission
from tests import walks
from tests import world as w
from tests.admin.conftest import list_of, page_of
from tests.browser.conftest import DESK, PHONE
from workspace.access import invitations as inviting
from workspace.models import EntryLink, Participant, Proposal, ReportDraft
from workspace.reminders import planning as reminding

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = [model for model in admin.site._registry if model._meta.app_label == "workspace"]


@pytest.fixture
def records(roles):
    """One record of each kind that the workspace keeps, and a mail that was refused."""
    inviting.invite(roles.ben, email="ben@example.org", language="en", by=roles.staff)
    reminding.plan(today())
    w.participant("Viktor Delegate", "viktor@example.org", state="waiting")
    refused = {"state": "failed", "error": "550 No such user"}
    Mail.objects.create(to="nobody@example.org", subject="Refused, made up", text="-", **refused)
    return roles


def pages_to_look_at(world, of_each):
    """A page of each kind of record, `of_each(model)`, and every act on one, the acts dealt out in `make test`."""
    to_rag, asks = Transmission.objects.get(group="RAG"), Participant.objects.get(state="waiting")
    acts = {
        Proposal.objects.first(): ["accept", "refuse"],
        ReportDraft.objects.first(): ["accept", "refuse"],
        to_rag: ["change", "send", "file"],
        world.ben: ["invite"],
        world.staff: ["change", "password"],
    }
    kinds = [of_each(model) for model in MODELS]
    done = [page_of(record, act) for record, names in acts.items() for act in names]
    of_participants = [page_of(asks).replace("change/", f"act/{act}/") for act in ("confirm", "refuse")]
    acts = [*done, *of_participants, list_of(EntryLink, "add")]
    return [*kinds, *walks.part_of(acts, 2, of_each is list_of)]


def first_of(model):
    return page_of(model.objects.first())


@pytest.mark.walk
@pytest.mark.parametrize(
    ("viewport", "scheme", "of_each"),
    [(PHONE, "dark", list_of), (DESK, "light", first_of)],
    ids=["lists and acts on a phone, dark", "records and acts on a desk, light"],
)
def test_pages_of_the_workspace_have_no_barrier(open_as_staff, barriers, records, viewport, scheme, of_each):
    page = open_as_staff("/admin/workspace/", viewport=viewport, color_scheme=scheme)
    found = {}
    for address in pages_to_look_at(records, of_each):
        page.complaints.clear()
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[address] = [*barriers(page), *page.complaints, *(["wider than the window"] if wide else [])]
    assert {address: faults for address, faults in found.items() if faults} == {}
