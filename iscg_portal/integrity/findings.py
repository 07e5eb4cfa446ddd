"""What was found not to be as it was stored, kept for the desk.

A finding is a sentence in English with its names, so that it is kept as JSON and printed in the reader's language.
"""

import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from iscg_portal.languages import in_a_row
from iscg_portal.models import StoredFile, Verification

KEPT = 500  # findings; more of them are no more help
NAMED = 3
TOO_OLD = datetime.timedelta(days=14)


def finding(sentence, **names):
    """A finding, of a sentence that `gettext_noop` marked."""
    return {"sentence": sentence, "names": {name: str(value) for name, value in names.items()}}


def words(one):
    """The finding as a sentence in the active language."""
    sentence = one["sentence"]
    return gettext(sentence) % one["names"]


def file_differs(sha256):
    return finding_of_file(
        gettext_noop(
            "The content of %(file)s changed after it was stored, so the file is not sent (SHA-256 %(sha256)s)."
        ),
        sha256,
    )


def file_is_gone(sha256):
    return finding_of_file(gettext_noop("%(file)s is not in its place (SHA-256 %(sha256)s)."), sha256)


def finding_of_file(sentence, sha256, **names):
    """The file by the names that it has where rows point to it."""
    found = set()
    for relation in StoredFile._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: sha256})
        found.update(map(str, rows[:NAMED]))
    return finding(sentence, sha256=sha256, file=in_a_row(sorted(found)[:NAMED]) or f"sha256/{sha256[:8]}…", **names)


def last_verification():
    """The `Verification`, which says when all was read last and what was found since."""
    return Verification.objects.first() or Verification()


def is_too_old(verification, now=None):
    """Whether nobody read it all again for a fortnight."""
    read_at = verification.finished_at
    return read_at is None or read_at < (now or timezone.now()) - TOO_OLD


def all_as_stored(now=None):
    """The `Verification`, if all was read lately and nothing was found; to be counted."""
    return Verification.objects.filter(findings=[], finished_at__gte=(now or timezone.now()) - TOO_OLD)


def note(one):
    """Keep a finding that was made while a reader waited; who cannot be told now is told by the next `verify`."""
    try:
        if one in last_verification().findings:
            return
        with transaction.atomic():
            Verification.objects.get_or_create(pk=1)
            found = Verification.objects.select_for_update().get(pk=1)
            if one not in found.findings and len(found.findings) < KEPT:
                found.findings.append(one)
                found.save()
    except DatabaseError:  # it may be read-only, or busy
        pass


def keep(findings):
    """What `verify` found, in the place of what was found before."""
    Verification.objects.update_or_create(pk=1, defaults={"finished_at": timezone.now(), "findings": findings[:KEPT]})
