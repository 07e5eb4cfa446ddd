"""What the chapters of the made-up year share: the day, who enters, and what was entered before."""

import datetime
import io
from dataclasses import dataclass, field

from django.utils.html import format_html

from iscg_portal.history import save_with_reason
from iscg_portal.tenure.dates import today
from members.models import Account, Country, Person


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
