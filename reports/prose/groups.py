"""What a report says of the meetings of the advisory groups: what came of them, and what they wrote to the group."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.bodies import GroupCode
from iscg_portal.scheduled import CALLED_OFF, State
from iscg_portal.terms import body_in_words
from meetings.models import Document
from reports.block_names import key_of
from reports.papers import names_body
from reports.prose.meetings import decisions, link, not_held, other_papers, perhaps_held, quoted, with_days
from reports.prose.papers import by_way, numbers, paper
from reports.prose.sentences import heading, joined, listed_rows, paragraph, said


def groups(facts):
    """The text of each group that met, or wrote to the group, below its heading, by `key_of` the group."""
    decided, papers = defaultdict(list), facts.papers.by_meeting()
    for one in facts.papers.decisions:
        decided[one.meeting_id].append(one)
    came, _went, _others = by_way(facts.papers.liaison)
    texts = {group: joined(_of_group(group, facts, decided, papers, came)) for group in GroupCode}
    title = _("Meetings of %(group)s")
    return {
        key_of(group): joined([heading(said(title, group=body_in_words(group.value))), text])
        for group, text in texts.items()
        if text
    }


def _of_group(group, facts, decided, papers, came):
    meetings = [one for one in facts.of_groups if one.body == group]
    held = [one for one in meetings if one.state == State.HELD]
    silent = [one for one in held if not (one.text("result") or decided[one.pk])]
    yield paragraph(
        *_which_met(group, held),
        *(_is_called_off(one) for one in meetings if one.state in CALLED_OFF),
        *_perhaps([one for one in meetings if one.is_unresolved(facts.on)]),
        *_without_result(silent),
        *_statements(group, [one for one in came if names_body(one.submitted_by, group.value)]),
    )
    for meeting in held:
        if result := meeting.text("result"):
            yield paragraph(said(_("%(meeting)s came to this result:"), meeting=link(meeting)))
            yield quoted(result)
        elif decided[meeting.pk]:
            yield paragraph(said(_("Of %(meeting)s:"), meeting=link(meeting)))
        yield from decisions(decided[meeting.pk], facts.as_on)
        yield paragraph(*_papers(meeting, papers))


def _which_met(group, held):
    if held:
        words = {"group": body_in_words(group.value), "meetings": listed_rows(held, with_days)}
        yield said(_("%(group)s met: %(meetings)s."), **words)


def _is_called_off(meeting):
    return said(_("%(meeting)s: %(title)s"), meeting=link(meeting), title=not_held(meeting))


def _perhaps(announced):
    if announced:
        yield said(perhaps_held(len(announced)), meetings=listed_rows(announced, with_days))


def _without_result(meetings):
    if meetings:
        sentence = ngettext(
            "The result of %(meetings)s is not recorded.",
            "The results of %(meetings)s are not recorded.",
            len(meetings),
        )
        yield said(sentence, meetings=listed_rows(meetings, link))


def _statements(group, came):
    if came:
        sentence = ngettext(
            "%(group)s sent the group the liaison statement %(papers)s.",
            "%(group)s sent the group the liaison statements %(papers)s.",
            len(came),
        )
        yield said(sentence, group=body_in_words(group.value), papers=numbers(came))


def _papers(meeting, papers):
    contributions = papers[meeting.pk, Document.Type.CONTRIBUTION]
    others = list(other_papers(papers, meeting))
    if contributions:
        sentence = ngettext(
            "%(meeting)s considered the contribution %(papers)s.",
            "%(meeting)s considered the contributions %(papers)s.",
            len(contributions),
        )
        yield said(sentence, meeting=link(meeting), papers=listed_rows(contributions, paper))
    elif others:
        yield said(_("Of %(meeting)s:"), meeting=link(meeting))
    yield from others
