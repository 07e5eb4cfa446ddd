"""Who came, who left, who goes on: seats of the management team, Coordinators, Focal Points (A0, A3, C1, C2).

A person whose next term in the same office begins on the day on which one ends continues: the event says what
changed, and there is no end. The same office is the Chair's, that of an advisory group (the numbers of its seats are
internal), the Coordinator's of a subject, or its Focal Point's for a body. Nobody whose name is not public continues.
"""

import datetime
from dataclasses import replace

from django.db.models import CharField, F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from changes.events import (
    DAYS,
    Event,
    between,
    newest_between,
    newest_news,
    on_one_of,
    recorded_since,
    sides_of,
    written_between,
)
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.languages import in_brackets, with_commas
from iscg_portal.tenure.models import Tenure
from members.composition import SEVEN
from members.models import ChairTerm, Country, Representative
from members.models.groups import OfSeat
from subjects.models import Coordinator, FocalPoint
from subjects.models.offices import office_of_subject

# By the names of the tables in keys: the model, what it is an office of, and the columns that no other one has.
TABLES = {
    "chair": (ChairTerm, "seat", ("seat", "follows", "kind")),
    "representative": (Representative, "seat", ("seat", "group_code")),
    "coordinator": (Coordinator, "subject", ("subject",)),
    "focalpoint": (FocalPoint, "subject", ("subject",)),
}
MODELS = {table: model for table, (model, *_rest) in TABLES.items()}
SEATS = ("chair", "representative")
OF_SUBJECTS = ("coordinator", "focalpoint")
SINCE_EVER = datetime.date(1, 1, 1)
WHAT_TO_COME = {"began": gettext_lazy("takes office"), "ended": gettext_lazy("leaves office")}
WHAT = {
    "began": gettext_lazy("took office"),
    "ended": gettext_lazy("left office"),
    "first recorded": gettext_lazy("first recorded in office"),
    "last recorded": gettext_lazy("last recorded in office"),
    "record begins": gettext_lazy("the record of this seat begins"),
    "stands": gettext_lazy("in office"),
}

SENTENCES_OF_CHAIR = {  # each whole, so that every language can put its words in order
    ("began", "past"): in_forms("%(who)s took office as Chair."),
    ("began", "to come"): in_forms("%(who)s takes office as Chair."),
    ("ended", "past"): in_forms("%(who)s left office as Chair."),
    ("ended", "to come"): in_forms("%(who)s leaves office as Chair."),
    ("first recorded", "past"): in_forms("%(who)s is first recorded as Chair."),
    ("last recorded", "past"): in_forms("%(who)s is last recorded as Chair."),
    ("continues", "past"): in_forms("%(who)s continues as Chair in a new term."),
}
SENTENCES = {
    ("began", "past"): in_forms("%(who)s took office as a representative of %(group)s."),
    ("began", "to come"): in_forms("%(who)s takes office as a representative of %(group)s."),
    ("ended", "past"): in_forms("%(who)s left office as a representative of %(group)s."),
    ("ended", "to come"): in_forms("%(who)s leaves office as a representative of %(group)s."),
    ("first recorded", "past"): in_forms("%(who)s is first recorded as a representative of %(group)s."),
    ("last recorded", "past"): in_forms("%(who)s is last recorded as a representative of %(group)s."),
    ("continues", "past"): in_forms("%(who)s continues as a representative of %(group)s in a new term."),
}


