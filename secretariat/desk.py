"""The secretariat's desk: what the admin's front page opens with."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iscg_portal.adminkit.site import admin_address
from iscg_portal.integrity.findings import is_too_old, last_verification, words
from iscg_portal.mail.models import Mail
from iscg_portal.sourced import LESS_THAN_A_COPY, Grade
from iscg_portal.tenure.dates import GENEVA, print_date, print_moment, print_since, today
from members.models import TermsOfReference
from reports.models import KeyIssue
from secretariat.attention import Clause, attention, by_clause
from secretariat.change_log import last_changes
from secretariat.checks.answers import NOT_ANSWERED
from secretariat.checks.record_care import INDICATIVE, count_grades, last_word, offices_to_care_for, what_lacks
from secretariat.checks.shipped_facts import CORRECTED
from workspace.models import Participant, Proposal, ReaderCorrection, ReportDraft

MOST_CHANGES = 10
MOST_OF_AN_ISSUE = 120  # characters


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list on the desk: what it says, where it leads, and a note below it."""

    text: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Desk:
    """What waits on a day. `clauses` says what the Terms of Reference ask and is not so; the rest are lists."""

    on: datetime.date
    terms_of_reference: str
    clauses: list[Clause]
    submitted: list[Entry]
    ending: list[Entry]
    unconfirmed: list[Entry]
    unfounded: list[Entry]
    indicative: list[Entry]
    grades: list[Entry]
    shipped: list[Entry]
    issues: list[Entry]
    proposals: list[Entry]
    silent: list[Entry]
    participants: list[Entry]
    mails: list[Entry]
    read_again: list[Entry]
    all_as_stored: str
    changes: list[Entry]

    @property
    def asked(self):
        """How many findings the clauses have."""
        return sum(group.count for clause in self.clauses for group in clause.groups)


def desk(user, on=None):
    """The desk of an account on a day (today in Geneva if none is given). Twenty-four queries, fifty-four at most."""
    on = on or today()
    offices = offices_to_care_for(on)
    grades = count_grades()
    findings = attention(on, offices, user, grades)
    return Desk(
        on,
        TermsOfReference.named_on(on),
        [clause for clause in by_clause(findings) if clause.id],
        _submitted(user),
        _ending(offices, on),
        [Entry(str(office), office.url, last_word(office)) for office in offices if office.is_unconfirmed(on)],
        [Entry(str(office), office.url, what_lacks(office)) for office in offices if what_lacks(office)],
        [Entry(finding.sentence, finding.url) for finding in findings if finding.topic is INDICATIVE],
        _grades(grades),
        [Entry(finding.sentence, finding.url) for finding in findings if finding.topic is CORRECTED],
        _issues(user, on),
        _proposals(user),
        _silent(user, findings),
        _participants(user),
        _mails(user),
        *_read_again(),
        _changes(user),
    )


def _submitted(user):
    """What Coordinators handed in and the secretariat has to decide, the oldest first."""
    waiting = ReportDraft.objects.visible_to(user).waiting().select_related("subject", "meeting", "person")
    return [_handed_in(draft) for draft in waiting]


def _handed_in(draft):
    day = timezone.localtime(draft.submitted_at, GENEVA).date()
    names = {"subject": draft.subject.code, "person": draft.person, "meeting": draft.meeting.name}
    sentence = _("%(subject)s: the report of %(person)s to %(meeting)s") % names
    return Entry(sentence, admin_address(ReportDraft, draft.pk), _("submitted on %(day)s") % {"day": print_date(day)})


def _ending(offices, on):
    ending = sorted((office for office in offices if office.ends_soon(on)), key=lambda office: office.ends_on)
    return [Entry(str(office), office.url, office.until) for office in ending]


def _grades(counts):
    """How many facts of the record have evidence of each grade, and of which kinds they are."""
    return [_grade(word, label, counts) for word, label in [*Grade.choices, ("", _("not stated"))]]


def _grade(word, label, counts):
    kinds = {model: counted[word] for model, counted in counts.items() if word in counted}
    names = (f"{capfirst(model._meta.verbose_name_plural)} {count}" for model, count in kinds.items())
    href = reverse("front:help-us-verify") if word in LESS_THAN_A_COPY else ""
    return Entry(f"{label}: {sum(kinds.values())}", href, note=", ".join(names))


def _issues(user, on):
    """The key issues that wait for an answer, the oldest first."""
    waiting = KeyIssue.objects.visible_to(user).unanswered_on(on).order_by("raised_on", "pk")
    return [_issue(issue) for issue in waiting]


