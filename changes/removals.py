"""Rows of offices that had been published and were removed as entered by mistake (rule 6).

The page of changes and the mails to followers list the removals of days. The feed tells each anew under the names of
the entries that the row had, so that whoever read them reads the correction too.
"""

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from changes.events import NEWEST, SIDES, in_order, on_days
from changes.offices import SEATS, TABLES, WHAT, OfficeEvent, news_of_offices
from iscg_portal.tenure.dates import GENEVA, print_date, print_span
from members.models import Person

OF_REMOVED = ("id", "person", "starts_on", "starts_precision", "ends_on", "ends_precision")
OF_REMOVED += ("history_date", "history_public_reason", "history_public_language")
MOST_REMOVED = 50
IN_FEED = (*SEATS, "coordinator")


def removed_title(said):
    """The title of an entry whose row was removed; `said` is what it said before."""
    return _("Removed as entered by mistake: %(said)s") % {"said": said}


class RemovedEvent(OfficeEvent):
    """A row that had been published was removed as a mistake (rule 6).

    `about` is the row of the history; its `known_person` is None where the public may not know the name.
    """

    @property
    def printed_name(self):
        return str(self.about.known_person or "")

    @property
    def who(self):
        return self.printed_name or _("a person whose name is not public")

    @property
    def said(self):
        """From when to when the row said that the person was in office."""
        row = self.about
        return print_span(row.starts_on, row.starts_precision, row.ends_on, row.ends_precision)

    @property
    def line(self):
        names = {"day": self.printed, "who": self.who, "office": self.office, "said": self.said}
        return _("%(day)s: removed as a mistake: %(who)s, %(office)s, %(said)s") % names


class RemovedEntry(RemovedEvent):
    """The beginning or the end that the feed had told of a removed row; `on` is its day, `at` that of the removal."""

    @property
    def title(self):
        office = self.where if self.topic == "seats" else self.office
        names = {"person": self.who, "office": office, "what": WHAT[self.kind]}
        return removed_title(_("%(person)s, %(office)s: %(what)s") % names)

    @property
    def details(self):
        on = print_date(self.at.astimezone(GENEVA).date())
        removed = _("A correction: the row was entered by mistake, and removed on %(day)s.") % {"day": on}
        return self.printed, removed, self.about.public_reason

    @property
    def url(self):
        if self.about.known_person:
            return self.about.known_person.get_absolute_url()
        return reverse("changes:composition" if self.topic == "seats" else "subjects:coordinator-list")


def news_of_composition(from_on, to_on) -> list[OfficeEvent]:
    """What became news of the seats on the days, with the rows that were removed; the oldest first. Five queries."""
    return in_order([*news_of_offices(SEATS, from_on, to_on), *removed_between(from_on, to_on)])


def removed_between(from_on, to_on) -> list[RemovedEvent]:
    """The newest 50 removals of seats on the days, the newest first. Two queries.

    A row that was restored afterwards is no correction, nor is what was undone within a day.
    """
    rows = _removed(SEATS, MOST_REMOVED, on_days(from_on, to_on))
    return [RemovedEvent("", "removed", row, row.history_date.astimezone(GENEVA).date()) for row in rows]


def newest_removed(_on):
    """What the feed had told of the rows that were removed last. Two queries."""
    for row in _removed(IN_FEED, NEWEST):
        for side, field in SIDES.items():
            on, precision = getattr(row, f"{field}_on"), getattr(row, f"{field}_precision")
            if on and on <= row.history_date.astimezone(GENEVA).date():
                kind = {"by": "first recorded", "after": "last recorded"}.get(precision, side)
                yield RemovedEntry(f"{row.table}/{row.id}/{side}", kind, row, on, precision, row.history_date)


def _removed(tables, most, *which):
    """The newest rows of the histories that removed a row, each with its `known_person`. Two queries."""
    parts = []
    for table in tables:
        model, of, _own = TABLES[table]
        standing = model.history.filter(history_taken_back=False)
        later = standing.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
        gone = standing.filter(Q(*which, history_type="-"), ~Exists(later)).only(*OF_REMOVED).order_by()
        parts.append(gone.annotate(table=Value(table, CharField()), office=F(f"{of}__code")))
    rows = list(parts[0].union(*parts[1:], all=True).order_by("-history_date")[:most])
    known = Person.objects.public().in_bulk({row.person_id for row in rows}) if rows else {}
    for row in rows:
        row.known_person = known.get(row.person_id)
    return rows
