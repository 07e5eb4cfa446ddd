"""What a Focal Point proposes, from a phone to the public page, in a real browser."""

from playwright.sync_api import expect

from tests import world as build
from tests.browser.conftest import PHONE
from tests.browser.steps import press

TITLE = "A better title, made up"


def test_a_focal_points_proposal_is_accepted_from_the_desk_and_then_public(
    transactional_db, open_as, open_as_staff, open_page, barriers
):
    emf, kim = build.subject("EMF"), build.person("Kim Mockup")
    build.listing(emf, build.DAY)
    build.focal_point(emf, kim, "RAG", build.DAY)
    page = open_as(build.account("kim@example.org", person=kim), "/en/workspace/", viewport=PHONE)
    page.get_by_role("link", name="Propose for EMF").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Summary").fill("A summary, made up")
    press(page, "Send the proposal")
    expect(page.get_by_text("Your proposal waits for the secretariat")).to_be_visible()
    assert barriers(page) == []
    public = open_page("/en/subjects/emf/")
    expect(public.get_by_role("heading", level=1)).not_to_contain_text(TITLE)
    staff = open_as_staff("/admin/")
    staff.get_by_role("link", name="Kim Mockup").first.click()
    expect(staff.get_by_text("A summary, made up")).to_be_visible()
    assert barriers(staff) == []
    staff.get_by_role("link", name="Accept…").click()
    staff.wait_for_url("**/accept/")
    press(staff, "Accept")
    expect(staff.get_by_text("It is accepted, and in the record now.")).to_be_visible()
    public.reload()
    expect(public.get_by_role("heading", level=1)).to_contain_text(TITLE)
    assert page.complaints == staff.complaints == public.complaints == []
