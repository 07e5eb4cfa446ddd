"""Addresses of the page of changes and of the feed."""

from django.urls import path

from changes import pages

app_name = "changes"
urlpatterns = [
    path("composition/changes/", pages.composition_changes, name="composition"),
    path("changes.atom", pages.feed, name="feed"),
]
