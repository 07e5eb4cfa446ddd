"""What an office holder answers through a one-time link: all is right, something is wrong, or no longer me."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.tenure.dates import today, write_date
from workspace.models.entry_links import EntryLink
from workspace.models.proposals import ProposedChange
from workspace.offices import held_by
from workspace.proposal_acts import change, submit

Field = ProposedChange.Field
Answer = EntryLink.Answer


class LinkSpent(Exception):
    """The link was answered already, or its time is over."""


def seen_of(person, held):
    """A short text that changes with anything the page shows of the person's entry."""
    facts = [str(person)]
    for office in held:
        term = office.term
        ends = write_date(term.ends_on, term.ends_precision)
        sits_for = term.country_id or term.organization
        facts.append(f"{office.kind} {term.pk} {sits_for} {write_date(term.starts_on, term.starts_precision)} {ends}")
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:32]


@transaction.atomic
def confirm(link, seen, on=None):
    """Write into every office that the page showed that its holder confirmed it on the day.

    Errors: LinkSpent; ValidationError, where the entry is not any more what the page showed. Then nothing is written
    and the link can still be answered.
    """
    on = on or today()
    person, held = _as_shown(link, seen, on)
    _spend(link, Answer.CONFIRMED, on)
    for office in held:
        office.term.last_confirmed_on = on
        office.term.full_clean()
        save_with_reason(office.term, _("Confirmed by %(person)s through a one-time link") % {"person": person})


@transaction.atomic
def correct(link, seen, answers, *, language, on=None):
    """Put what the person says is wrong before the secretariat; nothing of it is in the record yet.

    `answers` has `honorific`, `name`, `remark`, and for each office `sits_for_N` and `ends_on_N` by its place.
    Errors: as of `confirm`; ValidationError too, where nothing is changed.
    """
    on = on or today()
    person, held = _as_shown(link, seen, on)
    changes = [change(field, answers[field], person, language=language) for field in (Field.HONORIFIC, Field.NAME)]
    for number, office in enumerate(held):
        changes += _of_office(number, office, answers, language)
    changes.append(change(Field.REMARK, answers["remark"], language=language))
    left = any(one.field == Field.ENDS_ON for one in changes)
    _spend(link, Answer.NO_LONGER if left else Answer.CORRECTED, on)
    return submit(person, changes, language=language)


def _of_office(number, office, answers, language):
    of_term = {"row": office.term, "office": office.label, "language": language}
    yield change(Field.SITS_FOR, answers[f"sits_for_{number}"], **of_term)
    if answers[f"ends_on_{number}"]:
        yield change(Field.ENDS_ON, answers[f"ends_on_{number}"].isoformat(), **of_term)


def _as_shown(link, seen, on):
    """The person and the offices of the day, if they still are what the page showed."""
    record_version.bump()  # the first lock of every writer
    person = EntryLink.objects.select_related("person").get(pk=link.pk).person  # another one, after a merge
    held = held_by(person.pk, on)
    if seen != seen_of(person, held):
        message = _("Your entry was changed since you opened this page. Look at it again, then answer.")
        raise ValidationError(message, code="moved")
    return person, held


def _spend(link, answer, on):
    if not EntryLink.objects.spend(link.pk, answer, on):
        raise LinkSpent
