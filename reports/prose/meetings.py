"""What a report says of each meeting: what it considered and agreed, and who reported to it (clauses W3, W4, A4)."""

from collections import defaultdict

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iscg_portal.bodies import MeetingBody
from iscg_portal.fixed_terms import body_in_words, place_name
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.languages import with_colon, with_semicolons
from iscg_portal.scheduled import CALLED_OFF
from iscg_portal.tenure.dates import print_date
from meetings.models import Decision, Document
from meetings.models.decisions import DecisionState
from reports.block_names import PAPERS
from reports.models import CoordinatorReport
from reports.papers import GROUP
from reports.prose.papers import in_words, numbers, paper, titled, told_by_way
from reports.prose.sentences import (
    bullets,
    direction_of,
    fact,
    heading,
    joined,
    linked,
    listed_rows,
    named,
    paragraph,
    rendered,
    said,
    with_brackets,
)

Type = Document.Type


def told(facts):
    """The meetings of the period in their order, held, perhaps held, or called off."""
    return sorted([*facts.meetings, *facts.announced, *facts.called_off], key=lambda one: (one.starts_on, one.code))


def nothing():
    """What stands where there is none."""
    return paragraph(_("No meeting is recorded as held in the period."))


def meetings(facts, only=""):
    """The text of each meeting of the period, or of the one with a code, below its heading, by its code."""
    papers, under = facts.papers.by_meeting(), facts.papers.by_agenda_item()
    agenda, decided, received, missing = (defaultdict(list) for _each in range(4))
    for item in facts.papers.agenda:
        agenda[item.meeting_id].append(item)
    for decision in facts.papers.decisions:
        decided[decision.meeting_id].append(decision)
    for report in facts.received:
        received[report.meeting_id].append(report)
    for term, owed in facts.missing:
        for meeting in owed:
            missing[meeting.pk].append(term)
    return {
        meeting.code: joined(
            [
                heading(_title(meeting)),
                *_text(meeting, facts, papers, decided[meeting.pk]),
                *_agenda(agenda[meeting.pk], under),
                _reports(received[meeting.pk], missing[meeting.pk]),
            ]
        )
        for meeting in told(facts)
        if only in ("", meeting.code)
    }


def link(meeting):
    """“ISCG 25-1”, “TDAG 2025, 32nd meeting”, with a link to its page: the group’s own by number, others by title."""
    is_own = meeting.body == MeetingBody.ISCG
    return linked(meeting.name if is_own else meeting.text("title"), meeting.get_absolute_url())


def with_days(meeting):
    """“ISCG 25-1 (12 February 2025)”."""
    return with_brackets(link(meeting), meeting.dates)


def perhaps_held(count):
    """The sentence on so many meetings."""
    return ngettext(
        "Whether %(meetings)s was held is not recorded.", "Whether %(meetings)s were held is not recorded.", count
    )


def _title(meeting):
    if meeting.body != MeetingBody.ISCG:
        return link(meeting)
    return said(_("%(meeting)s: %(title)s"), meeting=link(meeting), title=meeting.text("title"))


def _text(meeting, facts, papers_of, decided):
    if meeting in facts.announced:
        words = said(
            _("The meeting was announced for %(days)s; whether it was held is not recorded."), days=meeting.dates
        )
        submitted = [one for kind in Type for one in papers_of[meeting.pk, kind]]
        yield paragraph(words, _submitted(submitted))
        return
    if meeting.state in CALLED_OFF:
        yield paragraph(not_held(meeting))
        return
    papers, result = papers_of[meeting.pk, Type.CONTRIBUTION], meeting.text("result")
    yield paragraph(_sentence(meeting, papers, bool(result or decided)))
    yield quoted(result)
    yield from decisions(decided, facts.as_on)
    yield paragraph(*other_papers(papers_of, meeting))


def _submitted(papers):
    if not papers:
        return ""
    sentence = ngettext(
        "The paper %(papers)s was submitted to it.", "The papers %(papers)s were submitted to it.", len(papers)
    )
    return said(sentence, papers=listed_rows(papers, paper))


def without_meeting(facts):
    """The papers of the period that belong to no meeting, below a heading; liaison statements are told apart."""
    papers = [one for one in facts.papers.documents if one.meeting_id is None and one.type != Type.LIAISON]
    if not papers:
        return {}
    sentence = ngettext(
        "The paper %(papers)s belongs to no meeting.", "The papers %(papers)s belong to no meeting.", len(papers)
    )
    told_of = paragraph(said(sentence, papers=listed_rows(papers, paper)))
    return {PAPERS: joined([heading(_("Other papers")), told_of])}


