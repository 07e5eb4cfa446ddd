"""“Action required”: what is open and from whom, so that each advisory group reads what it is asked (clause F3)."""

import re
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.bodies import Bureau, GroupCode
from iscg_portal.fixed_terms import body_in_words, terms
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.office_on import OfficeState
from meetings.models import Addressee, Decision
from meetings.models.decisions import DecisionState
from reports.models import KeyIssue
from reports.papers import GROUP, names, names_body
from reports.prose.meetings import link
from reports.prose.offices import composition_url
from reports.prose.papers import paper
from reports.prose.sentences import bullets, heading, joined, linked, listed, listed_rows, named, paragraph, said
from reports.renditions.page import HEADING, anchor_in

WORDS = re.compile(r"\w+")
BUREAU = dict(zip(GroupCode, Bureau, strict=True))  # each group advises the Director of its Bureau


def action(facts):
    """What all are asked, then what each advisory group is, then the group itself and the task force.

    The groups that are asked nothing share a heading and a sentence.
    """
    asked = {group: list(asked_of_group(group, facts)) for group in GroupCode}
    idle = [group for group in GroupCode if not asked[group]]
    parts = []
    if len(idle) < len(GroupCode):
        invited = _("The advisory groups are invited to note this report, and to act on what is open below.")
        parts.append(paragraph(invited))
    for group in GroupCode:
        if asked[group]:
            parts += [heading(body_in_words(group.value)), bullets(asked[group])]
    parts += _nothing(idle) if idle else []
    own = list(_asked_of_the_iscg(facts))
    parts += [heading(body_in_words(GROUP)), bullets(own)] if own else []
    issues = [_to_answer(one) for one in _open_with(KeyIssue.Addressee.ISC_TF, facts)]
    parts += [heading(KeyIssue.Addressee.ISC_TF.label), bullets(issues)] if issues else []
    return joined(parts)


def asked_in(content, lang, group):
    """What a frozen report asks of a group, as plain sentences in the language; none where it has no such part."""
    return _asked_at(content, lang, group)[1]


def anchor_of_group(content, lang, group):
    """The id on the page of the report of the heading above it; blank where it has no such part."""
    return _asked_at(content, lang, group)[0]


def _asked_at(content, lang, group):
    named = {group, *terms()[f"initials/{group}"].values()}  # reports frozen before have the code in each language
    trees = content.get("languages", {})
    tree = trees.get(lang) or trees.get(content.get("original_language"), {"sections": []})
    blocks = [block for section in tree["sections"] for block in section["blocks"] if block["key"] == "action"]
    for block in blocks:
        for number, part in enumerate(HEADING.split(block.get("html", ""))[1:], 1):
            title, _end, text = part.partition("</h3>")
            if named & set(WORDS.findall(strip_tags(f"<h3{title}"))):
                sentences = text.replace("</li>", "\n").replace("</p>", "\n")
                lines = [" ".join(one.split()) for one in _plain(sentences).splitlines()]
                return anchor_in(block, number), list(filter(None, lines))
    return "", []


def _plain(html):
    return unescape(strip_tags(html.replace("<br>", " ")))


def _nothing(groups):
    names = listed(body_in_words(group.value) for group in groups)
    sentence = ngettext(
        "Nothing is open that %(group)s is asked to do: it is invited to note this report.",
        "Nothing is open that %(group)s are asked to do: they are invited to note this report.",
        len(groups),
    )
    return [heading(names), paragraph(said(sentence, group=names))]


def asked_of_group(group, facts):
    """What is open and for this group to do, a sentence each."""
    yield from _seats(group, facts)
    yield from _coordinators(group, facts)
    yield from _focal_points(group, facts)
    yield from _statements(group.value, facts)
    yield from _actions(group.value, facts)
    yield from _issues(BUREAU[group], facts)


def _seats(group, facts):
    vacant = [one for one in facts.composition.seats if one.group == group and one.office.state == OfficeState.VACANT]
    if not vacant:
        return
    since = listed(linked(one.office.since, composition_url(facts)) for one in vacant)
    yield said(
        ngettext(
            "Appoint a representative: one seat of %(group)s is vacant (%(since)s).",
            "Appoint two representatives: both seats of %(group)s are vacant (%(since)s).",
            len(vacant),
        ),
        group=body_in_words(group.value),
        since=since,
    )


