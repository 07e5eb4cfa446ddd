"""A person as pages print one, without the record behind it."""

from typing import NamedTuple


class PublicPerson(NamedTuple):
    """A person as printed, and the person's address."""

    honorific: str
    name: str
    slug: str

    def __str__(self):
        return f"{self.honorific} {self.name}".strip()
