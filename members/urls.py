"""Addresses of the public pages of `members`."""

from django.urls import path

from iscg_portal.tables import page_and_file
from members import views

app_name = "members"
urlpatterns = [
    *page_and_file("composition/", views.composition_page, name="composition"),
    *page_and_file("composition/history/", views.composition_history, name="composition-history"),
    path("composition/changes/", views.composition_changes, name="composition-changes"),
    path("people/<slug:slug>/", views.person_detail, name="person-detail"),
]
