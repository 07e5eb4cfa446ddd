"""Addresses of meetings and documents, under the language prefix."""

from django.urls import path

from iscg_portal.tables import page_and_file
from meetings import views

app_name = "meetings"
urlpatterns = [
    *page_and_file("meetings/", views.meeting_list, "meeting-list"),
    path("meetings.ics", views.calendar, name="calendar"),
    path("meetings/year/<int:year>/", views.meeting_year, name="meeting-year"),
    path("meetings/<slug:code>/", views.meeting_detail, name="meeting-detail"),
    path("meetings/<slug:code>.ics", views.meeting_calendar, name="meeting-calendar"),
    path("meetings/<slug:code>.zip", views.meeting_files, name="meeting-files"),
    *page_and_file("documents/", views.document_list, "document-list"),
    path("documents/<slug:slug>/", views.document_detail, name="document-detail"),
]
