"""Addresses of the page of changes and of the feed."""

from django.urls import path

from changes import mapping_pages, pages, topic_feeds

app_name = "changes"
urlpatterns = [
    path("composition/changes/", pages.composition_changes, name="composition"),
    path("changes.atom", pages.feed, name="feed"),
    path("mapping/changes/", mapping_pages.mapping_changes, name="mapping"),
    path("mapping/changes.atom", mapping_pages.mapping_feed, name="mapping-feed"),
    path("units/<slug:slug>.atom", mapping_pages.unit_feed, name="unit-feed"),
    *topic_feeds.urlpatterns,
]
