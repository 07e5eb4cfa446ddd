"""How a report begins: its summary, what it refers to, and of which days it speaks."""

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.bodies import GroupCode, MeetingBody
from iscg_portal.fixed_terms import body_in_words, initials
from iscg_portal.scheduled import State
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.office_on import OfficeState
from reports.models import KeyIssue
from reports.prose.meetings import perhaps_held, with_days
from reports.prose.offices import composition_url
from reports.prose.papers import told_by_way
from reports.prose.sentences import (
    bullets,
    joined,
    linked,
    listed,
    listed_rows,
    named,
    paragraph,
    said,
    with_brackets,
)
from subjects.citing import full_citation
from subjects.models.listings import UNDATED


def summary(facts):
    """What the group did in the period and how it stands on the last day; what is not recorded is no zero."""
    return joined([paragraph(*_work(facts)), paragraph(*_standing(facts))])


def _work(facts):
    group = [one for one in facts.meetings if one.body == MeetingBody.ISCG]
    beside = [one for one in facts.meetings if one.body != MeetingBody.ISCG]
    if group:
        sentence = ngettext(
            "In the period the group held the meeting %(meetings)s.",
            "In the period the group held the meetings %(meetings)s.",
            len(group),
        )
        yield said(sentence, meetings=listed_rows(group, with_days))
    else:
        yield _("No meeting of the group is recorded as held in the period.")
    if beside:
        sentence = ngettext(
            "The Coordinators of %(subjects)s met.", "Coordinators met on %(subjects)s.", len(_subjects(beside))
        )
        yield said(sentence, subjects=listed_rows(_subjects(beside), named))
    if of_groups := [one for one in facts.of_groups if one.state == State.HELD]:
        yield said(_("The advisory groups met: %(meetings)s."), meetings=listed(_days_by_group(of_groups)))
    if facts.announced:
        yield said(perhaps_held(len(facts.announced)), meetings=listed_rows(facts.announced, with_days))
    if facts.received:
        sentence = ngettext(
            "The Coordinator of %(subjects)s reported to the group.",
            "The Coordinators of %(subjects)s reported to the group.",
            len(_subjects(facts.received)),
        )
        yield said(sentence, subjects=listed_rows(_subjects(facts.received), named))
    yield from told_by_way(facts.papers.liaison)


def _days_by_group(meetings):
    """“RAG (14–17 April 2025)”, “TDAG (12–16 May 2025 and 8–12 September 2025)”, with links to the meetings."""
    for group in GroupCode:
        if of_one := [one for one in meetings if one.body == group]:
            days = listed_rows(of_one, lambda one: linked(one.dates, one.get_absolute_url()))
            yield with_brackets(initials(group.value), days)


def _subjects(rows):
    """The subjects of the rows, each once, in the order of their codes."""
    subjects = {one.subject.code: one.subject for one in rows if one.subject_id}
    return [subjects[code] for code in sorted(subjects)]


def _standing(facts):
    day = print_date(facts.as_on)
    yield from _seats(facts, day)
    yield from _list(facts, day)
    openly = [one for one in facts.issues if one.state_on(facts.as_on) == KeyIssue.State.OPEN]
    if openly:
        sentence = ngettext("A key issue is open: %(issues)s.", "These key issues are open: %(issues)s.", len(openly))
        yield said(sentence, issues=listed(map(_issue, openly)))


def _seats(facts, day):
    by_state = {state: [] for state in OfficeState}
    for seat in facts.composition.seats:
        by_state[seat.office.state].append(seat)
    held, vacant, unknown = by_state.values()
    if len(held) == len(facts.composition.seats):
        yield said(_("On %(day)s each of the seven seats was held."), day=linked(day, composition_url(facts)))
    elif len(unknown) == len(facts.composition.seats):
        yield said(_("Who held the seven seats on %(day)s is not recorded."), day=linked(day, composition_url(facts)))
        return
    if vacant:
        sentence = ngettext("On %(day)s %(seats)s was vacant.", "On %(day)s %(seats)s were vacant.", len(vacant))
        yield said(sentence, day=day, seats=listed(_names(vacant, facts)))
    if unknown:
        sentence = ngettext(
            "Who held %(seats)s on %(day)s is not recorded.",
            "Who held %(seats)s on %(day)s is not recorded.",
            len(unknown),
        )
        yield said(sentence, day=day, seats=listed(_names(unknown, facts)))


