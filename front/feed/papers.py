"""Documents and annual reports that were published or withdrawn. Two queries for documents, one for reports.

Asked of what everyone may see: a draft, a restricted document and a report before its publication are never looked at.
"""

import datetime
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from front.feed.entries import NEWEST, News, Told, moment_of, summary_of
from iscg_portal.prepared import ask
from iscg_portal.tenure.dates import print_days
from meetings.models import Document
from members.url_base import url_base
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


def news_of_documents():
    """When each document became public, and when it was withdrawn."""
    found = {(pk, act): (at, reason) for act, pk, at, reason in ask(_recorded)}
    documents = Document.objects.public().in_bulk({pk for pk, _act in found})
    return [_news(act, documents[pk], at, reason) for (pk, act), (at, reason) in found.items() if pk in documents]


def _news(act, document, at, reason):
    day = document.withdrawn_on if act == WITHDRAWN else document.dated_on
    tell = partial(_told, act, document)
    return News(moment_of(day, at, reason), f"document/{document.slug}/{act}", tell)


def _told(act, document):
    withdrawn = act == WITHDRAWN
    title = SENTENCES[WITHDRAWN if withdrawn else document.variant] % {"number": document.number}
    why = document.withdrawn_because if withdrawn else ""
    said = summary_of(document.title_shown, document.get_type_display(), document.submitted_by, why)
    return Told(title, said, document.get_absolute_url())


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
    second = _first(withdrawn, WITHDRAWN, withdrawn_on=OuterRef("withdrawn_on"))
    return first.union(second, all=True).order_by("at")


def _first(rows, act, **same):
    """The newest rows before which no row of the same document says the same."""
    before = Document.history.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"), **same)
    newest = rows.filter(~Exists(before)).order_by("-history_id").values("history_id")[:NEWEST]
    marked = rows.filter(history_id__in=newest).order_by().annotate(act=Value(act, output_field=CharField()))
    columns = {"at": F("history_date"), "reason": F("history_change_reason")}
    return marked.annotate(**columns).values_list("act", "id", "at", "reason")


def news_of_reports():
    """Each report's publication, and its withdrawal."""
    return [
        News(at, f"report/{code}/{state}", partial(_told_of_report, state, code, period))
        for state, at, code, *period in ask(_steps)
    ]


def _told_of_report(state, code, period):
    period_from, period_to = period
    days = print_days(period_from + A_DAY, period_to)
    path = f"{url_base('reports:report-detail')}{code}/"
    return Told(OF_REPORTS[state] % {"number": code}, summary_of(days), path)


def _steps():
    reports = AnnualReport.objects.visible_to(AnonymousUser()).values("pk")
    steps = ReportStep.objects.filter(report__in=reports, state__in=list(OF_REPORTS)).order_by("-pk")
    return steps.values_list("state", "at", "report__code", "report__period_from", "report__period_to")[:NEWEST]
