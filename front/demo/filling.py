"""Filling an empty portal with the made-up year, chapter after chapter."""

import datetime
import io
from dataclasses import dataclass, field, fields

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import override

from front.demo.chapters import meetings, offices, reports, subjects
from iscg_portal import shipped
from iscg_portal.history import add_alike, save_with_reason
from iscg_portal.integrity.verifying import verify
from iscg_portal.tenure.dates import today
from members.models import Account, Country, Person
from reports.facts import BEHIND_THE_GROUP


@dataclass
class Book:
    """The made-up record while it is entered; `on` is today, `last_year` the year that is told whole."""

    on: datetime.date = field(default_factory=today)
    by: Account | None = None
    approver: Account | None = None
    accounts: dict = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    countries: dict[str, Country | None] = field(default_factory=dict)
    subjects: dict = field(default_factory=dict)
    meetings: dict = field(default_factory=dict)
    paper: bytes = b""

    @property
    def last_year(self):
        return self.on.year - 1

    def day(self, month, day=1, years=0):
        """A day of last year, or of so many years before it."""
        return datetime.date(self.last_year - years, month, day)

    def away(self, days):
        """A day so many days from today."""
        return self.on + datetime.timedelta(days=days)

    def enter(self, row, reason="Entered for the demonstration", by=None):
        """Check a row as a form does, and save it with who did so and why."""
        row.full_clean()
        save_with_reason(row, reason, by or self.by)
        return row

    def open_paper(self):
        """A PDF of one page, open: the same for all papers, since making one takes half a second."""
        if not self.paper:
            from weasyprint import HTML  # loads Pango, which only the making of files needs

            words = "A sample paper", "This paper is made up for the demonstration."
            text = '<html lang="en"><head><title>{}</title></head><body><h1>{}</h1><p>{}</p></body></html>'
            self.paper = HTML(string=format_html(text, words[0], *words)).write_pdf()
        return io.BytesIO(self.paper)


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
