"""The secretariat's desk on a large record: `python -m bench.desk` fills an empty database and prints JSON.

2,000 persons, 20,000 documents, 500 subjects, with all of it in the log. Desk, log, search, and each picker, change
list and form are measured by turns with a plain change list of Django's that shows 100 rows, in the same process; then
the import of 2,000 persons more.
"""

import gc
import json
import time
from statistics import median
from unittest import mock

PERSONS, SUBJECTS, RESOLUTIONS, MEETINGS, DOCUMENTS = 2_000, 500, 60, 500, 20_000
ROWS, TIMES = 100, 3
OWN = "djangos-own"
SEARCHED = {"members.Person": "testperson 17", "meetings.Document": "number 17", "subjects.Subject": "made-up-17"}
PICKED = {"members.Person": "testp", "subjects.Subject": "made", "meetings.Document": "99"}  # of others, “1”


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
    from django.db.models import Count
    from django.urls import reverse

    from bench.queries import change_forms, change_lists, pickers
    from iscg_portal.adminkit.site import admin_address, site_page
    from meetings.models import Document, Meeting

    lists = change_lists()
    found = {"the desk": reverse("admin:index"), "the log": site_page("change-log")}
    found |= {f"search: {typed}": site_page("find", q=typed) for typed in ("testperson 17", "MADE-UP-17", "testperson")}
    found |= {f"picker: {name}": address for name, address in pickers(PICKED).items()}
    found |= {f"list: {name}": address for name, address in lists.items()}
    found |= {f"list: {name}, {typed}": f"{lists[name]}?q={typed}" for name, typed in SEARCHED.items()}
    found |= {f"form: {name}": address for name, address in change_forms().items()}
    busiest = Document.objects.values_list("meeting").annotate(papers=Count("pk")).order_by("-papers")[0]
    return found | {f"form: meetings.Meeting, {busiest[1]} documents": admin_address(Meeting, busiest[0])}


def seconds_of(client, address):
    """Seconds of one answer, those of our processor, and the answer; another one than 200 ends the run."""
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}.")
    return took, worked, answer


def of_djangos_own(client, own):
    """Seconds of the plain change list and those of our processor, its widgets by Django's own templates."""
    from django.forms.renderers import DjangoTemplates

    djangos = DjangoTemplates()
    with mock.patch("django.forms.widgets.get_default_renderer", lambda: djangos):
        return seconds_of(client, own)[:2]


def measured(client, address, own):
    """Median seconds, the ratios to Django's own by turns, queries and bytes of a page asked before."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        length = len(seconds_of(client, address)[-1].content)
    queries = len(captured)  # the next answer forgets them
    pairs = [(seconds_of(client, address)[:2], of_djangos_own(client, own)) for _time in range(TIMES)]
    mine, djangos = ([median(each) for each in zip(*took, strict=True)] for took in zip(*pairs, strict=True))
    (took, worked), (djangos_took, djangos_worked) = mine, djangos
    ratios = {"ratio": took / djangos_took, "of the processor": worked / djangos_worked}
    return {"seconds": took, **ratios, "queries": queries, "bytes": length}


def import_persons():
    """Seconds of the preview of a file of new persons and of writing it, and those of our processor."""
    from iscg_portal.importing.formats import FORMATS, read_file
    from iscg_portal.importing.rows import judge, write
    from members.models import Person

    lines = [["slug", "honorific", "name", "sort_key", "source"]]
    for n in range(PERSONS):
        lines.append([f"imported-{n}", "Ms", f"Imported {n} Madeup", f"Madeup {n:05}, Imported", "ISCG/99-1/01"])
    content, found = FORMATS["xlsx"].write(lines, "Persons"), {}
    for name, act in (("preview", judge), ("writing", write)):
        began, worked = time.perf_counter(), time.process_time()
        preview = act(Person, read_file(content))
        found[name] = time.perf_counter() - began, time.process_time() - worked
        if preview.counts["added"] != PERSONS:
            raise SystemExit(f"The import says {preview.counts}: {preview.rows[0].problems}")
    return found


def main():
    from django.contrib.auth import get_user_model
    from django.test import Client

    fill()
    client, own = Client(), serve_djangos_own()
    client.force_login(get_user_model().objects.create_superuser("measure@example.org", "measured here only"))
    pages = addresses()
    for address in (own, *pages.values()):  # the first page of a process loads what the others need
        seconds_of(client, address)
    gc.collect()
    gc.freeze()  # as `gunicorn.conf.py` does
    gc.set_threshold(5_000)
    found = {name: measured(client, address, own) for name, address in pages.items()}
    print(json.dumps({"pages": found, "import": import_persons()}))


if __name__ == "__main__":
    import os

    os.environ["REQUIRE_SECOND_FACTOR"] = "off"
    os.environ["ALLOWED_HOSTS"] = "testserver"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    main()
