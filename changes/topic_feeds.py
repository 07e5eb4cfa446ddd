"""The feeds of what a reader can follow: a subject, a person, a body, an activity, the calendar (RFC 4287)."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import path
from django.utils.translation import gettext as _

from changes.events import NEWEST
from changes.pages import feed_of
from changes.topics import ACTIVITIES, BODIES, CALENDAR, FOLLOWED_BODIES, PEOPLE, topic_of
from iscg_portal.tenure.as_on import a_year_before
from iscg_portal.tenure.dates import today
from iscg_portal.web.public_page import public_page

ATOM = "application/atom+xml; charset=utf-8"


@public_page
def subject_feed(request, slug):
    """What is news of a subject."""
    return _feed(request, slug)


@public_page
def person_feed(request, slug):
    """What is news of a person's offices; at an address of one who was merged into another the way to that one's."""
    return _feed(request, PEOPLE + slug)


@public_page
def body_feed(request, code):
    """What is news of a body: its representatives, Focal Points and meetings."""
    return _feed(request, BODIES + next((body for body in FOLLOWED_BODIES if body.lower() == code), ""))


@public_page
def calendar_feed(request):
    """What is news of the days and states of meetings."""
    return _feed(request, CALENDAR)


@public_page
def activities_feed(request):
    """What is news of the days and states of joint activities."""
    return _feed(request, ACTIVITIES)


@public_page
def activity_feed(request, code):
    """What is news of one joint activity."""
    return _feed(request, ACTIVITIES + code)


def _feed(request, key):
    """What is news of a topic since a year. Errors: 404 with a sentence for what is not on record any more."""
    topic, on = topic_of(key), today()
    if topic is None:
        raise Http404(_("The subject of this feed is not on record, or no longer. No new entry will appear here."))
    if topic.feed != request.path:
        return HttpResponsePermanentRedirect(topic.feed)
    news = sorted(topic.newest(a_year_before(on), on), key=lambda event: (event.at, event.key), reverse=True)
    title = _("News of %(topic)s") % {"topic": topic.name}
    subtitle = _("What changed in the record within a year, the newest first.")
    content = feed_of(f"topic/{topic.key}", title, subtitle, news[:NEWEST], topic.page, topic.feed)
    return HttpResponse(content, content_type=ATOM)


urlpatterns = [
    path("subjects/<slug:slug>.atom", subject_feed, name="subject-feed"),
    path("people/<slug:slug>.atom", person_feed, name="person-feed"),
    path("bodies/<slug:code>.atom", body_feed, name="body-feed"),
    path("activities.atom", activities_feed, name="activities-feed"),
    path("activities/<slug:code>.atom", activity_feed, name="activity-feed"),
    path("meetings.atom", calendar_feed, name="calendar-feed"),
]
