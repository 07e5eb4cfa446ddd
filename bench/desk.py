"""The secretariat's desk on a large record: `python -m bench.desk` fills an empty database and prints JSON.

2,000 persons, 20,000 documents, 500 subjects, with all of it in the log. Desk, log, search, pickers, change lists and
forms are each measured by turns with a plain change list of Django's that shows 100 rows, in the same process.
"""

import json
import time
from statistics import median
from unittest import mock

PERSONS, SUBJECTS, RESOLUTIONS, MEETINGS, DOCUMENTS = 2_000, 500, 60, 500, 20_000
ROWS, TIMES = 100, 3
OWN = "djangos-own"
SEARCHED = {"members.Person": "testperson 17", "meetings.Document": "number 17", "subjects.Subject": "made-up-17"}
PICKED = {
    "subjects.Coordinator person": "testp",
    "subjects.Coordinator subject": "made",
    "meetings.Document base": "99",
}


def fill():
    """The shipped data and the record beside it, with mandates and office holders of all subjects."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from bench.record import fill_mandates, fill_meetings, fill_offices, made_up_persons, made_up_subjects
    from members.models import Country

    with transaction.atomic():
        call_command("load_iscg", verbosity=0)
        persons, subjects = made_up_persons(PERSONS), made_up_subjects(SUBJECTS)
        fill_mandates(subjects, RESOLUTIONS)
        fill_offices(subjects, persons, list(Country.objects.all()))
        fill_meetings(MEETINGS, DOCUMENTS)
    connection.cursor().execute("ANALYZE")


def serve_djangos_own():
    """The address of a plain change list of 100 persons, in an admin site of Django's beside ours."""
    from django.contrib.admin import AdminSite, ModelAdmin
    from django.urls import path

    from iscg_portal import urls
    from members.models import Person

    class Plain(ModelAdmin):
        list_display = ("name", "honorific", "sort_key", "slug")

        def get_queryset(self, request):
            first = Person.objects.order_by("pk").values("pk")[:ROWS]
            return super().get_queryset(request).filter(pk__in=list(first.values_list("pk", flat=True)))

    site = AdminSite(name=OWN)
    site.register(Person, Plain)
    urls.urlpatterns.insert(0, path(f"{OWN}/", site.urls))
    return f"/{OWN}/members/person/"


def addresses():
    """{name: address} of everything that is measured."""
    from django.urls import reverse

    from bench.queries import change_forms, change_lists
    from iscg_portal.adminkit.site import site_page

    lists = change_lists()
    found = {"the desk": reverse("admin:index"), "the log": site_page("change-log")}
    found |= {f"search: {typed}": site_page("find", q=typed) for typed in ("testperson 17", "MADE-UP-17", "testperson")}
    for name, typed in PICKED.items():
        label, field = name.split()
        app, model = label.lower().split(".")
        query = f"term={typed}&app_label={app}&model_name={model}&field_name={field}"
        found[f"picker: {name}"] = f"{reverse('admin:autocomplete')}?{query}"
    found |= {f"list: {name}": address for name, address in lists.items()}
    found |= {f"list: {name}, {typed}": f"{lists[name]}?q={typed}" for name, typed in SEARCHED.items()}
    return found | {f"form: {name}": address for name, address in change_forms().items()}


def seconds_of(client, address):
    """Seconds of one answer, and the answer; another one than 200 ends the run."""
    began = time.perf_counter()
    answer = client.get(address)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}.")
    return took, answer


def of_djangos_own(client, own):
    """Seconds of the plain change list, its widgets by Django's own templates."""
    from django.forms.renderers import DjangoTemplates

    djangos = DjangoTemplates()
    with mock.patch("django.forms.widgets.get_default_renderer", lambda: djangos):
        return seconds_of(client, own)[0]


def measured(client, address, own):
    """Median seconds, the ratio to Django's own by turns, queries and bytes of a page asked before."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        length = len(seconds_of(client, address)[1].content)
    queries = len(captured)  # the next answer forgets them
    pairs = [(seconds_of(client, address)[0], of_djangos_own(client, own)) for _time in range(TIMES)]
    mine, djangos = (median(took) for took in zip(*pairs, strict=True))
    return {"seconds": mine, "ratio": mine / djangos, "queries": queries, "bytes": length}


def main():
    from django.contrib.auth import get_user_model
    from django.test import Client

    fill()
    client, own = Client(), serve_djangos_own()
    client.force_login(get_user_model().objects.create_superuser("measure@example.org", "measured here only"))
    pages = addresses()
    for address in (own, *pages.values()):  # the first page of a process loads what the others need
        seconds_of(client, address)
    print(json.dumps({name: measured(client, address, own) for name, address in pages.items()}))


if __name__ == "__main__":
    import os

    os.environ["REQUIRE_SECOND_FACTOR"] = "off"
    os.environ["ALLOWED_HOSTS"] = "testserver"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    main()