def not_held(meeting):
    """That it was called off, with what the record says of why or until when."""
    how = with_colon(meeting.get_state_display(), meeting.state_note)
    return said(
        _("The meeting was announced for %(days)s and did not take place then (%(how)s)."), days=meeting.dates, how=how
    )


def quoted(result):
    """The result in short as it was written; blank where there is none."""
    if not result:
        return ""
    return format_html('<blockquote dir="{}">{}</blockquote>', direction_of(result), rendered(result))


def _sentence(meeting, papers, has_result):
    """What the meeting is about, in one sentence; the text of its result follows where there is one."""
    words = {"days": when_and_where(meeting), "papers": listed_rows(papers, paper)}
    if meeting.body == MeetingBody.COORDINATORS:
        words["subject"] = named(meeting.subject)
        return said(_of_coordinators(len(papers), has_result), **words)
    return said(_of_the_group(len(papers), has_result), **words)


def _of_the_group(papers, has_result):
    if papers and has_result:
        return ngettext(
            "At its meeting of %(days)s the group considered the contribution %(papers)s and came to this result:",
            "At its meeting of %(days)s the group considered the contributions %(papers)s and came to this result:",
            papers,
        )
    if papers:
        return ngettext(
            "At its meeting of %(days)s the group considered the contribution %(papers)s. The result of the meeting is"
            " not recorded.",
            "At its meeting of %(days)s the group considered the contributions %(papers)s. The result of the meeting is"
            " not recorded.",
            papers,
        )
    if has_result:
        return _("At its meeting of %(days)s the group came to this result:")
    return _("The group met (%(days)s); what it considered and agreed is not recorded.")


def _of_coordinators(papers, has_result):
    if papers and has_result:
        return ngettext(
            "At their meeting of %(days)s the Coordinators of %(subject)s considered the contribution %(papers)s and"
            " came to this result:",
            "At their meeting of %(days)s the Coordinators of %(subject)s considered the contributions %(papers)s and"
            " came to this result:",
            papers,
        )
    if papers:
        return ngettext(
            "At their meeting of %(days)s the Coordinators of %(subject)s considered the contribution %(papers)s. The"
            " result of the meeting is not recorded.",
            "At their meeting of %(days)s the Coordinators of %(subject)s considered the contributions %(papers)s. The"
            " result of the meeting is not recorded.",
            papers,
        )
    if has_result:
        return _("At their meeting of %(days)s the Coordinators of %(subject)s came to this result:")
    return _("The Coordinators of %(subject)s met (%(days)s); what they considered and agreed is not recorded.")


def when_and_where(meeting):
    """“12 May 2025 in Geneva together with TSAG-2025”, with what is recorded of it."""
    days, together = linked(meeting.dates, meeting.get_absolute_url()), meeting.together_with
    words = {"days": days, "place": place_name(meeting.place), "other": together and link(together)}
    if meeting.place and together:
        return said(_("%(days)s in %(place)s together with %(other)s"), **words)
    if meeting.place:
        return said(_("%(days)s in %(place)s"), **words)
    if together:
        return said(_("%(days)s together with %(other)s"), **words)
    return said(_("%(days)s by electronic means"), **words) if meeting.mode == meeting.Mode.ELECTRONIC else days


def other_papers(papers_of, meeting):
    """A sentence for each kind of paper that is no contribution to the group."""
    for kind, sentence in _OTHERS.items():
        if found := papers_of[meeting.pk, kind]:
            yield said(sentence(len(found)), papers=listed_rows(found, paper))
    yield from _liaison(papers_of[meeting.pk, Type.LIAISON], meeting)


def _liaison(statements, meeting):
    """Of a meeting of the group itself also which of them came, and which it sent."""
    if meeting.body != MeetingBody.ISCG:
        if statements:
            yield said(_dealt_with(len(statements)), papers=listed_rows(statements, paper))
        return
    yield from told_by_way(statements, lambda rows: listed_rows(rows, paper), lambda rows: listed_rows(rows, titled))


def _dealt_with(count):
    return ngettext(
        "The meeting dealt with the liaison statement %(papers)s.",
        "The meeting dealt with the liaison statements %(papers)s.",
        count,
    )


_OTHERS = {
    Type.AGENDA: lambda number: ngettext("The agenda was %(papers)s.", "The agendas were %(papers)s.", number),
    Type.REPORT: lambda number: ngettext(
        "The meeting had the report %(papers)s before it.", "The meeting had the reports %(papers)s before it.", number
    ),
    Type.INFORMATION: lambda number: ngettext(
        "The meeting noted the information document %(papers)s.",
        "The meeting noted the information documents %(papers)s.",
        number,
    ),
    Type.TEMPORARY: lambda number: ngettext(
        "The meeting worked on the temporary document %(papers)s.",
        "The meeting worked on the temporary documents %(papers)s.",
        number,
    ),
}


