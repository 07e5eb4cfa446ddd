"""Who may do what: the one place that says so.

Rights follow offices: the roles of an account are computed from the tenures of its person on the day, from whether it
takes part (clause C5), and from the rights of its staff groups. A right ends on the day the tenure ends, without anyone
doing anything. The rights of their groups say what staff may do in the admin
(`iscg_portal.adminkit.admin_rights`). A test compares the table in docs/handbook.md with both, and another one walks
every page as every role.
"""

import datetime
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.db.models import Exists, Subquery
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import in_a_row
from iscg_portal.mail.sending import MAILBOX
from iscg_portal.tenure.dates import today
from iscg_portal.web.errors import NotAllowed
from members.models import Account
from members.staff_groups import RELEASING
from workspace.access.offices import Held, held_by
from workspace.models import GroupSecretariat, Participant


class Role(models.TextChoices):
    """What somebody is on a day; one account may be several of them."""

    VISITOR = "visitor", _("visitor")
    ACCOUNT = "account", _("account without an office")
    REPRESENTATIVE = "representative", _("representative")
    CHAIR = "chair", _("Chair")
    COORDINATOR = "coordinator", _("Coordinator")
    FOCAL_POINT = "focal point", _("Focal Point")
    PARTICIPANT = "participant", _("participant")
    GROUP_SECRETARIAT = "group secretariat", _("advisory group’s secretariat")
    AUDITOR = "auditor", _("staff who may only look")
    ASSISTANT = "assistant", _("assistant")
    SECRETARIAT = "secretariat", _("secretariat")


class Act(models.TextChoices):
    """What may be done."""

    READ = "read", _("read what is public")
    FOLLOW = "follow", _("follow the composition or a subject by e-mail")
    SUGGEST = "suggest", _("suggest a correction, with a source")
    JOIN = "join", _("ask to take part")
    OPEN_WORKSPACE = "open workspace", _("open the workspace, change one's own settings")
    KEEP_OWN_DATA = "keep own data", _("download one's own data, close one's own account")
    TAKE_PART = "take part", _("find there how to join the coming meetings from elsewhere")
    LEAVE = "leave", _("end one's own participation")
    SEE_COLLEAGUES = "see colleagues", _("see how to reach the people one works with")
    SEE_OWN_SUBJECTS = "see own subjects", _("find meetings, documents, overlaps and gaps of one's subjects there")
    PROPOSE = "propose", _("propose corrections and activities for one's subjects")
    LOOK_AT_MANDATES = (
        "look at mandates",
        _("look at what a conference changed of one’s subject’s mandates, and say a word on it"),
    )
    CONFIRM_LINKS = "confirm links", _("confirm, contest and claim mapping links for the own side")
    WRITE_OWN_REPORT = "write own report", _("write and submit the report of one's subject to a meeting")
    TAKE_OVER = "take over", _("find the handover file of one’s term there")
    REVIEW_REPORTS = "review reports", _("read and comment on the draft of an annual report before it is approved")
    ANSWER_TRANSMISSIONS = (
        "answer transmissions",
        _("see and answer the transmissions to one’s advisory group, with the files for it"),
    )
    OPEN_ADMIN = "open admin", _("open the admin")


SIGNED_IN = frozenset(Role) - {Role.VISITOR}
OFFICE_HOLDERS = frozenset({Role.REPRESENTATIVE, Role.CHAIR, Role.COORDINATOR, Role.FOCAL_POINT})
STAFF = frozenset({Role.AUDITOR, Role.ASSISTANT, Role.SECRETARIAT})
MAY = {
    Act.READ: frozenset(Role),
    Act.FOLLOW: frozenset(Role),
    Act.SUGGEST: frozenset(Role),
    Act.JOIN: frozenset(Role),
    Act.OPEN_WORKSPACE: SIGNED_IN,
    Act.KEEP_OWN_DATA: SIGNED_IN,
    Act.TAKE_PART: OFFICE_HOLDERS | {Role.PARTICIPANT},
    Act.LEAVE: frozenset({Role.PARTICIPANT}),
    Act.SEE_COLLEAGUES: OFFICE_HOLDERS,
    Act.SEE_OWN_SUBJECTS: frozenset({Role.COORDINATOR, Role.FOCAL_POINT}),
    Act.PROPOSE: frozenset({Role.COORDINATOR, Role.FOCAL_POINT}),
    Act.LOOK_AT_MANDATES: frozenset({Role.COORDINATOR, Role.FOCAL_POINT}),
    Act.CONFIRM_LINKS: frozenset({Role.FOCAL_POINT}),
    Act.WRITE_OWN_REPORT: frozenset({Role.COORDINATOR}),
    Act.TAKE_OVER: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Act.REVIEW_REPORTS: frozenset({Role.CHAIR}),
    Act.ANSWER_TRANSMISSIONS: frozenset({Role.GROUP_SECRETARIAT}),
    Act.OPEN_ADMIN: STAFF,
}
LOOKING = ("view_", "export_")  # how the rights begin that change nothing
ROLE_OF_OFFICE = {
    "representative": Role.REPRESENTATIVE,
    "chairterm": Role.CHAIR,
    "coordinator": Role.COORDINATOR,
    "focalpoint": Role.FOCAL_POINT,
}


