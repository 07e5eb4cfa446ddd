"""Staff signed in to the admin, and pages sent as a browser sends them."""

from unittest.mock import patch

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.template.response import TemplateResponse
from django.urls import reverse

from tests import world


@pytest.fixture(autouse=True)
def second_factor_is_elsewhere(settings):
    """That staff need a second factor is tested where it is asked for."""
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def chief(db):
    """A staff account with every right."""
    return world.staff_account()


@pytest.fixture
def desk(client, chief):
    """The chief's browser."""
    client.force_login(chief)
    return client


@pytest.fixture
def clerk(client, db):
    """A browser of a staff account with no more rights than those named: `clerk("members.view_person")`."""

    def signed_in(*rights):
        account = world.account("clerk@example.org", is_staff=True)
        for right in rights:
            app, codename = right.split(".")
            account.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        client.force_login(account)
        return client

    return signed_in


def page_of(record, act="change"):
    """The address of a record's page, or of an act on it."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{act}", args=[record.pk])


def list_of(model, act="changelist"):
    """The address of a model's list, or of its form for a new record."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}")


def as_sent(response):
    """What a browser would send if the page were saved untouched."""
    context = response.context or response.context_data
    forms = [context["adminform"].form]
    for inline in context.get("inline_admin_formsets") or []:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for bound in form:
            for name, value in _pairs(bound):
                data[name] = value
    return data | {"opened_version": context.get("opened_version") or ""}


def _pairs(bound):
    value = bound.value()
    widget = bound.field.widget
    if hasattr(widget, "decompress"):
        parts = value if isinstance(value, list) else widget.decompress(value)
        pairs = zip(widget.widgets_names, parts, strict=True)
        return [(bound.html_name + suffix, "on" if part is True else part) for suffix, part in pairs if part]
    if value is None or value is False:
        return []
    if isinstance(value, bool):
        return [(bound.html_name, "on")]
    return [(bound.html_name, getattr(value, "isoformat", lambda: value)())]


def save(client, address, **changes):
    """Open the page, change these fields, save it. What a browser reads before it sends is not drawn here."""
    with patch.object(TemplateResponse, "rendered_content", ""):
        page = client.get(address)
    data = as_sent(page) | changes
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def complaints(response):
    """Every sentence with which a page was refused."""
    context = response.context
    found = list(context["adminform"].form.errors.values()) if "adminform" in context else []
    for inline in context.get("inline_admin_formsets") or []:
        found += [inline.formset.non_form_errors()]
        found += [errors for form in inline.formset.forms for errors in form.errors.values()]
    return " ".join(str(sentence) for errors in found for sentence in errors)


def registered():
    """Every model of ours in the admin."""
    ours = ("members", "subjects", "studies", "meetings", "auth")
    return [model for model in admin.site._registry if model._meta.app_label in ours]
