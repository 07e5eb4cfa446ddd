"""The draft of a report: sections in ITU's habit, their blocks generated from the record, edited or left out.

`tree_of` gives the TREE that the renditions print.
"""

import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from iscg_portal.bodies import MeetingBody
from iscg_portal.languages import PREFIX_OF_LANGUAGE
from iscg_portal.scheduled import STATE_OF_UNRESOLVED
from iscg_portal.tenure.dates import print_date
from reports import activities, annexes
from reports.corrections import (
    changed_blocks,
    corrections_table,
    generated_list,
    heading_of,
    sections_of_list,
    title_of_list,
)
from reports.duplications import duplications, gaps
from reports.models import ReportBlock
from reports.renditions.blocks import table_block, text_block
from reports.renditions.harmless import harmless_html
from reports.summary import summary_of

MOST_OF_MAPPING = 200  # rows of a report


def title_of(report):
    """“Annual report 2025”, in the active language."""
    year = report.period_to.year
    if (report.first_day, report.period_to) == (datetime.date(year, 1, 1), datetime.date(year, 12, 31)):
        return _("Report of the ISCG for %(year)d") % {"year": year}
    return _("Report of the ISCG, %(period)s") % {"period": report.period}


def notice_of(report, on=None):
    """What a text says that is composed on a day (today) before the period is over; "" once it is."""
    as_on = report.covers_up_to(on)
    words = {"day": print_date(as_on)}
    if report.is_over(on):
        return ""
    if as_on < report.first_day:
        return _("The period has not begun, as on %(day)s.") % words
    return _("The period is still running, as on %(day)s. Nothing is told of the days to come.") % words


def generated(report, facts):
    """Each block as the record gives it, by its key, in the active language."""
    blocks = _of_whole(report, facts) if report.is_whole else generated_list(facts)
    return {block["key"]: block for block in blocks if block}


def _of_whole(report, facts):
    return [
        _changes(report, facts),
        text_block("summary", summary_of(facts)),
        text_block("action", _("The advisory groups are invited to note this report, and to act on the key issues.")),
        text_block("references", _references(facts)),
        text_block("introduction", _introduction(report, facts)),
        _meetings(facts),
        _received(facts),
        _missing(facts),
        activities.listed(facts),
        activities.by_region(facts),
        _events("seats", _("Changes in the composition"), facts.events),
        _events("offices", _("Changes among Coordinators and Focal Points"), facts.events),
        _events("listings", _("Subjects listed and taken off the list"), facts.events),
        _events("mandates", _("Changes in mandates"), facts.events),
        _mapping(facts),
        _earlier(facts),
        duplications(facts),
        gaps(facts),
        _issues(report, facts),
        annexes.composition(facts),
        annexes.chair(facts),
        annexes.timeline(facts),
        annexes.balance(facts),
        annexes.subjects(facts),
        annexes.unlisted(facts),
        text_block("terms", _terms(facts)),
    ]


def sections(report):
    """(key, number, title, annex, keys of its blocks), in the active language."""
    if not report.is_whole:
        return sections_of_list()
    first = [("changes", "", _("Changes to the text before"), False, ["changes"])] if report.base_id else []
    return [*first, *_of_text()]


def _of_text():
    subjects = ["offices", "listings", "mandates", "mapping", "earlier"]
    work = ["meetings", "received", "missing", "activities", "regions"]
    return [
        ("summary", "1", _("Summary"), False, ["summary"]),
        ("action", "2", _("Action required"), False, ["action"]),
        ("references", "3", _("References"), False, ["references"]),
        ("introduction", "4", _("Introduction"), False, ["introduction"]),
        ("meetings", "5", _("Meetings and inter-Sector coordination"), False, work),
        ("subjects", "6", _("Subjects"), False, subjects),
        ("duplications", "7", _("Duplications found and avoided"), False, ["duplications", "gaps"]),
        ("issues", "8", _("Key issues"), False, ["issues"]),
        ("composition", "A", _("Composition"), True, ["composition", "chair", "timeline", "balance", "seats"]),
        ("list", "B", _("List of subjects"), True, ["list", "unlisted"]),
        ("terms", "C", _("Terms of Reference"), True, ["terms"]),
    ]


