"""Rows that tie records together, each with a history: subjects of a document or agenda item, addressees."""

from iscg_portal.history import remove_with_reason, save_with_reason


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
