"""What a reader can follow, by mail or as a feed: each by a key that never changes.

“” is the composition, “calendar/” the calendar of meetings, “mapping/” the mapping of studies, “activities/” all
joint activities, “activities/…” one of them, “emf” a subject, “units/…” a study unit, “people/…” a person and
“bodies/…” a body. What is no longer on record, or may not be seen any more, is no topic.
"""

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from changes.activities import ActivityEvent
from changes.events import in_order
from changes.offices import SEATS, news_of_offices
from changes.papers import MeetingEvent
from changes.removals import news_of_composition
from changes.studies import news_of_mapping
from changes.subjects import feed_of_subject, news_of_subject, subjects_with_listings
from changes.turns import news_of_turns
from iscg_portal.bodies import FocalPointBody, GroupCode, MeetingBody
from iscg_portal.fixed_terms import initials
from iscg_portal.languages import with_colon
from members.models import FormerAddress, Person
from studies.models import Activity, StudyUnit

COMPOSITION, CALENDAR, MAPPING, ACTIVITIES = "", "calendar/", "mapping/", "activities/"
UNITS, PEOPLE, BODIES = "units/", "people/", "bodies/"
FOLLOWED_BODIES = [*FocalPointBody.values, MeetingBody.ISCG.value, MeetingBody.COUNCIL.value]


class Topic:
    """Something to follow. `name`, `page` and `feed` are in the active language; `record` is what it is about."""

    def __init__(self, key, record=None):
        self.key, self.record = key, record

    @property
    def name(self):
        return str(self.record)

    @property
    def page(self):
        return self.record.get_absolute_url()

    def news(self, from_on, to_on) -> list:
        """What became news of it after the first day and not after the second, the oldest first."""
        raise NotImplementedError

    def newest(self, from_on, to_on) -> list:
        """The same for the feed, in any order and in few queries."""
        return self.news(from_on, to_on)


class CompositionTopic(Topic):
    """Who comes and who leaves."""

    @property
    def name(self):
        return _("the composition of the ISCG")

    @property
    def page(self):
        return reverse("changes:composition")

    @property
    def feed(self):
        return reverse("changes:feed")

    def news(self, from_on, to_on):
        return news_of_composition(from_on, to_on)


class Calendar(Topic):
    """Meetings planned, confirmed, moved, cancelled."""

    @property
    def name(self):
        return _("the calendar of meetings")

    @property
    def page(self):
        return reverse("meetings:meeting-list")

    @property
    def feed(self):
        return reverse("changes:calendar-feed")

    def news(self, from_on, to_on):
        return news_of_turns(MeetingEvent, from_on, to_on)

    def newest(self, from_on, to_on):
        return news_of_turns(MeetingEvent, from_on, to_on, newest=True)


class MappingTopic(Topic):
    """Study periods, units and links."""

    @property
    def name(self):
        return _("the mapping of studies")

    @property
    def page(self):
        return reverse("changes:mapping")

    @property
    def feed(self):
        return reverse("changes:mapping-feed")

    def news(self, from_on, to_on):
        return news_of_mapping(from_on, to_on)


class Activities(Topic):
    """Joint activities planned, confirmed, moved, cancelled."""

    @property
    def name(self):
        return _("the joint activities")

    @property
    def page(self):
        return reverse("studies:activity-list")

    @property
    def feed(self):
        return reverse("changes:activities-feed")

    def news(self, from_on, to_on):
        return news_of_turns(ActivityEvent, from_on, to_on)

    def newest(self, from_on, to_on):
        return news_of_turns(ActivityEvent, from_on, to_on, newest=True)


class OfActivity(Topic):
    """A joint activity."""

    @property
    def name(self):
        return str(self.record.title_shown)

    @property
    def feed(self):
        return reverse("changes:activity-feed", args=[self.record.code])

    def news(self, from_on, to_on):
        return news_of_turns(ActivityEvent, from_on, to_on, id=self.record.pk)


class OfSubject(Topic):
    """A subject of mutual interest."""

    @property
    def feed(self):
        return reverse("changes:subject-feed", args=[self.record.slug])

    def news(self, from_on, to_on):
        return news_of_subject(self.record, from_on, to_on)

    def newest(self, from_on, to_on):
        return feed_of_subject(self.record, from_on, to_on)


class OfUnit(Topic):
    """A study unit."""

    @property
    def feed(self):
        return reverse("changes:unit-feed", args=[self.record.slug])

    def news(self, from_on, to_on):
        return news_of_mapping(from_on, to_on, unit=self.record)