def _participants(user):
    """Who asked to take part and waits for a decision, the first first (clause C5)."""
    waiting = Participant.objects.visible_to(user).waiting()
    return [Entry(str(one), admin_address(Participant, one.pk), one.affiliation) for one in waiting]


def _silent(user, findings):
    """Who has not confirmed the entry; leading to where a new link is sent, for those who may send one."""
    may_send = user.has_perm("workspace.add_entrylink")
    silent = [finding for finding in findings if finding.topic is NOT_ANSWERED]
    return [Entry(finding.sentence, finding.url if may_send else "") for finding in silent]


def _mails(user):
    """What the mail server refused, and what nobody can tell: it goes again, or is cancelled, in the outbox.

    One line says that mails wait for long: the mail server is away, or the sender does not run.
    """
    if not user.has_perm("iscg_portal.view_mail"):
        return []
    outbox = f"{admin_address(Mail)}?state__in={','.join(Mail.OPEN_TO_STAFF)}"
    stuck = list(Mail.objects.stuck())
    late = [mail for mail in stuck if mail.state == Mail.State.WAITING]
    entries = [
        Entry(str(mail), outbox, mail.error or mail.get_state_display())
        for mail in stuck
        if mail.state != Mail.State.WAITING
    ]
    return [*_late_mails(late), *entries]


def _late_mails(late):
    if not late:
        return []
    words = ngettext("%(count)d mail waits in the queue", "%(count)d mails wait in the queue", len(late))
    why = late[-1].error or _("The mail server is away, or the program that sends mails is stopped.")
    waiting = f"{admin_address(Mail)}?state__exact={Mail.State.WAITING}"
    return [Entry(words % {"count": len(late)}, waiting, why)]


def _read_again():
    """(what was found not to be as it was stored, the sentence where that is nothing): `manage.py verify`."""
    last = last_verification()
    if last.finished_at is None:
        when = _("Nobody has read all stored files and published reports again yet: manage.py verify does.")
    else:
        at = {"at": print_moment(last.finished_at)}
        when = _("All stored files and published reports were read again: %(at)s.") % at
        if is_too_old(last):
            when = _("Not read again for more than a fortnight, since %(at)s: manage.py verify does it.") % at
    found = [Entry(words(one), note=when if one is last.findings[0] else "") for one in last.findings]
    return found or ([Entry(when)] if is_too_old(last) else []), when


def _issue(issue):
    names = {"addressee": issue.get_addressee_display(), "since": print_since(issue.raised_on, "day")}
    text = Truncator(issue.statement_shown).chars(MOST_OF_AN_ISSUE)
    return Entry(text, admin_address(KeyIssue, issue.pk), _("%(addressee)s, %(since)s") % names)


def _proposals(user):
    """What waits for a decision, the oldest first, with old and new of each field."""
    if not user.has_perm("workspace.view_proposal"):
        return []
    waiting = Proposal.objects.waiting().select_related("person", "subject").prefetch_related("changes")
    return [*map(_proposal, waiting), *_of_readers(user)]


def _of_readers(user):
    """The corrections that readers suggest, the oldest first."""
    if not user.has_perm("workspace.view_readercorrection"):
        return []
    waiting = ReaderCorrection.objects.waiting()
    return [Entry(str(one), admin_address(ReaderCorrection, one.pk), _source(one)) for one in waiting]


def _source(correction):
    return _("from a reader; source: %(source)s") % {"source": Truncator(correction.source).chars(MOST_OF_AN_ISSUE)}


def _proposal(proposal):
    said = Truncator("; ".join(map(str, proposal.changes.all()))).chars(2 * MOST_OF_AN_ISSUE)
    return Entry(str(proposal), admin_address(Proposal, proposal.pk), said)


def _changes(user):
    """The newest changes; many that were made in one go are one entry."""
    runs = []
    for change in last_changes(user):
        if runs and change.goes_with(runs[-1][-1]):
            runs[-1].append(change)
        else:
            runs.append([change])
    return [_change(run) for run in runs[:MOST_CHANGES]]


def _change(run):
    first = run[0]
    names = {"kind": capfirst(first.kind), "name": first.name, "did": first.did, "count": len(run)}
    text, url = _("%(kind)s %(name)s %(did)s") % names, first.url
    if len(run) > 1:
        names["kind"] = first.model._meta.verbose_name_plural
        text, url = _("%(count)d %(kind)s %(did)s") % names, admin_address(first.model)
    note = {"who": first.who or _("a command or a mailed link"), "at": print_moment(first.at), "reason": first.reason}
    sentence = _("%(who)s, %(at)s: %(reason)s") if first.reason else _("%(who)s, %(at)s")
    return Entry(text, url, sentence % note)