def _names(seats, facts):
    """“the office of Chair”, “a seat of RAG”, “both seats of TSAG”, with a link to the composition of the day."""
    url = composition_url(facts)
    for group, of_one in groupby(seats, key=lambda seat: seat.group):
        _one, *others = of_one
        if not group:
            yield linked(_("the office of Chair"), url)
        else:
            words = _("both seats of %(group)s") if others else _("a seat of %(group)s")
            words = said(words, group=body_in_words(group))
            yield linked(words, url)


def _issue(issue):
    """“with the Director of BR on Lighthouses (ALPHA)”."""
    words = {"addressee": linked(issue.get_addressee_display(), issue.get_absolute_url())}
    if not issue.subject:
        return said(_("with the %(addressee)s"), **words)
    return said(_("with the %(addressee)s on %(subject)s"), subject=named(issue.subject), **words)


def _list(facts, day):
    """How many subjects were on the list, which of them nobody coordinated, and of what that is not recorded.

    The sentence before has named the day.
    """
    without = [one for one in facts.listed if one.office.state == OfficeState.VACANT]
    words = {"day": day, "count": len(facts.listed), "subjects": listed_rows(without, named)}
    if not facts.listed:
        yield said(_("Which subjects were on the list on %(day)s is not recorded."), **words)
    elif without:
        sentence = ngettext(
            "On that day %(count)d subject was on the list; nobody coordinated %(subjects)s.",
            "On that day %(count)d subjects were on the list; nobody coordinated %(subjects)s.",
            len(facts.listed),
        )
        yield said(sentence, **words)
    else:
        sentence = ngettext(
            "On that day %(count)d subject was on the list.",
            "On that day %(count)d subjects were on the list.",
            len(facts.listed),
        )
        yield said(sentence, **words)
    undated = sum(one.listing.state == UNDATED for one in facts.listed)
    if undated:
        yield said(_undated(undated == len(facts.listed), undated), count=undated)
    if facts.listed and facts.unlisted:
        sentence = ngettext(
            "Whether one more was on it is not recorded.",
            "Whether %(count)d more were on it is not recorded.",
            len(facts.unlisted),
        )
        yield said(sentence, count=len(facts.unlisted))


def _undated(is_all, count):
    """The sentence on so many of the list, or on all of it."""
    if is_all:
        return ngettext(
            "Since when the subject is on the list is not recorded.",
            "Since when the subjects are on the list is not recorded.",
            count,
        )
    return ngettext(
        "Since when one of them is on it is not recorded.",
        "Since when %(count)d of them are on it is not recorded.",
        count,
    )


def references(facts):
    """The resolutions that were in force on the last day of the period, as a list; what is not recorded is said."""
    if not facts.resolutions:
        return paragraph(_("The resolutions behind the group are not recorded for this period."))
    return bullets(map(_reference, facts.resolutions))


def _reference(resolution):
    """“Resolution 191 (Rev. Bucharest, 2022) of the Plenipotentiary Conference, “Strategy for …””."""
    citation, title = linked(full_citation(resolution), resolution.get_absolute_url()), resolution.title_of_day
    return said(_("%(number)s, “%(title)s”"), number=citation, title=title) if title else citation


def terms(facts):
    if not facts.terms_of_reference:
        return _("The Terms of Reference of this period are not recorded.")
    return _("This report speaks of %(text)s.") % {"text": facts.terms_of_reference}


def introduction(report, facts):
    if not report.is_over(facts.on):
        return paragraph(said(_("This draft covers the period %(period)s."), period=report.period))
    words = _(
        "With this report the ISCG informs the advisory groups of its work from %(first)s to %(last)s. It is composed"
        " from the record of the ISCG; the rows from which it is made are the last annex."
    )
    return paragraph(said(words, first=print_date(report.first_day), last=print_date(report.period_to)))