def decisions(rows, as_on):
    """What the meeting decided, and who is to do what by when, each with its number."""
    decided = [one for one in rows if one.kind == Decision.Kind.DECISION]
    actions = [one for one in rows if one.kind == Decision.Kind.ACTION]
    if decided:
        yield paragraph(_("The meeting decided:"))
        yield bullets(decision_line(one, as_on) for one in decided)
    if actions:
        yield paragraph(_("The meeting agreed on who does what:"))
        yield bullets(decision_line(one, as_on) for one in actions)


def decision_line(row, as_on, with_meeting=False):
    """“Action 3 (TSB; due by 1 May 2025; open): Name a keeper.”; with the meeting “ISCG 25-2, action 3 (…): …”.

    A decision is told without the brackets.
    """
    words = {
        "meeting": link(row.meeting) if with_meeting else "",
        "number": linked(row.number, f"{row.meeting.get_absolute_url()}#{row.anchor}"),
        "text": row.text("wording"),
        "how": _how_it_stands(row, as_on),
    }
    of_meeting, alone = _LINES[row.kind]
    return said(of_meeting if with_meeting else alone, **words)


_LINES = {
    Decision.Kind.DECISION: (
        gettext_lazy("%(meeting)s, decision %(number)s: %(text)s"),
        gettext_lazy("Decision %(number)s: %(text)s"),
    ),
    Decision.Kind.ACTION: (
        gettext_lazy("%(meeting)s, action %(number)s (%(how)s): %(text)s"),
        gettext_lazy("Action %(number)s (%(how)s): %(text)s"),
    ),
}


def _how_it_stands(action, as_on):
    """“TSB; due by 1 May 2025; open”, as on the last day that is told."""
    due = action.due_on and _("due by %(day)s") % {"day": print_date(action.due_on)}
    state = str(action.state_on(as_on).label)
    if action.state_on(as_on) == DecisionState.CLOSED:
        closed = {"day": print_date(action.closed_on), "how": action.closed_because.rstrip(".。")}
        state = said(_("closed on %(day)s: %(how)s"), **closed)
    owner = in_words(action.owner)
    if owner == action.owner != GROUP:
        owner = body_in_words(owner)
    return mark_safe(with_semicolons(fact(one) for one in (owner, due, state) if one))


def _agenda(items, under):
    """The points of the agenda that had papers or were about a subject, with the papers under each."""
    items = [item for item in items if under[item.pk] or item.subject_codes]
    if not items:
        return
    yield paragraph(ngettext("Among the points of the agenda was:", "Among the points of the agenda were:", len(items)))
    yield bullets(_point(item, under[item.pk]) for item in items)


def _point(item, papers):
    words = {"number": item.number, "title": item.text("title")}
    if papers:
        return said(_("Item %(number)s, %(title)s: %(papers)s"), papers=numbers(papers), **words)
    return said(_("Item %(number)s, %(title)s"), **words)


REPORTED_TO_IT = in_forms("%(person)s, Coordinator of %(subject)s, reported to the meeting.")
NOT_REPORTED = in_forms("The report of %(person)s, Coordinator of %(subject)s, is not on record.")


def _reports(received, missing):
    """Which Coordinators reported to the meeting, and whose report lacks."""
    reported = ngettext(
        "The Coordinator of %(subjects)s reported to the meeting.",
        "The Coordinators of %(subjects)s reported to the meeting.",
        len(received),
    )
    lacking = ngettext(
        "The report of the Coordinator of %(subjects)s is not on record.",
        "The reports of the Coordinators of %(subjects)s are not on record.",
        len(missing),
    )
    return paragraph(_of_each(received, reported, REPORTED_TO_IT), _of_each(missing, lacking, NOT_REPORTED))


def _of_each(reports, sentence, of_one):
    """The sentence on several Coordinators; of one alone that with the name, as of a woman or of a man."""
    if len(reports) != 1:
        return said(sentence, subjects=listed_rows(reports, _subject)) if reports else ""
    (report,) = reports
    code = linked(report.subject.code, report.subject.get_absolute_url())
    return said(of_holder(of_one, report.person), person=linked(report.person, public_url(report)), subject=code)


def _subject(report):
    """“EMF (Ms Ina Sample)”; the name leads to the report, where there is one for all to read."""
    code = linked(report.subject.code, report.subject.get_absolute_url())
    return with_brackets(code, linked(report.person, public_url(report)))


def public_url(report):
    """Where a Coordinator’s report can be read; blank of one that lacks, or stays inside the group."""
    return report.get_absolute_url() if isinstance(report, CoordinatorReport) and report.is_public else ""
