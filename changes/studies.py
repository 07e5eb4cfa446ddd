"""What happened in the mapping: periods and units began and ended, links were claimed, contested and agreed (A1).

A statement of a side is news from when it was recorded. What became of a unit happened on the unit's last day.
"""

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from changes.events import (
    DAYS,
    NEWEST,
    Event,
    between,
    happened,
    in_order,
    moment_of,
    on_days,
    recorded_since,
    sides_of,
    written_between,
)
from iscg_portal.shipped import REASON
from iscg_portal.tenure.dates import midnight
from studies.models import Confirmation, Ending, MappingLink, StudyPeriod, StudyUnit
from studies.models.confirmations import EARLIER

MODELS = {"studyperiod": StudyPeriod, "studyunit": StudyUnit}
STANCE = Confirmation.Stance


class PeriodEvent(Event):
    """A study period began or ended."""

    topic = "mapping"
    WHAT = {
        "began": gettext_lazy("study period began"),
        "ended": gettext_lazy("study period ended"),
        "first recorded": gettext_lazy("first recorded"),
        "last recorded": gettext_lazy("last recorded"),
    }

    @property
    def where(self):
        return str(self.about)

    @property
    def what(self):
        return self.WHAT[self.kind]

    @property
    def who(self):
        return ""

    @property
    def title(self):
        return _("%(unit)s: %(what)s") % {"unit": self.where, "what": self.what}

    @property
    def details(self):
        return (self.printed if self.on else "", self.who)

    @property
    def url(self):
        return reverse("studies:mapping")

    @property
    def line(self):
        names = {"day": self.printed if self.on else _("day not recorded"), "title": self.title, "who": self.who}
        return (_("%(day)s: %(title)s: %(who)s") if self.who else _("%(day)s: %(title)s")) % names


class UnitEvent(PeriodEvent):
    """A unit with days of its own began or ended."""

    WHAT = PeriodEvent.WHAT | {"began": gettext_lazy("unit began"), "ended": gettext_lazy("unit ended")}

    @property
    def who(self):
        return self.about.text("title")

    @property
    def url(self):
        return self.about.get_absolute_url()


class EndingEvent(PeriodEvent):
    """What became of a unit; a closed one has no successor to name."""

    WHAT = {
        Ending.Kind.CONTINUES.value: gettext_lazy("continues"),
        Ending.Kind.RENAMED.value: gettext_lazy("renamed"),
        Ending.Kind.MERGED.value: gettext_lazy("merged"),
        Ending.Kind.SPLIT.value: gettext_lazy("split"),
        Ending.Kind.REPLACED.value: pgettext_lazy("study unit", "replaced"),
        Ending.Kind.CLOSED.value: pgettext_lazy("study unit", "closed"),
    }

    @property
    def where(self):
        return str(self.about.unit)

    @property
    def who(self):
        return str(self.about.successor or "")

    @property
    def url(self):
        return self.about.unit.get_absolute_url()


class StatementEvent(PeriodEvent):
    """A side claimed, confirmed or contested a link, or agreed to what the other side said of it."""

    WHAT = {
        "claimed": gettext_lazy("link claimed"),
        "confirmed": gettext_lazy("link confirmed"),
        "contested": gettext_lazy("link contested"),
        "agreed": gettext_lazy("link agreed by both sides"),
    }

    @property
    def where(self):
        return str(self.about.link)

    @property
    def what(self):
        return _("%(side)s: %(what)s") % {"side": self.about.get_sector_display(), "what": self.WHAT[self.kind]}

    @property
    def who(self):
        return " – ".join(filter(None, (str(self.about.link.topic_shown), self.about.because)))

    @property
    def url(self):
        return f"{self.about.link.first.get_absolute_url()}#links"


def _kind_of(said):
    if said.stance == STANCE.CONTESTED:
        return "contested"
    if said.other_says == STANCE.CONFIRMED:
        return "agreed"
    return "claimed" if said.is_first and said.has_two_sides else "confirmed"


