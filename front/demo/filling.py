"""Filling an empty portal with the made-up year, chapter after chapter."""

from dataclasses import dataclass, fields

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import override

from front.demo.book import Book
from front.demo.chapters import meetings, offices, reports, subjects
from iscg_portal import shipped
from iscg_portal.history import add_alike
from iscg_portal.integrity.verifying import verify
from members.models import Person
from reports.facts import BEHIND_THE_GROUP

# What is the Union's and no one's: neither persons nor their offices, nor the subjects of the real list.
WHOLE = ("advisory_groups.csv", "seats.csv", "conferences.csv")
# Of these only what the made-up subjects rest on.
IN_PART = ("resolutions.csv", "revisions.csv")
RESOLUTIONS = {f"resolution/{slug}" for slug in BEHIND_THE_GROUP}


@dataclass(frozen=True)
class SomeResolutions(shipped.ShippedFile):
    """The resolutions behind the group, and their texts."""

    def rows(self):
        return [row for row in super().rows() if RESOLUTIONS & {row["key"], row.get("resolution")}]


def fill():
    """Fill the portal: the `Book` of what was entered. Errors: ValidationError where it is no empty demonstration."""
    if not settings.DEMO:
        raise ValidationError("This fills a demonstration alone: start it with `make demo`.")
    if Person.objects.exists():
        raise ValidationError("There are persons on record: the demonstration begins with an empty portal.")
    book = Book()
    with override("en"):
        _load_what_is_the_unions()
        for chapter in (offices, subjects, meetings, reports):
            chapter.write(book)
        verify()
    return book


def _load_what_is_the_unions():
    files = list(shipped.declared_files())
    some = [file for file in files if file.path.name in WHOLE]
    for file in files:
        if file.path.name in IN_PART:
            some.append(SomeResolutions(**{one.name: getattr(file, one.name) for one in fields(file)}))
    shipped.load(some)
    countries = next(file for file in files if file.path.name == "countries.csv")
    rows = shipped.ShippedRecords(shipped.read_rows([countries]))
    add_alike([rows.build(countries, row) for _file, row in rows.rows.values()], shipped.REASON)
