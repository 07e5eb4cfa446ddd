"""Acts on corrections from readers: suggested once, taken up or refused once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iscg_portal.mail.outbox import Letter, Reader, absolute_url, put, takes_mail, write_mail
from workspace.models import ReaderCorrection

State = ReaderCorrection.State
MOST_WAITING = 300  # of all readers together: more than the secretariat can look at
SAME = ("about", "on_record", "fact", "text", "source")


@transaction.atomic
def suggest(correction) -> ReaderCorrection:
    """Keep it for the secretariat; what waits already is kept once. Errors: ValidationError where too many wait."""
    correction.full_clean()
    waiting = ReaderCorrection.objects.waiting()
    twice = waiting.filter(**{name: getattr(correction, name) for name in SAME}).first()
    if twice:
        return twice
    if waiting.count() >= MOST_WAITING:
        message = _("Too many suggestions wait for the secretariat. Send yours to iscg@itu.int instead.")
        raise ValidationError(message)
    correction.save()
    return correction


def take_up(correction, *, answer="", by):
    """Say that the record was corrected, and thank the reader by mail where an address was given."""
    return _decide(correction, State.TAKEN_UP, answer, by, _thanks)


def refuse(correction, *, answer, by):
    """Say why the record stays as it is; the reader gets that by mail where an address was given."""
    return _decide(correction, State.REFUSED, answer, by, _refusal)


@transaction.atomic
def _decide(correction, state, answer, by, compose) -> bool:
    """Whether a mail was written. Errors: ValidationError where somebody decided before."""
    reader = Reader(correction.email, correction.language)
    decided = {"state": state, "answer": answer.strip(), "decided_by": by, "decided_at": timezone.now(), "email": ""}
    if not ReaderCorrection.objects.waiting().filter(pk=correction.pk).order_by().update(**decided):
        correction.refresh_from_db()
        message = _("This was decided in the meantime: %(state)s.")
        raise ValidationError(message % {"state": correction.get_state_display()})
    correction.refresh_from_db()
    if not (reader.email and takes_mail(reader)):
        return False
    put([write_mail(reader, lambda: compose(correction))])
    return True


def _thanks(correction):
    return Letter(
        _("Thank you: your correction was taken up"),
        "",
        "",
        [
            _("You suggested a correction on the portal of the ISCG. The secretariat took it up. Thank you."),
            correction.text,
            *([correction.answer] if correction.answer else []),
        ],
        _page(correction),
    )


def _refusal(correction):
    return Letter(
        _("Your correction was not taken up"),
        "",
        "",
        [
            _("You suggested a correction on the portal of the ISCG. The secretariat did not take it up."),
            correction.text,
            _("Why: %(because)s") % {"because": correction.answer},
            _("If you think that this is a mistake, answer this mail."),
            _("Thank you."),
        ],
        _page(correction),
    )


def _page(correction):
    """The page that it is about; blank where the reader named none by its address."""
    return absolute_url(correction.about) if correction.about.startswith("/") else ""
