"""How a report begins: its summary, what it refers to, and of which days it speaks."""

from collections import Counter

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.bodies import MeetingBody
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.office_on import OfficeState
from reports.models import KeyIssue
from reports.prose.meetings import link
from reports.prose.papers import is_to_the_group, numbers
from reports.prose.sentences import joined, linked, listed, paragraph, said
from subjects.citing import cited_text
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
        yield said(sentence, meetings=listed(map(_with_days, group)))
    else:
        yield _("No meeting of the group is recorded as held in the period.")
    if beside:
        sentence = ngettext(
            "The Coordinators of %(subjects)s met.", "Coordinators met on %(subjects)s.", len(_subjects(beside))
        )
        yield said(sentence, subjects=listed(_subjects(beside)))
    if facts.announced:
        sentence = ngettext(
            "Whether %(meetings)s was held is not recorded.",
            "Whether %(meetings)s were held is not recorded.",
            len(facts.announced),
        )
        yield said(sentence, meetings=listed(map(_with_days, facts.announced)))
    if facts.received:
        sentence = ngettext(
            "The Coordinator of %(subjects)s reported to the group.",
            "The Coordinators of %(subjects)s reported to the group.",
            len(_subjects(facts.received)),
        )
        yield said(sentence, subjects=listed(_subjects(facts.received)))
    yield from _liaison(facts.papers.liaison)


def _liaison(statements):
    came = [one for one in statements if is_to_the_group(one)]
    went = [one for one in statements if one.addressees and not is_to_the_group(one)]
    if came:
        sentence = ngettext(
            "It received the liaison statement %(papers)s.", "It received the liaison statements %(papers)s.", len(came)
        )
        yield said(sentence, papers=numbers(came))
    if went:
        sentence = ngettext(
            "It sent the liaison statement %(papers)s.", "It sent the liaison statements %(papers)s.", len(went)
        )
        yield said(sentence, papers=numbers(went))


def _subjects(rows):
    """The subjects of the rows, each once, as links."""
    subjects = {one.subject.code: one.subject for one in rows if one.subject_id}
    return [linked(code, subjects[code].get_absolute_url()) for code in sorted(subjects)]


def _with_days(meeting):
    return format_html("{} ({})", link(meeting), meeting.dates)


def _standing(facts):
    day = print_date(facts.as_on)
    yield from _seats(facts, day)
    said_of_list = {"day": day, "subjects": _subjects_on_the_list(facts)}
    yield said(_("Subjects on the list on %(day)s: %(subjects)s."), **said_of_list)
    openly = [one for one in facts.issues if one.state_on(facts.as_on) == KeyIssue.State.OPEN]
    if openly:
        addressees = dict.fromkeys(one.get_addressee_display() for one in openly)
        sentence = ngettext(
            "One key issue is open, addressed to: %(addressees)s.",
            "%(count)d key issues are open, addressed to: %(addressees)s.",
            len(openly),
        )
        yield said(sentence, count=len(openly), addressees=listed(addressees))


def _seats(facts, day):
    by_state = {state: [] for state in OfficeState}
    for seat in facts.composition.seats:
        by_state[seat.office.state].append(seat)
    held, vacant, unknown = by_state.values()
    if len(held) == len(facts.composition.seats):
        yield said(_("On %(day)s each of the seven seats was held."), day=day)
    elif len(unknown) == len(facts.composition.seats):
        yield said(_("Who held the seven seats on %(day)s is not recorded."), day=day)
        return
    if vacant:
        sentence = ngettext(
            "On %(day)s this seat was vacant: %(seats)s.", "On %(day)s these seats were vacant: %(seats)s.", len(vacant)
        )
        yield said(sentence, day=day, seats=listed(_names(vacant)))
    if unknown:
        sentence = ngettext(
            "Who held this seat on %(day)s is not recorded: %(seats)s.",
            "Who held these seats on %(day)s is not recorded: %(seats)s.",
            len(unknown),
        )
        yield said(sentence, day=day, seats=listed(_names(unknown)))


def _names(seats):
    """“Chair”, “RAG”, “TSAG (both seats)”, each once."""
    for name, number in Counter(one.seat_name for one in seats).items():
        yield name if number == 1 else said(_("%(group)s (both seats)"), group=name)


def _subjects_on_the_list(facts):
    undated = sum(subject.listing.state == UNDATED for subject in facts.listed)
    figures = {"count": len(facts.listed), "undated": undated, "unknown": len(facts.unlisted)}
    words = _("%(count)d (since when is not recorded of %(undated)d)") % figures if undated else ""
    words = words or (str(len(facts.listed)) if facts.listed else _("not recorded"))
    if not facts.listed or not facts.unlisted:
        return words
    return _("%(said)s; whether %(unknown)d more were on it is not recorded") % (figures | {"said": words})


def references(facts):
    """What was in force on the last day of the period; what of it is not recorded is said."""
    cited = "; ".join(cited_text(one, one.text_of_day) for one in facts.resolutions)
    resolutions = cited or _("the resolutions behind the group are not recorded for this period")
    text = facts.terms_of_reference or _("the Terms of Reference of this period are not recorded")
    return _("%(resolutions)s; %(text)s.") % {"resolutions": resolutions, "text": text}


def terms(facts):
    if not facts.terms_of_reference:
        return _("The Terms of Reference of this period are not recorded.")
    return _("This report speaks of %(text)s.") % {"text": facts.terms_of_reference}


def introduction(report, facts):
    if not report.is_over(facts.on):
        return _("This draft covers the period %(period)s.") % {"period": report.period}
    words = _("This report covers the changes from %(first)s to %(last)s, as the record of the ISCG has them.")
    return words % {"first": print_date(report.first_day), "last": print_date(report.period_to)}
