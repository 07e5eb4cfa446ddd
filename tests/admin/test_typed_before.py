"""A form that is sent after the session ended: one signs in, and everything typed stands in the form again."""

import time

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.forms.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iscg_portal.adminkit.base import LookedAt
from iscg_portal.apps import our_apps
from iscg_portal.signing_in.typed_before import KEPT, ShowsTypedBefore
from members.models import Account, Person
from tests import world
from tests.admin.conftest import as_sent, list_of, page_of, registered
from tests.walks import part_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
LOGIN = "/en/accounts/login/"
NULL = ("calls_for_coordination", "revised")  # lists of yes, no and not known, for which `as_sent` has no words
# Forms for which nobody signs in, which are about signing in, or which stand in the address.
OTHERS = (
    "iscg_portal.signing_in",
    "workspace.joining.views",
    "workspace.following",
    "workspace.corrections",
    "workspace.access.mail_language",
    "workspace.proposals.entry_page",
    "secretariat.log.pages",
)


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch):
    cache.clear()
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())


def with_password(account):
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def desk(client, db):
    """A browser in which staff with every right signed in."""
    sign_in(client, with_password(world.staff_account()))
    return client


def sign_in(browser, account, **then):
    return browser.post(LOGIN, {"login": account.email, "password": PASSWORD, **then})


def an_hour_later(browser):
    session = browser.session
    session["used_at"] = time.time() - 4000
    session.save()


def sent_too_late(browser, address, data):
    """Send the form with an ended session, sign in, and see where that leads: the page."""
    an_hour_later(browser)
    away = browser.post(address, data, follow=True)
    assert away.redirect_chain[-1][0].startswith(LOGIN)
    account = Account.objects.get(is_superuser=True)
    return browser.get(sign_in(browser, account, next=address)["Location"])


def test_what_was_typed_stands_in_the_form_again_and_is_saved_when_sent_again(desk):
    ina = world.person("Ina Sample", "Ms")
    typed = as_sent(desk.get(page_of(ina))) | {"name": "Ina Typed", "change_reason": "A made-up reason"}
    page = sent_too_late(desk, page_of(ina), typed)
    assert "Nothing was saved yet" in page.content.decode()
    assert page.context["adminform"].form["name"].value() == "Ina Typed"
    assert page.context["change_reason"] == "A made-up reason"
    assert not page.context["errors"]
    assert Person.objects.get().name == "Ina Sample"
    desk.post(page_of(ina), as_sent(page) | {"change_reason": "A made-up reason"})
    assert Person.objects.get().name == "Ina Typed"


def test_a_new_record_is_not_lost_either(desk):
    page = sent_too_late(desk, list_of(Person, "add"), {"name": "Una Typed"})
    assert page.context["adminform"].form["name"].value() == "Una Typed"
    assert not Person.objects.exists()


def test_rows_added_on_the_page_stand_there_again(desk):
    meeting = world.meeting("25-1")
    typed = as_sent(desk.get(page_of(meeting)))
    prefix = next(name.removesuffix("-TOTAL_FORMS") for name in typed if name.endswith("-TOTAL_FORMS"))
    page = sent_too_late(desk, page_of(meeting), typed | {f"{prefix}-TOTAL_FORMS": 3})
    formsets = {inline.formset.prefix: inline.formset for inline in page.context["inline_admin_formsets"]}
    assert len(formsets[prefix].forms) == 3


@pytest.mark.walk
def test_every_page_of_a_record_gives_back_what_it_was_sent_and_writes_nothing(client, roles):
    account = with_password(roles.staff)
    sign_in(client, account)
    lost, written = [], []
    for model in part_of(registered(), 4):
        address, ours = page_of(model.objects.first()), model._meta.db_table
        page = client.get(address)
        if not page.context.get("has_change_permission"):
            continue
        data = {name: value for name, value in as_sent(page).items() if value is not None and not name.endswith(NULL)}
        an_hour_later(client)
        client.post(address, data)
        sign_in(client, account)
        with CaptureQueriesContext(connection) as queries:
            shown = as_sent(client.get(address))
        written += [query["sql"] for query in queries if query["sql"].startswith("UPDATE") and ours in query["sql"]]
        lost += [f"{address} {name}" for name, value in data.items() if said(shown.get(name)) != said(value)]
    assert (lost, written) == ([], [])


