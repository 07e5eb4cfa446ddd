"""The register of documents: giving numbers, entering and withdrawing documents, explaining gaps.

A number is given once. `meetings.numbers` knows how numbers are written and sorted. Each act is atomic and first takes
the lock of every writer, so that two acts at the same time run one after the other.
"""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import check_public, remove_with_reason, save_with_reason
from meetings import numbers
from meetings.models import Document, Meeting, RegisterNumber

_CODE = re.compile("[0-9]{2}-[0-9]{1,2}")  # of a meeting that has numbers


@transaction.atomic
def number_and_enter(document, *, subjects=(), reason="", by=None):
    """Give the document the next number of its meeting and enter it.

    Errors: ValidationError; then no number is spent.
    """
    if document.meeting is None:
        raise ValidationError({"meeting": _("Choose the meeting: the register gives its next number.")})
    document.register_number = take_number(document.meeting, reason=reason, by=by)
    document.number = str(document.register_number)
    return enter(document, subjects=subjects, reason=reason, by=by)


@transaction.atomic
def enter(document, *, subjects=(), reason="", by=None):
    """Enter a document under the number that it already has, or a revision, corrigendum or addendum of one.

    The number may be given as printed, `ISCG/25-1/03 (Rev.1)`: the document that it belongs to is then found.
    A number of the present scheme is taken, so that it is not given again. `subjects` are what the document is about.
    Errors: ValidationError; then nothing is saved.
    """
    record_version.bump()  # the first lock of every writer
    if not document.base_id:
        _find_its_document(document)
    if document.base_id:
        document.meeting = document.meeting or document.base.meeting
    elif document.register_number_id is None:
        document.register_number = _own_number(document, reason, by)
    document.full_clean()
    save_with_reason(document, reason, by)
    link_subjects(document.subject_links, subjects, reason=reason, by=by)
    return document


def _find_its_document(document):
    """Read the printed number: “(Rev.1)” behind it says which document this belongs to."""
    printed = numbers.read_number(document.number)
    *before, (variant, variant_number) = printed.variants or [("", None)]
    if variant:
        number = numbers.print_number(printed.bare, before)
        base = Document.objects.filter(number=number).first()
        if base is None:
            message = _(
                "%(number)s is not in the register, so nothing can be a revision or addendum of it. Enter it first."
            )
            raise ValidationError({"number": message % {"number": number}})
        document.base, document.variant, document.variant_number = base, variant, variant_number
    document.number = str(printed)
    if Document.objects.filter(number=document.number).exists():
        message = _("%(number)s is in the register already.")
        raise ValidationError({"number": message % {"number": document.number}})


def _own_number(document, reason, by):
    """The `RegisterNumber` of a document that comes with a number of the present scheme; None for an earlier scheme."""
    found = numbers.meeting_and_serial(document.number)
    if found is None:
        return None
    code, serial = found
    document.meeting = document.meeting or Meeting.objects.filter(code=code).first()
    if document.meeting is None or document.meeting.code != code:
        raise ValidationError({"meeting": _("This number belongs to the meeting %(code)s.") % {"code": code}})
    number = document.meeting.numbers.filter(serial=serial).first()
    if number is None:
        number = RegisterNumber(meeting=document.meeting, serial=serial)
        number.full_clean()
        save_with_reason(number, reason, by)
    if number.given_to:
        message = _("%(number)s was given to something else: %(what)s.")
        raise ValidationError({"number": message % {"number": number, "what": number.given_to}})
    return number


@transaction.atomic
def give(to, *, meeting=None, number="", is_old=False, reason="", by=None):
    """Give a number to something that is no document, named by `to`: the next one of a meeting, or one it has already.

    Returns it as printed. No document gets it afterwards. Of what `is_old` the meeting need not be on record. Errors:
    ValidationError; then no number is spent.
    """
    if meeting is not None:
        taken = take_number(meeting, reason=reason, by=by)
    else:
        record_version.bump()  # the first lock of every writer
        printed = numbers.read_number(number)
        if Document.objects.filter(number=str(printed)).exists():
            message = _("%(number)s is the number of a document in the register.")
            raise ValidationError({"number": message % {"number": printed}})
        found = numbers.meeting_and_serial(printed.bare)
        if found is None or printed.variants or is_old and not Meeting.objects.filter(code=found[0]).exists():
            return str(printed)
        taken = _number_of_a_meeting(*found)
    taken.given_to, taken.unused_because = to, ""
    taken.full_clean()
    save_with_reason(taken, reason, by)
    return str(taken)


def _number_of_a_meeting(code, serial):
    """The number, unsaved where nobody had it yet. Errors: ValidationError where a document has it, or may get it."""
    meeting = Meeting.objects.filter(code=code).first()
    if meeting is None:
        raise ValidationError({"number": _("This number belongs to the meeting %(code)s.") % {"code": code}})
    taken = meeting.numbers.select_related("document").filter(serial=serial).first()
    if taken is not None and (hasattr(taken, "document") or taken.given_to):
        raise ValidationError({"number": _("%(number)s was given to something else already.") % {"number": taken}})
    return taken or RegisterNumber(meeting=meeting, serial=serial)


