"""Addresses of the page of changes and of the feed."""

from django.urls import path

from changes import pages

app_name = "changes"
urlpatterns = [
    path("composition/changes/", pages.composition_changes, name="composition"),
    path("changes.atom", pages.feed, name="feed"),
    path("mapping/changes/", pages.mapping_changes, name="mapping"),
    path("mapping/changes.atom", pages.mapping_feed, name="mapping-feed"),
    path("units/<slug:slug>.atom", pages.unit_feed, name="unit-feed"),
    path("subjects/<slug:slug>.atom", pages.subject_feed, name="subject-feed"),
    path("people/<slug:slug>.atom", pages.person_feed, name="person-feed"),
    path("bodies/<slug:code>.atom", pages.body_feed, name="body-feed"),
    path("activities.atom", pages.activities_feed, name="activities-feed"),
    path("activities/<slug:code>.atom", pages.activity_feed, name="activity-feed"),
    path("meetings.atom", pages.calendar_feed, name="calendar-feed"),
]
