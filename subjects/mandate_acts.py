"""Marking that somebody looked at what a conference made of a mandate; nothing else changes."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.tenure.dates import print_date, today
from subjects.models import MandateLook

MOST = 200


@transaction.atomic
def look_at(change, word, *, said_by="", by=None, on=None) -> MandateLook:
    """Mark a `MandateChange` as looked at, with a word. `said_by`: who, where it is not the account `by`.

    Errors: ValidationError without a word, and where somebody was faster, with what they said.
    """
    record_version.bump()  # the first lock of every writer: a second one sees what the first one did
    if not word.strip():
        raise ValidationError(_("%(citation)s: say in a word what follows from it.") % {"citation": change.citation})
    before = MandateLook.objects.filter(
        subject=change.subject, resolution=change.resolution, conference=change.conference
    ).first()
    if before is not None:
        names = {"citation": change.citation, "day": print_date(before.looked_at_on), "word": before.word}
        raise ValidationError(_("%(citation)s: somebody looked at it on %(day)s already: “%(word)s”.") % names)
    look = MandateLook(
        subject=change.subject,
        resolution=change.resolution,
        conference=change.conference,
        word=word,
        looked_at_on=on or today(),
        said_by=said_by[:MOST],
    )
    look.full_clean()
    save_with_reason(look, "", by)
    return look


def look_at_all(changes, words, *, said_by="", by=None):
    """Mark the changes for which a word was typed, all or none. `words` is {key of a change: word}. Gives how many.

    Errors: ValidationError with a sentence for each that cannot be marked.
    """
    problems, marked = [], 0
    with transaction.atomic():
        for change in changes:
            word = words.get(change.key, "").strip()
            if not word:
                continue
            try:
                look_at(change, word, said_by=said_by, by=by)
                marked += 1
            except ValidationError as error:
                problems += error.messages
        if problems:
            transaction.set_rollback(True)
    if problems:
        raise ValidationError(problems)
    return marked