@transaction.atomic
def take_number(meeting, *, reason="", by=None):
    """Take the next number of the meeting, for good. Two calls at the same time give two numbers.

    Errors: ValidationError where the meeting has no document numbers.
    """
    if meeting.body != "ISCG" or not _CODE.fullmatch(meeting.code):
        raise ValidationError(
            {"meeting": _("Only meetings of the ISCG with a code such as 25-1 have document numbers.")}
        )
    record_version.bump()  # the second one waits here, and then sees what the first one took
    last = meeting.numbers.aggregate(last=Max("serial"))["last"] or 0
    number = RegisterNumber(meeting=meeting, serial=last + 1)
    number.full_clean()
    save_with_reason(number, reason, by)
    return number


def next_variant(document, variant):
    """The number that the next revision, corrigendum or addendum (“Rev”, “Corr”, “Add”) of the document would have."""
    last = document.variants.filter(variant=variant).aggregate(last=Max("variant_number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def enter_variant(document, base, variant, *, subjects=(), reason="", by=None):
    """Enter the next revision, corrigendum or addendum of a document. Errors: ValidationError."""
    record_version.bump()
    document.base, document.variant = base, variant
    document.variant_number = next_variant(base, variant)
    return enter(document, subjects=subjects, reason=reason, by=by)


@transaction.atomic
def explain_gap(meeting, serial, because, by=None):
    """Say why a number has no document. Errors: ValidationError if it has one, or without a reason."""
    record_version.bump()
    number = meeting.numbers.filter(serial=serial).first() or RegisterNumber(meeting=meeting, serial=serial)
    last = meeting.numbers.aggregate(last=Max("serial"))["last"] or 0
    if number.pk and Document.objects.filter(register_number=number).exists():
        raise ValidationError(_("This number has a document."))
    if number.given_to:
        raise ValidationError(_("This number is used: %(what)s.") % {"what": number.given_to})
    if serial > last:
        raise ValidationError(_("This number is not used yet: a later document will get it."))
    if not because.strip():
        raise ValidationError({"unused_because": _("Say why this number was not used.")})
    number.unused_because = because.strip()
    number.full_clean()
    save_with_reason(number, because.strip(), by)
    return number


def gaps(meeting):
    """Numbers up to the last one taken that nothing has: [(serial, why or "")]. One query."""
    rows = meeting.numbers.values_list("serial", "unused_because", "document", "given_to")
    taken = {serial: (because, document or given_to) for serial, because, document, given_to in rows}
    numbers = ((serial, *taken.get(serial, ("", None))) for serial in range(1, max(taken, default=0) + 1))
    return [(serial, because) for serial, because, what_has_it in numbers if not what_has_it]


@transaction.atomic
def withdraw(document, on, because, *, reason="", by=None):
    """Withdraw a document; its page stays and says so (rule 6). `because` is public. Errors: ValidationError."""
    record_version.bump()
    if not because.strip():
        raise ValidationError({"withdrawn_because": _("Say why the document is withdrawn.")})
    check_public(because)
    if document.withdrawn_on:
        raise ValidationError(_("This document is already withdrawn."))
    document.withdrawn_on, document.withdrawn_because = on, because.strip()
    document.full_clean()
    save_with_reason(document, reason or because.strip(), by)


@transaction.atomic
def reinstate(document, because, by=None):
    """Take back a withdrawal that was a mistake, with a reason. Errors: ValidationError."""
    record_version.bump()
    if not document.withdrawn_on or not because.strip():
        raise ValidationError(_("Only a withdrawn document can be reinstated, and a reason is needed."))
    document.withdrawn_on, document.withdrawn_because = None, ""
    document.full_clean()
    save_with_reason(document, because.strip(), by)


@transaction.atomic
def put_variants_in_place(document, reason="", by=None):
    """Sort revisions, corrigenda and addenda behind their document again, after a change of its date."""
    for variant in document.variants.all():
        before = variant.sort_key
        variant.base = document
        variant.place_in_register()
        if variant.sort_key != before:
            save_with_reason(variant, reason, by)
        put_variants_in_place(variant, reason, by)


def link_subjects(links, subjects, *, reason="", by=None):
    """Link a document or agenda item (`links` is its `subject_links`) with these subjects and no others.

    Call it inside a transaction. Links that exist already stay as they are.
    """
    wanted = {subject.pk: subject for subject in subjects}
    there = {link.subject_id: link for link in links.all()}
    for key in there.keys() - wanted.keys():
        remove_with_reason(there[key], reason, by)
    for key in wanted.keys() - there.keys():
        link = links.model(**{links.field.name: links.instance, "subject": wanted[key]})
        link.full_clean()
        save_with_reason(link, reason, by)


def address_to(liaison, wanted, *, reason="", by=None):
    """Give a liaison statement these addressees, {body: purpose}, and no others. Call it inside a transaction.

    Errors: ValidationError.
    """
    there = {addressee.body: addressee for addressee in liaison.addressees.all()}
    for body in there.keys() - wanted.keys():
        remove_with_reason(there[body], reason, by)
    for body, purpose in wanted.items():
        addressee = there.get(body) or liaison.addressees.model(liaison=liaison, body=body)
        if addressee.pk is None or addressee.purpose != purpose:
            addressee.purpose = purpose
            addressee.full_clean()
            save_with_reason(addressee, reason, by)
