"""The draft of a report: sections in ITU's habit, their blocks generated from the record, edited or left out.

`tree_of` gives the TREE that the renditions print. What grows with the record is a block with parts, one for each
meeting or subject (`by_subject/emf`): each is written, left out and translated for itself.
"""

import datetime
from collections import defaultdict

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.languages import BABEL_LOCALES, PREFIX_OF_LANGUAGE, with_colon, with_commas, with_semicolons
from iscg_portal.memory import without_collecting
from iscg_portal.tenure.dates import print_date
from reports import activities, annexes
from reports import record_tables as tables
from reports.block_names import NO_MEETINGS, name_of_block, named_blocks
from reports.corrections import heading_of, makers_of_list, sections_of_list, title_of_list
from reports.duplications import duplications, gaps
from reports.models import ReportBlock
from reports.prose import actions, groups, meetings, offices, opening, papers, subjects
from reports.prose.answers import answers
from reports.renditions.blocks import prose_block, text_block
from reports.renditions.harmless import harmless_html


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


@without_collecting()
def generated(report, facts, only=""):
    """Each block as the record gives it, by its key, in the active language; of all of them the one alone, if named."""
    makers, made = _makers(report, facts) if report.is_whole else makers_of_list(facts), {}
    for key, (texts, nothing) in WITH_PARTS.items() if report.is_whole else ():
        if not only or key in (only, whole_of(only)):
            made |= _with_parts(key, texts(facts, only.removeprefix(key).removeprefix("/")), nothing())
    made |= {key: make() for key, make in makers.items() if only in ("", key)}
    return {key: block for key, block in made.items() if block and only in ("", key)}


def _makers(report, facts):
    """What makes each block that has no parts, by its key; None where it has nothing to say."""
    return {
        "changes": lambda: tables.changes(report, facts, block_names(facts)),
        "summary": lambda: prose_block("summary", opening.summary(facts)),
        "action": lambda: prose_block("action", actions.action(facts)),
        "references": lambda: prose_block("references", opening.references(facts)),
        "introduction": lambda: prose_block("introduction", opening.introduction(report, facts)),
        "answers": lambda: prose_block("answers", answers(facts)) if facts.answers else None,
        "liaison": lambda: prose_block("liaison", papers.liaison(facts)),
        "appointments": lambda: prose_block("appointments", offices.appointments(facts)),
        "duplications": lambda: duplications(facts),
        "gaps": lambda: gaps(facts),
        "issues": lambda: tables.issues(report, facts),
        "earlier": lambda: tables.earlier(facts),
        "composition": lambda: annexes.composition(facts),
        "chair": lambda: annexes.chair(facts),
        "timeline": lambda: annexes.timeline(facts),
        "balance": lambda: annexes.balance(facts),
        "list": lambda: annexes.subjects(facts),
        "unlisted": lambda: annexes.unlisted(facts),
        "terms": lambda: text_block("terms", opening.terms(facts)),
        "meetings": lambda: tables.meetings(facts),
        "received": lambda: tables.received(facts),
        "missing": lambda: tables.missing(facts),
        "activities": lambda: activities.listed(facts),
        "regions": lambda: activities.by_region(facts),
        "seats": lambda: tables.events("seats", _("Changes in the composition"), facts),
        "offices": lambda: tables.events("offices", _("Changes among Coordinators and Focal Points"), facts),
        "listings": lambda: tables.events("listings", _("Subjects listed and taken off the list"), facts),
        "mandates": lambda: tables.events("mandates", _("Changes in mandates"), facts),
        "mapping": lambda: tables.mapping(facts),
    }


def _by_meeting(facts, only=""):
    return meetings.meetings(facts, only) | groups.groups(facts) | meetings.without_meeting(facts)


# What makes the texts of the parts of a block, and what stands there without any.
WITH_PARTS = {
    "by_meeting": (_by_meeting, meetings.nothing),
    "by_subject": (subjects.by_subject, subjects.nothing),
}


def _with_parts(key, texts, nothing):
    """The whole, and a block for each part of it, from {the end of the part's key: HTML}."""
    parts = {f"{key}/{end}": prose_block(f"{key}/{end}", html) for end, html in texts.items()}
    whole = {"html": "\n".join(one["html"] for one in parts.values())} if parts else {}
    return {key: prose_block(key, nothing) | whole, **parts}


def whole_of(key):
    """The key of the block of which this is a part, else blank."""
    return key.rpartition("/")[0]


def parts_of(key, made, rows):
    """The keys of the parts of a block: those that the record gives, then those that are written and it has no more."""
    written = (one for one, row in rows.items() if row.mode == ReportBlock.Mode.EDITED)
    return list(dict.fromkeys(one for one in (*made, *written) if whole_of(one) == key))


