"""The admin's pages of proposals, links, participants, mails, and reports handed in, in a real browser."""

import pytest
from django.contrib import admin

from iscg_portal.dates import today
from reports.models import Transmission
from tests import world as w
from tests.admin.conftest import list_of, page_of
from tests.browser.conftest import DESK, PHONE
from tests.workspace.roles import fill, secretariat_of_a_group
from workspace import inviting, reminding
from workspace.models import EntryLink, Mail, Participant, Proposal, ReportDraft

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = [model for model in admin.site._registry if model._meta.app_label == "workspace"]


@pytest.fixture
def records():
    """One record of each kind that the workspace keeps, and a mail that was refused."""
    world = w.standing_iscg()
    fill(world)
    secretariat_of_a_group(world)
    inviting.invite(world.ben, email="ben@example.org", language="en", by=world.staff)
    reminding.plan(today())
    w.participant("Viktor Delegate", "viktor@example.org", state="waiting")
    refused = {"state": "failed", "error": "550 No such user"}
    Mail.objects.create(to="nobody@example.org", subject="Refused, made up", text="-", **refused)
    return world


def pages_to_look_at(world):
    """Each list, a record of it, and every act on one."""
    to_rag, asks = Transmission.objects.get(group="RAG"), Participant.objects.get(state="waiting")
    acts = {
        Proposal.objects.first(): ["accept", "refuse"],
        ReportDraft.objects.first(): ["accept", "refuse"],
        to_rag: ["change", "send", "file"],
        world.ben: ["invite"],
        world.staff: ["change", "password"],
    }
    lists = [list_of(model) for model in MODELS]
    shown = [page_of(model.objects.first()) for model in MODELS]
    done = [page_of(record, act) for record, names in acts.items() for act in names]
    of_participants = [page_of(asks).replace("change/", f"act/{act}/") for act in ("confirm", "refuse")]
    return [*lists, *shown, *done, *of_participants, list_of(EntryLink, "add")]


def faults_of(page, barriers):
    """What is wrong with the page as it is shown on a phone in the dark and on a desk in the light."""
    yield from list(page.complaints)  # before axe, of which the browser complains too
    for viewport, scheme in ((PHONE, "dark"), (DESK, "light")):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        yield from barriers(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            yield f"wider than {viewport['width']} pixels"


def test_pages_of_the_workspace_have_no_barrier_on_a_phone_and_on_a_desk(open_as_staff, barriers, records):
    page = open_as_staff("/admin/workspace/")
    found = {}
    for address in pages_to_look_at(records):
        page.complaints.clear()
        page.goto(address)
        found[address] = list(faults_of(page, barriers))
    assert {address: faults for address, faults in found.items() if faults} == {}