def block_names():
    """What each block is called, by its key, in the active language."""
    return {
        "why": _("Why this is published"),
        "corrections": _("Corrections"),
        "changes": _("Changes to the text before"),
        "summary": _("Summary"),
        "action": _("Action required"),
        "references": _("References"),
        "introduction": _("Introduction"),
        "meetings": _("Meetings"),
        "received": _("Coordinators’ reports received"),
        "missing": _("Coordinators’ reports missing"),
        "activities": _("Joint activities by subject"),
        "regions": _("Joint activities by region"),
        "offices": _("Changes among Coordinators and Focal Points"),
        "listings": _("Subjects listed and taken off the list"),
        "mandates": _("Changes in mandates"),
        "mapping": _("Changes in the mapping of studies"),
        "earlier": _("Correction to an earlier period"),
        "duplications": _("Duplications found and avoided"),
        "gaps": _("Gaps in coordination"),
        "issues": _("Key issues"),
        "composition": _("Composition"),
        "chair": _("The Chair after a Plenipotentiary Conference"),
        "timeline": _("Terms of the seven seats"),
        "balance": _("Representatives by Council region"),
        "seats": _("Changes in the composition"),
        "list": _("Subjects on the list"),
        "unlisted": _("Subjects of which that is not recorded"),
        "terms": _("Terms of Reference"),
    }


def tree_of(report, facts, blocks, lang):
    """The whole text in the active language, whose prefix is `lang`. `blocks`: `ReportBlock` by key."""
    made, notice = generated(report, facts), notice_of(report, facts.on)
    parts = []
    for key, number, title, annex, keys in sections(report):
        shown = [_chosen(made.get(one), blocks.get(one), lang, report) for one in keys]
        shown = [block for block in shown if block]
        if shown:
            parts.append({"key": key, "number": number, "title": title, "annex": annex, "blocks": shown})
    if notice and parts:
        parts[0]["blocks"].insert(0, text_block("running", notice))
    title = title_of(report) if report.is_whole else title_of_list(title_of(report))
    return {"heading": heading_of(report), "title": title, "sections": parts}


def _chosen(block, choice, lang, report):
    if block is None or choice is None or choice.mode == ReportBlock.Mode.LIVE:
        return block
    if choice.mode == ReportBlock.Mode.LEFT_OUT:
        return None
    text = choice.texts.get(lang) or choice.texts.get(PREFIX_OF_LANGUAGE[report.original_language])
    return {"key": block["key"], "kind": "text", "html": harmless_html(text)} if text else block


def _references(facts):
    """What was in force on the last day of the period; what of it is not recorded is said."""
    resolutions = "; ".join(facts.resolutions) or _("the resolutions behind the group are not recorded for this period")
    text = facts.terms_of_reference or _("the Terms of Reference of this period are not recorded")
    return _("%(resolutions)s; %(text)s.") % {"resolutions": resolutions, "text": text}


def _terms(facts):
    if not facts.terms_of_reference:
        return _("The Terms of Reference of this period are not recorded.")
    return _("This report speaks of %(text)s.") % {"text": facts.terms_of_reference}


def _introduction(report, facts):
    if not report.is_over(facts.on):
        return _("This draft covers the period %(period)s.") % {"period": report.period}
    said = _("This report covers the changes from %(first)s to %(last)s, as the record of the ISCG has them.")
    return said % {"first": print_date(report.first_day), "last": print_date(report.period_to)}


