"""Adopting an edition of the list of subjects, and withdrawing one (clause F1).

An edition keeps the words of its day: its rows are stored, and do not follow later changes of the record.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from iscg_portal.history import save_with_reason
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.models import office_on
from iscg_portal.translated import HTML_LANG
from members.models import Conference
from subjects.listing import on_the_list
from subjects.models import Edition, EditionRow


def adopt(adopted_on, document, *, document_url="", source="", indicative=False, by=None, reason=""):
    """Store the list as it stands on the day as an edition, all rows or none.

    `by` is the account that does it, `reason` goes into the history of every row. Returns the Edition.
    Errors: ValidationError with a sentence: a second edition of one day, a day to come, an empty list.
    """
    if adopted_on > today():
        raise ValidationError(_("An edition is adopted on a day that has come; %s has not.") % print_date(adopted_on))
    try:
        with transaction.atomic():
            return _store(
                Edition(
                    adopted_on=adopted_on,
                    document=document,
                    document_url=document_url,
                    source=source,
                    indicative=indicative,
                ),
                reason,
                by,
            )
    except IntegrityError as error:  # someone else adopted one at the same moment
        raise ValidationError(_second(adopted_on)) from error


def withdraw(edition, because, *, by=None):
    """Withdraw an edition with a reason; its page stays and says so (rule 6).

    Errors: ValidationError when the reason is missing or the edition is withdrawn already.
    """
    because = because.strip()
    if not because:
        raise ValidationError(_("Give the reason for which this edition is withdrawn."))
    if edition.withdrawn_because:
        raise ValidationError(_("This edition is withdrawn already."))
    edition.withdrawn_because = because
    save_with_reason(edition, because, by)


def _store(edition, reason, by):
    if Edition.objects.filter(adopted_on=edition.adopted_on).exists():
        raise ValidationError(_second(edition.adopted_on))
    edition.full_clean()
    rows = _rows(edition)
    if not rows:
        raise ValidationError(_("No subject is on the list on %s.") % print_date(edition.adopted_on))
    save_with_reason(edition, reason, by)
    for row in rows:
        row.edition = edition
        row.full_clean()
        save_with_reason(row, reason, by)
    return edition


def _rows(edition):
    """The rows of the list on its day, in the order of the codes; four queries."""
    on = edition.adopted_on
    subjects = (
        on_the_list(on)
        .order_by("code")
        .prefetch_related("mandate_set__resolution__revisions", "coordinator_set__person", "coordinator_set__country")
    )
    ended_on = {(c.body, c.ends_on.year): c.ends_on for c in Conference.objects.all()}
    return [_row(subject, position, on, ended_on) for position, subject in enumerate(subjects, start=1)]


def _row(subject, position, on, ended_on):
    office = office_on(on, subject.recorded_from, subject.coordinator_set.all())
    mandates = [mandate.resolution for mandate in subject.mandate_set.all() if mandate.covers(on)]
    mandates.sort(key=lambda resolution: resolution.printed_order)
    return EditionRow(
        subject=subject,
        position=position,
        code=subject.code,
        titles=titles(subject),
        scope=subject.scope,
        mandates=[mandate_as_adopted(resolution, on, ended_on) for resolution in mandates],
        coordinator_state=office.state,
        coordinator=as_printed(office.tenure) if office.tenure else "",
    )


def titles(subject):
    """The subject's titles in each language present, by the language's code in HTML."""
    languages = ((code, code.replace("-", "_")) for code, _name in settings.LANGUAGES)
    found = {HTML_LANG.get(code, code): getattr(subject, f"title_{column}") for code, column in languages}
    return {code: title for code, title in found.items() if title}


def mandate_as_adopted(resolution, on, ended_on):
    """The resolution with the text in force on the day: {"slug": "pp-191", "citation": "PP Res. 191 (Rev. …)"}.

    `ended_on` is {(body, year): last day} of the conferences; a revision of a conference that is not in it counts
    from the beginning of its year.
    """
    for revision in resolution.revisions.all():  # newest first
        last_day = ended_on.get((resolution.body, revision.year))
        if (last_day <= on) if last_day else (revision.year <= on.year):
            return {"slug": resolution.slug, "citation": revision.citation_of(resolution)}
    return {"slug": resolution.slug, "citation": resolution.citation}


def as_printed(tenure):
    """“Mr Fabio Bigi (Italy)”: honorific and name, then the country or organization, in English."""
    seat = tenure.country.name_in("en") if tenure.country_id else tenure.organization
    return f"{tenure.person} ({seat})" if seat else str(tenure.person)


def _second(adopted_on):
    return _("There is already an edition of the list of %s.") % print_date(adopted_on)
