"""What the readers of all published reports together have been told, and how the record differs from it now.

A whole report tells every event of its period, whatever others said of it, and corrects what was said of other days.
A corrigendum corrects what was said of the period of its report. The reports are read in the order in which they were
published; of a report and its revisions only the last one that stands is read, and nothing of what was withdrawn.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import JSONField, OuterRef, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from iscg_portal.history import PublicReason
from iscg_portal.tenure.dates import A_DAY
from members.models import FormerAddress
from reports.models import AnnualReport, ReportedEvent, ReportStep
from reports.models.annual_reports import PUBLIC_STATES
from reports.older_form import TABLES, old_key_of, restored
from reports.statements import Statement, read_statement

WITHDRAWN = AnnualReport.State.WITHDRAWN


@dataclass(frozen=True, eq=False)
class Correction:
    """What a report said, None where it told nothing of it; what is known now, None where it is not so; and why.

    `report` is the code of the report that said it, or whose period has the day; `is_news` says that what is known
    was not told yet, `is_denied` that the report said of it that it is not so.
    """

    said: Statement | None
    known: Statement | None
    report: str
    is_news: bool
    why: str = ""
    is_denied: bool = False

    @property
    def row(self):
        """The row of the record, by its table and number: “representative/12”."""
        return "/".join((self.said or self.known).key.split("/")[:2])

    def concerns(self, is_in):
        """Whether it corrects what was said of one of the days that `is_in` knows, or tells what is missing there."""
        return bool(self.said and is_in(self.said.on)) or bool(self.is_news and is_in(self.known.on))

    def frozen(self):
        """What is kept of it in the content of a report."""
        parts = {name: one and one.frozen() for name, one in (("said", self.said), ("known", self.known))}
        return parts | {"report": self.report, "why": self.why, "denied": self.is_denied}


class PublishedStatements:
    """What the published reports of a kind told; those of the family `without` are left out. Three queries at most.

    `statements` is what their readers have now, `denied` what they were told not to be so. `periods` are those of the
    reports, (from, to, code): they are over, even where the report was withdrawn since.
    """

    def __init__(self, kind, without=None, published=None):
        self.published = [one for one in (published or published_reports()) if one.kind == kind]
        others = [one for one in self.published if (one.base_id or one.pk) != without]
        self.periods = [(one.period_from, one.period_to, one.code) for one in others if one.base_id is None]
        self.statements, self.denied = [], []
        self._of_older_form = defaultdict(list)
        self._merged = dict(FormerAddress.objects.values_list("slug", "person__slug")) if self.published else {}
        if any(one.frozen_statements is None for one in self.published):
            for family, key in ReportedEvent.objects.filter(kind=kind).values_list("report", "key"):
                self._of_older_form[family].append(key)
        for report in standing(others):
            self._read(report)

    def covering(self, day):
        """The code of the report whose period holds the day; blank where none does."""
        return next((code for first, last, code in self.periods if first < day <= last), "")

    def events_of(self, report):
        """What this report itself told of its own period."""
        if report.frozen_statements is None:
            keys = self._of_older_form[report.base_id or report.pk]
            return [Statement(old_key=key, report=report.code) for key in keys]
        return [
            self._statement(said, report.code)
            for said in report.frozen_statements["events"] + report.frozen_statements["standing"]
        ]

    def _statement(self, said, report):
        """A person who was merged into another record since is that one."""
        return read_statement(said | {"person": self._merged.get(said["person"], said["person"])}, report)

    @property
    def keys(self):
        """Those of all that the readers have now."""
        return {one.key for one in self.statements}

    @property
    def closing_days(self):
        """The last days of the periods; of reports of the older form nobody knows who they said was in office."""
        old = [one for one in standing(self.published) if one.is_whole and one.frozen_statements is None]
        return [last for _first, last, _code in self.periods if not any(one.period_to == last for one in old)]

    def first_day(self, day):
        """The day before all that was told, and not after the given one."""
        firsts = [first for first, _last, _code in self.periods]
        return min([day, *firsts, *(one.on - A_DAY for one in self.statements if one.on)])

    def changes_of_the_text(self, revision, now):
        """How a revision, of which `now` are the statements, differs from the text that it replaces."""
        family = [one for one in self.published if revision.base_id and revision.base_id in (one.pk, one.base_id)]
        before = next((one for one in standing(family) if one.is_whole), None)
        if before is None:
            return []
        found = differences(self.events_of(before), now, lambda day: before.code if before.holds_day(day) else "")
        return [one for one in found if one.concerns(before.holds_day)]

    def explained(self, corrections):
        """The corrections with why, where a reason for the public was given after the report was published."""
        rows, reasons = defaultdict(set), {}
        published = {one.code: one.at for one in self.published}
        for one in corrections:
            table, _slash, pk = one.row.partition("/")
            rows[table].add(pk)
        for table in rows.keys() & TABLES.keys():
            written = TABLES[table].history.filter(id__in=rows[table]).exclude(history_public_reason=None)
            values = written.order_by("history_id").values_list(
                "id", "history_date", "history_public_reason", "history_public_language"
            )
            reasons |= {f"{table}/{pk}": (at, PublicReason(why, language)) for pk, at, why, language in values}
        for one in corrections:
            at, why = reasons.get(one.row, (None, ""))
            is_later = at and one.report in published and at > published[one.report]
            yield replace(one, why=why) if is_later else one

    def _read(self, report):
        for pair in (report.frozen_statements or {}).get("corrections", ()):
            said, known = (pair[name] and self._statement(pair[name], report.code) for name in ("said", "known"))
            if said:
                self._take_back(said)
                self.denied += [said] if known is None else []
            if known and not any(one.key == known.key and one.says(known) for one in self.statements):
                self.statements.append(known)
        if report.is_whole:
            first, last = report.period_from, report.period_to
            self.statements = [one for one in self.statements if one.on is None or not first < one.on <= last]
            self.statements += self.events_of(report)

    def _take_back(self, said):
        same = [
            one
            for one in self.statements
            if one.content == said.content
            or (one.key == said.key and one.says(said))
            or one.old_key == said.old_key != ""
        ]
        same.sort(key=lambda one: one.key != said.key)
        if same:
            self.statements.remove(same[0])


def published_reports():
    """Every report that was published, the oldest first; its `frozen_statements` are None in an older form."""
    content = Cast("content", JSONField())
    steps = ReportStep.objects.filter(report=OuterRef("pk"), state=AnnualReport.State.PUBLISHED)
    found = AnnualReport.objects.filter(state__in=PUBLIC_STATES, is_archive=False).exclude(content="")
    marks = {"frozen_statements": KeyTransform("told", content), "at": Subquery(steps.order_by("-pk").values("at")[:1])}
    return list(found.defer("content").annotate(**marks).order_by("at", "pk"))


def standing(published):
    """Of each family the whole text that was published last and stands, and the corrigenda to it, in their order."""
    found = [report for report in published if report.state != WITHDRAWN]
    whole = {report.base_id or report.pk: report for report in found if report.is_whole}
    return [one for one in found if whole.get(one.base_id or one.pk) and (not one.is_whole or one in whole.values())]


def differences(said, now, covering, denied=()):
    """The `Correction`s between what was told and what the record says now; `covering` gives a day's report.

    `now` are statements of the record; days that no report covers are nobody's. `denied` were told not to be so.
    """
    now_by_key = {one.key: one for one in now}
    said, news = _without_pairs(said, now, lambda one: one.key, lambda one, other: one.says(other))
    said, news = _without_pairs(said, news, old_key_of)
    said, news = _without_pairs(said, news, lambda one: one.content)
    said = [restored(one) if one.old_key and not one.key else one for one in said]
    unsaid = {one.key for one in news}
    found = [Correction(one.repeated(), now_by_key.get(one.key), one.report, one.key in unsaid) for one in said]
    paired = {one.key for one in said}
    added = [
        one for one in news if one.key not in paired and covering(one.on) and not is_covered_by_its_start(one, covering)
    ]
    for one in added:
        same = [no for no in denied if no.content == one.content or (no.key == one.key and no.says(one))]
        denial = same[-1].report if same else ""
        found.append(Correction(None, one, denial or covering(one.on), True, is_denied=bool(denial)))
    return sorted(found, key=lambda one: (one.said or one.known).on)


def is_covered_by_its_start(statement, covering):
    """Whether it says that something stood whose beginning a report tells anyway."""
    start = statement.event.about.starts_on if statement.kind == "stands" else None
    return start is not None and bool(covering(start))


def _without_pairs(said, now, mark, agree=lambda one, other: True):
    """What is left of both after those with the same mark that agree have met."""
    waiting, left, met = defaultdict(list), [], set()
    for one in now:
        waiting[mark(one)].append(one)
    for one in said:
        rivals = waiting[mark(one)] if mark(one) else ()
        other = next((other for other in rivals if id(other) not in met and agree(one, other)), None)
        if other is None:
            left.append(one)
        else:
            met.add(id(other))
    return left, [one for one in now if id(one) not in met]
