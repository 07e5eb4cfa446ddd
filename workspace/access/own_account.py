"""What the owner of an account may do with it: read all data about oneself, stop taking part, close it."""

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iscg_portal.collation import in_order
from iscg_portal.mail.models import Mail
from members.models import ContactData, Nomination
from members.models.people import kinds_of_office
from reports.models import CoordinatorReport
from studies.models import FindingDecision
from workspace.access import closing
from workspace.access.rights import Act, asks
from workspace.following.acts import followed_by
from workspace.joining import acts as joining
from workspace.models import EntryLink, Follow, GroupSecretariat, Invitation, Participant, ProposedChange, ReportDraft

OF_AN_OFFICE = {"seat_id": "seat", "subject__code": "subject", "body": "for"}
DATES = ("starts_on", "starts_precision", "ends_on", "ends_precision", "last_confirmed_on")


@asks(Act.KEEP_OWN_DATA)
@require_safe
def my_data(request):
    """What the portal keeps about me in short, where the file is, and what I follow."""
    return render(request, "workspace/my_data.html", {"followed": followed_by(request.user.email)})


@asks(Act.KEEP_OWN_DATA)
@require_safe
def my_data_file(request):
    """All of it as JSON."""
    response = JsonResponse(everything_about(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="iscg-my-data.json"'
    return response


@asks(Act.LEAVE)
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request):
    """What I wrote about myself when I asked to take part; POST ends the participation."""
    mine, problem = Participant.objects.taking_part(request.user.email).first(), ""
    if request.method == "POST" and mine:
        try:
            joining.end(mine, reason=joining.BY_ONESELF, by=request.user)
        except ValidationError as error:
            problem = error.messages[0]
        else:
            messages.success(request, _("You no longer take part."))
            return HttpResponseRedirect(reverse("workspace:workspace"))
    context = {"mine": mine, "problem": problem, "mailbox": joining.MAILBOX}
    return render(request, "workspace/participation.html", context, status=409 if problem else 200)


@asks(Act.KEEP_OWN_DATA)
@reauthentication_required(allow_get=True)
@require_http_methods(["GET", "HEAD", "POST"])
def close_account(request):
    """GET says what will happen; POST closes the account for good."""
    problem = ""
    if request.method == "POST":
        try:
            closing.close(request.user)
        except ValidationError as error:
            problem = error.messages[0]
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return HttpResponseRedirect(reverse("account_login"))
    return render(request, "workspace/close_account.html", {"problem": problem}, status=409 if problem else 200)


def everything_about(account) -> dict:
    """The content of the file, in an order for reading. It has no secrets (passwords, keys)."""
    person = account.person
    return {
        "account": _account(account),
        "person": _person(person) if person else None,
        **_about_person(person),
        **_under_address(account.email),
        "overlaps_and_gaps_assigned": _assigned(account),
        "group_secretariats": _rows(GroupSecretariat.objects.filter(account=account), "group", "starts_on", "ends_on"),
        "sessions": _rows(UserSession.objects.filter(user=account), "created_at", "last_seen_at", "ip", "user_agent"),
    }


def _assigned(account):
    mine = Q(account=account) | Q(person=account.person_id, person__isnull=False)
    return _rows(FindingDecision.objects.filter(mine), "finding__kind", "finding__key", "decided_on")


def _about_person(person):
    """Offices, contact data, and what the person wrote or was asked; empty lists for an account without a person."""
    report = ("subject__code", "meeting__code")
    change = ("proposal__made_at", "proposal__state", "field", "old", "new")
    return {
        "contact_data": _of_person(ContactData, person, "email", "phone", "language", "note"),
        "offices": list(_offices(person)) if person else [],
        "nominations": _of_person(Nomination, person, "conference__code", "nominated_on", "nominated_by"),
        "coordinator_reports": _of_person(CoordinatorReport, person, *report, "received_on", *CoordinatorReport.TEXTS),
        "report_drafts": _of_person(ReportDraft, person, *report, "state", *CoordinatorReport.TEXTS),
        "proposals": _of_person(ProposedChange, person, *change, by="proposal__person"),
        "entries_confirmed": _of_person(EntryLink, person, "meeting__code", "made_at", "answered_at", "answer"),
        "invitations": _of_person(Invitation, person, "email", "made_at", "spent_at"),
    }


def _under_address(email):
    """What is kept under the address of the account: taking part, mails, what it follows."""
    said = ("name", "capacity", "country", "affiliation", "message", "state", "asked_at", "decided_at")
    followed = ("about", "language", "asked_at", "confirmed_at", "told_until")
    return {
        "participation": _rows(Participant.objects.filter(email__iexact=email), *said),
        "mails_to_me": _mails(email),
        "follows": _rows(Follow.objects.filter(email=email.lower()), *followed),
    }


def _account(account):
    own = ("email", "name", "language", "is_staff", "is_superuser", "date_joined", "last_login")
    return {name: getattr(account, name) for name in own} | {
        "groups": in_order(account.groups.values_list("name", flat=True), str),
        "addresses": _rows(EmailAddress.objects.filter(user=account), "email", "verified", "primary"),
        "second_factors": _rows(Authenticator.objects.filter(user=account), "type", "created_at", "last_used_at"),
        "institutions": _rows(SocialAccount.objects.filter(user=account), "provider", "uid", "date_joined"),
    }


def _person(person):
    own = ("honorific", "name", "sort_key", "slug", "source", "grade", "indicative")
    return {name: getattr(person, name) for name in own}


def _offices(person):
    """Every office of the person, past, present and to come, without the notes of staff."""
    for model in kinds_of_office():
        named = [path for path in OF_AN_OFFICE if _has(model, path)]
        columns = [*named, "country", "organization", *DATES]
        for row in model._base_manager.filter(person=person).order_by("starts_on").values_list(*columns):
            values = dict(zip([*(OF_AN_OFFICE[path] for path in named), *columns[len(named) :]], row, strict=True))
            yield {"office": model._meta.model_name, **values}


def _has(model, path):
    return path.split("__")[0] in {
        name for field in model._meta.concrete_fields for name in (field.name, field.attname)
    }


def _mails(email):
    return _rows(Mail.objects.filter(to__iexact=email), "subject", "state", "written_at", "sent_at")


def _of_person(model, person, *columns, by="person"):
    return _rows(model._base_manager.filter(**{by: person}), *columns) if person else []


def _rows(rows, *columns):
    return list(rows.order_by("pk").values(*columns))
