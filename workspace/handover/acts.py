"""Freezing a handover file: once for each term, as it stands on the day."""

import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.act_log import log_act, values_of
from iscg_portal.acts import cannot_be_undone
from iscg_portal.files.checks import KINDS
from iscg_portal.files.stored import keep, nothing_half_stored
from iscg_portal.languages import PREFIX_OF_LANGUAGE
from iscg_portal.tenure.dates import today
from members.models import ChairTerm
from reports.renditions import RenditionError
from reports.renditions.docx import docx
from workspace.handover.contents import persons_reached, sections_of
from workspace.models import Handover


def of_term(term) -> Handover | None:
    """The file of a term of the Chair or of a Coordinator, if it was made. One query."""
    return Handover.objects.filter(**{_link(term): term}).select_related("stored", "made_by").first()


def content_of(term, language, on=None) -> dict:
    """What the file says, as the content of a report in one language."""
    on = on or today()
    prefix = PREFIX_OF_LANGUAGE[language]
    with override(language):
        title = _("Handover: %(office)s") % {"office": term.office_in_full}
        return {
            "code": "handover",
            "number": _("Handover file"),
            "dated_on": on.isoformat(),
            "original_language": "",
            "source": _("Secretariat of the ISCG"),
            "contact": "iscg@itu.int",
            "notices": [_("For %(person)s. It tells what was open when it was made.") % {"person": term.person}],
            "languages": {prefix: {"title": title, "sections": sections_of(term, on)}},
        }


def freeze(term, language, *, by=None, on=None) -> Handover:
    """Make the file of a term. Errors: ValidationError where there is one, or the term has ended."""
    if term.ends_on and term.ends_on <= (on or today()):
        raise ValidationError(_("This term has ended; its holder takes nothing over any more."))
    try:
        made = docx(content_of(term, language, on), PREFIX_OF_LANGUAGE[language])
    except RenditionError as error:
        raise ValidationError(str(error)) from error
    with nothing_half_stored():
        cannot_be_undone()  # no history keeps what was frozen
        if of_term(term):
            raise ValidationError(_("The handover file of this term is made already, and frozen."))
        row = Handover(language=language, made_by=by, contacts=persons_reached(term, on), **{_link(term): term})
        row.stored = keep(io.BytesIO(made), KINDS["docx"])
        row.full_clean()
        row.save()
        log_act(row, by, values_of(row, _link(term), "language", "stored"))
    return row


def erase_with_contacts() -> int:
    """Remove the files that tell how to reach somebody whose contact data was erased. How many."""
    return Handover.objects.with_erased_contacts().delete()[0]


def _link(term):
    return "chair_term" if isinstance(term, ChairTerm) else "coordinator"
