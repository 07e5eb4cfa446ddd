"""One account of each role, a record of every kind, and every address: what the walk of the roles walks with."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver, resolve
from django.utils import timezone

from front.models import SearchMiss, Synonym
from iscg_portal.files.checks import KINDS
from iscg_portal.mail.models import Mail
from members.models import ChairTerm, FormerAddress
from members.staff_groups import make_staff_groups
from reports.acts.annual_reports import open_report
from reports.models import Transmission
from studies.models import PlannedEnding
from subjects.acts import adopt_edition
from subjects.models import Coordinator, FocalPointRecord
from tests import world as build
from tests.made_up_files import pdf
from tests.workspace.rights_table import GROUP_OF
from workspace.access.rights import Role
from workspace.handover.acts import freeze
from workspace.models import EntryLink, GroupSecretariat, ReaderCorrection, ReportDraft
from workspace.proposals import acts as proposal_acts
from workspace.transmissions.models import add_file


def office_holder(name):
    """An account whose person has the office of that member of the cast."""
    return lambda world: build.account(f"{name}@example.org", person=getattr(world, name))


def staff_in(group):
    """A staff account with the rights of one group and no more."""

    def made(world):
        account = build.account(f"in-a-group-{len(group)}@example.org", is_staff=True)
        account.groups.add(Group.objects.get(name=group))
        return account

    return made


def secretariat_of_a_group(world):
    """The account of RAG's secretariat."""
    account = build.account("rag-secretariat@example.org")
    build.saved(GroupSecretariat(account=account, group=build.advisory_group("RAG"), starts_on=build.DAY))
    return account


def delegate(world):
    """The account of a participant, of whom `fill` made the record."""
    return build.account("una@example.org")


# How to make an account of each role; None is nobody signed in.
BUILDERS = {
    Role.VISITOR: lambda world: None,
    Role.ACCOUNT: office_holder("lea"),
    Role.REPRESENTATIVE: office_holder("ada"),
    Role.CHAIR: office_holder("gus"),
    Role.COORDINATOR: office_holder("ina"),
    Role.FOCAL_POINT: office_holder("kim"),
    Role.PARTICIPANT: delegate,
    Role.GROUP_SECRETARIAT: secretariat_of_a_group,
    Role.ASSISTANT: staff_in(GROUP_OF[Role.ASSISTANT]),
    Role.AUDITOR: staff_in(GROUP_OF[Role.AUDITOR]),
    Role.SECRETARIAT: lambda world: world.staff,
}
# The arguments of the workspace's pages that have any.
FORGED = {"token": "x" * 43}
ARGUMENTS = {
    "workspace:report-draft": {"subject": "emf", "meeting": "25-7"},
    "workspace:subject": {"slug": "emf"},
    "workspace:activity": {"slug": "emf"},
    "workspace:mandates": {"slug": "emf"},
    "workspace:link": {"pk": 999_999},
    "workspace:review": {"code": "none"},
    "workspace:handover-file": {"pk": 999_999},
    "workspace:withdraw-proposal": {"pk": 1},
    "workspace:confirm": FORGED,
    "workspace:follow-confirm": FORGED,
    "workspace:follow-stop": FORGED,
    "workspace:invitation": FORGED,
    "workspace:join-confirm": FORGED,
    "workspace:mail-language": FORGED,
}  # those of the transmission to RAG are in `world.arguments`
# The pages that answer otherwise than 200 to whom the table lets in, or than 403 to others with an account.
ANSWERS = {
    "workspace:subject": (200, 404),
    "workspace:activity": (200, 404),
    "workspace:mandates": (200, 404),
    "workspace:link": (404, 404),
    "workspace:review": (404, 403),
    "workspace:handover-file": (404, 404),
    "workspace:withdraw-proposal": (405, 405),
    "workspace:transmission": (200, 404),
    "workspace:transmission-noted": (302, 404),
    "workspace:transmission-received": (405, 405),
    "workspace:transmission-agenda": (302, 404),
    "workspace:transmission-file": (200, 404),
    "workspace:confirm": (404, 404),
    "workspace:invitation": (404, 404),
    "workspace:join-confirm": (404, 404),
    "workspace:mail-language": (404, 404),
    "workspace:follow-confirm": (410, 410),
    "workspace:follow-stop": (404, 404),
}


