"""The fields that can be proposed: how each reads on record, and how an accepted value is written into it."""

from datetime import date

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override
from modeltranslation.utils import build_localized_fieldname

from iscg_portal.history import remove_with_reason, save_with_reason
from iscg_portal.languages import LANGUAGE_CODES, in_a_row
from iscg_portal.plain_text import cleaned
from iscg_portal.tenure.dates import write_date
from iscg_portal.tenure.joint_validation import save_together
from members.models import Country, Person
from subjects.models import Partner, Partnership
from workspace.models import ProposedChange

Field = ProposedChange.Field
OF_SUBJECT = (Field.TITLE, Field.SUMMARY, Field.PARTNERS)
OF_PERSON = (Field.HONORIFIC, Field.NAME)
OF_TERM = (Field.SITS_FOR, Field.ENDS_ON)


def partners_of(subject):
    """The abbreviations of a subject's partner organizations, with commas."""
    rows = subject.partnership_set.select_related("partner")
    return ", ".join(sorted(row.partner.abbreviation for row in rows))


def abbreviations(text):
    """“ISO, IEC” as a sorted list, each once."""
    return sorted({word.strip() for word in text.replace("\n", ",").split(",") if word.strip()})


def on_record(row, field, language):
    """The present text of a field of a subject, a person or a term; blank for words to staff."""
    if field == Field.PARTNERS:
        return partners_of(row)
    if field in OF_SUBJECT:
        return cleaned(getattr(row, build_localized_fieldname(field, language)) or "", lines=True)
    if field in OF_PERSON:
        return cleaned(getattr(row, field))
    if field == Field.SITS_FOR:
        with override(language):
            return row.sits_for
    return write_date(row.ends_on, row.ends_precision) if field == Field.ENDS_ON else ""


def row_of(proposal, change):
    """The row of the record that has the field; None where it is not, or no longer, on record."""
    if change.field in OF_TERM:
        found = apps.get_model(change.record).objects.filter(pk=change.row, person=proposal.person_id)
        return found.select_related("person").first()
    if change.field in OF_PERSON:
        return proposal.person
    return proposal.subject if change.field in OF_SUBJECT else None


def moved_since(proposal):
    """{key of the change: the present text} of fields that changed since they were proposed."""
    moved = {}
    for change in proposal.taken:
        if change.field == Field.ACTIVITY:  # a new record
            continue
        row = row_of(proposal, change)
        if change.is_of_record and row is None:
            moved[change.pk] = _("This office is no longer on record.")
        elif change.is_of_record:
            now = on_record(row, change.field, proposal.language)
            if now != change.old:
                moved[change.pk] = change.shown(now)
    return moved


def gives_known_name(proposal):
    """Whether the name that is proposed is on record of somebody else."""
    names = [change.new for change in proposal.taken if change.field == Field.NAME]
    return any(Person.objects.of_the_name(name).exclude(pk=proposal.person_id).exists() for name in names)


def write(proposal, reason, by, answers=None, is_another=False):
    """Write every part that is accepted into the record; `is_another` says that somebody else of the proposed name is.

    Errors: ValidationError; the caller's transaction undoes the rest.
    """
    proposal.person.is_another = is_another
    terms = {}
    for change in proposal.taken:
        if change.field in OF_TERM:
            row = row_of(proposal, change)
            if row is None:
                raise ValidationError(_("%(office)s: no longer on record.") % {"office": change.office})
            _write_into_term(terms.setdefault((change.record, change.row), row), change)
        elif change.field == Field.PARTNERS:
            _write_partners(proposal.subject, abbreviations(change.new), reason, by)
    _write_texts(proposal, proposal.subject, OF_SUBJECT[:2], reason, by)
    _write_texts(proposal, proposal.person, OF_PERSON, reason, by)
    if terms:
        save_together(list(terms.values()), reason=reason, by=by, answers=answers)


def _write_texts(proposal, row, fields, reason, by):
    changes = [change for change in proposal.taken if change.field in fields]
    for change in changes:
        is_translated = change.field in OF_SUBJECT
        name = build_localized_fieldname(change.field, proposal.language) if is_translated else change.field
        setattr(row, name, change.new)
    if changes:
        row.full_clean()
        save_with_reason(row, reason, by)


def _write_into_term(term, change):
    if change.field == Field.ENDS_ON:
        term.ends_on, term.ends_precision = date.fromisoformat(change.new), "day"
    else:
        term.country, term.organization = sitting_for(change.new)


def sitting_for(text):
    """(country, ""), where the text is the name of a State in the list in any of the languages, else (None, text)."""
    wanted = text.strip().casefold()
    for country in Country.objects.listed():
        if wanted in {country.name_in(code).casefold() for code in LANGUAGE_CODES}:
            return country, ""
    return None, text.strip()


def _write_partners(subject, wanted, reason, by):
    """Make the subject's partner organizations these; each has to be on record."""
    known = {partner.abbreviation: partner for partner in Partner.objects.filter(abbreviation__in=wanted)}
    unknown = [abbreviation for abbreviation in wanted if abbreviation not in known]
    if unknown:
        message = _("Not on record as a partner organization: %(names)s. Enter it first, then accept.")
        raise ValidationError(message % {"names": in_a_row(unknown)})
    for row in subject.partnership_set.select_related("partner"):
        if known.pop(row.partner.abbreviation, None) is None:
            remove_with_reason(row, reason, by)
    for partner in known.values():
        row = Partnership(subject=subject, partner=partner)
        row.full_clean()
        save_with_reason(row, reason, by)
