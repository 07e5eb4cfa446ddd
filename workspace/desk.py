"""What the workspace page shows to one account on a day."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from meetings.models import Document, Meeting
from reports.models import Transmission
from workspace.due import DueReport, ListedDraft, drafts_of, due_of, listed
from workspace.group_secretariat import transmissions_to
from workspace.models import Proposal
from workspace.rights import MAY, Act, roles_of
from workspace.standing import Standing, standing_of

MOST = 10
MOST_DRAFTS = 50


@dataclass(frozen=True)
class Desk:
    """What an account is, what is due from it or goes to its group, its drafts and proposals, and what comes up.

    `takes_part`: whether it may know how to take part in the meetings from afar.
    """

    standing: Standing
    takes_part: bool
    due: list[DueReport]
    drafts: list[ListedDraft]
    subjects: list
    meetings: list[Meeting]
    documents: list[Document]
    proposals: list[Proposal]
    transmissions: list[Transmission]


def desk_of(account, on: datetime.date) -> Desk:
    """At most ten queries, whatever the account is. Documents are those that the public may see."""
    standing = standing_of(account, on)
    held, roles = standing.held, roles_of(account, on, standing)
    subjects = sorted({office.subject for office in held if office.subject}, key=lambda subject: subject.code)
    if MAY[Act.SEE_OWN_SUBJECTS].isdisjoint(roles):
        subjects = []
    about = Q(agenda__subjects__in=subjects) | Q(subject__in=subjects)
    coming = Meeting.objects.coming(on)
    meetings = coming.filter(Q(pk__in=coming.of_the_group()) | about) if subjects else coming.of_the_group()
    documents = Document.objects.visible_to(AnonymousUser()).in_force().filter(subjects__in=subjects)
    drafts = drafts_of(account.person_id, MOST_DRAFTS)
    return Desk(
        standing,
        not MAY[Act.TAKE_PART].isdisjoint(roles),
        due_of(held, drafts, on),
        listed(drafts, held),
        subjects,
        list(meetings.distinct()[:MOST]),
        list(documents.distinct().order_by("-dated_on", "-pk")[:MOST]) if subjects else [],
        Proposal.objects.newest_of(account.person_id, MOST) if account.person_id else [],
        list(transmissions_to(standing.group).order_by("-report__period_to", "-pk")) if standing.group else [],
    )
