"""The register: numbers are given once and never again, documents entered, withdrawn, and gaps explained.

How numbers are written and sorted is in `meetings.numbers`. Each act here is atomic, and asks for the lock that
every writer takes first, so that two who ask at once go one after the other.
"""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import remove_with_reason, save_with_reason
from meetings import numbers
from meetings.models import Document, Meeting, RegisterNumber


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
    """Enter a document under the number that it has already, or a revision, corrigendum or addendum of one.

    A number may be given as printed, `ISCG/25-1/03 (Rev.1)`: then the document it belongs to is found.
    A number of the present scheme is taken with it, so that it is not given again. `subjects` are those that it is
    about. Errors: ValidationError; nothing is saved then.
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
    """Read the number as it is printed: what is written behind it says to which document this belongs."""
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
    """The serial number of a document of the present scheme that comes with its number: taken, or taken before."""
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
    return number


@transaction.atomic
def take_number(meeting, *, reason="", by=None):
    """The next number of the meeting, taken for good. Two who ask at once get two numbers.

    Errors: ValidationError where the meeting is none that has numbers.
    """
    if meeting.body != "ISCG" or not re.fullmatch(r"[0-9]{2}-[0-9]{1,2}", meeting.code):
        raise ValidationError({"meeting": _("Numbers are given for meetings of the ISCG with a code as in 25-1.")})
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
    if serial > last:
        raise ValidationError(_("This number was not reached yet: the next document takes it, or one after it."))
    if not because.strip():
        raise ValidationError({"unused_because": _("Say why this number was not used.")})
    number.unused_because = because.strip()
    number.full_clean()
    save_with_reason(number, because.strip(), by)
    return number


def gaps(meeting):
    """Numbers up to the last one taken that have no document: [(serial, why or "")]. One query."""
    taken = {number.serial: number for number in meeting.numbers.select_related("document")}
    found = []
    for serial in range(1, max(taken, default=0) + 1):
        number = taken.get(serial)
        if number is None or not hasattr(number, "document"):
            found.append((serial, number.unused_because if number else ""))
    return found


@transaction.atomic
def withdraw(document, on, because, by=None):
    """Withdraw a document with a reason; it still answers, and says so (rule 6). Errors: ValidationError."""
    record_version.bump()
    if not because.strip():
        raise ValidationError({"withdrawn_because": _("Say why the document is withdrawn.")})
    if document.withdrawn_on:
        raise ValidationError(_("This document was withdrawn before."))
    document.withdrawn_on, document.withdrawn_because = on, because.strip()
    document.full_clean()
    save_with_reason(document, because.strip(), by)


@transaction.atomic
def reinstate(document, because, by=None):
    """Take back a withdrawal that was a mistake, with a reason. Errors: ValidationError."""
    record_version.bump()
    if not document.withdrawn_on or not because.strip():
        raise ValidationError(_("Only a withdrawn document is reinstated, and with a reason."))
    document.withdrawn_on, document.withdrawn_because = None, ""
    document.full_clean()
    save_with_reason(document, because.strip(), by)


@transaction.atomic
def put_variants_in_place(document, reason="", by=None):
    """After a change of the document's date: its revisions, corrigenda and addenda sort behind it again."""
    for variant in document.variants.all():
        before = variant.sort_key
        variant.base = document
        variant.place_in_register()
        if variant.sort_key != before:
            save_with_reason(variant, reason, by)
        put_variants_in_place(variant, reason, by)


def link_subjects(links, subjects, *, reason="", by=None):
    """Make the rows of `links` (`document.subject_links`, `item.subject_links`) say just these subjects.

    Inside a transaction. Rows that say so already stay as they are.
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
    """Make the addressees of a liaison statement just these: {body: purpose}. Inside a transaction.

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
