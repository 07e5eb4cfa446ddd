"""The page with what an account holds and has to do, and its own settings."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.office_on import OfficeState
from iscg_portal.text_fields import LanguageField
from meetings.models import Document, Meeting
from members.composition import SeatOn, composition
from members.models import Account
from reports.models import AnnualReport, KeyIssue, Transmission
from reports.pages.annual_reports import corrigenda, with_corrections
from studies.models import MappingLink, StudyFinding
from studies.overlaps.printing import print_findings
from subjects.mandate_changes import mandates_to_look_at
from subjects.models import Subject
from workspace.access.offices import circles_of
from workspace.access.rights import MAY, AccountStanding, Act, Role, asks, refusal_of, roles_of, standing_of
from workspace.drafts.own_reports import DueReport, ListedDraft, drafts_of, due_of, listed
from workspace.mapping.sides import links_of, sides_of
from workspace.models import Handover, Proposal
from workspace.reviewing.views import drafts_to_review
from workspace.transmissions.models import transmissions_to

MOST = 10
MOST_DRAFTS = 50
MOST_FINDINGS = 30


class SettingsForm(ShowsTypedBefore, forms.ModelForm):
    """What the owner of an account may change; staff change the rest."""

    language = LanguageField()

    class Meta:
        model = Account
        fields = ["name", "language"]


@asks(Act.OPEN_WORKSPACE)
@require_http_methods(["GET", "HEAD", "POST"])
def workspace(request):
    """What I hold and until when, meetings and documents of my subjects, my settings."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        account = form.save(commit=False)
        account.save(update_fields=["name", "language"])
        with override(account.language):
            messages.success(request, _("Your settings are saved."))
            return HttpResponseRedirect(reverse("workspace:workspace"))
    now = today()
    return render(
        request, "workspace/workspace.html", {"desk": workspace_of(request.user, now), "form": form, "as_on": now}
    )


@asks(Act.SEE_COLLEAGUES, enforced=False)
@login_required
@require_safe
def colleagues(request):
    """How to reach the colleagues of somebody who holds an office today."""
    circles = circles_of(request.user.person_id, today())
    if not circles:
        raise refusal_of(Act.SEE_COLLEAGUES)
    return render(request, "workspace/colleagues.html", {"circles": circles})


@dataclass(frozen=True)
class ForTheTeam:
    """`meeting` is the next one of the group, None where none is announced; all of it is public elsewhere."""

    meeting: Meeting | None
    papers: list[Document]
    report: AnnualReport | None
    vacant: list[SeatOn]
    issues: list[KeyIssue]


@dataclass(frozen=True)
class WorkspacePage:
    """What an account is, what is due from it or sent to its group, its drafts and proposals, and coming meetings.

    `mandates` are subjects with how many resolutions behind them a conference changed and nobody has looked at.
    `takes_part`: whether it may see how to join the meetings from elsewhere; `speaks`: whether for a side of mapping
    links, of which `links` wait for it.
    """

    standing: AccountStanding
    takes_part: bool
    due: list[DueReport]
    drafts: list[ListedDraft]
    subjects: list
    meetings: list[Meeting]
    documents: list[Document]
    proposals: list[Proposal]
    findings: list
    speaks: bool
    links: list[MappingLink]
    transmissions: list[tuple[Transmission, list]]  # each with what corrects its report
    mandates: list[tuple[Subject, int]]
    handovers: list[Handover]
    team: ForTheTeam | None  # of the Chair and the representatives
    reviews: list[AnnualReport]  # drafts that the Chair may read and comment on


def workspace_of(account, on: datetime.date) -> WorkspacePage:
    """Fifteen queries at most for any account, and those of its overlaps and gaps (`findings_for`); of staff two more.

    The management team has eight more.

    The documents are public ones.
    """
    standing = standing_of(account, on)
    held, roles = standing.held, roles_of(account, on, standing)
    subjects = sorted({office.subject for office in held if office.subject}, key=lambda subject: subject.code)
    if MAY[Act.SEE_OWN_SUBJECTS].isdisjoint(roles):
        subjects = []
    about = Q(agenda__subjects__in=subjects) | Q(subject__in=subjects)
    coming = Meeting.objects.coming(on)
    meetings = coming.filter(Q(pk__in=coming.of_the_group()) | about) if subjects else coming.of_the_group()
    sides = sides_of(held)
    documents = Document.objects.visible_to(AnonymousUser()).in_force().filter(subjects__in=subjects)
    drafts = drafts_of(account.person_id, MOST_DRAFTS)
    return WorkspacePage(
        standing,
        not MAY[Act.TAKE_PART].isdisjoint(roles),
        due_of(held, drafts, on),
        listed(drafts, held),
        subjects,
        list(meetings.distinct()[:MOST]),
        list(documents.distinct().order_by("-dated_on", "-pk")[:MOST]) if subjects else [],
        Proposal.objects.newest_of(account.person_id, MOST) if account.person_id else [],
        findings_for(account, held, on),
        bool(sides),
        list(links_of(sides, on).filter(waits=True)[:MOST]) if sides else [],
        _transmissions(standing.group) if standing.group else [],
        _changed_mandates(subjects, on) if subjects else [],
        [] if MAY[Act.TAKE_OVER].isdisjoint(roles) else list(Handover.objects.for_person(account.person_id, on)),
        for_the_team(on) if {Role.CHAIR, Role.REPRESENTATIVE} & roles else None,
        [] if MAY[Act.REVIEW_REPORTS].isdisjoint(roles) else drafts_to_review(),
    )


def _transmissions(group):
    """Pairs of what was sent to the group and what corrects that report, the newest first. Four queries."""
    given = list(transmissions_to(group).defer("report__content").order_by("-report__period_to", "-pk"))
    reports = with_corrections(AnnualReport.objects.filter(pk__in={one.report_id for one in given}))
    corrected = {one.pk: corrigenda(one) for one in reports.defer("content", "base__content")}
    return [(one, corrected[one.report_id]) for one in given]


def findings_for(account, held, on):
    """The overlaps and gaps of the subjects that the account's person coordinates, and those assigned to it.

    One query where there are none; else four at most, and one for each other room that takes part.
    """
    coordinated = [office.subject for office in held if office.kind == "coordinator"]
    found = StudyFinding.objects.for_account(account, coordinated, on).select_related("decision")
    return print_findings(found.order_by("-is_recorded", "kind", "-score", "pk")[:MOST_FINDINGS])


def _changed_mandates(subjects, on):
    """(subject, number of changed mandates that nobody has looked at), where there is any. One query."""
    rows = Counter(mandates_to_look_at(on).filter(subject__in=subjects).values_list("subject", flat=True))
    return [(subject, rows[subject.pk]) for subject in subjects if rows[subject.pk]]


def for_the_team(on: datetime.date) -> ForTheTeam:
    """What the management team finds on its first page on a day. Eight queries at most."""
    visitor = AnonymousUser()
    meeting = Meeting.objects.coming(on).of_the_group().first()
    papers = (
        Document.objects.visible_to(visitor).in_force().filter(meeting=meeting) if meeting else Document.objects.none()
    )
    reports = AnnualReport.objects.filter(state=AnnualReport.State.PUBLISHED).defer("content")
    return ForTheTeam(
        meeting,
        list(papers.order_by("pk")[:MOST]),
        reports.order_by("-period_to", "-pk").first(),
        [seat for seat in composition(on).seats if seat.office.state == OfficeState.VACANT],
        list(KeyIssue.objects.visible_to(visitor).unanswered_on(on)[:MOST]),
    )
