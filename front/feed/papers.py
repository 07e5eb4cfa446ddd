"""Documents and annual reports that were published or withdrawn. Two queries for documents, one for reports.

Asked of what everyone may see: a draft, a restricted document and a report before its publication are never looked at.
"""

import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from front.feed.entries import NEWEST, Entry, moment_of, summary_of
from iscg_portal.dates import print_days
from meetings.document_rows import FIELDS, document_row
from meetings.models import Document
from reports.models import AnnualReport, ReportStep

A_DAY = datetime.timedelta(days=1)
PUBLISHED, WITHDRAWN = "published", "withdrawn"
SENTENCES = {
    "": _("%(number)s is published"),
    Document.Variant.REVISION: _("%(number)s, a revision, is published"),
    Document.Variant.CORRIGENDUM: _("%(number)s, a corrigendum, is published"),
    Document.Variant.ADDENDUM: _("%(number)s, an addendum, is published"),
    WITHDRAWN: _("%(number)s is withdrawn"),
}
OF_REPORTS = {
    PUBLISHED: _("Annual report %(number)s is published"),
    WITHDRAWN: _("Annual report %(number)s is withdrawn"),
}


def entries_of_documents():
    """When each document became public, and when it was withdrawn."""
    found = {(pk, act): (at, reason) for act, pk, at, reason in _recorded().order_by("at")[::-1]}
    documents = _public().filter(pk__in={pk for pk, _act in found})
    rows = {pk: (variant, document_row(values)) for pk, variant, *values in _values(documents)}
    return [_entry(act, *rows[pk], at, reason) for (pk, act), (at, reason) in found.items() if pk in rows]


def _values(documents):
    return documents.values_list("pk", "variant", *FIELDS[1:])


def _entry(act, variant, document, at, reason):
    withdrawn = act == WITHDRAWN
    sentence = SENTENCES[WITHDRAWN if withdrawn else variant] % {"number": document.number}
    why = document.withdrawn_because if withdrawn else ""
    return Entry(
        f"document/{document.slug}/{act}",
        moment_of(document.withdrawn_on if withdrawn else document.dated_on, at, reason),
        sentence,
        summary_of(document.title, document.type_label, document.submitted_by, why),
        document.url,
    )


def _public():
    return Document.objects.rewrite(False).visible_to(AnonymousUser())


def _recorded():
    history, same_row = Document.history.model.objects, Exists(_public().filter(pk=OuterRef("id")))
    published = history.filter(same_row, visibility=Document.Visibility.PUBLIC)
    # Few are withdrawn, and an index has them: their rows are looked at instead of all.
    gone = _public().filter(withdrawn_on__isnull=False)
    same_day = Exists(gone.filter(pk=OuterRef("id"), withdrawn_on=OuterRef("withdrawn_on")))
    withdrawn = history.filter(same_day, id__in=gone.values("pk"))
    first = _first(published, PUBLISHED, visibility=Document.Visibility.PUBLIC)
    return first.union(_first(withdrawn, WITHDRAWN, withdrawn_on=OuterRef("withdrawn_on")), all=True)


def _first(rows, act, **same):
    """The newest rows before which no row of the same document says the same."""
    before = Document.history.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"), **same)
    newest = rows.filter(~Exists(before)).order_by("-history_id").values("history_id")[:NEWEST]
    marked = rows.filter(history_id__in=newest).order_by().annotate(act=Value(act, output_field=CharField()))
    columns = {"at": F("history_date"), "reason": F("history_change_reason")}
    return marked.annotate(**columns).values_list("act", "id", "at", "reason")


def entries_of_reports():
    """Each report's publication, and its withdrawal."""
    reports = AnnualReport.objects.visible_to(AnonymousUser())
    steps = ReportStep.objects.filter(report__in=reports, state__in=OF_REPORTS).select_related("report")
    newest = steps.defer("report__content").order_by("-pk")[:NEWEST]
    return [
        Entry(
            f"report/{step.report.code}/{step.state}",
            step.at,
            OF_REPORTS[step.state] % {"number": step.report.code},
            summary_of(print_days(step.report.period_from + A_DAY, step.report.period_to)),
            step.report.get_absolute_url(),
        )
        for step in newest
    ]