class Address(NamedTuple):
    """One address: its view, and the names of its arguments."""

    view: Callable
    arguments: tuple[str, ...]


def addresses(resolver, namespace="", arguments=()):
    """(name with its namespace, Address) of every address below the resolver."""
    for pattern in resolver.url_patterns:
        regex = getattr(pattern.pattern, "regex", None)
        named = (*arguments, *(pattern.pattern.converters or (regex.groupindex if regex else ())))
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or ''}", Address(pattern.callback, tuple(dict.fromkeys(named)))
        else:
            yield from addresses(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace, named)


ALL = dict(addresses(get_resolver()))
OF_WORKSPACE = [name for name in ALL if name.startswith("workspace:")]
OF_ADMIN = {name.removeprefix("admin:"): address for name, address in ALL.items() if name.startswith("admin:")}


def standing_roles():
    """The standing ISCG with a record of every kind, and `roles`, where each role has its account."""
    world = build.standing_iscg()
    make_staff_groups()
    fill(world)
    world.roles = {role: make(world) for role, make in BUILDERS.items()}
    return world


def fill(world):
    """Add a record of every kind to the standing ISCG."""
    emf = world.subjects["EMF"]
    build.saved(FocalPointRecord(subject=emf, body="TSAG", recorded_from=build.DAY))
    build.contact_data(world.ada)
    build.membership(build.country("FR"), "CEPT")
    build.nomination(world.ada, world.pp22)
    build.terms_of_reference(date(2026, 1, 1))
    build.former_name(build.country("FR"))
    FormerAddress.objects.create(slug="a-testperson", person=world.ada)
    adopt_edition(build.DAY, "ISCG/99-1/05")
    build.saved(PlannedEnding(unit=world.link.first, kind="closed"))
    build.mandate_look(world.resolutions["pp-191"], world.pp22, emf)
    world.register = build.standing_register(emf)
    report = build.published_report("2024")
    open_report("2025")  # a draft, on whose pages something can be done
    world.arguments = send_to_rag(report)
    build.decision(build.finding_without_link(world.link.first.parent))
    build.clause_text()
    build.participant()
    build.key_issue()
    build.coordinator_report(emf, world.register.first, world.ina)
    handed_in = {"state": "submitted", "submitted_at": timezone.now(), "results": "Made up"}
    build.saved(ReportDraft(subject=emf, meeting=world.register.coming, person=world.ina, **handed_in))
    proposed = proposal_acts.change("title", "Another title, made up", emf, language="en")
    proposal_acts.submit(world.ina, [proposed], subject=emf, language="en")
    build.saved(EntryLink(person=world.ada, meeting=world.register.coming, digest="0" * 64, expires_on=build.DAY))
    build.saved(Synonym(subject=emf, words_en="fields, radiation, made up"))
    ReaderCorrection.objects.create(about="/en/", text="Made up", source="Made up")
    for term in (*ChairTerm.objects.in_office(), *Coordinator.objects.in_office()):
        freeze(term, "en")
    SearchMiss.objects.create(words="made up", language="en", last_on=build.DAY)
    Mail.objects.create(to="nobody@example.org", subject="Made up", text="Made up")


def send_to_rag(report):
    """The transmission of a report to RAG, sent, with a file for its secretariat; the arguments of its pages."""
    found = Transmission.objects.filter(report=report, group="RAG").first()
    found = found or Transmission(report=report, group=build.advisory_group("RAG"))
    found.state, found.sent_on = "sent", build.DAY
    build.saved(found)
    file = add_file(found, pdf(), KINDS["pdf"], "en", is_early=True)
    names = ("transmission", "transmission-noted", "transmission-received", "transmission-agenda")
    found_by = {f"workspace:{name}": {"pk": found.pk} for name in names}
    return found_by | {"workspace:transmission-file": {"pk": found.pk, "file": file.pk}}


def asked(account, path, method="get"):
    """The status with which a page is answered, before it is printed: 200, 302, 403, 404."""
    request = getattr(RequestFactory(), method)(path)
    request.user = account or AnonymousUser()
    request.session, request._dont_enforce_csrf_checks = SessionBase(), True
    request._messages = CookieStorage(request)
    request.resolver_match = match = resolve(path)
    try:
        return match.func(request, *match.args, **match.kwargs).status_code
    except PermissionDenied:
        return 403
    except Http404:
        return 404
