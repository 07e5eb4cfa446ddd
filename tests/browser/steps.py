"""Steps that several journeys share: pressing a button, reading a mail, signing in by code, holding passkeys."""

import re


def press(page, name):
    """Press a button that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def text_of(mail):
    """What somebody reads whose program shows plain text."""
    return "\n".join(mail.get_body(("plain",)).get_content().splitlines())


def links_in(mail):
    return re.findall(r"http://\S+", text_of(mail))


def code_in(mail):
    """The code of a mail by which one signs in."""
    return re.search(r"^[A-Z0-9-]{6,}$", text_of(mail), re.MULTILINE)[0]


def send_form(page):
    """Press the button of the first form of one of allauth's pages."""
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def ask_for_code(page, email):
    page.get_by_label("E-mail address").fill(email)
    send_form(page)


def enter_code(page, mail):
    page.get_by_label("Code").fill(code_in(mail))
    send_form(page)


def hold_passkeys(page):
    """A device that keeps passkeys, and whose owner always agrees."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**key, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def fits(page):
    """Whether nothing sticks out at the side."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
