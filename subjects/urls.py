"""Addresses of the public pages of `subjects`."""

from django.urls import path

from iscg_portal.tables import page_and_file
from subjects import views

app_name = "subjects"
urlpatterns = [
    *page_and_file("subjects/", views.subject_list, name="subject-list"),
    path("subjects/editions/<str:date>/", views.edition_detail, name="edition-detail"),
    path("subjects/<slug:slug>/", views.subject_detail, name="subject-detail"),
    *page_and_file("coordinators/", views.coordinator_list, name="coordinator-list"),
    *page_and_file("resolutions/", views.resolution_list, name="resolution-list"),
    path("resolutions/<slug:slug>/", views.resolution_detail, name="resolution-detail"),
]