def in_place_of(key, made, rows):
    """The keys of what stands in the place of a block: its parts, unless the whole was written or left out."""
    row = rows.get(key)
    return (row is None or row.mode == ReportBlock.Mode.LIVE) and parts_of(key, made, rows) or [key]


def sections(report):
    """(key, number, title, annex, keys of its blocks), in the active language."""
    if not report.is_whole:
        return sections_of_list()
    first = [("changes", "", _("Changes to the text before"), False, ["changes"])] if report.base_id else []
    return [*first, *_of_text()]


def _of_text():
    record = ["meetings", "received", "missing", "activities", "regions"]
    record += ["seats", "offices", "listings", "mandates", "mapping"]
    return [
        ("summary", "1", _("Summary"), False, ["summary"]),
        ("action", "2", _("Action required"), False, ["action"]),
        ("references", "3", _("References"), False, ["references", "terms"]),
        ("introduction", "4", _("Introduction"), False, ["introduction", "answers"]),
        ("meetings", "5", _("Meetings"), False, ["by_meeting"]),
        ("liaison", "6", _("Liaison statements"), False, ["liaison"]),
        ("appointments", "7", _("Appointments"), False, ["appointments"]),
        ("subjects", "8", _("Subjects"), False, ["by_subject"]),
        ("duplications", "9", _("Duplications found and avoided"), False, ["duplications", "gaps"]),
        ("issues", "10", _("Key issues"), False, ["issues"]),
        ("earlier", "11", _("Correction to an earlier period"), False, ["earlier"]),
        ("composition", "A", _("Composition"), True, ["composition", "chair", "timeline", "balance"]),
        ("list", "B", _("List of subjects"), True, ["list", "unlisted"]),
        ("record", "C", _("The record of the period"), True, record),
    ]


def block_names(facts):
    """What each block and each of the parts is called, by its key, in the active language."""
    names = named_blocks()
    parts = [("by_meeting", one.code, with_commas([one.name, one.dates])) for one in meetings.told(facts)]
    parts += [("by_subject", one.slug, one.code) for one in facts.subjects]
    names |= {f"{key}/{end}": with_colon(names[key], name) for key, end, name in parts}
    return names | {key: name_of_block(key) for key in (f"by_meeting/{end}" for end in NO_MEETINGS)}


def tree_of(report, facts, blocks, lang):
    """The whole text in the active language, whose prefix is `lang`. `blocks`: `ReportBlock` by key."""
    made, notice = generated(report, facts), notice_of(report, facts.on)
    parts = []
    for key, number, title, annex, keys in sections(report):
        shown = [one for key in keys for one in in_place_of(key, made, blocks)]
        shown = [_chosen(made.get(one), blocks.get(one), lang, report) for one in shown]
        shown = [block for block in shown if block]
        if key == "record":
            shown = _empty_tables_last(shown)
        if shown:
            parts.append({"key": key, "number": number, "title": title, "annex": annex, "blocks": shown})
    if notice and parts:
        parts[0]["blocks"].insert(0, text_block("running", notice))
    title = title_of(report) if report.is_whole else title_of_list(title_of(report))
    return {"heading": heading_of(report), "title": title, "sections": parts}


def _empty_tables_last(blocks):
    """What has something to tell, then the tables without rows: those that say the same of it are told together."""
    empty = [block for block in blocks if block["kind"] == "table" and not block["rows"]]
    same = defaultdict(list)
    for block in empty:
        same[block["empty"]].append(block)
    told = [one[0] | {"caption": with_semicolons(block["caption"] for block in one)} for one in same.values()]
    return [*(block for block in blocks if block not in empty), *told]


def _chosen(block, choice, lang, report):
    """As the record gives it, or as it was written by hand: in the original language where there is no other."""
    if choice is None or choice.mode == ReportBlock.Mode.LIVE or (block is None and not whole_of(choice.key)):
        return block
    if choice.mode == ReportBlock.Mode.LEFT_OUT:
        return None
    original = PREFIX_OF_LANGUAGE[report.original_language]
    if text := choice.texts.get(lang):
        return {"key": choice.key, "kind": "text", "html": harmless_html(text)}
    if text := choice.texts.get(original):
        written = {"key": choice.key, "kind": "text", "html": harmless_html(text), "lang": original}
        return written | {"note": _("This part was written in %(language)s.") % {"language": _language(report)}}
    return block


def _language(report):
    """The name of the original language, in the active one."""
    return Locale.parse(BABEL_LOCALES[get_language()]).languages[PREFIX_OF_LANGUAGE[report.original_language]]
