"""Marks that nobody sees, typed where staff, a mail or a file takes the text up: refused with a sentence."""

import pytest

from iscg_portal.mail.models import Mail
from tests import world as build
from workspace.models import JoinRequest, Proposal, ReportDraft
from workspace.proposals.entries import ask_again

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
TURNED, ISOLATED, CONTROL = "Ina \u202eelpmaS", "Ina \u2066Sample", "Ina\x0bSample"
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
@pytest.mark.parametrize("field", ["title", "partners"])
def test_a_proposal_shows_staff_what_it_says(ina, field, mark):
    page = "/en/workspace/subjects/emf/"
    answer = ina.post(page, filled(ina.get(page), **{field: mark}))
    assert "errorlist" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_an_entry_is_corrected_in_what_can_be_seen(world, client):
    build.contact_data(world.ina)
    ask_again(world.ina)
    path = next(word for word in Mail.objects.get().text.split() if "/confirm/" in word).partition("/en/")[2]
    page = client.get(f"/en/{path}")
    for field in ("name", "honorific", "sits_for_0"):
        answer = client.post(f"/en/{path}", filled(page, **{field: TURNED}, answer="correct"))
        assert "invisible mark" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_name_of_an_account_is_one_line_without_marks(ina):
    answer = ina.post("/en/workspace/", {"name": TURNED, "language": "en"})
    assert "invisible mark" in answer.content.decode()


def test_marks_that_a_script_needs_are_text(ina):
    page = "/en/workspace/subjects/emf/"
    persian = "نقشه‌ها \u200f(۲۰۲۵)"
    assert ina.post(page, filled(ina.get(page), title=persian)).status_code == 302


def test_a_draft_is_saved_without_the_marks_that_were_pasted_with_it(ina):
    build.meeting("99-1")
    page = "/en/workspace/reports/emf/99-1/"
    ina.post(page, {"version": 0, "results": f"{CONTROL}\n{TURNED}"})
    assert ReportDraft.objects.get().results == "InaSample\nIna elpmaS"


@pytest.mark.parametrize(
    ("page", "field"), [("accounts/login/code", "email"), ("accounts/password/reset", "email"), ("follow", "email")]
)
def test_an_address_that_no_mail_can_hold_is_refused(client, page, field):
    assert "errorlist" in client.post(f"/en/{page}/", {field: POISON}).content.decode()
    assert not Mail.objects.exists()


@pytest.mark.parametrize("typed", [{"email": POISON}, {"name": TURNED}, {"affiliation": ISOLATED}, {"message": TURNED}])
def test_a_delegate_writes_what_can_be_seen(client, typed):
    form = {"name": "Una", "capacity": "Sector Member", "affiliation": "Made up", "email": "una@example.org"}
    assert "errorlist" in client.post("/en/join/", form | typed).content.decode()
    assert not JoinRequest.objects.exists()
