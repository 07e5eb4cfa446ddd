"""The record of a period as tables: what stands in an annex of a report, behind the text that is made of it."""

from collections import defaultdict
from operator import itemgetter

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from iscg_portal.bodies import MeetingBody
from iscg_portal.fixed_terms import place_name, term
from iscg_portal.languages import PREFIX_OF_LANGUAGE, in_a_row, in_brackets
from iscg_portal.scheduled import STATE_OF_UNRESOLVED
from iscg_portal.tenure.dates import print_date
from reports.corrections import changed_blocks, corrections_table
from reports.prose.sentences import MOST_LISTED, how_many_more
from reports.renditions.blocks import table_block
from reports.renditions.markdown import plain_words
from reports.renditions.words import isolated
from reports.statements import words_of

MOST_ROWS = 200  # of a table that grows with the product of two lists


def meetings(facts):
    """Those of the group, its Coordinators and the advisory groups, held, called off, or announced and no more."""
    shown = [(one, one.get_state_display()) for one in [*facts.meetings, *facts.called_off]]
    shown += [(one, STATE_OF_UNRESOLVED) for one in facts.announced]
    shown += [
        (one, STATE_OF_UNRESOLVED if one.is_unresolved(facts.on) else one.get_state_display())
        for one in facts.of_groups[:MOST_ROWS]
    ]
    shown.sort(key=lambda pair: (pair[0].starts_on, pair[0].code))
    rows = [(one.name, one.text("title"), one.dates, place_name(one.place), state) for one, state in shown]
    if len(facts.of_groups) > MOST_ROWS:
        rows.append(("", how_many_more(len(facts.of_groups) - MOST_ROWS), "", "", ""))
    columns = [_("Meeting"), _("Title"), _("Dates"), _("Place"), _("State")]
    return table_block("meetings", _("Meetings"), columns, rows, _("No meeting is recorded as held in the period."))


def received(facts):
    rows = [(in_full(one.subject), one.meeting.name, one.person, _results(one)) for one in facts.received]
    columns = [_("Subject"), _("Meeting"), _("Coordinator"), _("Results")]
    empty = _("No Coordinator’s report to a meeting of the period is on record.")
    return table_block("received", _("Coordinators’ reports received"), columns, rows, empty)


def in_full(subject):
    """“Human exposure to electromagnetic fields (EMF)”."""
    return term("body/in full").format(name=subject.title_shown, code=subject.code)


def _results(report):
    """The words of its results, as one line; a report that stays inside the group is named alone."""
    return "" if report.is_internal else plain_words(report.text("results"))


def missing(facts):
    """Those that lack, a row for each Coordinator; where none is recorded, that nobody can tell."""
    lacking, untold = defaultdict(list), defaultdict(list)
    for of_one, owed in facts.missing:
        lacking[of_one.subject.code, str(of_one.person), of_one.person_id] += owed
    for one in facts.unrecorded:
        untold[tuple(subject.code for subject in one.subjects)].append(one.meeting.name)
    # Only those are made that are shown.
    shown = sorted(lacking.items(), key=itemgetter(0))[:MOST_ROWS]
    rows = [(code, _named(sorted(owed, key=_day), lambda one: one.name), person) for (code, person, _pk), owed in shown]
    rows += [
        (_named(codes), _named(meetings), _("no Coordinator is recorded"))
        for codes, meetings in list(untold.items())[: MOST_ROWS - len(rows)]
    ]
    if more := len(lacking) + len(untold) - len(rows):
        rows.append(("", "", how_many_more(more)))
    columns = [_("Subject"), _("Meeting"), _("Coordinator")]
    empty = _none_missing(facts)
    return table_block("missing", _("Coordinators’ reports missing"), columns, rows, empty)


def _day(meeting):
    return meeting.starts_on, meeting.code


def _named(rows, name=str):
    """“EMF, IOT”; of very many the first, and how many more there are."""
    more = len(rows) - MOST_LISTED
    shown = [isolated(name(one), get_language()) for one in rows[:MOST_LISTED]]
    return in_a_row([*shown, *([how_many_more(more)] if more > 0 else [])])


def _none_missing(facts):
    """What stands where no report is known to be missing; of a meeting that was perhaps held, nobody knows."""
    announced = [one.name for one in facts.announced if one.body == MeetingBody.ISCG]
    if announced:
        said = _("Whether %(meetings)s was held is not recorded; so it is not recorded whether a report is missing.")
        return said % {"meetings": in_a_row(announced)}
    if any(one.body == MeetingBody.ISCG for one in facts.meetings):
        return _("None is missing.")
    return _("No meeting of the group is recorded as held in the period; so it is not recorded whether one is due.")


def events(topic, caption, facts):
    rows = [words_of(event) for event in facts.own if event.topic == topic]
    columns = [_("Date"), _("Where"), _("What"), _("Who or what")]
    return table_block(topic, caption, columns, rows, _("No change is on record for the period."))


def mapping(facts):
    """What happened to study periods, units and links; of very much the first, and how much more there is."""
    rows = [words_of(event) for event in facts.mapping[:MOST_ROWS]]
    more = len(facts.mapping) - MOST_ROWS
    if more > 0:
        rows.append(("", "", ngettext("%(count)d more change", "%(count)d more changes", more) % {"count": more}, ""))
    columns = [_("Date"), _("Where"), _("What"), _("Who or what")]
    empty = _("No change is on record for the period.")
    return table_block("mapping", _("Changes in the mapping of studies"), columns, rows, empty)


def earlier(facts):
    """Only where there is something to correct."""
    found = facts.corrections
    return corrections_table("earlier", _("Correction to an earlier period"), found) if found else None


def changes(report, facts, names):
    """Of a revision: what it changes."""
    if not report.base_id:
        return None
    lang = PREFIX_OF_LANGUAGE[get_language()]
    more = changed_blocks(report, names, lang)
    empty = _("The record of the period is the same.")
    return corrections_table("changes", _("Changes to the text before"), facts.changes, empty, more)


def _since(issue, report):
    """“10 June 2025 (new)”."""
    known = _("new") if issue.raised_on > report.period_from else _("carried over")
    return f"{print_date(issue.raised_on)}{in_brackets(known)}"


def issues(report, facts):
    rows = [
        (
            issue.get_addressee_display(),
            issue.text("statement"),
            in_full(issue.subject) if issue.subject else "",
            _since(issue, report),
            issue.state_on(facts.as_on).label,
            issue.text("answer") if issue.answered_on and issue.answered_on <= facts.as_on else "",
        )
        for issue in facts.issues
    ]
    columns = [_("Addressed to"), _("Key issue"), _("Subject"), _("Since when"), _("State"), _("Answer")]
    return table_block("issues", _("Key issues"), columns, rows, _("No key issue is on record for the period."))