@dataclass(frozen=True)
class AccountStanding:
    """What rights follow from. `group` is blank where the account works for no advisory group's secretariat."""

    held: list[Held]
    group: str
    is_participant: bool


def standing_of(account, on: datetime.date) -> AccountStanding:
    """What the account is on the day. At most five queries."""
    groups = GroupSecretariat.objects.covering(on).filter(account=account.pk).values("group")
    takes_part = Participant.objects.taking_part(account.email)
    found = Account.objects.filter(pk=account.pk).values_list(Subquery(groups[:1]), Exists(takes_part))
    group, is_participant = found.get()
    return AccountStanding(held_by(account.person_id, on), group or "", is_participant)


def roles_of(account, on: datetime.date | None = None, standing: AccountStanding | None = None) -> set[Role]:
    """The roles of the account on the day (today in Geneva if not given). `standing`: that of the day, if known."""
    if not account.is_authenticated or not account.is_active:
        return {Role.VISITOR}
    standing = standing or standing_of(account, on or today())
    roles = {ROLE_OF_OFFICE[office.kind] for office in standing.held}
    if standing.group:
        roles.add(Role.GROUP_SECRETARIAT)
    if standing.is_participant:
        roles.add(Role.PARTICIPANT)
    if account.is_staff:
        roles.add(_role_of_staff(account.get_all_permissions()))
    return roles or {Role.ACCOUNT}


def _role_of_staff(rights):
    """By the rights of its groups: only look, keep the record, or publish and send too."""
    if all(right.partition(".")[2].startswith(LOOKING) for right in rights):
        return Role.AUDITOR
    return Role.ASSISTANT if rights.isdisjoint(RELEASING) else Role.SECRETARIAT


def may(account, act: Act, on: datetime.date | None = None) -> bool:
    """Whether the account may do it on the day (today in Geneva if not given)."""
    if MAY[act] >= SIGNED_IN and account.is_authenticated and account.is_active:
        return True
    return not MAY[act].isdisjoint(roles_of(account, on))


def may_for(account, act: Act, subject, on: datetime.date | None = None) -> bool:
    """Whether the account may do it for this subject: only its offices for the subject count."""
    if not account.is_authenticated or not account.is_active:
        return False
    held = [office for office in held_by(account.person_id, on or today()) if office.subject == subject]
    return not MAY[act].isdisjoint(ROLE_OF_OFFICE[office.kind] for office in held)


def refusal_of(act: Act) -> NotAllowed:
    """What to raise where an account may not: it says for whom the act is."""
    sentence = gettext(
        "This is only for: %(roles)s. You are none of that today. If that is wrong, or if your office has just ended,"
        " write to the secretariat: %(mailbox)s."
    )
    roles = in_a_row(role.label for role in Role if role in MAY[act])
    return NotAllowed(sentence % {"roles": roles, "mailbox": MAILBOX})


def office_lost(request, subject, typed):
    """Where the account no longer speaks for a subject: what it had typed, (label, text), is given back.

    Errors: Http404 where nothing was sent.
    """
    if request.method != "POST":
        raise Http404(gettext("You are neither Coordinator nor Focal Point of this subject today."))
    return render(request, "workspace/office_lost.html", {"subject": subject, "typed": typed}, status=403)


def asks(act: Act, *, enforced=True):
    """Decorate a view with the act that it needs: visitors are asked to sign in, others get 403 and why.

    With `enforced=False` the view itself refuses, for example to give back what was typed.
    """

    def decorate(view):
        @wraps(view)
        def asked(request, *args, **kwargs):
            if enforced and MAY[act] != frozenset(Role) and not may(request.user, act):
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                raise refusal_of(act)
            return view(request, *args, **kwargs)

        asked.act = act
        return asked

    return decorate
