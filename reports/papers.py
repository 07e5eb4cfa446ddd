"""The papers of a period: documents of its meetings, liaison statements with their answers, and points of agendas."""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from iscg_portal.fixed_terms import terms
from meetings.models import Addressee, AgendaItem, Decision, Document, LiaisonStatement

GROUP = "ISCG"
OF_ANSWER = ("number", "slug", "submitted_by")
NAME_BEFORE = "ISCT"  # of the group, up to 2019


class Papers(NamedTuple):
    """`documents` have the codes of their subjects, liaison statements their addressees and what answered them.

    `unanswered` are the addressees who were asked for something by the last day and did not answer; `decisions` those
    of the meetings, and the actions that earlier ones agreed on and that are open on that day.
    """

    documents: list[Document]
    agenda: list[AgendaItem]
    unanswered: list[Addressee]
    decisions: list[Decision] = ()

    @property
    def liaison(self):
        """The liaison statements that came or went in the period."""
        return [one for one in self.documents if one.type == Document.Type.LIAISON]

    def by_meeting(self):
        """The documents of each meeting, by its key and their type."""
        found = defaultdict(list)
        for one in self.documents:
            found[one.meeting_id, one.type].append(one)
        return found

    def by_agenda_item(self):
        """The documents under each point of an agenda, by its key."""
        found = defaultdict(list)
        for one in self.documents:
            found[one.agenda_item_id].append(one)
        return found


def papers_of(meetings, start, end) -> Papers:
    """Public and in force, to the meetings or dated after the first day and not after the second. Four queries."""
    keys = [meeting.pk for meeting in meetings]
    documents = _documents(keys, start, end)
    liaison = {one.liaison.pk: one for one in documents if one.type == Document.Type.LIAISON and _is_entered(one)}
    addressees = _addressees(liaison, end)
    for addressee in addressees:
        if addressee.liaison_id in liaison:
            liaison[addressee.liaison_id].addressees.append(addressee)
    unanswered = [one for one in addressees if one.is_unanswered]
    asking = {one.liaison.document.base_id or one.liaison.document_id for one in unanswered}
    for one in documents:
        one.is_open = one.pk in asking
    return Papers(documents, _agenda(keys), unanswered, _decisions(keys, end))


def names(addressee, body):
    """Whether an addressee, as the statement prints it, is the body: “ITU-T TSAG” names TSAG."""
    return names_body(addressee.body, body)


def names_body(text, body):
    """The same of any text that names bodies, such as a source, or who carries out an action.

    The body stands there by its code or initials in one of the six languages, between any signs, or by its name.
    """
    return bool(_names_of(body).search(text))


def is_name_of(text, group):
    """Whether the text is the name of the advisory group and no more: “TSAG”, “ITU-T TSAG”."""
    return bool(_names_of(group.value).fullmatch(text.removeprefix(f"ITU-{group.sector} ")))


@cache
def _names_of(body):
    short = {body, *terms().get(f"initials/{body}", {}).values()} | ({NAME_BEFORE} if body == GROUP else set())
    full = {form for key, form in terms()[f"body/{body}"].items() if key not in ("key", "source", "sureness")}
    short, full = ("|".join(re.escape(name) for name in sorted(names - {""})) for names in (short, full))
    return re.compile(rf"(?<![^\W\d_])(?:{short})(?![^\W\d_])|{full}".replace(r"\-", "[-\u2010\u2011]"), re.IGNORECASE)


def _is_entered(document):
    return hasattr(document, "liaison")


def _documents(meetings, start, end):
    """Documents themselves; their revisions stand on their pages."""
    of_period = Q(dated_on__gt=start, dated_on__lte=end) & (Q(type=Document.Type.LIAISON) | Q(meeting=None))
    found = Document.objects.public().in_force().filter(Q(meeting__in=meetings) | of_period, base=None)
    found = found.join_public("liaison__in_reply_to__document").annotate(
        subject_code=F("subjects__code"), **_answers(end)
    )
    documents = with_subject_codes(found.order_by("sort_key", "subjects__code"))
    for one in documents:
        one.addressees = []
    return documents


def _answers(end):
    """What a liaison statement is annotated with: the first public answer to it or to a revision of it, and whether
    there is one at all. Of other documents it is not asked.
    """
    to_it = Q(in_reply_to__document=OuterRef("pk")) | Q(in_reply_to__document__base=OuterRef("pk"))
    answers = LiaisonStatement.objects.filter(to_it, in_reply_to__isnull=False, document__withdrawn_on=None)
    answers = answers.exclude(document__visibility=Document.Visibility.DRAFT).sent_by(end)
    public = answers.filter(document__visibility=Document.Visibility.PUBLIC).order_by("document__sort_key")
    asked = {f"answer_{name}": Subquery(public.values(f"document__{name}")[:1]) for name in OF_ANSWER}
    asked["is_answered"] = Exists(answers)
    return {name: Case(When(type=Document.Type.LIAISON, then=found)) for name, found in asked.items()}


def _agenda(meetings):
    """The points of the agendas in their order, each with the codes of its subjects. One query."""
    found = AgendaItem.objects.filter(meeting__in=meetings).annotate(subject_code=F("subjects__code"))
    return with_subject_codes(found.order_by("meeting", "position", "pk", "subjects__code"))


def with_subject_codes(rows):
    """Each row once, with the `subject_codes` that it has, of a query with a row for each `subject_code`."""
    found = {}
    for one in rows:
        first = found.setdefault(one.pk, one)
        if first is one:
            one.subject_codes = []
        if one.subject_code:
            first.subject_codes.append(one.subject_code)
    return list(found.values())


def _addressees(liaison, end):
    """Those of the statements, and whoever else was asked for something and did not answer by the day. One query."""
    open_ones = Addressee.objects.asking().filter(liaison__in=LiaisonStatement.objects.public().unanswered(end))
    open_ones = open_ones.filter(Q(liaison__document__dated_on=None) | Q(liaison__document__dated_on__lte=end))
    found = Addressee.objects.annotate(is_unanswered=Exists(open_ones.filter(pk=OuterRef("pk"))))
    found = found.filter(Q(liaison__in=liaison) | Q(is_unanswered=True)).join_public("liaison__document")
    return list(found.order_by("liaison__document__sort_key", "purpose", "body"))


def _decisions(meetings, end):
    own_and_open = Q(meeting__in=meetings) | Q(pk__in=Decision.objects.open_on(end).values("pk"))
    found = Decision.objects.filter(own_and_open).select_related("meeting", "subject")
    return list(found.order_by("meeting__starts_on", "meeting__code", "pk"))
