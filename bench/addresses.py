"""Every public address of the portal, read off its URL patterns, each with a record that has much to show."""

from django.db.models import Count
from django.urls import URLPattern, get_resolver, reverse

from iscg_portal.tables.addresses import FORMATS
from meetings.models import Document, Meeting
from members.models import Person
from reports.models import AnnualReport, CoordinatorReport
from studies.models import Activity, StudyUnit
from subjects.models import Edition, Resolution, Subject


def public_names(patterns=None, namespace=""):
    """(name, names of its arguments) of each public page and file, once."""
    found = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            view = pattern.callback
            if getattr(view, "is_public_page", False) and not getattr(view, "is_public_file", False):
                named = pattern.pattern.converters or pattern.pattern.regex.groupindex
                found[f"{namespace}{pattern.name}"] = tuple(named)
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            found |= dict(public_names(pattern.url_patterns, namespace + inner))
    return list(found.items())


def busiest():
    """The arguments of the pages of one record: of those on record the one with most to show."""
    person = Person.objects.annotate(offices=Count("representative")).order_by("-offices", "pk").first()
    subject = Subject.objects.annotate(offices=Count("coordinator")).order_by("-offices", "pk").first()
    resolution = Resolution.objects.annotate(subjects_on=Count("mandate")).order_by("-subjects_on", "pk").first()
    unit = StudyUnit.objects.annotate(links=Count("links_as_first")).order_by("-links", "pk").first()
    activity = Activity.objects.annotate(about=Count("subject_links")).order_by("-about", "pk").first()
    edition = Edition.objects.order_by("-adopted_on").first()
    meeting = Meeting.objects.annotate(papers=Count("documents")).order_by("-papers", "pk").first()
    document = Document.objects.filter(visibility="public").order_by("pk").first()
    report = AnnualReport.objects.exclude(content="").order_by("pk").first()
    written = CoordinatorReport.objects.public().order_by("pk").first()
    of_meeting = {"code": meeting and meeting.code}
    of_activity = {"code": activity and activity.code}
    return {
        "meetings:meeting-detail": of_meeting,
        "meetings:meeting-calendar": of_meeting,
        "meetings:meeting-year": {"year": 2025},
        "meetings:document-detail": {"slug": document and document.slug},
        "reports:report-detail": {"code": report and report.code},
        "reports:coordinator-report": {"key": written and written.key},
        "members:person-detail": {"slug": person and person.slug},
        "members:person-data": {"slug": person and person.slug},
        "subjects:subject-detail": {"slug": subject and subject.slug},
        "subjects:resolution-detail": {"slug": resolution and resolution.slug},
        "studies:unit-detail": {"slug": unit and unit.slug},
        "studies:activity-detail": of_activity,
        "studies:activity-calendar": of_activity,
        "changes:activity-feed": of_activity,
        "studies:activity-year": {"year": 2025},
        "changes:unit-feed": {"slug": unit and unit.slug},
        "changes:subject-feed": {"slug": subject and subject.slug},
        "changes:person-feed": {"slug": person and person.slug},
        "changes:body-feed": {"code": "rag"},
        "subjects:edition-detail": {"date": edition and edition.adopted_on.isoformat()},
    }


def public_pages():
    """{name: address} of every public page in the active language. KeyError for a page that `busiest` lacks.

    What belongs to no language is for machines (robots.txt, the sitemap) and no page.
    """
    records = busiest()
    asked = [(name, arguments) for name, arguments in public_names() if "format" not in arguments and ":" in name]
    known = {name: records[name] if arguments else {} for name, arguments in asked}
    pages = {name: reverse(name, kwargs=given) for name, given in known.items() if None not in given.values()}
    for name in ("changes:composition", "changes:mapping"):
        if name in pages:
            pages[name] += "?from=2015-01-01&to=2026-01-01"
    return pages


def public_files():
    """{name and format: address} of every public file."""
    return {
        f"{name} {format}": reverse(name, kwargs={"format": format})
        for name, arguments in public_names()
        if "format" in arguments
        for format in FORMATS
    }