def _meetings(facts):
    """Those recorded as held, and those of which nobody recorded whether they were."""
    shown = [(one, one.get_state_display()) for one in facts.meetings]
    shown += [(one, STATE_OF_UNRESOLVED) for one in facts.announced]
    shown.sort(key=lambda pair: (pair[0].starts_on, pair[0].code))
    rows = [(one.name, one.text("title"), one.dates, one.place, state) for one, state in shown]
    columns = [_("Meeting"), _("Title"), _("Dates"), _("Place"), _("State")]
    return table_block("meetings", _("Meetings"), columns, rows, _("No meeting is recorded as held in the period."))


def _received(facts):
    rows = [(one.subject.code, one.meeting.name, one.person, one.results) for one in facts.received]
    columns = [_("Subject"), _("Meeting"), _("Coordinator"), _("Results")]
    empty = _("No Coordinator’s report to a meeting of the period is on record.")
    return table_block("received", _("Coordinators’ reports received"), columns, rows, empty)


def _missing(facts):
    """Those that lack; where no Coordinator is recorded, that nobody can tell."""
    rows = [(due.subject.code, due.meeting.name, due.person) for due in facts.missing]
    rows += [(one.codes, one.meeting.name, _("no Coordinator is recorded")) for one in facts.unrecorded]
    columns = [_("Subject"), _("Meeting"), _("Coordinator")]
    empty = _none_missing(facts)
    return table_block("missing", _("Coordinators’ reports missing"), columns, rows, empty)


def _none_missing(facts):
    """What stands where no report is known to be missing; of a meeting that was perhaps held, nobody knows."""
    announced = [one.name for one in facts.announced if one.body == MeetingBody.ISCG]
    if announced:
        said = _("Whether %(meetings)s was held is not recorded; so it is not recorded whether a report is missing.")
        return said % {"meetings": ", ".join(announced)}
    if any(one.body == MeetingBody.ISCG for one in facts.meetings):
        return _("None is missing.")
    return _("No meeting of the group is recorded as held in the period; so it is not recorded whether one is due.")


def _event_row(event):
    return event.printed, event.where, event.what, event.who


def _events(topic, caption, events):
    rows = [_event_row(event) for event in events if event.topic == topic]
    columns = [_("Date"), _("Where"), _("What"), _("Who or what")]
    return table_block(topic, caption, columns, rows, _("No change is on record for the period."))


def _mapping(facts):
    """What happened to study periods, units and links; of very much the first, and how much more there is."""
    rows = [_event_row(event) for event in facts.mapping[:MOST_OF_MAPPING]]
    more = len(facts.mapping) - MOST_OF_MAPPING
    if more > 0:
        rows.append(("", "", ngettext("%(count)d more change", "%(count)d more changes", more) % {"count": more}, ""))
    columns = [_("Date"), _("Where"), _("What"), _("Who or what")]
    empty = _("No change is on record for the period.")
    return table_block("mapping", _("Changes in the mapping of studies"), columns, rows, empty)


def _earlier(facts):
    """Only where there is something to correct."""
    found = facts.corrections
    return corrections_table("earlier", _("Correction to an earlier period"), found) if found else None


def _changes(report, facts):
    """Of a revision: what it changes."""
    if not report.base_id:
        return None
    lang = PREFIX_OF_LANGUAGE[get_language()]
    more = changed_blocks(report, block_names(), lang)
    empty = _("The record of the period is the same.")
    return corrections_table("changes", _("Changes to the text before"), facts.changes, empty, more)


def _issues(report, facts):
    rows = [
        (
            issue.get_addressee_display(),
            issue.text("statement"),
            issue.subject.code if issue.subject else "",
            _("new") if issue.raised_on > report.period_from else _("carried over"),
            issue.state_on(facts.as_on).label,
            issue.text("answer") if issue.answered_on and issue.answered_on <= facts.as_on else "",
        )
        for issue in facts.issues
    ]
    columns = [_("Addressed to"), _("Key issue"), _("Subject"), _("Since when"), _("State"), _("Answer")]
    return table_block("issues", _("Key issues"), columns, rows, _("No key issue is on record for the period."))