def said(value):
    """What a browser sends of it."""
    return sorted(map(str, value)) if isinstance(value, list) else str(value).lower()


def test_files_are_chosen_again_and_that_is_said(desk):
    paper = SimpleUploadedFile("paper.docx", b"made up")
    page = sent_too_late(desk, reverse("admin:meetings_document_upload"), {"file": paper})
    assert "Choose the files again" in page.content.decode()


def test_a_button_that_was_pressed_is_not_pressed_again(desk):
    ina = world.person("Ina Sample", "Ms")
    address = list_of(Person)
    an_hour_later(desk)
    form = {"action": "delete_selected", "_selected_action": [ina.pk], "post": "yes"}
    desk.post(address, form, headers={"referer": f"http://testserver{address}"})
    sign_in(desk, Account.objects.get(), next=address)
    assert desk.get(address).status_code in (200, 302)
    assert Person.objects.exists()


def test_another_account_does_not_see_what_was_typed(desk):
    ina = world.person("Ina Sample", "Ms")
    other = with_password(world.account("other@example.org", is_staff=True, is_superuser=True))
    typed = as_sent(desk.get(page_of(ina))) | {"name": "Ina Typed"}
    an_hour_later(desk)
    desk.post(page_of(ina), typed)
    sign_in(desk, other)
    assert KEPT not in desk.session
    assert "Ina Typed" not in desk.get(page_of(ina)).content.decode()


def test_what_was_typed_waits_for_an_hour(desk):
    an_hour_later(desk)
    desk.post(list_of(Person, "add"), {"name": "Una Typed"})
    session = desk.session
    session[KEPT] |= {"at": time.time() - 3700}
    session.save()
    assert desk.session.get_expiry_age() == 3600
    sign_in(desk, Account.objects.get())
    assert desk.session.get_expire_at_browser_close()
    assert "Una Typed" not in desk.get(list_of(Person, "add")).content.decode()


def test_passwords_are_not_kept(desk):
    an_hour_later(desk)
    form = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    desk.post(list_of(Account, "add"), form)
    assert "new%40example.org" in desk.session[KEPT]["typed"]
    assert "correct" not in desk.session[KEPT]["typed"]


def test_nothing_is_kept_of_who_never_signed_in_here(client):
    client.post(list_of(Person, "add"), {"name": "Una Typed"})
    assert KEPT not in client.session


def test_nothing_is_kept_of_a_form_of_another_site(desk):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies
    an_hour_later(desk)
    assert strict.post(list_of(Person, "add"), {"name": "Una Typed"}).status_code == 403
    assert KEPT not in strict.session


def kinds(of):
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_form_behind_a_sign_in_shows_what_was_typed():
    ours = tuple(app.name for app in our_apps())
    found = [kind for base in (BaseForm, BaseFormSet) for kind in kinds(base) if kind.__module__.startswith(ours)]
    lacking = [kind for kind in found if not issubclass(kind, ShowsTypedBefore) and not kind.__subclasses__()]
    assert [f"{kind.__module__}.{kind.__name__}" for kind in lacking if not kind.__module__.startswith(OTHERS)] == []


def test_every_form_of_the_admin_shows_what_was_typed():
    edited = [one for one in admin.site._registry.values() if not isinstance(one, LookedAt)]
    forms = [each.form for one in edited for each in (one, *one.inlines)]
    assert {form.__name__ for form in forms if not issubclass(form, ShowsTypedBefore)} == set(), "Give it this base."
