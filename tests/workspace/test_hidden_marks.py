"""Marks that nobody sees, typed where staff, a mail or a file takes the text up, do not get into it."""

import pytest

from iscg_portal.mail.models import Mail
from members.models import Account
from tests import world as build
from workspace.models import JoinRequest, Proposal, ProposedChange, ReportDraft
from workspace.proposals.entries import ask_again

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
TURNED, ISOLATED, CONTROL = "Ina \u202eelpmaS", "Ina \u2066Sample", "Ina\x0bSample"
SEEN = {TURNED: "Ina elpmaS", ISOLATED: "Ina Sample", CONTROL: "Ina Sample", "Ina\nSample": "Ina Sample"}
POISON = '"\x0b(:"@example.org'  # valid by its grammar, and no header of a mail can hold it


@pytest.fixture
def ina(world, client):
    """The browser of EMF's Coordinator."""
    client.force_login(build.account("ina@example.org", person=world.ina))
    return client


def filled(page, **typed):
    """What a browser sends after these fields were typed over what it opened."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | typed


@pytest.mark.parametrize("mark", [TURNED, ISOLATED, CONTROL, "Ina\nSample"])
@pytest.mark.parametrize("field", ["title", "partners", "summary", "why"])
def test_a_proposal_shows_staff_what_it_says(ina, field, mark):
    page = "/en/workspace/subjects/emf/"
    assert ina.post(page, filled(ina.get(page), **{"summary": "Made up", field: mark})).status_code == 302
    kept = {change.field: change.new for change in ProposedChange.objects.all()} | {"why": Proposal.objects.get().why}
    lines = field in ("summary", "why") and mark in (CONTROL, "Ina\nSample")
    assert kept[field] == SEEN[mark].replace(" ", "\n" if lines else " ")


def test_an_entry_is_corrected_in_what_can_be_seen(world, client):
    build.contact_data(world.ina)
    ask_again(world.ina)
    path = next(word for word in Mail.objects.get().text.split() if "/confirm/" in word).partition("/en/")[2]
    page = client.get(f"/en/{path}")
    typed = {"name": TURNED, "honorific": "Dr\u200b", "sits_for_0": ISOLATED}
    client.post(f"/en/{path}", filled(page, **typed, answer="correct"))
    kept = {change.field: change.new for change in ProposedChange.objects.all()}
    assert kept == {"name": "Ina elpmaS", "honorific": "Dr", "sits_for": "Ina Sample"}


def test_a_name_of_an_account_is_one_line_without_marks(ina):
    assert ina.post("/en/workspace/", {"name": TURNED, "language": "en"}).status_code == 302
    assert Account.objects.get(email="ina@example.org").name == "Ina elpmaS"


def test_joiners_that_a_script_needs_are_text(ina):
    page = "/en/workspace/subjects/emf/"
    persian = "نقشه\u200cها (۲۰۲۵)"
    assert ina.post(page, filled(ina.get(page), title=f"\u200f{persian}")).status_code == 302
    assert ProposedChange.objects.get().new == persian


def test_a_draft_is_saved_without_the_marks_that_were_pasted_with_it(ina):
    build.meeting("99-1")
    page = "/en/workspace/reports/emf/99-1/"
    ina.post(page, {"version": 0, "results": f"{CONTROL}\n{TURNED}"})
    assert ReportDraft.objects.get().results == "Ina\nSample\nIna elpmaS"


@pytest.mark.parametrize(
    ("page", "field"), [("accounts/login/code", "email"), ("accounts/password/reset", "email"), ("follow", "email")]
)
def test_an_address_that_no_mail_can_hold_is_refused(client, page, field):
    assert "errorlist" in client.post(f"/en/{page}/", {field: POISON}).content.decode()
    assert not Mail.objects.exists()


def test_a_delegate_writes_an_address_that_a_mail_can_hold(client):
    form = {"name": "Una", "capacity": "Sector Member", "affiliation": "Made up", "email": POISON}
    assert "errorlist" in client.post("/en/join/", form).content.decode()
    assert not JoinRequest.objects.exists()