def _statements():
    """What was said, each with whether it was the first on its link and with what the other side had said before."""
    before = Confirmation.objects.filter(EARLIER, link=OuterRef("link"))
    others = before.exclude(sector=OuterRef("sector")).order_by("-said_on", "-turn", "-pk")
    recorded = Confirmation.history.filter(id=OuterRef("pk"), history_taken_back=False).order_by("history_id")
    return Confirmation.objects.public().annotate(
        is_first=~Exists(before),
        has_two_sides=Q(link__first__sector__gt="", link__second__sector__gt=""),
        other_says=Subquery(others.values("stance")[:1]),
        recorded_at=Subquery(recorded.values("history_date")[:1]),
    )


def with_links(events):
    """The events, those of statements with their links and the names of these. One query.

    Of a busy year a page prints few, so what it prints is asked for what it says.
    """
    said = [event.about for event in events if isinstance(event, StatementEvent)]
    prefetch_related_objects(said, Prefetch("link", MappingLink.objects.public().with_names()))
    return events


def _statement_events(rows):
    for said in rows:
        at = max(moment_of(said.recorded_at, said.said_on), midnight(said.said_on))
        yield StatementEvent(f"confirmation/{said.pk}", _kind_of(said), said, said.said_on, "day", at)


def _endings(**which):
    """What became of units, each with the day as `ended_on`, and when it was recorded as `recorded_at`.

    What was shipped is as old as its day.
    """
    recorded = Ending.history.filter(id=OuterRef("pk"), history_taken_back=False).order_by("history_id")
    at = Case(When(history_change_reason=REASON, then=None), default="history_date", output_field=DateTimeField())
    rows = Ending.objects.public().with_units().filter(**which)
    return rows.annotate(
        ended_on=Coalesce("unit__ends_on", "unit__period__ends_on"),
        recorded_at=Subquery(recorded.annotate(at=at).values("at")[:1]),
    )


def _ending_events(rows):
    for ending in rows:
        one = ending.unit if ending.unit.ends_on else ending.unit.period
        on, precision = (one.ends_on, one.ends_precision) if one else (None, None)
        at = moment_of(ending.recorded_at, on)
        at = max(at, midnight(on)) if on else at
        yield EndingEvent(f"ending/{ending.pk}", ending.kind, ending, on, precision, at)


def mapping_between(from_on, to_on):
    """What happened in the mapping between the days, the oldest first; to be printed `with_links`. Four queries.

    That a unit continues is no change.
    """
    chosen = between(from_on, to_on)
    found = [*sides_of(chosen(StudyPeriod.objects.public()), PeriodEvent)]
    found += sides_of(chosen(StudyUnit.objects.public().with_period()), UnitEvent)
    found += _ending_events(_endings().filter(happened("ended_on", from_on, to_on)).exclude(kind=Ending.Kind.CONTINUES))
    found += _statement_events(_statements().filter(happened("said_on", from_on, to_on)).order_by("said_on", "pk"))
    return in_order(event for event in found if event.is_between(from_on, to_on))


def news_of_mapping(from_on, to_on, unit=None):
    """What became news of the mapping, or of one unit, after the first day and not after the second. Five queries.

    The oldest first; of what sides said the newest hundred. Of one unit it is told too that it continues.
    """
    periods, units = StudyPeriod.objects.public(), StudyUnit.objects.public().with_period()
    endings, said = _endings(), _statements()
    if unit:
        periods, units = periods.filter(pk=unit.period_id), units.filter(pk=unit.pk)
        endings = endings.filter(Q(unit=unit) | Q(successor=unit))
        said = said.filter(Q(link__first=unit) | Q(link__second=unit))
    else:
        endings = endings.exclude(kind=Ending.Kind.CONTINUES)
    written = {model: model.history.filter(on_days(from_on, to_on)).values("id") for model in (Ending, Confirmation)}
    endings = endings.filter(Q(pk__in=written[Ending]) | happened("ended_on", from_on, to_on))
    said = said.filter(Q(pk__in=written[Confirmation]) | happened("said_on", from_on, to_on))
    chosen = written_between(from_on, to_on)
    periods, units = list(chosen(periods)), list(chosen(units.exclude(starts_on=None, ends_on=None)))
    recorded = recorded_since(MODELS, [*periods, *units], *DAYS)
    found = [*sides_of(periods, PeriodEvent, recorded), *sides_of(units, UnitEvent, recorded)]
    found += _ending_events(endings)
    found += _statement_events(said.with_names().order_by("-said_on", "-pk")[: 2 * NEWEST])
    return in_order(event for event in found if event.at and event.is_news(from_on, to_on))