class OfficeEvent(OfSeat, Event):
    """A tenure began, ended or continues. `about` is the tenure as the public may see it, read by `_terms`."""

    @property
    def seat_id(self):
        """The code of the seat, where it is one."""
        return self.about.office

    @property
    def printed_name(self):
        """The holder as printed; blank where the name is not public."""
        return self.about.printed_name

    @property
    def topic(self):
        return "seats" if self.about.table in SEATS else "offices"

    @property
    def what(self):
        if self.kind != "continues":
            return (WHAT_TO_COME if self.is_to_come else {}).get(self.kind, WHAT[self.kind])
        names = {"now": self.sits_for, "before": _sat_for(self.before, at_end=True)}
        if not self.sits_for_others:
            return _("continues in a new term")
        if names["before"]:
            return _("continues, now for %(now)s (before: %(before)s)") % names
        return _("continues, now for %(now)s") % names

    @property
    def sits_for_others(self):
        """Whether who continues sits for another country or organization than before."""
        return self.sits_for not in ("", _sat_for(self.before, at_end=True))

    @property
    def sits_for(self):
        """The country by its name on the day, or the organization."""
        return _sat_for(self.about, at_end=self.is_end)

    @property
    def for_whom(self):
        """The same, or that it is not recorded."""
        return self.sits_for or self.about.for_whom

    @property
    def where(self):
        """The advisory group or the Chair; the code of the subject."""
        return self.seat_name if self.topic == "seats" else self.about.office

    @property
    def body(self):
        """That of a Focal Point."""
        return getattr(self.about, "body", "")

    @property
    def office(self):
        """The office in words."""
        return (
            self.office_name if self.topic == "seats" else office_of_subject(self.where, self.body, self.printed_name)
        )

    @property
    def holder(self):
        """The name, with that for which the person sits; blank where the name is not public."""
        name = self.printed_name
        sits_for = self.sits_for if name else ""
        return f"{name}{in_brackets(sits_for)}" if sits_for else name

    @property
    def who(self):
        return with_commas((self.holder, self.body and body_in_words(self.body)))

    @property
    def line(self):
        names = {"day": self.printed, "what": self.what, "office": self.office, "who": self.holder}
        if names["who"]:
            return _("%(day)s: %(what)s: %(who)s, %(office)s") % names
        return _("%(day)s: %(what)s: %(office)s") % names

    @property
    def title(self):
        office = self.where if self.topic == "seats" else self.office
        names = {"person": self.printed_name, "office": office, "what": self.what}
        if not names["person"]:  # of a Focal Point of the secretariat whose name is not public
            return _("%(office)s: %(what)s") % names
        return _("%(person)s, %(office)s: %(what)s") % names

    @property
    def sentence(self):
        """What happened in a seat, as a sentence; blank where the event says it of no person."""
        if self.kind == "continues" and self.sits_for_others:
            return self.title
        side = "to come" if self.is_to_come and self.kind in WHAT_TO_COME else "past"
        told = (SENTENCES_OF_CHAIR if not self.group else SENTENCES).get((self.kind, side))
        return (
            of_holder(told, self.printed_name) % {"who": self.who, "group": body_in_words(self.group)} if told else ""
        )

    @property
    def details(self):
        return self.printed, self.sits_for

    @property
    def url(self):
        if not self.printed_name:
            return reverse("subjects:coordinator-list")
        return self.about.person.get_absolute_url()

    @property
    def remark(self):
        """What the page of changes says beside it."""
        if self.about.recorded_from == self.on:
            return WHAT["record begins"]
        if self.kind in ("began", "continues"):
            return self.about.starts_decision
        return self.about.how_it_ended if self.kind == "ended" else ""


def offices_between(tables, from_on, to_on) -> list[OfficeEvent]:
    """What happened in the offices of the tables between the days. One query."""
    return _between(_terms(tables, between(from_on, to_on)), from_on, to_on)


def offices_on(tables, days) -> list[OfficeEvent]:
    """Who is in office on each of the days, as an event of that day that “stands”. One query."""
    terms = list(_terms(tables, on_one_of(days)))
    return [
        OfficeEvent(f"{term.table}/{term.pk}/stands/{day}", "stands", term, day)
        for term in terms
        for day in days
        if term.covers(day)
    ]


def newest_of_seats(from_on, to_on, most) -> list[OfficeEvent]:
    """What happened last in the seats between the days, in no order, and some others. One query.

    Who continues is found among what happened in the seven seats on the day of the last event.
    """
    return _between(_terms(SEATS, newest_between(from_on, to_on, most + len(SEVEN))), from_on, to_on)


def newest_terms_of_seats(on, most) -> list[Tenure]:
    """The terms of what happened last in the seats by the day, and of each seat the one that began last. One query."""

    def last_begun(model):
        return model.objects.keys_of_last_begun(on, per="seat")

    newest = newest_between(SINCE_EVER, on, most + len(SEVEN), last_begun)
    return list(_terms(SEATS, lambda rows: newest(rows).named_on(on)))


def newest_of_terms(terms, on) -> list[OfficeEvent]:
    """What happened last in the seats by the day, of `newest_terms_of_seats`, in no order, and some others."""
    return _between(terms, SINCE_EVER, on)