def _coordinators(group, facts):
    """A subject is the business of the groups of its Sectors."""
    subjects = [one for one in facts.listed if group.sector in one.scope and one.office.state == OfficeState.VACANT]
    if subjects:
        yield said(
            ngettext(
                "Appoint, with the other groups, a Coordinator for the subject %(subjects)s, which has none.",
                "Appoint, with the other groups, Coordinators for the subjects %(subjects)s, which have none.",
                len(subjects),
            ),
            subjects=listed_rows(subjects, named),
        )


def _focal_points(group, facts):
    subjects = [one for one in facts.listed if any(_lacks(body, group) for body in one.focal_point_bodies)]
    if subjects:
        yield said(
            ngettext(
                "Appoint a Focal Point of %(group)s for the subject %(subjects)s, which has none.",
                "Appoint Focal Points of %(group)s for the subjects %(subjects)s, which have none.",
                len(subjects),
            ),
            group=body_in_words(group.value),
            subjects=listed_rows(subjects, named),
        )


def _lacks(body, group):
    return body.body == group and body.office.state == OfficeState.VACANT


def _statements(body, facts):
    """Liaison statements that the body was asked to act or to comment on and that nobody answered."""
    for addressee in facts.papers.unanswered:
        if not names(addressee, body):
            continue
        statement, day = paper(addressee.liaison.document), addressee.liaison.deadline_on
        acts = addressee.purpose == Addressee.Purpose.ACTION
        words = {"statement": statement, "day": day and print_date(day)}
        if acts and day:
            yield said(_("Act on the liaison statement %(statement)s; an answer was asked for by %(day)s."), **words)
        elif acts:
            yield said(_("Act on the liaison statement %(statement)s, which is not answered."), **words)
        elif day:
            yield said(
                _("Comment on the liaison statement %(statement)s; comments were asked for by %(day)s."), **words
            )
        else:
            yield said(_("Comment on the liaison statement %(statement)s, which is not answered."), **words)


def _actions(body, facts):
    """What meetings asked the body to do, and is not done."""
    for action in facts.papers.decisions:
        if action.kind != Decision.Kind.ACTION or not names_body(action.owner, body):
            continue
        if action.state_on(facts.as_on) == DecisionState.CLOSED:
            continue
        words = {
            "number": linked(action.number, f"{action.meeting.get_absolute_url()}#{action.anchor}"),
            "meeting": link(action.meeting),
            "text": action.text("wording"),
        }
        if action.due_on:
            sentence = _("Carry out action %(number)s of %(meeting)s by %(day)s: %(text)s")
            if action.due_on < facts.as_on:
                sentence = _("Carry out action %(number)s of %(meeting)s, which was due by %(day)s: %(text)s")
            yield said(sentence, day=print_date(action.due_on), **words)
        else:
            yield said(_("Carry out action %(number)s of %(meeting)s: %(text)s"), **words)


def _issues(addressee, facts):
    for issue in _open_with(addressee, facts):
        addressee = linked(issue.get_addressee_display(), issue.get_absolute_url())
        words = {"addressee": addressee, "issue": issue.text("statement")}
        if issue.subject:
            words["subject"] = named(issue.subject)
            yield said(
                _("Follow the key issue that is open with the %(addressee)s on the subject %(subject)s: %(issue)s"),
                **words,
            )
        else:
            yield said(_("Follow the key issue that is open with the %(addressee)s: %(issue)s"), **words)


def _open_with(addressee, facts):
    is_open = KeyIssue.State.OPEN
    return [one for one in facts.issues if one.addressee == addressee and one.state_on(facts.as_on) == is_open]


def _to_answer(issue):
    """What the addressee itself is asked."""
    words = {"issue": issue.text("statement")}
    if not issue.subject:
        return said(_("Answer the key issue: %(issue)s"), **words)
    return said(_("Answer the key issue on the subject %(subject)s: %(issue)s"), subject=named(issue.subject), **words)


def _asked_of_the_iscg(facts):
    if facts.composition.chair.office.state == OfficeState.VACANT:
        since = linked(facts.composition.chair.office.since, composition_url(facts))
        yield said(_("Appoint a Chair: the office is vacant (%(since)s)."), since=since)
    yield from _statements(GROUP, facts)
    yield from _actions(GROUP, facts)
