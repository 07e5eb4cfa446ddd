"""Signing in speaks the portal's words, and its head says whether one is signed in."""

from pathlib import Path

import allauth
import pytest
from django import forms
from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import override

from tests import world as w

LIBRARY = Path(allauth.__file__).parent / "templates"
# Those that no address of the portal shows, and frames without a word.
UNUSED = {
    *("account/email.html", "account/email_change.html", "account/email_confirm.html", "account/signup.html"),
    *("account/signup_by_passkey.html", "account/verification_sent.html", "account/verified_email_required.html"),
    *("account/confirm_email_verification_code.html", "account/confirm_phone_verification_code.html"),
    *("account/phone_change.html", "account/password_reset_done.html", "account/password_reset_from_key_done.html"),
    *("mfa/trust.html", "mfa/webauthn/signup_form.html", "mfa/recovery_codes/download.txt"),
    *(f"account/messages/{name}.txt" for name in ("cannot_delete_primary_email", "email_confirmation_failed")),
    *(f"account/messages/{name}.txt" for name in ("email_confirmation_sent", "email_deleted", "primary_email_set")),
    *(f"account/messages/{name}.txt" for name in ("phone_verification_sent", "phone_verified")),
    "account/messages/unverified_primary_email.txt",
}


def names():
    for folder in ("account", "mfa", "usersessions"):
        for path in (LIBRARY / folder).rglob("*.*"):
            name = path.relative_to(LIBRARY).as_posix()
            if "/base" not in name and "/email/" not in name and "/snippets/" not in name:
                yield name


def test_no_page_and_no_message_of_signing_in_is_the_librarys():
    own = str(settings.BASE_DIR)
    assert {name for name in names() if not get_template(name).origin.name.startswith(own)} <= UNUSED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/en/accounts/login/", "Forgotten? Choose another password"),
        ("/en/accounts/login/code/", "Send the code"),
        ("/en/accounts/password/reset/", "Choose another password"),
    ],
)
def test_the_pages_before_signing_in_say_it_in_plain_words(client, page, words):
    said = client.get(page).content.decode()
    assert words in said
    assert "placeholder" not in said.partition("<main")[2]


def test_a_wrong_password_is_told_in_plain_words(client, db):
    w.account("ina@example.org")
    said = client.post("/en/accounts/login/", {"login": "ina@example.org", "password": "wrong"}).content.decode()
    assert "Address or password is not right." in said


def test_the_head_says_whether_one_is_signed_in(client, db):
    assert ">Workspace (sign in)</a>" in client.get("/en/accounts/login/").content.decode()
    client.force_login(w.account("ina@example.org"))
    page = client.get("/en/workspace/")
    assert ">Workspace (signed in)</a>" in page.content.decode()
    assert page.cookies["signedin"].value == "1"
    assert not page.cookies["signedin"]["httponly"]
    assert client.post("/en/accounts/logout/").cookies["signedin"]["max-age"] == 0


def test_a_public_page_is_the_same_for_whoever_is_signed_in(client, db):
    before = client.get("/en/contact/")
    client.force_login(w.account("ina@example.org"))
    client.get("/en/workspace/")
    after = client.get("/en/contact/")
    assert before.content == after.content and not after.cookies
    assert 'data-signed-in="Workspace (signed in)"' in after.content.decode()


@pytest.mark.parametrize(
    ("language", "label"), [("fr", "Pourquoi\N{NO-BREAK SPACE}:"), ("zh-hans", "为什么："), ("ar", "لماذا؟")]
)
def test_a_label_has_the_colon_of_its_language_and_none_after_a_question(language, label):
    class Question(forms.Form):
        why = forms.CharField(label=label.rstrip("\N{NO-BREAK SPACE}:："))

    with override(language):
        assert f">{label}</label>" in Question()["why"].label_tag()
