"""What a report says of the meetings of the advisory groups: what came of them, and what they wrote to the group."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.bodies import GroupCode
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.scheduled import CALLED_OFF, State
from meetings.models import Document
from reports.block_names import key_of
from reports.papers import names_body
from reports.prose.meetings import (
    decisions,
    link,
    not_held,
    other_papers,
    perhaps_held,
    quoted,
    when_and_where,
    with_days,
)
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
    told = {one for one in held if one.text("result") or decided[one.pk]}
    yield paragraph(
        *_without_result(group, [one for one in held if one not in told]),
        *(_is_called_off(one) for one in meetings if one.state in CALLED_OFF),
        *_perhaps([one for one in meetings if one.is_unresolved(facts.on)]),
        *_statements(group, [one for one in came if names_body(one.submitted_by, group.value)]),
    )
    for meeting in held:
        if meeting in told:
            words = {"group": body_in_words(group.value), "days": when_and_where(meeting)}
            yield paragraph(said(_("At its meeting of %(days)s %(group)s came to this result:"), **words))
            yield quoted(meeting.text("result"))
        yield from decisions(decided[meeting.pk], facts.as_on)
        yield paragraph(*_papers(meeting, papers))


def _is_called_off(meeting):
    return said(_("%(meeting)s: %(title)s"), meeting=link(meeting), title=not_held(meeting))


def _perhaps(announced):
    if announced:
        yield said(perhaps_held(len(announced)), meetings=listed_rows(announced, with_days))


def _without_result(group, meetings):
    if meetings:
        sentence = ngettext(
            "%(group)s met (%(days)s); the result is not recorded.",
            "%(group)s met (%(days)s); the results are not recorded.",
            len(meetings),
        )
        yield said(sentence, group=body_in_words(group.value), days=listed_rows(meetings, when_and_where))


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