class OfPerson(Topic):
    """The offices of a person, where the name is public."""

    @property
    def feed(self):
        return reverse("changes:person-feed", args=[self.record.slug])

    def news(self, from_on, to_on):
        parts = ((*SEATS, "coordinator"), ("focalpoint",))  # the latter have columns that the others lack
        events = [event for tables in parts for event in news_of_offices(tables, from_on, to_on, person=self.record)]
        return in_order(event for event in events if event.about.printed_name)


class OfBody(Topic):
    """An advisory group, a Bureau, the General Secretariat, the group itself or the Council; `record` is its code."""

    @property
    def name(self):
        choices = FocalPointBody if self.record in FocalPointBody.values else MeetingBody
        label = choices(self.record).label
        return with_colon(initials(self.record), label) if self.record != label else str(label)

    @property
    def page(self):
        if self.record in GroupCode.values:
            return f"{reverse('members:composition-history')}?group={self.record}"
        if self.record in FocalPointBody.values:
            return reverse("subjects:coordinator-list")
        return f"{reverse('meetings:meeting-list')}?body={self.record}"

    @property
    def feed(self):
        return reverse("changes:body-feed", args=[self.record.lower()])

    def news(self, from_on, to_on, newest=False):
        found = []
        if self.record in MeetingBody.values:
            found += news_of_turns(MeetingEvent, from_on, to_on, newest, body=self.record)
        if self.record in GroupCode.values:
            found += news_of_offices(("representative",), from_on, to_on, newest, seat__group=self.record)
        if self.record in FocalPointBody.values:
            found += news_of_offices(("focalpoint",), from_on, to_on, newest, body=self.record)
        return in_order(found)

    def newest(self, from_on, to_on):
        return self.news(from_on, to_on, newest=True)


WHOLE = {COMPOSITION: CompositionTopic, CALENDAR: Calendar, MAPPING: MappingTopic, ACTIVITIES: Activities}


def topic_of(key) -> Topic | None:
    """What a key stands for; None for what is not on record, or may not be seen."""
    return topics_of([key]).get(key)


def topics_of(keys) -> dict[str, Topic]:
    """{key: topic} of those that are there. Five queries at most, however many they are."""
    found, asked = {}, defaultdict(list)
    for key in keys:
        kind, slash, rest = key.partition("/")
        asked[kind + slash if slash else ""].append(rest if slash else key)
    found |= {key: WHOLE[key](key) for key in WHOLE if key in keys}
    found |= {BODIES + code: OfBody(BODIES + code, code) for code in asked[BODIES] if code in FOLLOWED_BODIES}
    found |= {slug: OfSubject(slug, one) for slug, one in _subjects(asked[""]).items()}
    found |= {ACTIVITIES + code: OfActivity(ACTIVITIES + code, one) for code, one in _activities(asked[ACTIVITIES])}
    found |= {UNITS + slug: OfUnit(UNITS + slug, one) for slug, one in _units(asked[UNITS]).items()}
    return found | {PEOPLE + slug: OfPerson(PEOPLE + slug, one) for slug, one in _people(asked[PEOPLE]).items()}


def _subjects(slugs):
    slugs = [slug for slug in slugs if slug and can_be(slug)]
    return subjects_with_listings(slugs) if slugs else {}


def _units(slugs):
    units = StudyUnit.objects.public().with_period().filter(slug__in=filter(can_be, slugs)) if slugs else ()
    return {unit.slug: unit for unit in units}


def _activities(codes):
    codes = [code for code in codes if code and can_be(code)]
    found = Activity.objects.public().filter(code__in=codes) if codes else ()
    return [(activity.code, activity) for activity in found]


def _people(slugs):
    """Those at the addresses; at an address of one who was merged into another that one."""
    slugs = [slug for slug in slugs if can_be(slug)]
    if not slugs:
        return {}
    found = {person.slug: person for person in Person.objects.public().filter(slug__in=slugs)}
    seen = Person.objects.visible_to(AnonymousUser())
    former = FormerAddress.objects.filter(slug__in=set(slugs) - set(found), person__in=seen).select_related("person")
    return found | {one.slug: one.person for one in former}


def can_be(slug) -> bool:
    """Whether a database may be asked for it: PostgreSQL refuses some signs."""
    return slug.isascii() and slug.isprintable()
