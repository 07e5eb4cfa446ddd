"""The addresses of public pages: `python -m bench.queries` prints them as JSON.

`python -m bench.queries count` adds how many queries each page, file and change list needs, asked inside one process.
"""

import json
import sys

APPS = ("members", "subjects", "studies", "meetings", "reports", "workspace")


def count(client, address, was_made=True):
    """The queries of making a page, that was made before or not."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from iscg_portal.web.page_cache import kept_pages

    if was_made:
        client.get(address)
    kept_pages.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answers {response.status_code}.")
    return len(captured)


def change_lists():
    """The address of every change list of ours in the admin."""
    from django.contrib import admin
    from django.urls import reverse

    ours = [model._meta for model in admin.site._registry if model._meta.app_label in APPS]
    return {f"{meta.label}": reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") for meta in ours}


def change_forms():
    """The address of the form of the newest record in each of them."""
    from django.apps import apps

    from iscg_portal.adminkit.site import admin_address

    models = map(apps.get_model, change_lists())
    newest = {model: model._base_manager.order_by("-pk").values_list("pk", flat=True).first() for model in models}
    return {model._meta.label: admin_address(model, pk) for model, pk in newest.items() if pk is not None}


def pickers(typed):
    """The address of the picker of each field that is searched, with the words typed: {label of what is picked}."""
    from django.contrib import admin
    from django.urls import reverse
    from django.utils.http import urlencode

    found = {}
    for model, its in admin.site._registry.items():
        for owner in (its, *(inline(model, admin.site) for inline in its.inlines)):
            meta = owner.opts
            for name in owner.get_autocomplete_fields(None) if meta.app_label in APPS else ():
                word = typed.get(meta.get_field(name).related_model._meta.label, "1")
                asked = {"term": word, "app_label": meta.app_label, "model_name": meta.model_name, "field_name": name}
                found[f"{meta.label} {name}"] = f"{reverse('admin:autocomplete')}?{urlencode(asked)}"
    return found


def main(is_counted):
    from django.utils.translation import override

    from bench.addresses import public_files, public_pages

    with override("en"):
        found, files = {"pages": public_pages()}, public_files()
    if is_counted:
        found |= counts(found["pages"], files)
    print(json.dumps(found))


def counts(pages, files):
    """{"of pages" or "of lists": {name: queries}} of public pages and files, and of the change lists of the admin."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    reader, staff = Client(), Client()
    staff.force_login(get_user_model().objects.create_superuser("measure@example.org", "measured here only"))
    of_pages = {name: count(reader, address) for name, address in pages.items()}
    of_pages |= {name: count(reader, address, was_made=False) for name, address in files.items()}  # these take long
    return {"of pages": of_pages, "of lists": {name: count(staff, address) for name, address in change_lists().items()}}


if __name__ == "__main__":
    import os

    os.environ["REQUIRE_SECOND_FACTOR"] = "off"
    os.environ["ALLOWED_HOSTS"] = "testserver"
    import django

    django.setup()
    main(is_counted="count" in sys.argv)
