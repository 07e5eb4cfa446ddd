"""Addresses of the public pages of `subjects`."""

from django.urls import path

from iscg_portal.tables import page_and_file
from subjects.pages.resolutions import resolution_detail, resolution_list
from subjects.pages.subject_list import coordinator_list, edition_detail, subject_list
from subjects.pages.subject_page import subject_detail

app_name = "subjects"
urlpatterns = [
    *page_and_file("subjects/", subject_list, name="subject-list"),
    path("subjects/editions/<str:date>/", edition_detail, name="edition-detail"),
    path("subjects/<slug:slug>/", subject_detail, name="subject-detail"),
    *page_and_file("coordinators/", coordinator_list, name="coordinator-list"),
    *page_and_file("resolutions/", resolution_list, name="resolution-list"),
    path("resolutions/<slug:slug>/", resolution_detail, name="resolution-detail"),
]
