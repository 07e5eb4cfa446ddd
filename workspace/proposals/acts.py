"""Acts on proposed corrections: submitted, withdrawn, accepted, refused. Each is decided once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import Reason, public_part, save_with_reason
from iscg_portal.mail.outbox import put, write_mail
from iscg_portal.plain_text import cleaned
from members.mail_readers import reader_with
from workspace.access.offices import reader_of
from workspace.models import Proposal, ProposedChange
from workspace.proposals import activities, fields
from workspace.proposals.mails import outcome, refusal

MOST_WAITING = 20  # of one person: more than anybody needs, and an end to flooding


def change(field, new, row=None, *, office="", language):
    """An unsaved field of a proposal: what the row says now, and what it should say."""
    old = fields.on_record(row, field, language) if row is not None else ""
    new = cleaned(new, lines=True)
    if field == ProposedChange.Field.PARTNERS:
        new = ", ".join(fields.abbreviations(new))
    key = {"record": row._meta.label_lower, "row": str(row.pk)} if field in fields.OF_TERM else {}
    return ProposedChange(field=field, old=old, new=new, office=office, **key)


@transaction.atomic
def submit(person, changes, *, language, account=None, subject=None, why=""):
    """Submit a proposal to the secretariat, without the fields that change nothing.

    A proposal sent twice is kept once. Errors: ValidationError if it changes nothing, or too many wait.
    """
    record_version.bump()  # the first lock of every writer
    changes = [one for one in changes if one.new != one.old]
    if not changes:
        raise ValidationError(_("You proposed no change: every field says what is on record."))
    waiting = list(Proposal.objects.waiting().filter(person=person).prefetch_related("changes"))
    for other in waiting:
        if other.subject_id == (subject and subject.pk) and _key(other.changes.all()) == _key(changes):
            return other
    if len(waiting) >= MOST_WAITING:
        message = _("%(count)d of your proposals are already waiting. Wait for an answer, or withdraw one.")
        raise ValidationError(message % {"count": len(waiting)})
    proposal = Proposal(person=person, account=account, subject=subject, language=language, why=why.strip())
    proposal.full_clean()
    save_with_reason(proposal, "" if account else _("Submitted through a one-time link"), account)
    for one in changes:
        one.proposal = proposal
        one.full_clean()
        one.save()
    return proposal


def _key(changes):
    return sorted((one.field, one.record, one.row, one.old, one.new) for one in changes)


@transaction.atomic
def withdraw(proposal, *, by):
    """Withdrawn by the person who proposed it. Errors: ValidationError, once it is decided."""
    proposal = _undecided(proposal)
    _decide(proposal, Proposal.State.WITHDRAWN, "", by, "")


@transaction.atomic
def accept(proposal, *, by, reason="", despite=False, is_another=False, answers=None, points=None, because=""):
    """Write the parts with these keys (`points`; None for all) into the record; the proposer gets a mail.

    Where some are left out, `because` says why.

    Errors: ValidationError, where it was decided meanwhile, where the record has changed since it was proposed
    (unless `despite` says that staff have seen that), where the name is that of somebody else (unless `is_another`
    says that they are two), and where a rule of the record forbids it. `answers` as in `save_together`.
    """
    proposal = _undecided(proposal)
    _leave_out(proposal, points, because)
    if not despite and fields.moved_since(proposal):
        raise ValidationError(
            _("The record has changed since this was proposed. Compare both, and tick that you accept it anyway.")
        )
    source = _("Proposed by %(person)s") % {"person": proposal.person}
    why = Reason(". ".join(filter(None, [source, proposal.why, reason])), public_part(reason))
    fields.write(proposal, why, by, answers, is_another)
    proposal.activity = activities.enter(proposal, why, by)
    state = Proposal.State.PARTLY if proposal.left_out else Proposal.State.ACCEPTED
    _decide(proposal, state, because.strip() if proposal.left_out else "", by, reason)
    put([write_mail(reader, lambda reader=reader: outcome(proposal, reader)) for reader in _readers(proposal)])
    return proposal


def _leave_out(proposal, points, because):
    """Remember which parts are not accepted. Errors: ValidationError where none is, or nobody says why."""
    if points is None:
        return
    proposal.left_out = [change.pk for change in proposal.changes.all() if change.pk not in points]
    if not proposal.taken:
        raise ValidationError(_("No part is ticked. Tick what is right, or refuse the whole proposal."))
    if proposal.left_out and not because.strip():
        raise ValidationError({"because": _("Say why the other parts are not accepted; the person reads it.")})


@transaction.atomic
def refuse(proposal, because, *, by):
    """Refuse it, and mail the reason to the person.

    Returns whether a mail was written. Errors: ValidationError if it was already decided.
    """
    proposal = _undecided(proposal)
    _decide(proposal, Proposal.State.REFUSED, because.strip(), by, because.strip())
    readers = _readers(proposal)
    put([write_mail(reader, lambda reader=reader: refusal(proposal, reader)) for reader in readers])
    return bool(readers)


def _undecided(proposal):
    """The proposal as it is now, locked until the act ends. ValidationError if it is decided."""
    record_version.bump()
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if proposal.state != Proposal.State.WAITING:
        message = _("This proposal is already decided: %(state)s.")
        raise ValidationError(message % {"state": proposal.get_state_display()})
    return proposal


def _decide(proposal, state, answer, by, reason):
    proposal.state, proposal.answer = state, answer
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    proposal.full_clean()
    save_with_reason(proposal, reason, by)


def _readers(proposal):
    """The account that proposed it while it is open, else the person's account or contact address."""
    account = proposal.account
    return [reader_with(account)] if account and account.is_active else reader_of(proposal.person_id)
