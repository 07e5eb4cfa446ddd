"""To whom the portal writes: a person's account, else the address in the contact data; the secretariat."""

from iscg_portal.mail.outbox import Reader
from members.models import Account, ContactData


def secretariat() -> list[Reader]:
    """Every active staff account."""
    found = Account.objects.filter(is_staff=True, is_active=True).order_by("email")
    return [Reader(email, language) for email, language in found.values_list("email", "language")]


def reader_of(person) -> list[Reader]:
    """The one reader of a person, given by its key; an empty list where no address is known."""
    return list(readers_of([person]).values())


def readers_of(persons) -> dict[int, Reader]:
    """The readers of persons by their keys, as far as an address is known. Two queries."""
    contacts = ContactData.objects.filter(person__in=persons).exclude(email="").values_list("person", "email")
    accounts = Account.objects.filter(person__in=persons, is_active=True)
    readers = {person: Reader(email) for person, email in contacts}
    return readers | {pk: Reader(*found) for pk, *found in accounts.values_list("person", "email", "language")}
