"""From an invitation to a passkey, and from a request to taking part, in a real browser with real mail."""

from playwright.sync_api import expect

from iscg_portal.mail.sending import send_waiting
from tests import world as build
from tests.browser.conftest import PHONE
from tests.browser.steps import enter_code, hold_passkeys, links_in, press, send_form, text_of
from workspace.models import Participant


def test_an_invited_person_signs_in_by_code_and_from_then_on_by_passkey(mails, open_page, open_as_staff, barriers):
    ada = build.person("Ada Testperson", "Ms")
    build.contact_data(ada, email="ada@example.org")
    staff = open_as_staff(f"/admin/members/person/{ada.pk}/change/")
    staff.get_by_role("link", name="Invite…").click()
    staff.wait_for_url("**/invite/")
    assert barriers(staff) == []
    press(staff, "Send the invitation")
    page = open_page(links_in(mails[0])[0], PHONE)
    assert barriers(page) == []
    press(page, "Open the account")
    enter_code(page, mails[-1])
    page.wait_for_url("**/en/workspace/")
    assert barriers(page) == []
    hold_passkeys(page)
    page.get_by_role("link", name="Second factor").click()
    page.get_by_role("link", name="Add a passkey or security key").click()
    page.get_by_label("It signs in alone").check()
    assert barriers(page) == []
    press(page, "Add")
    page.goto("/en/accounts/logout/")
    send_form(page)
    page.goto("/en/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/en/workspace/")
    assert page.complaints == []


def test_a_delegate_asks_to_take_part_on_a_phone_without_javascript(mails, open_page, open_as_staff, barriers):
    page = open_page("/en/join/", PHONE, java_script_enabled=False)
    page.get_by_label("Name", exact=True).fill("Una Delegate")
    page.get_by_label("Sector Member").check()
    page.get_by_label("Affiliation").fill("Made-up Networks")
    page.get_by_label("E-mail address").fill("una@example.org")
    press(page, "Ask to take part")
    page.goto(links_in(mails[0])[0])
    assert not Participant.objects.exists()
    press(page, "Confirm")
    expect(page.get_by_role("heading", name="Your address is confirmed")).to_be_visible()
    staff = open_as_staff("/admin/")
    staff.get_by_role("link", name="Una Delegate").first.click()
    staff.get_by_role("link", name="Confirm…").click()
    staff.get_by_label("Why?").fill("Known to the secretariat")
    assert barriers(staff) == []
    press(staff, "Confirm")
    send_waiting()
    assert "confirmed that you take part" in text_of(mails[-1])
    assert page.complaints == staff.complaints == []
