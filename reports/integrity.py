"""That what was published agrees with the record: frozen text, rows and files (rule 6)."""

import hashlib
import json

from django.utils.translation import gettext_noop

from iscg_portal.integrity.findings import finding
from iscg_portal.languages import LANGUAGE_OF_PREFIX
from reports.models import AnnualReport, Rendition
from reports.models.annual_reports import PUBLIC_STATES

DIFFERS = gettext_noop("The frozen text of report %(report)s is not what was published; it is not shown.")
OTHER_ROW = gettext_noop(
    "Report %(report)s: the frozen text says “%(frozen)s” of %(field)s, the record “%(recorded)s”."
)
OTHER_JSON = gettext_noop("Report %(report)s: the JSON file %(sha256)s is not the frozen text.")
NO_JSON = gettext_noop("Report %(report)s has no JSON file of its frozen text.")
OTHER_FILE = gettext_noop("Report %(report)s: %(file)s was made, but is not among its files.")
HEAD = ("code", "variant", "variant_number", "number", "kind", "place")


def is_frozen_as_published(report):
    """Whether the text has the SHA-256 with which it was published; a report of the archive has none."""
    return hashlib.sha256(report.content.encode()).hexdigest() == report.content_sha256


def check_reports():
    """Findings on the reports that are public, one after the other."""
    public = AnnualReport.objects.filter(state__in=PUBLIC_STATES, is_archive=False)
    for report in public.select_related("base").defer("base__content").order_by("pk").iterator(chunk_size=1):
        if is_frozen_as_published(report):
            yield from _compared_with_the_row(report, json.loads(report.content))
        else:
            yield finding(DIFFERS, report=report.code)
        yield from _files(report)
    frozen = Rendition.objects.exclude(kind=Rendition.Kind.COVERED)  # a covered file is made anew with each correction
    made = frozen.filter(state=Rendition.State.MADE)
    for rendition in made.select_related("report").defer("report__content").order_by("pk"):
        files = rendition.report.files.filter(language=rendition.language, kind=rendition.kind)
        if not files.filter(stored__isnull=False).exists():
            yield finding(OTHER_FILE, report=rendition.report.code, file=rendition)


def _compared_with_the_row(report, content):
    """What stands in the head of the text, as far as its form has it."""
    recorded = {name: getattr(report, name) for name in HEAD} | {
        "original_language": report.original_language,
        "dated_on": report.dated_on.isoformat() if report.dated_on else "",
        "corrects": report.base.code if report.base else "",
        "period": report.period_to.isoformat(),
    }
    for field, value in recorded.items():
        if field in content and (frozen := _plain(field, content[field])) != value:
            yield finding(OTHER_ROW, report=report.code, field=field, frozen=frozen, recorded=value)


def _plain(field, value):
    if field == "period":
        return value["to"]
    return LANGUAGE_OF_PREFIX.get(value, value) if field == "original_language" else value


def _files(report):
    texts = report.files.filter(kind="json")
    if not texts:
        yield finding(NO_JSON, report=report.code)
    for file in texts:
        if file.stored_id != report.content_sha256:
            yield finding(OTHER_JSON, report=report.code, sha256=file.stored_id)
