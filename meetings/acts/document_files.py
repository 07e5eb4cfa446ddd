"""The files of documents. An act on files stores everything or nothing, in the database and on disk."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.files.checks import KINDS
from iscg_portal.files.stored import keep, nothing_half_stored
from iscg_portal.files.waiting import claim, done
from iscg_portal.history import save_with_reason
from iscg_portal.personal_addresses import found_in
from meetings.acts.register import enter, number_and_enter
from meetings.models import DocumentFile


def add_file(document, language, file, kind, *, found=None, decision="", reason="", by=None):
    """Add an open file, checked to be of this `Kind`, to the document. Returns the `DocumentFile`.

    `found` is what `personal_addresses.found_in` gave, which is asked if it is not given. A file with personal
    addresses stays unpublished without a `decision`. Errors: ValidationError; nothing is stored then.
    """
    found = found_in(file, kind.code) if found is None else found
    row = DocumentFile(document=document, language=language, addresses_found=found)
    row.addresses_decision = decision.strip() if found else ""
    with nothing_half_stored():
        row.stored = keep(file, kind)
        row.full_clean()
        save_with_reason(row, reason, by)
    return row


def enter_upload(document, waiting, language, *, subjects=(), decision="", reason="", by=None):
    """Enter a document, unless it is on record, and add the file that waits for it. Returns the `DocumentFile`.

    A document without a number gets the next one of its meeting. Errors: ValidationError; nothing is stored then,
    and the file goes on waiting.
    """
    with nothing_half_stored():
        with claim(waiting) as content:
            if document.pk is None:
                act = enter if document.number else number_and_enter
                act(document, subjects=subjects, reason=reason, by=by)
            found = waiting.facts["found"]
            row = add_file(
                document, language, content, KINDS[waiting.kind], found=found, decision=decision, reason=reason, by=by
            )
            if row.stored_id != waiting.sha256:
                raise ValidationError(_("The waiting file is not the one that was uploaded. Upload it again."))
        done(waiting)
    return row


def publish_anyway(file, decision, by=None):
    """Publish a file although it has personal addresses, for a reason. Errors: ValidationError."""
    if not file.addresses_found:
        raise ValidationError(_("No personal addresses were found in this file, so there is nothing to decide."))
    if not decision.strip():
        raise ValidationError({"addresses_decision": _("Say why the file may be published anyway.")})
    file.addresses_decision = decision.strip()
    file.full_clean()
    save_with_reason(file, decision.strip(), by)
