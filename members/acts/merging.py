"""Two records of one person become one."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.adminkit.admin_rights import may_name
from iscg_portal.history import remove_with_reason, save_with_reason
from iscg_portal.languages import with_colon
from iscg_portal.tenure.joint_validation import save_together
from iscg_portal.tenure.models import Period
from members.models import Account, ContactData, FormerAddress, Person


@transaction.atomic
def merge_persons(keep, duplicate, *, reason, by=None):
    """Merge two records of one person: `keep` takes over everything of `duplicate`.

    Moves offices, nominations, the account, contact data and former addresses, keeps the duplicate's web
    address, which redirects for ever, and removes the duplicate. Contact data are joined: what differs goes
    into the note, so that nothing is lost.
    Errors: ValidationError without a reason, for a record and itself, for two accounts, and where one person
    cannot hold the offices of both.
    """
    if keep.pk == duplicate.pk:
        raise ValidationError(_("Choose two different records."))
    if not reason.strip():
        raise ValidationError(_("Say why these two records are one person."))
    record_version.bump()
    keep.refresh_from_db()
    duplicate.refresh_from_db()
    offices, others = _rows_of(duplicate)
    for field, row in others:
        _hand_over(field, row, keep, reason, by)
    for _field, row in offices:
        row.person = keep
    save_together([row for _field, row in offices], reason=reason, by=by)
    remove_with_reason(duplicate, reason, by)
    account = next((row for _field, row in others if isinstance(row, Account)), None)
    address = FormerAddress(slug=duplicate.slug, person=keep, account=account, moved=_without_history(others))
    address.full_clean()
    save_with_reason(address, reason, by)


def rows_that_move(duplicate):
    """The rows that a merge hands over: offices, nominations, the account, contact data, former addresses."""
    offices, others = _rows_of(duplicate)
    return [row for _field, row in (*offices, *others)]


def _rows_of(person):
    """Every row that points to the person, with the field that does so: first the offices, then the others."""
    found = [
        (relation.field, row)
        for relation in Person._meta.related_objects
        for row in relation.related_model._base_manager.filter(**{relation.field.name: person})
    ]
    offices = [pair for pair in found if isinstance(pair[1], Period)]
    return offices, [pair for pair in found if pair not in offices]


def _without_history(rows):
    """{label: keys} of the rows of which no history says whose they were; the account has its own column."""
    found = defaultdict(list)
    for _field, row in rows:
        if not hasattr(row, "history") and not isinstance(row, Account):
            found[row._meta.label].append(row.pk)
    return found


def _hand_over(field, row, keep, reason, by):
    own = type(row)._base_manager.filter(**{field.name: keep}).first() if field.one_to_one else None
    if isinstance(row, ContactData) and own is not None:
        _join_contact_data(own, row, reason, by)
        return
    if own is not None:
        message = _("Both records have a row of the kind “%(kind)s” (%(one)s; %(other)s). Remove one of them first.")
        one, other = (own, row) if may_name(by, row) else ("…", "…")
        raise ValidationError(message % {"kind": row._meta.verbose_name, "one": one, "other": other})
    setattr(row, field.name, keep)
    row.validate_unique()
    row.validate_constraints()
    if not hasattr(row, "history"):
        row.save(update_fields=[field.name])
    else:
        save_with_reason(row, reason, by)


def _join_contact_data(own, other, reason, by):
    """Fill in what is blank, and write what differs into the note."""
    kept = [other.note] if other.note and other.note != own.note else []
    for field in ("email", "phone"):
        value = getattr(other, field)
        if not getattr(own, field):
            setattr(own, field, value)
        elif value and value != getattr(own, field):
            kept.append(with_colon(own._meta.get_field(field).verbose_name, value))
    own.language = own.language or other.language
    own.note = "\n".join(filter(None, [own.note, *kept]))
    remove_with_reason(other, reason, by)
    save_with_reason(own, reason, by)