def newest_of_offices(on) -> list[OfficeEvent]:
    """The newest of the seats and of the Coordinators that are news by the day, and some others. Two queries."""
    rows = list(_terms((*SEATS, "coordinator"), newest_news(on, _keys_beside)))
    return [event for event in _with_news(rows) if event.is_between(SINCE_EVER, on)]


def news_of_offices(tables, from_on, to_on, newest=False, **which) -> list[OfficeEvent]:
    """What became news of the offices of the tables after the first day and not after the second. Three queries.

    The `newest` are enough for a feed.
    """
    found = _news(tables, written_between(from_on, to_on, newest), **which)
    return [event for event in found if event.is_news(from_on, to_on)]


def terms_written(tables, from_on, to_on, **which) -> list[Tenure]:
    """The terms that may have become news on the days, and those that one of them meets. One query."""

    def chosen(rows):
        written = written_between(from_on, to_on)(rows.model.objects.order_by().filter(**which))
        return rows.filter(Q(pk__in=written.values("pk")) | Q(pk__in=_keys_beside(written)))

    return list(_terms(tables, chosen, **which))


def events_with_moments(rows, recorded) -> list[OfficeEvent]:
    """What happened in these terms, with the moments that `recorded_since` gave."""
    return list(_events(rows, recorded))


def _news(tables, chosen, **which):
    """All events of the chosen rows, each with the moment at which it is news. Three queries."""
    rows = list(_terms(tables, chosen, **which))
    return _with_news([*rows, *_terms(tables, _beside(rows), **which)])


def _with_news(rows):
    return _events(rows, recorded_since(MODELS, rows, *DAYS))


def _between(rows, from_on, to_on):
    return [event for event in _events(rows) if event.is_between(from_on, to_on)]


def _keys_beside(rows):
    """The same as `_beside` within one query: the keys of those terms, from a query of the rows of one table."""
    other = f"person__{rows.model._meta.model_name}__"
    meets = Q((f"{other}starts_on", F("ends_on"))) | Q((f"{other}ends_on", F("starts_on")))
    return rows.order_by().filter(meets).values(f"{other}pk")


def _beside(rows):
    """Choose the other terms of the same persons that end when one of the rows begins, or begin when one ends."""

    def chosen(terms):
        known = [row for row in rows if MODELS[row.table] is terms.model]
        begin, end = {row.starts_on for row in known}, {row.ends_on for row in known} - {None}
        meets = Q(ends_on__in=begin) | Q(starts_on__in=end)
        others = terms.exclude(pk__in=[row.pk for row in known])
        return others.filter(meets, person__in={row.person_id for row in known} - {None})

    return chosen


def _terms(tables, chosen, **which):
    """The chosen terms of the tables, in one query. Those of several tables are all made as rows of the first one."""
    parts = []
    names = {f"country_{column}": Country.former_name(column) for column in DAYS}
    for table in tables:
        model, of, own = TABLES[table]
        rows = chosen(model.objects.public().filter(**which)).defer(*own).order_by()
        marks = {"office": F(f"{of}__code"), "recorded_from": F(f"{of}__recorded_from")}
        parts.append(rows.annotate(table=Value(table, CharField()), **marks, **names))
    return parts[0].union(*parts[1:], all=True)


def _sat_for(term, *, at_end):
    """For whom, by the country's name on the first day of the term, or on the day after its last."""
    former = (term.country_ends_on if at_end else term.country_starts_on) if term.country_id else ""
    return former or term.sits_for


def _events(rows, recorded=None):
    """The beginnings and the ends of terms; of one that meets the next in the same office only that it continues."""
    events = list(sides_of(rows, OfficeEvent, recorded))
    known = [event for event in events if event.about.person_id]
    begun = {_meeting_point(event) for event in known if not event.is_end}
    over = {_meeting_point(event): event for event in known if event.is_end}
    for event in events:
        before = None if event.is_end else over.get(_meeting_point(event))
        if before:
            yield replace(event, kind="continues", before=before.about, at=event.at and max(event.at, before.at))
        elif not event.is_end or _meeting_point(event) not in begun:
            yield event


def _meeting_point(event):
    office = event.group if event.about.table in SEATS else event.about.office
    return event.about.table, event.about.person_id, office, event.body, event.on
